#include "simulation/scenario.h"

#include <algorithm>
#include <utility>

#include "evenkeel/json.h"
#include "evenkeel/lease.h"
#include "flat_zones.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"
#include "plan/redirect_page.h"
#include "simulation/laws.h"

namespace evenkeel::simulation {
namespace {

constexpr const char* kForm = "<form class=\"waiver\"></form>";
constexpr const char* kUrl = "https://x.org/g/2026-05-30-jonathan-sunset";

std::string Page(const std::string& words, const std::string& booking = "xhqgmdh") {
  return "<html><body data-booking=\"" + booking + "\"><p>" + words + "</p></body></html>\n";
}

const std::string kKeptFirst = Page(std::string("May 30, 2026, 4:30 PM") + kForm);
const std::string kKeptPlanned = Page(std::string("May 30, 2026, 3:30 PM") + kForm);
const std::string kOtherFirst = Page("May 30, 2026, 4:30 PM");
const std::string kAnaFirst = Page("June 1, 2026, 1:00 PM", "ana1");
const std::string kAnaPlanned = Page("June 1, 2026, 2:00 PM", "ana1");
const std::string kForeignPage = Page(std::string("May 30, 2026, 4:30 PM, bring a hat") + kForm);
const std::string kBarePage = Page("May 30, 2026, 4:30 PM, bare");

FleetConfig MakeConfig(Size size, bool redirect) {
  FleetConfig config;
  config.path = "fleet.json";
  config.zone = "UTC";
  config.fingerprint = "sha256:fleet";
  config.fields = FieldRegistry::BuiltIn();
  PageStoreConfig pages;
  pages.store.name = "pages";
  pages.prefix = "g/";
  pages.slug = "{date}-{guest}-{label}";
  pages.public_forms = {"https://x.org/g/{slug}"};
  config.pages = {pages};
  RecordStoreConfig records;
  records.store.name = "records";
  records.pages = "pages";
  records.fields = {{"booking", "booking_id"}, {"code", "code"},         {"date", "date"},      {"start", "start_time"},
                    {"captain", "captain"},    {"guest", "guest_name"}, {"page", "page_slug"}};
  config.records = {records};
  EdgeConfig edge;
  edge.store.name = "edge";
  edge.pages = "pages";
  config.edge = {edge};
  if (size == Size::kWhole) {
    config.calendars.emplace_back().name = "calendar";
    config.listings.emplace_back().name = "listing";
    config.boards.emplace_back().store.name = "board";
    config.boards.back().store.settings = {{"done_lane", "done"}};
  }
  config.policy.authority = {{"*", {{"records"}, {"calendar"}}}};
  config.policy.protect = {"waiver"};
  config.policy.retire = redirect ? Retire::kRedirect : Retire::kDelete;
  config.policy.brakes = {};
  config.policy.brakes.retire_share_max.reset();
  FeatureEvidence form;
  form.element = "form";
  form.attribute = "class";
  form.value = "waiver";
  form.anchor = true;
  config.features = {{"waiver", "a form for the waiver", {form}}};
  return config;
}

Attributes JonathanRecord() {
  return {{"code", "S2FJLN"},       {"booking_id", "xhqgmdh"}, {"date", "2026-05-30"},                        {"start_time", "15:30"},
          {"guest_name", "Jonathan"}, {"captain", "Gene"},       {"page_slug", "2026-05-30-jonathan-afternoon"}};
}

Event JonathanEvent() {
  Event event;
  event.uid = "event-1";
  event.summary = "Jonathan xhqgmdh";
  event.zone = "UTC";
  event.start = LocalDateTime{Date(date::year(2026), date::month(5), date::day(30)), 16 * 60 + 30};
  event.end = LocalDateTime{event.start->date, 19 * 60 + 30};
  return event;
}

void AddSmallDuties(Scenario& scenario) {
  const std::string kept = std::string("pages:") + kKept, other = std::string("pages:") + kOther;
  scenario.duties = {
      {"back up the page to keep", Verb::kBackUpPage, kept, "", "", kKeptFirst, {}, {kept}},
      {"back up the other page", Verb::kBackUpPage, other, "", "", kOtherFirst, {}, {other}},
      {"edit the page", Verb::kEditPage, kept, "", kKeptFirst, kKeptPlanned, {"back up the page to keep"}, {}},
      {"re-point the record", Verb::kRepointRecord, "records:S2FJLN", "page_slug", "2026-05-30-jonathan-afternoon", "2026-05-30-jonathan-sunset",
       {"edit the page"}, {kept}, {other}},
      {"retire the other page", Verb::kRetirePage, other, "", kOtherFirst, scenario.redirect ? RedirectPage("xhqgmdh", kUrl) : "",
       {"back up the other page", "edit the page", "re-point the record"}, {kept, "records:S2FJLN"}},
      {"invalidate the page", Verb::kInvalidatePaths, std::string("edge:") + kKept, "", "", "1", {"edit the page"}, {}},
      {"invalidate the other page", Verb::kInvalidatePaths, std::string("edge:") + kOther, "", "", "1", {"retire the other page"}, {}}};
  if (scenario.size == Size::kWhole) return;
  scenario.duties.push_back({"leave a handoff", Verb::kLeaveHandoff, "documents:xhqgmdh", "", "", "1",
                             {"edit the page", "re-point the record", "retire the other page", "invalidate the page", "invalidate the other page"}, {}});
}

void AddOtherDuties(Scenario& scenario) {
  const std::string ana = std::string("pages:") + kAna;
  const std::vector<std::string> all = {"edit the page",        "re-point the record",       "retire the other page", "set the captain", "update the event",
                                        "invalidate the page", "invalidate the other page"};
  std::vector<std::string> all_and_card = all;
  all_and_card.emplace_back("move the card");
  const std::vector<Duty> duties = {
      {"set the captain", Verb::kUpdateRecord, "records:S2FJLN", "captain", "Gene", "Rosa", {}, {}},
      {"update the event", Verb::kUpdateEvent, "calendar:event-1", "", "16:30", "15:30", {}, {}},
      {"move the card", Verb::kMoveCard, "board:xhqgmdh", "", "needs-you", "done", all, {}},
      {"leave a handoff", Verb::kLeaveHandoff, "documents:xhqgmdh", "", "", "1", all_and_card, {}},
      {"tell the marketplace", Verb::kManualTask, "listing:L1", "", "16:30", "15:30", {}, {}},
      {"back up Ana's page", Verb::kBackUpPage, ana, "", "", kAnaFirst, {}, {ana}},
      {"edit Ana's page", Verb::kEditPage, ana, "", kAnaFirst, kAnaPlanned, {"back up Ana's page"}, {}},
      {"invalidate Ana's page", Verb::kInvalidatePaths, std::string("edge:") + kAna, "", "", "1", {"edit Ana's page"}, {}},
      {"leave Ana's handoff", Verb::kLeaveHandoff, "documents:ana1", "", "", "1", {"edit Ana's page", "invalidate Ana's page"}, {}}};
  scenario.duties.insert(scenario.duties.end(), duties.begin(), duties.end());
}

void SetColumn(World& world, const char* name, const char* value) {
  Attributes attributes = world.records.Snapshot().entries.at("S2FJLN").item;
  attributes[name] = value;
  world.records.PutForeign("S2FJLN", std::move(attributes));
}

std::vector<ForeignEdit> SmallEdits() {
  const std::string kept = std::string("pages:") + kKept, other = std::string("pages:") + kOther, record = "records:S2FJLN";
  return {
      {"edits the page that is kept", kept, [](World& world) { world.pages.PutForeign(kKept, kForeignPage); }},
      {"strips the waiver from the page that is kept", kept, [](World& world) { world.pages.PutForeign(kKept, kBarePage); }},
      {"deletes the page that is kept", kept, [](World& world) { world.pages.DeleteForeign(kKept); }},
      {"puts the first bytes on the page that is kept", kept, [](World& world) { world.pages.PutForeign(kKept, kKeptFirst); }},
      {"edits the other page", other, [](World& world) { world.pages.PutForeign(kOther, kBarePage); }},
      {"deletes the other page", other, [](World& world) { world.pages.DeleteForeign(kOther); }},
      {"changes the other page and back", other,
       [](World& world) {
         world.pages.PutForeign(kOther, kBarePage);
         world.pages.PutForeign(kOther, kOtherFirst);
       }},
      {"points the record at the other page", record, [](World& world) { SetColumn(world, "page_slug", "2026-05-30-jonathan-afternoon"); }},
      {"points the record at the page that is kept", record, [](World& world) { SetColumn(world, "page_slug", "2026-05-30-jonathan-sunset"); }},
      {"changes the record's start", record, [](World& world) { SetColumn(world, "start_time", "17:00"); }},
  };
}

void AddOtherEdits(std::vector<ForeignEdit>& edits) {
  edits.push_back({"changes the captain", "records:S2FJLN", [](World& world) { SetColumn(world, "captain", "Ines"); }});
  edits.push_back({"moves the event", "calendar:event-1", [](World& world) {
                     Event event = JonathanEvent();
                     event.start->minutes = 600;
                     world.calendar.PutForeign(std::move(event));
                   }});
  edits.push_back({"deletes the event", "calendar:event-1", [](World& world) { world.calendar.DeleteForeign("event-1"); }});
  edits.push_back({"moves the card", "board:xhqgmdh", [](World& world) {
                     world.board.PutForeign({"xhqgmdh", "blocked", "3:30?", "xhqgmdh", "", ""});
                   }});
  edits.push_back({"moves the event and back", "calendar:event-1", [](World& world) { world.calendar.PutForeign(JonathanEvent()); }});
  edits.push_back({"moves the card and back", "board:xhqgmdh", [](World& world) {
                     world.board.PutForeign({"xhqgmdh", "needs-you", "move to 3:30 PM", "xhqgmdh", "", ""});
                   }});
  edits.push_back({"enters the new time at the marketplace", "listing:L1", [](World& world) {
                     Attributes attributes = world.listing.Snapshot().entries.at("L1").item;
                     attributes["start"] = "15:30";
                     world.listing.PutForeign("L1", std::move(attributes));
                   }});
  edits.push_back({"edits Ana's page", std::string("pages:") + kAna, [](World& world) { world.pages.PutForeign(kAna, Page("June 1, 2026, 1:00 PM!", "ana1")); }});
}

// Somebody takes the lease whoever has it, and fences nothing.
void StealLease(World& world, bool gives_back) {
  const auto stands = LeaseIn(world, "xhqgmdh");
  Lease lease{"xhqgmdh", gives_back ? "" : "thief", stands ? stands->fence + 1 : 1, world.environment.Now() + kLeaseTtl, world.environment.Now(), {}, {}, ""};
  const auto documents = world.state.Snapshot().documents;
  const auto document = documents.find({std::string(kLeaseKind), "xhqgmdh"});
  const std::optional<Version> version = document == documents.end() ? std::nullopt : std::optional(document->second.version);
  auto put = world.state.PutDocument(kLeaseKind, "xhqgmdh", ToJson(lease), version);
  if (!put.ok()) std::abort();
}

void AddOwnEdits(std::vector<ForeignEdit>& edits) {
  edits.push_back({"steals the lease", "documents:lease", [](World& world) { StealLease(world, false); }, "xhqgmdh"});
  edits.push_back({"steals the lease and gives it back", "documents:lease", [](World& world) { StealLease(world, true); }, "xhqgmdh"});
  const auto jump = [&edits](const char* name, std::chrono::minutes by) {
    edits.push_back({name, "clock:", [by](World& world) { world.environment.SetNow(world.environment.Now() + by); }});
  };
  jump("the clock jumps forward by four minutes", std::chrono::minutes(4));
  jump("the clock jumps forward by an hour", std::chrono::minutes(60));
  jump("the clock jumps back by five minutes", std::chrono::minutes(-5));
  jump("the clock jumps back by two hours", std::chrono::minutes(-120));
}

}  // namespace

World::World(bool unique_versions)
    : environment(Instant(std::chrono::seconds(1'779'000'000))),
      pages({.name = "pages", .unique_versions = unique_versions, .checks_fences = false}),
      records({.name = "records", .unique_versions = unique_versions}),
      calendar({.name = "calendar", .checks_fences = false}),
      listing({.name = "listing"}),
      board({.name = "board", .checks_fences = false}) {}

std::uint64_t World::Changes() const {
  std::uint64_t changes = 0;
  const auto add = [&changes](const auto& store) { store.Look([&changes](const auto& contents) { changes += (contents.writes << 8U) - contents.entries.size(); }); };
  add(pages);
  add(records);
  add(calendar);
  add(listing);
  add(board);
  return changes;
}

Scenario::Scenario(Size of_size, bool with_redirect)
    : size(of_size), redirect(with_redirect), config(MakeConfig(size, redirect)), zones(std::make_unique<FlatZones>()), edits(SmallEdits()) {
  AddSmallDuties(*this);
  if (size == Size::kWhole) {
    AddOtherDuties(*this);
    AddOtherEdits(edits);
  }
  own_edits = edits.size();
  AddOwnEdits(edits);
}

std::unique_ptr<World> Scenario::MakeWorld() const {
  // A store whose versions may repeat takes redirects only.
  auto world = std::make_unique<World>(!redirect);
  world->pages.PutForeign(kKept, kKeptFirst);
  world->pages.PutForeign(kOther, kOtherFirst);
  world->records.PutForeign("S2FJLN", JonathanRecord());
  if (size == Size::kSmall) return world;
  world->pages.PutForeign(kAna, kAnaFirst);
  world->records.PutForeign("ANA001", {{"code", "ANA001"},
                                       {"booking_id", "ana1"},
                                       {"date", "2026-06-01"},
                                       {"start_time", "14:00"},
                                       {"guest_name", "Ana"},
                                       {"page_slug", "2026-06-01-ana"}});
  world->calendar.PutForeign(JonathanEvent());
  world->listing.PutForeign("L1", {{"id", "L1"}, {"date", "2026-05-30"}, {"start", "16:30"}, {"title", "Jonathan xhqgmdh"}});
  world->board.PutForeign({"xhqgmdh", "needs-you", "move to 3:30 PM", "xhqgmdh", "", ""});
  const Instruction word{"xhqgmdh", "captain", "Rosa", "Gene", Instant(std::chrono::seconds(1'778'000'000))};
  auto put = world->state.PutDocument(kInstructionKind, IdOf(word), ToJson(word), std::nullopt);
  if (!put.ok()) std::abort();
  return world;
}

const Duty* Scenario::FindDuty(Verb verb, std::string_view resource) const {
  for (const Duty& duty : duties) {
    if (duty.verb == verb && duty.resource == resource) return &duty;
  }
  return nullptr;
}

std::string Holds(const World& world, const Duty& duty) {
  const std::string key = duty.resource.substr(duty.resource.find(':') + 1);
  const auto of = [&key](const auto& store, auto text) {
    return store.Look([&](const auto& contents) {
      const auto found = contents.entries.find(key);
      return found == contents.entries.end() ? std::string() : text(found->second.item);
    });
  };
  switch (duty.verb) {
    case Verb::kBackUpPage:
      return world.state.Look([&duty](const MemoryStateStore::Contents& state) {
        const auto is_it = [&duty](const auto& blob) { return blob.second == duty.planned; };
        return std::any_of(state.blobs.begin(), state.blobs.end(), is_it) ? duty.planned : std::string();
      });
    case Verb::kEditPage:
    case Verb::kRetirePage:
      return of(world.pages, [](const MemoryPage& page) { return page.bytes; });
    case Verb::kRepointRecord:
    case Verb::kUpdateRecord:
      return of(world.records, [&](const Attributes& item) { return item.count(duty.part) > 0 ? item.at(duty.part).get<std::string>() : ""; });
    case Verb::kUpdateEvent:
      return of(world.calendar, [](const Event& event) { return FormatMinutes(event.start->minutes); });
    case Verb::kManualTask:
      return of(world.listing, [](const Attributes& item) { return item.at("start").get<std::string>(); });
    case Verb::kMoveCard:
      return of(world.board, [](const Card& card) { return card.lane; });
    case Verb::kInvalidatePaths: {
      const std::string slug = "/" + key.substr(0, key.size() - std::string_view(".html").size());
      std::size_t times = 0;
      for (const MemoryEdgeCache::Batch& batch : world.edge.Batches()) times += batch.paths == std::vector<std::string>{slug} ? 1 : 0;
      return times == 0 ? std::string() : std::to_string(times);
    }
    case Verb::kLeaveHandoff: {
      const auto notes = world.state.Look([&key](const MemoryStateStore::Contents& state) {
        return std::count_if(state.documents.begin(), state.documents.end(),
                             [&key](const auto& document) { return document.first.first == kHandoffKind && document.first.second.starts_with(key + "/") && !IsWithdrawn(document.second.value); });
      });
      return notes == 0 ? std::string() : std::to_string(notes);
    }
  }
  return {};
}

}  // namespace evenkeel::simulation
