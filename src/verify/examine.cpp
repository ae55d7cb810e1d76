// Examine (`doctor`): looks at everything a run will stand on, before a run does. Reads only; the one exception is a probe
// document that is made and removed in the state store, which is ours, and only where that exists already.
#include <algorithm>
#include <set>
#include <utility>

#include "evenkeel/evenkeel.h"
#include "evenkeel/examined.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace evenkeel {
namespace {

constexpr std::string_view kProbeKind = "probe";

class Examination {
 public:
  explicit Examination(Fleet& fleet) : fleet_(fleet) {}

  std::vector<Check> Run() {
    for (const PageStoreConfig& config : fleet_.config.pages) ExaminePages(config);
    for (const RecordStoreConfig& config : fleet_.config.records) ExamineRecords(config);
    for (const EdgeConfig& config : fleet_.config.edge) ExamineEdge(config.store.name);
    for (const StoreConfig& config : fleet_.config.calendars)
      ExamineWhole(config, *fleet_.calendars.at(config.name), &EventListing::events, "event");
    for (const StoreConfig& config : fleet_.config.listings)
      ExamineWhole(config, *fleet_.listings.at(config.name), &ListingPage::entries, "entry");
    for (const BoardConfig& config : fleet_.config.boards) {
      ExamineWhole(config.store, *fleet_.boards.at(config.store.name), &CardListing::cards, "card");
    }
    ExamineState();
    ExamineTimes();
    ExaminePolicy();
    return std::move(checks_);
  }

 private:
  void Add(const std::string& store, const std::string& what, bool passed, const std::string& detail) {
    checks_.push_back({store, what, passed, detail});
  }
  void Fail(const std::string& store, const std::string& what, const Status& status) {
    Add(store, what, false, status.ToString());
  }

  // What the store itself has to say.
  template <typename Store>
  void AddOwn(Store& store) {
    auto* examined = dynamic_cast<Examined*>(&store);
    if (examined == nullptr) return;
    for (Check& check : examined->Examine()) checks_.push_back(std::move(check));
  }

  static std::string Count(std::size_t count, const std::string& noun) {
    const std::string plural = noun.back() == 'y' ? noun.substr(0, noun.size() - 1) + "ies" : noun + "s";
    return std::to_string(count) + " " + (count == 1 ? noun : plural);
  }

  void AddListing(const std::string& store, const std::string& count, bool complete, const std::string& why) {
    Add(store, "readable", complete,
        complete ? count : "the listing is incomplete: " + why + "; what is not there may exist all the same");
  }

  void AddTraits(const std::string& store, const StoreTraits& traits, bool tried = true) {
    Add(store, "writable", true,
        traits.writable ? "changes can be written" : "read only: changes here become tasks for a person");
    if (!traits.writable) return;
    if (!tried) return Add(store, "conditions", true, "not tried yet, for that takes a write; tried before the first write");
    Add(store, "conditions", true,
        traits.unique_versions ? "writes are conditional, versions never repeat"
                               : "writes are conditional; a version may come back with equal content");
  }

