#include "stores/local/log_edge.h"

#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "stores/local/ledger.h"
#include "stores/local/names.h"

namespace evenkeel {
namespace {

constexpr std::uint64_t kLogBytes = std::uint64_t{1} << 30;

class LogEdge final : public EdgeCache {
 public:
  LogEdge(const AdapterContext& context, std::string path)
      : environment_(context.environment), ledger_(context), name_(context.name), path_(std::move(path)), limits_(context.limits) {}

  StatusOr<std::string> Invalidate(const std::vector<std::string>& paths, std::string_view reference) override {
    if (reference.empty()) return Status(Code::kInvalidArgument, "an invalidation needs a reference", name_);
    const std::string id = "log-" + Sha256Hex(reference).substr(0, 16);
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, ledger_.Lock());
    EVENKEEL_ASSIGN_OR_RETURN(const Log log, ReadLog());
    if (const auto found = log.batches.find(std::string(reference)); found != log.batches.end()) {
      if (found->second == Json(paths)) return id;
      return Status(Code::kAlreadyExists, "the reference stands for other paths already; use a new one", name_ + ":" + std::string(reference));
    }
    const Json line = {{"at", Now()}, {"id", id}, {"reference", reference}, {"paths", paths}};
    const std::string bytes = (log.lacks_newline ? "\n" : "") + DumpJson(line) + "\n";
    EVENKEEL_RETURN_IF_ERROR(environment_->files().AppendAt(path_, log.end, bytes));
    return id;
  }

  StatusOr<bool> WasAccepted(std::string_view reference) override {
    EVENKEEL_ASSIGN_OR_RETURN(const Log log, ReadLog());
    return log.batches.contains(std::string(reference));
  }

 private:
  struct Log {
    std::map<std::string, Json> batches;  // reference → paths
    std::uint64_t end = 0;                // where the next line goes; behind it stands a torn one at most
    bool lacks_newline = false;
  };

  std::string Now() const { return FormatInstant(environment_->Now()); }

  StatusOr<Log> ReadLog() const {
    Log log;
    auto bytes = environment_->files().Read(path_, kLogBytes);
    if (bytes.code() == Code::kNotFound) return log;
    if (!bytes.ok()) return bytes.status();
    for (std::string_view rest = *bytes; !rest.empty();) {
      const std::size_t newline = rest.find('\n');
      const std::string_view line = rest.substr(0, newline);
      const bool whole = newline != std::string_view::npos;
      auto json = ParseJson(line, path_, limits_);
      // A last line that is no JSON was cut off in the middle of a write of ours, and its batch was never accepted.
      if (!whole && !json.ok()) return log;
      if (json.ok() && json->is_object() && json->contains("reference") && (*json)["reference"].is_string()) {
        log.batches[(*json)["reference"].get<std::string>()] = json->value("paths", Json::array());
      }
      log.end += line.size() + (whole ? 1 : 0);
      log.lacks_newline = !whole;
      rest.remove_prefix(line.size() + (whole ? 1 : 0));
    }
    return log;
  }

  Environment* environment_;
  Ledger ledger_;
  std::string name_, path_;
  Limits limits_;
};

}  // namespace

StatusOr<std::unique_ptr<EdgeCache>> MakeLogEdge(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(std::string path, PathSetting(context, settings));
  return std::unique_ptr<EdgeCache>(std::make_unique<LogEdge>(context, std::move(path)));
}

}  // namespace evenkeel
