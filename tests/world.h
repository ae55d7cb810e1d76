// A world for tests: a fleet and a snapshot put together by hand, one sentence a line.
//   World world;
//   world.Record("S2FJLN").Says("start", "15:30").PointsTo("g/x.html");
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "evenkeel/json.h"
#include "evenkeel/plan.h"

namespace evenkeel {

inline constexpr const char* kPages = "guest-pages";
inline constexpr const char* kRecords = "crew-dispatch";
inline constexpr const char* kCalendar = "internal-calendar";
inline constexpr const char* kListings = "boatsetter";
inline constexpr const char* kBoard = "kanban";
inline constexpr const char* kSunset = "g/2026-05-30-jonathan-sunset.html";
inline constexpr const char* kAfternoon = "g/2026-05-30-jonathan-afternoon.html";

// One thing that speaks. Kept by the world; references stay good.
class Sayer {
 public:
  Sayer(const FieldRegistry& fields, Resource resource) : fields_(fields) {
    observed.resource = std::move(resource);
    observed.version = "v1";
  }

  // A property, a column, or (of a page) visible text.
  Sayer& Says(const std::string& field, const std::string& value) { return Add(field, value, true, "text"); }
  // On a page, where no guest sees it.
  Sayer& Hides(const std::string& field, const std::string& value, const std::string& carrier) { return Add(field, value, false, carrier); }
  // Words inside a longer text (a summary, a title).
  Sayer& Mentions(const std::string& attribute, const std::string& field, const std::string& value) {
    Add(field, value, true, "");
    observed.claims.back().evidence.span = Span{position_, position_ + value.size()};
    observed.claims.back().evidence.attribute = attribute;
    return *this;
  }
  // A word for the field that nobody understands.
  Sayer& Mumbles(const std::string& field, const std::string& words) {
    observed.doubts.push_back({field, {}, field + " \"" + words + "\" was not understood"});
    observed.doubts.back().evidence.text = words;
    return *this;
  }
  Sayer& PointsTo(const std::string& key, const std::string& store = kPages) {
    observed.identifiers.push_back({"page", store + ":" + key, "column page_slug"});
    return *this;
  }
  Sayer& Can(const std::string& feature, bool complete = true) {
    page->reading.features.push_back({feature, complete, {}, ""});
    return *this;
  }
  Sayer& Of(const std::string& instant) {
    observed.modified = ParseInstant(instant);
    return *this;
  }
  Sayer& Lines(std::size_t lines) {
    page->reading.lines = lines;
    return *this;
  }

  Observed observed;
  std::shared_ptr<PageContent> page;  // of pages

 private:
  Sayer& Add(const std::string& field, const std::string& value, bool visible, const std::string& carrier) {
    const FieldDefinition* definition = fields_.Find(field);
    assert(definition != nullptr);
    StatusOr<Value> parsed = ParseValue(*definition, value);
    assert(parsed.ok());
    position_ += 100;
    Claim claim{observed.resource, observed.version, field, *parsed, {}, observed.modified};
    claim.evidence.text = value;
    claim.evidence.visible = visible;
    if (page) {
      claim.evidence.carrier = carrier;
      claim.evidence.span = Span{position_, position_ + value.size()};
      claim.evidence.line = position_ / 100;
    } else {
      claim.evidence.attribute = field;
    }
    observed.claims.push_back(std::move(claim));
    return *this;
  }

  const FieldRegistry& fields_;
  std::size_t position_ = 0;
};

class World {
 public:
  World() {
    fleet.zone = "America/Los_Angeles";
    fleet.fields = FieldRegistry::BuiltIn();
    fleet.fingerprint = "sha256:fleet";
    fleet.policy.authority["*"] = {{kRecords}, {kCalendar}};
    fleet.policy.protect = {"photo-upload", "csrf-token", "spam-guard"};
    PageStoreConfig pages;
    pages.store.name = kPages;
    pages.prefix = "g/";
    pages.slug = "{date}-{guest}-{label}";
    pages.public_forms = {"https://example.com/g/{slug}", "https://example.com/g/{slug}.html"};
    fleet.pages.push_back(pages);
    RecordStoreConfig records;
    records.store.name = kRecords;
    records.pages = kPages;
    records.fields = {{"booking", "booking_id"}, {"date", "date"}, {"start", "start_time"}, {"page", "page_slug"}, {"captain", "captain"}};
    fleet.records.push_back(records);
    EdgeConfig edge;
    edge.store.name = "cloudfront";
    edge.pages = kPages;
    fleet.edge.push_back(edge);
    fleet.calendars.emplace_back().name = kCalendar;
    fleet.listings.emplace_back().name = kListings;
    fleet.boards.emplace_back().store.name = kBoard;
    booking.key = "xhqgmdh";
    booking.identifiers["booking"] = {"xhqgmdh"};
    booking.date = ParseDate("2026-05-30");
    booking.guest = "Jonathan";
    booking.zone = fleet.zone;
    snapshot.taken_at = *ParseInstant("2026-05-21T00:00:00Z");
    snapshot.tz_version = "test";
  }