  void ExaminePages(const PageStoreConfig& config) {
    const std::string& name = config.store.name;
    ObjectStore& store = *fleet_.pages.at(name);
    std::size_t pages = 0, others = 0;
    std::vector<std::string> large;
    std::string cursor, unreadable;
    std::set<std::string> seen;
    do {
      auto listing = store.List(config.prefix, cursor);
      if (!listing.ok()) return Fail(name, "readable", listing.status());
      for (const ObjectInfo& info : listing->objects) {
        const bool is_page = SlugOfKey(config, info.key).has_value();
        ++(is_page ? pages : others);
        if (is_page && info.bytes > fleet_.config.limits.page_bytes) large.push_back(info.key);
      }
      if (!listing->complete) unreadable = listing->why_incomplete.empty() ? "the store does not say why" : listing->why_incomplete;
      if (!listing->cursor.empty() && !seen.insert(listing->cursor).second) {
        unreadable = "the store's listing came back to the same place";
        break;
      }
      cursor = listing->cursor;
    } while (!cursor.empty());
    AddListing(name, Count(pages, "page"), unreadable.empty(), unreadable);
    if (!large.empty()) {
      Add(name, "page sizes", false,
          Count(large.size(), "page") + " over limits.page_bytes, not read: " + JoinWords(large) +
              "; raise limits.page_bytes in the fleet file, or exclude the page");
    }
    if (pages == 0 && others > 0) {
      Add(name, "slugs", false,
          Count(others, "object") + " under \"" + config.prefix + "\", but none fits the key " + config.key + " with the slug " +
              config.slug + "; check prefix, slug, key and exclude");
    }
    // A server of one's own only speaks like others: the adapter tries it on the first write, and nothing is written here.
    AddTraits(name, store.Traits(), !config.store.settings.contains("endpoint"));
    if (!store.Traits().unique_versions && fleet_.config.policy.retire == Retire::kDelete &&
        !fleet_.config.policy.accept_repeating_versions) {
      Add(name, "retire", true, "versions may repeat here, so pages will be retired by redirect although the policy says delete");
    }
  }

  void ExamineRecords(const RecordStoreConfig& config) {
    const std::string& name = config.store.name;
    auto listing = fleet_.records.at(name)->List("");
    if (!listing.ok()) return Fail(name, "readable", listing.status());
    AddListing(name, Count(listing->records.size(), "record") + (listing->cursor.empty() ? "" : " and more"), listing->complete,
               listing->why_incomplete);
    std::set<std::string> seen;
    for (const Record& record : listing->records) {
      for (const auto& [attribute, value] : record.attributes) seen.insert(attribute);
    }
    if (!listing->records.empty()) ExamineAttributes(config, seen);
    AddOwn(*fleet_.records.at(name));
    AddTraits(name, fleet_.records.at(name)->Traits());
  }

  void ExamineAttributes(const RecordStoreConfig& config, const std::set<std::string>& seen) {
    std::vector<std::string> missing;
    const auto has = [&](const std::string& path) { return seen.count(path) > 0 || seen.count(path.substr(0, path.find_first_of(".["))) > 0; };
    for (const auto& [field, mapping] : config.fields) {
      const bool has_alias = std::any_of(mapping.aliases.begin(), mapping.aliases.end(), has);
      if (!has(mapping.path) && !has_alias) missing.push_back(mapping.path + " (" + field + ")");
    }
    const std::vector<std::string> known(seen.begin(), seen.end());
    Add(config.store.name, "columns", missing.empty(),
        missing.empty() ? "all " + std::to_string(config.fields.size()) + " mapped attributes are there"
                        : "no record has " + JoinWords(missing) + "; the records have " + JoinWords(known) +
                              ": correct \"fields\" in the fleet file");
  }

  void ExamineEdge(const std::string& name) {
    EdgeCache& edge = *fleet_.edge.at(name);
    std::vector<Check> checks = edge.Examine();
    for (Check& check : checks) checks_.push_back(std::move(check));
    if (!checks.empty()) return;
    auto accepted = edge.WasAccepted("evenkeel-doctor");
    if (!accepted.ok()) return Fail(name, "readable", accepted.status());
    Add(name, "readable", true, "answers");
  }

  template <typename Store, typename Member>
  void ExamineWhole(const StoreConfig& config, Store& store, Member entries, const std::string& noun) {
    const std::string& name = config.name;
    auto listing = store.List();
    if (!listing.ok()) return Fail(name, "readable", listing.status());
    AddListing(name, Count(((*listing).*entries).size(), noun), listing->complete, listing->why_incomplete);
    AddTraits(name, store.Traits(), !config.settings.contains("url"));
    AddOwn(store);
  }

