#include "observe/read_pages.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "observe/list_all.h"
#include "observe/page_line.h"

namespace evenkeel {
namespace {

// Pages asked for at once of a store with one reader: enough to overlap requests, few enough to bound memory.
constexpr std::size_t kBatch = 64;
// For each reader: pages that are read before those in front of them, so that one that is slow does not hold up the others.
constexpr std::size_t kAheadOfReader = 4;
// Names that are listed ahead of the readers: two answers of S3.
constexpr std::size_t kListedAhead = 2000;
// The host is asked at least so often whether it has had enough.
constexpr std::chrono::milliseconds kPatience{100};

// "g/x.html" and "g/x/index.html" both own what is under "g/x/".
std::string FolderOf(const PageStoreConfig& config, const std::string& slug, const std::string& key) {
  const std::size_t slash = key.rfind('/');
  const bool is_index = slash != std::string::npos && key.substr(0, slash).ends_with(slug);
  return (is_index ? key.substr(0, slash) : config.prefix + slug) + "/";
}

class PageReading {
 public:
  PageReading(Fleet& fleet, const PageStoreConfig& config, Host& host)
      : fleet_(fleet), config_(config), store_(*fleet.pages.at(config.store.name)), host_(host),
        state_(StateOf(config.store.name, ResourceKind::kPage, store_.Traits())) {}

  void Run(Snapshot& snapshot) {
    if (state_.traits.readers < 2 || !ReadByMany()) ReadByOne();
    NoteObjectsBeneath();
    std::move(too_large_.begin(), too_large_.end(), std::back_inserter(snapshot.resources));
    std::move(pages_.begin(), pages_.end(), std::back_inserter(snapshot.resources));
    snapshot.stores.push_back(std::move(state_));
  }

 private:
  // What is no page, and pages that are too large, is put by; `add` gets the others.
  template <typename IsOver, typename Add>
  void List(IsOver is_over, Add add) {
    const Limits& limits = fleet_.config.limits;
    ListAll(state_, limits, is_over, [&](const std::string& cursor) { return store_.List(config_.prefix, cursor); }, [&](ObjectListing& part) {
      std::size_t pages = 0;
      for (ObjectInfo& info : part.objects) {
        if (!SlugOfKey(config_, info.key)) {
          others_.insert(std::move(info.key));
          continue;
        }
        ++pages;
        if (info.bytes <= limits.page_bytes) {
          add(std::move(info));
        } else {
          too_large_.push_back(TooLarge(info));
        }
      }
      return pages;
    });
  }

  Observed TooLarge(const ObjectInfo& info) const {
    const Status large(Code::kLimitExceeded, std::to_string(info.bytes) + " bytes is more than page_bytes allows (" + std::to_string(fleet_.config.limits.page_bytes) +
                                                "); raise limits.page_bytes in the fleet file, or exclude the page");
    return UnreadPage(fleet_.config, config_, info, large, *fleet_.zones);
  }

  // nullopt: gone since it was listed, so it is not there.
  std::optional<Observed> Understand(const ObjectInfo& info, StatusOr<Object> object) const {
    if (object.ok()) return ObservePage(fleet_.config, config_, object->info, object->bytes, *fleet_.zones);
    if (object.code() == Code::kNotFound) return std::nullopt;
    return UnreadPage(fleet_.config, config_, info, object.status(), *fleet_.zones);
  }

  void Take(std::optional<Observed> page, std::size_t listed, bool all_listed) {
    if (page) pages_.push_back(*std::move(page));
    host_.Tell({state_.name, ++read_, listed, all_listed});
  }

  void ReadByOne() {
    std::vector<ObjectInfo> wanted;
    List([&] { return host_.WantsToStop(); }, [&](ObjectInfo info) { wanted.push_back(std::move(info)); });
    for (std::size_t begin = 0; begin < wanted.size() && !host_.WantsToStop(); begin += kBatch) {
      const std::size_t end = std::min(begin + kBatch, wanted.size());
      std::vector<std::string> keys;
      for (std::size_t i = begin; i < end; ++i) keys.push_back(wanted[i].key);
      std::vector<StatusOr<Object>> objects = store_.GetMany(keys);
      objects.resize(keys.size(), Status(Code::kInternal, "the store gave no answer for this key"));
      for (std::size_t i = begin; i < end && !host_.WantsToStop(); ++i) Take(Understand(wanted[i], std::move(objects[i - begin])), wanted.size(), true);
    }
  }

  // Whatever happens, no thread outlives it. False: the system gives no threads, and nothing was done.
  bool ReadByMany() {
    PageLine line(kListedAhead, kAheadOfReader * state_.traits.readers);
    Threads threads(line);
    for (std::size_t i = 0; i < state_.traits.readers; ++i) {
      threads.Start([&] {
        while (auto place = line.Begin()) line.End(place->number, Understand(place->info, store_.Get(place->info.key)));
      });
    }
    const bool has_readers = threads.count() > 0;
    if (!has_readers || !threads.Start([&] {
          List([&] { return line.IsStopped(); }, [&](ObjectInfo info) { line.Add(std::move(info)); });
          line.EndListing();
        })) {
      return false;
    }
    for (;;) {
      PageLine::Part part = line.Take(kPatience);
      for (std::optional<Observed>& page : part.pages) {
        if (host_.WantsToStop()) return true;
        Take(std::move(page), part.listed, part.all_listed);
      }
      if (part.is_last || host_.WantsToStop()) return true;
    }
  }

  class Threads {
   public:
    explicit Threads(PageLine& line) : line_(line) {}
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
    ~Threads() {
      line_.Stop();
      for (std::thread& thread : threads_) thread.join();
    }
    // What `work` throws ends the line, and comes out of it.
    template <typename Work>
    bool Start(Work work) {
      try {
        threads_.emplace_back([this, work] {
          try {
            work();
          } catch (...) {
            line_.Fail(std::current_exception());
          }
        });
      } catch (const std::system_error&) {
        return false;
      }
      return true;
    }
    std::size_t count() const { return threads_.size(); }

   private:
    PageLine& line_;
    std::vector<std::thread> threads_;
  };

  void NoteObjectsBeneath() {
    for (Observed& observed : pages_) {
      if (others_.empty() || !observed.page) continue;
      const std::string folder = FolderOf(config_, observed.page->slug, observed.resource.key);
      const auto first = others_.lower_bound(folder);
      if (first == others_.end() || !first->starts_with(folder)) continue;
      PageContent content = *observed.page;
      content.object_beneath = *first;
      observed.page = std::make_shared<const PageContent>(std::move(content));
    }
  }

  Fleet& fleet_;
  const PageStoreConfig& config_;
  ObjectStore& store_;
  Host& host_;
  // While several threads read, these two and `too_large_` belong to the one that lists.
  StoreState state_;
  std::set<std::string> others_;  // keys that are no pages
  std::vector<Observed> too_large_;
  std::vector<Observed> pages_;   // in the order of the listing
  std::size_t read_ = 0;
};

}  // namespace

void ReadPages(Fleet& fleet, const PageStoreConfig& config, Host& host, Snapshot& snapshot) { PageReading(fleet, config, host).Run(snapshot); }

}  // namespace evenkeel