  Sayer& Page(const std::string& key, const std::string& store = kPages) {
    Sayer& sayer = Speak({ResourceKind::kPage, store, key});
    sayer.page = std::make_shared<PageContent>();
    const auto* config = fleet.FindPages(store);
    sayer.page->slug = config == nullptr ? key : SlugOfKey(*config, key).value_or(key);
    return sayer;
  }
  Sayer& Record(const std::string& key, const std::string& store = kRecords) {
    Sayer& sayer = Speak({ResourceKind::kRecord, store, key});
    sayer.observed.record.emplace().key = key;
    return sayer;
  }
  Sayer& Event(const std::string& uid, const std::string& store = kCalendar) {
    Sayer& sayer = Speak({ResourceKind::kEvent, store, uid});
    sayer.observed.event.emplace().uid = uid;
    return sayer;
  }
  Sayer& Listing(const std::string& id, const std::string& store = kListings) {
    Sayer& sayer = Speak({ResourceKind::kListing, store, id});
    sayer.observed.listing.emplace().id = id;
    return sayer;
  }
  Sayer& Card(const std::string& id, const std::string& lane, const std::string& title) {
    Sayer& sayer = Speak({ResourceKind::kCard, kBoard, id});
    sayer.observed.card.emplace();
    sayer.observed.card->id = id;
    sayer.observed.card->lane = lane;
    sayer.observed.card->title = title;
    return sayer;
  }
  void Set(const std::string& field, const std::string& value, const std::string& at = "2026-05-20T00:00:00Z") {
    snapshot.instructions.push_back({booking.key, field, value, "Ana", *ParseInstant(at)});
  }

  // The snapshot with everything that speaks in it, and the stores they stand in.
  Snapshot Observed() const {
    Snapshot full = snapshot;
    for (const auto& sayer : sayers) {
      evenkeel::Observed observed = sayer->observed;
      observed.page = sayer->page;
      full.resources.push_back(std::move(observed));
    }
    if (!full.stores.empty()) return full;
    for (const auto& [name, kind] : std::map<std::string, ResourceKind>{{kPages, ResourceKind::kPage},
                                                                         {kRecords, ResourceKind::kRecord},
                                                                         {kCalendar, ResourceKind::kEvent},
                                                                         {kListings, ResourceKind::kListing},
                                                                         {kBoard, ResourceKind::kCard}}) {
      StoreState& store = full.stores.emplace_back();
      store.name = name;
      store.kind = kind;
      store.traits.unique_versions = true;
      for (const evenkeel::Observed& observed : full.resources) store.count += observed.resource.store == name ? 1 : 0;
    }
    return full;
  }
  evenkeel::Booking Booking() const {
    evenkeel::Booking whole = booking;
    for (const auto& sayer : sayers) whole.members.push_back(sayer->observed.resource);
    return whole;
  }
  Decision Decided() const {
    const std::vector<Decision> decisions = Decide(fleet, Observed(), {Booking()}, answers, *zones);
    assert(decisions.size() == 1);
    return decisions.front();
  }

  FleetConfig fleet;
  Snapshot snapshot;
  evenkeel::Booking booking;
  Answers answers;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  std::vector<std::unique_ptr<Sayer>> sayers;

 private:
  Sayer& Speak(Resource resource) {
    sayers.push_back(std::make_unique<Sayer>(fleet.fields, std::move(resource)));
    return *sayers.back();
  }
};

// The canonical text of a verdict; "?" when it is open, "" when there is none.
inline std::string VerdictOf(const Decision& decision, const std::string& field) {
  const Verdict* verdict = decision.Find(field);
  if (verdict == nullptr) return "";
  return verdict->value ? FormatValue(*verdict->value) : "?";
}
inline std::string RowOf(const Decision& decision, const std::string& field) {
  const Verdict* verdict = decision.Find(field);
  return verdict == nullptr ? "" : verdict->row;
}

inline std::string DecisionToText(const Decision& decision) { return DumpJsonPretty(DecisionToJson(decision)); }

// Shuffles what order must not matter in. Reproduces by seed.
inline void Shuffle(Snapshot& snapshot, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::shuffle(snapshot.resources.begin(), snapshot.resources.end(), random);
  std::shuffle(snapshot.stores.begin(), snapshot.stores.end(), random);
  std::shuffle(snapshot.instructions.begin(), snapshot.instructions.end(), random);
  std::shuffle(snapshot.tombstones.begin(), snapshot.tombstones.end(), random);
  std::shuffle(snapshot.former_words.begin(), snapshot.former_words.end(), random);
  for (Observed& observed : snapshot.resources) {
    std::shuffle(observed.claims.begin(), observed.claims.end(), random);
    std::shuffle(observed.identifiers.begin(), observed.identifiers.end(), random);
  }
}

}  // namespace evenkeel