  // nullopt: the state is no folder, or nobody can tell.
  std::optional<std::string> MissingStateFolder() const {
    const StoreConfig& state = fleet_.config.state;
    if (state.adapter != "directory" || !state.settings.is_object() || !state.settings.contains("path") ||
        !state.settings["path"].is_string()) {
      return std::nullopt;
    }
    std::string path = state.settings["path"].get<std::string>();
    const std::size_t slash = fleet_.config.path.rfind('/');
    if (!path.starts_with('/') && slash != std::string::npos) path = fleet_.config.path.substr(0, slash + 1) + path;
    return fleet_.environment->files().Stat(path).code() == Code::kNotFound ? std::optional<std::string>(path) : std::nullopt;
  }

  void ExamineState() {
    const std::string name = "state";
    if (const auto path = MissingStateFolder()) {
      return Add(name, "writable", true,
                 *path + " does not exist yet; the first apply, set or handoff makes it, so writing could not be tried");
    }
    const std::string id = "doctor-" + std::to_string(fleet_.environment->Random());
    auto put = fleet_.state->PutDocument(kProbeKind, id, {{"at", FormatInstant(fleet_.environment->Now())}}, std::nullopt);
    if (!put.ok()) return Fail(name, "writable", put.status());
    const bool refuses = fleet_.state->PutDocument(kProbeKind, id, Json::object(), std::nullopt).code() == Code::kAlreadyExists;
    const bool refuses_stale =
        fleet_.state->PutDocument(kProbeKind, id, Json::object(), put->version + "x").code() == Code::kPreconditionFailed;
    const Status removed = fleet_.state->DeleteDocument(kProbeKind, id, put->version);
    Add(name, "writable", removed.ok(), removed.ok() ? "a probe document was written and removed" : removed.ToString());
    Add(name, "conditions", refuses && refuses_stale,
        refuses && refuses_stale ? "writes are conditional"
                                 : "writes are not conditional: two processes could both win; use another state store");
    AddOwn(*fleet_.state);
    ExamineRuns();
  }

  void ExamineRuns() {
    auto unfinished = UnfinishedRuns(fleet_);
    if (!unfinished.ok()) return Fail("state", "runs", unfinished.status());
    Add("state", "runs", unfinished->empty(),
        unfinished->empty() ? "no run was cut off" : JoinWords(*unfinished) + " was cut off: evenkeel resume");
  }

  void ExamineTimes() {
    const std::string version = fleet_.zones->DatabaseVersion();
    Add("", "tz database", version != "unknown",
        version != "unknown" ? version : "the system does not say which version it has; plans cannot record it (install tzdata)");
    const std::string& zone = fleet_.config.zone;
    const bool known = fleet_.zones->Has(zone);
    Add("", "zone", known, known ? zone : "no zone " + zone + " in the tz database; correct \"zone\" in the fleet file");
  }

  void ExaminePolicy() {
    std::vector<std::string> features;
    for (const FeatureRule& rule : BuiltInFeatureRules()) features.push_back(rule.name);
    for (const FeatureRule& rule : fleet_.config.features) features.push_back(rule.name);
    AddNames("protect", fleet_.config.policy.protect, features, "feature in the catalogue");
    std::vector<std::string> named;
    for (const auto& [field, ranks] : fleet_.config.policy.authority) {
      for (const std::vector<std::string>& equals : ranks) named.insert(named.end(), equals.begin(), equals.end());
    }
    std::vector<std::string> stores;
    for (const Check& check : checks_) {
      if (fleet_.config.FindStore(check.store) != nullptr) stores.push_back(check.store);
    }
    AddNames("authority", named, stores, "store of the fleet");
  }

  void AddNames(const std::string& what, const std::vector<std::string>& names, const std::vector<std::string>& known,
                const std::string& noun) {
    for (const std::string& name : names) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string nearest = NearestName(name, known);
      return Add("", what, false, name + " is no " + noun + (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
    }
    const std::set<std::string> different(names.begin(), names.end());
    Add("", what, true, names.empty() ? "none named" : JoinWords({different.begin(), different.end()}));
  }

  Fleet& fleet_;
  std::vector<Check> checks_;
};

}  // namespace

StatusOr<std::vector<Check>> Examine(Fleet& fleet) { return Examination(fleet).Run(); }

}  // namespace evenkeel
