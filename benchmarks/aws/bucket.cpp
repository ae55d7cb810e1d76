// benchmark_bucket METHOD ENDPOINT BUCKET READERS: one pass over the pages of a bucket, and what it cost this process, as JSON.
//
//   get    lists them and gets each; the bytes are dropped
//   read   the same through Observe: each page is understood, too
//   parse  gets them first, and measures nothing but the understanding, by one thread
//
// Credentials are found as AWS's own clients find them.
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>

#include "evenkeel/aws/aws.h"
#include "evenkeel/evenkeel.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel {
namespace {

double Seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

// The most memory that this process ever had; what getrusage says is of the process that started it, too.
long PeakKib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib;
  }
  return 0;
}

// What passed since it was made.
class Meter {
 public:
  Meter() { getrusage(RUSAGE_SELF, &begin_); }
  Json Stop(std::size_t pages, std::size_t bytes) const {
    rusage end{};
    getrusage(RUSAGE_SELF, &end);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_begin_;
    return {{"pages", pages}, {"bytes", bytes}, {"wall_s", wall.count()}, {"user_s", Seconds(end.ru_utime) - Seconds(begin_.ru_utime)},
            {"system_s", Seconds(end.ru_stime) - Seconds(begin_.ru_stime)}, {"peak_kib", PeakKib()}};
  }

 private:
  rusage begin_{};
  std::chrono::steady_clock::time_point wall_begin_ = std::chrono::steady_clock::now();
};

StatusOr<Fleet> OpenBucket(const std::string& endpoint, const std::string& bucket, int readers, Environment& environment, const ZoneSource& zones) {
  AdapterRegistry registry;
  aws::RegisterAwsAdapters(registry);
  registry.states["memory"] = {{}, false, [](const AdapterContext&, const Json&) -> StatusOr<std::unique_ptr<StateStore>> {
                                 return std::unique_ptr<StateStore>(std::make_unique<MemoryStateStore>());
                               }};
  const Json fleet = {{"schema", "evenkeel.fleet/1"}, {"zone", "America/Los_Angeles"}, {"state", {{"adapter", "memory"}}}, {"policy", {{"single_host", true}}},
                      {"pages", {{{"name", "pages"}, {"adapter", "s3"}, {"bucket", bucket}, {"region", "us-east-1"}, {"endpoint", endpoint}, {"prefix", "g/"},
                                  {"slug", "{date}-{guest}-{label}"}, {"readers", readers}}}}};
  return OpenFleetText(DumpJson(fleet), "fleet.json", registry, environment, zones);
}

// Lists and gets; `take` has each page.
template <typename Take>
Status GetAll(ObjectStore& store, Take take) {
  std::string cursor;
  do {
    EVENKEEL_ASSIGN_OR_RETURN(const ObjectListing listing, store.List("g/", cursor));
    std::vector<std::string> keys;
    for (const ObjectInfo& info : listing.objects) keys.push_back(info.key);
    for (StatusOr<Object>& object : store.GetMany(keys)) {
      EVENKEEL_RETURN_IF_ERROR(object.status());
      take(*std::move(object));
    }
    cursor = listing.cursor;
  } while (!cursor.empty());
  return OkStatus();
}

StatusOr<Json> MeasureGet(Fleet& fleet) {
  const Meter meter;
  std::size_t pages = 0, bytes = 0;
  EVENKEEL_RETURN_IF_ERROR(GetAll(*fleet.pages.at("pages"), [&](const Object& object) { ++pages, bytes += object.bytes.size(); }));
  return meter.Stop(pages, bytes);
}

StatusOr<Json> MeasureRead(Fleet& fleet) {
  const Meter meter;
  EVENKEEL_ASSIGN_OR_RETURN(const Snapshot snapshot, Observe(fleet));
  const Json cost = meter.Stop(snapshot.resources.size(), 0);
  for (const Unread& unread : UnreadOf(snapshot)) return Status(Code::kUnavailable, unread.why, unread.resource);
  return cost;
}

StatusOr<Json> MeasureParse(Fleet& fleet) {
  std::vector<Object> objects;
  EVENKEEL_RETURN_IF_ERROR(GetAll(*fleet.pages.at("pages"), [&](Object object) { objects.push_back(std::move(object)); }));
  const Meter meter;
  std::size_t bytes = 0;
  for (const Object& object : objects) {
    bytes += object.bytes.size();
    const Observed page = ObservePage(fleet.config, fleet.config.pages.front(), object.info, object.bytes, *fleet.zones);
    EVENKEEL_RETURN_IF_ERROR(page.problem);
  }
  return meter.Stop(objects.size(), bytes);
}

StatusOr<Json> Measure(const std::vector<std::string>& words) {
  const auto environment = MakeSystemEnvironment();
  const auto zones = MakeSystemZoneSource();
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, OpenBucket(words[1], words[2], std::stoi(words[3]), *environment, *zones));
  if (words[0] == "get") return MeasureGet(fleet);
  if (words[0] == "read") return MeasureRead(fleet);
  if (words[0] == "parse") return MeasureParse(fleet);
  return Status(Code::kInvalidArgument, "get, read or parse", words[0]);
}

}  // namespace
}  // namespace evenkeel

int main(int argc, char** argv) {
  if (argc != 5) return std::cerr << "benchmark_bucket METHOD ENDPOINT BUCKET READERS\n", 64;
  const auto cost = evenkeel::Measure({argv + 1, argv + argc});
  if (!cost.ok()) return std::cerr << cost.status().ToString() << '\n', 1;
  std::cout << evenkeel::DumpJson(*cost) << '\n';
  return 0;
}
