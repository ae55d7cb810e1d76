#include "unit/apply/world.h"

#include <algorithm>

#include "digest/sha256.h"

namespace evenkeel::apply_test {
namespace {

using contract::Fault;

Attributes JonathanRecord() {
  return {{"guest_code", "S2FJLN"}, {"booking_id", "xhqgmdh"},  {"date", "2026-05-30"},
          {"start_time", "15:30"},  {"guest_name", "Jonathan"}, {"page_slug", "2026-05-30-jonathan-afternoon"}};
}
Attributes AnaRecord() {
  return {{"guest_code", "ANA001"}, {"booking_id", "ana1"}, {"date", "2026-06-01"},         {"start_time", "13:00"},
          {"captain", "Gene"},      {"guest_name", "Ana"},  {"page_slug", "2026-06-01-ana"}};
}
Event JonathanEvent() {
  Event event;
  event.uid = "event-1";
  event.summary = "Jonathan";
  event.zone = "UTC";
  event.start = LocalDateTime{Date(date::year(2026), date::month(5), date::day(30)), 16 * 60 + 30};
  event.end = LocalDateTime{event.start->date, 19 * 60 + 30};
  return event;
}

FleetConfig MakeConfig() {
  FleetConfig config;
  config.path = "fleet.json";
  config.zone = "UTC";
  config.fingerprint = "sha256:fleet";
  config.fields = FieldRegistry::BuiltIn();
  PageStoreConfig pages;
  pages.store.name = "guest-pages";
  pages.prefix = "g/";
  pages.public_forms = {"https://example.com/g/{slug}", "https://example.com/g/{slug}.html"};
  config.pages = {pages};
  RecordStoreConfig records;
  records.store.name = "dispatch";
  records.pages = "guest-pages";
  records.fields = {{"booking", "booking_id"}, {"code", "guest_code"},  {"date", "date"},     {"start", "start_time"},
                    {"captain", "captain"},    {"guest", "guest_name"}, {"page", "page_slug"}};
  config.records = {records};
  EdgeConfig edge;
  edge.store.name = "cdn";
  edge.pages = "guest-pages";
  config.edge = {edge};
  StoreConfig calendar, listing;
  calendar.name = "calendar";
  listing.name = "boatsetter";
  config.calendars = {calendar};
  config.listings = {listing};
  BoardConfig board;
  board.store.name = "kanban";
  config.boards = {board};
  config.policy.protect = {"waiver-form"};
  FeatureEvidence form;
  form.element = "form";
  form.attribute = "class";
  form.value = "waiver-upload";
  form.anchor = true;
  config.features = {{"waiver-form", "a form for the waiver", {form}}};
  return config;
}

template <typename Faulty, typename Store>
auto Guard(Store& store, const std::string& name, const contract::FaultPlan& plan) {
  auto named = [plan, name](std::string_view call, std::string_view resource) {
    return plan ? plan(name + "." + std::string(call), resource) : Fault::kNone;
  };
  return std::make_unique<Faulty>(store, named);
}

}  // namespace

World::World(bool redirect, bool repeats) : records({.name = "dispatch", .unique_versions = !repeats}), redirect_(redirect) {
  pages.PutForeign(kSunset, kSunsetBytes);
  pages.PutForeign(kAfternoon, kAfternoonBytes);
  pages.PutForeign(kAna, kAnaBytes);
  records.PutForeign("S2FJLN", JonathanRecord());
  records.PutForeign("ANA001", AnaRecord());
  calendar.PutForeign(JonathanEvent());
  listing.PutForeign("L1", {{"id", "L1"}, {"start", "16:30"}});
  Card card;
  card.id = "xhqgmdh";
  card.lane = "needs-you";
  board.PutForeign(card);
}

Fleet World::Open(contract::FaultPlan faults) {
  Fleet fleet;
  fleet.config = MakeConfig();
  fleet.pages["guest-pages"] = Guard<contract::FaultyObjectStore>(pages, "pages", faults);
  fleet.records["dispatch"] = Guard<contract::FaultyRecordStore>(records, "records", faults);
  fleet.edge["cdn"] = Guard<contract::FaultyEdgeCache>(edge, "edge", faults);
  fleet.calendars["calendar"] = Guard<contract::FaultyCalendar>(calendar, "calendar", faults);
  fleet.listings["boatsetter"] = Guard<contract::FaultyListing>(listing, "listing", faults);
  fleet.boards["kanban"] = Guard<contract::FaultyTaskBoard>(board, "board", faults);
  fleet.state = Guard<contract::FaultyStateStore>(state, "state", faults);
  fleet.environment = &environment;
  fleet.zones = &zones;
  return fleet;
}

Action World::MakeAction(Verb verb, const std::string& store, const std::string& resource, const std::string& booking,
                         Change change, std::vector<std::string> needs) const {
  Action action;
  action.verb = verb;
  action.store = store;
  action.resource = resource;
  action.id = std::string(VerbName(verb)) + "-" + Sha256Hex(booking + store + resource).substr(0, 8);
  action.approval = verb == Verb::kRetirePage   ? Approval::kApprove
                    : verb == Verb::kManualTask ? Approval::kManual
                                                : Approval::kAuto;
  action.reason = "the test says so";
  std::sort(needs.begin(), needs.end());
  action.needs = std::move(needs);
  action.change = std::move(change);
  return action;
}

BookingPlan World::PlanForJonathan() const {
  BookingPlan plan;
  plan.booking = "xhqgmdh";
  plan.title = "2026-05-30 Jonathan";
  plan.canonical = Resource{ResourceKind::kPage, "guest-pages", kSunset};
  const auto make = [&](Verb verb, const std::string& store, const std::string& resource, Change change,
                        std::vector<std::string> needs, Version precondition) {
    Action action = MakeAction(verb, store, resource, plan.booking, std::move(change), std::move(needs));
    action.precondition = std::move(precondition);
    plan.actions.push_back(action);
    return plan.actions.back().id;
  };
  const auto version = [this](const char* key) { return pages.Snapshot().entries.at(key).version; };
  const std::string keep =
      make(Verb::kBackUpPage, "guest-pages", kSunset, BackUpPage{"sunset", "sha256:" + Sha256Hex(kSunsetBytes)}, {}, "");
  const std::string keep_other =
      make(Verb::kBackUpPage, "guest-pages", kAfternoon, BackUpPage{"afternoon", Sha256Hex(kAfternoonBytes)}, {}, "");
  const std::size_t at = std::string(kSunsetBytes).find("4:30");
  const std::string edit =
      make(Verb::kEditPage, "guest-pages", kSunset,
           EditPage{{{{at, at + 1}, "3"}}, Sha256Hex(kSunsetBytes), Sha256Hex(kSunsetAfter), {}}, {keep}, version(kSunset));
  const auto record = records.Snapshot().entries.at("S2FJLN");
  const std::string repoint =
      make(Verb::kRepointRecord, "dispatch", "S2FJLN",
           SetAttributes{{{"page_slug", "2026-05-30-jonathan-afternoon"}}, {{"page_slug", "2026-05-30-jonathan-sunset"}}}, {edit},
           record.version);
  const Resource survivor{ResourceKind::kPage, "guest-pages", kSunset};
  const std::string retire =
      make(Verb::kRetirePage, "guest-pages", kAfternoon,
           RetirePage{redirect_, redirect_ ? kRedirect : "", survivor, "afternoon", Sha256Hex(kAfternoonBytes)},
           {keep_other, repoint}, version(kAfternoon));
  const std::string invalidate =
      make(Verb::kInvalidatePaths, "cdn", "paths", InvalidatePaths{{"/g/a", "/g/b"}}, {edit, retire}, "");
  const auto event = calendar.Snapshot().entries.at("event-1");
  EventChange from, to;
  from.zone = to.zone = "UTC";
  from.start = event.item.start;
  from.end = event.item.end;
  to.start = AddMinutes(*from.start, -60);
  to.end = AddMinutes(*from.end, -60);
  const std::string update = make(Verb::kUpdateEvent, "calendar", "event-1", UpdateEvent{from, to}, {}, event.version);
  make(Verb::kManualTask, "boatsetter", "L1", ManualTask{"Set the start to 15:30", {{"start", "16:30"}}, {{"start", "15:30"}}},
       {}, listing.Snapshot().entries.at("L1").version);
  const std::string move = make(Verb::kMoveCard, "kanban", "xhqgmdh", MoveCard{"needs-you", "done"}, {invalidate, update},
                                board.Snapshot().entries.at("xhqgmdh").version);
  make(Verb::kLeaveHandoff, "", "xhqgmdh", LeaveHandoff{"moved to 3:30"}, {move}, "");
  return plan;
}

BookingPlan World::PlanForAna() const {
  BookingPlan plan;
  plan.booking = "ana1";
  plan.title = "2026-06-01 Ana";
  plan.canonical = Resource{ResourceKind::kPage, "guest-pages", kAna};
  const Version record = records.Snapshot().entries.at("ANA001").version;
  Action backup = MakeAction(Verb::kBackUpPage, "guest-pages", kAna, plan.booking, BackUpPage{"ana", Sha256Hex(kAnaBytes)}, {});
  const std::size_t at = std::string(kAnaBytes).find("1:00");
  Action edit = MakeAction(Verb::kEditPage, "guest-pages", kAna, plan.booking,
                           EditPage{{{{at, at + 1}, "2"}}, Sha256Hex(kAnaBytes), Sha256Hex(kAnaAfter), {}}, {backup.id});
  edit.precondition = pages.Snapshot().entries.at(kAna).version;
  // Two actions on one record: the second goes on from what the first left behind.
  Action first = MakeAction(Verb::kUpdateRecord, "dispatch", "ANA001", plan.booking + "1",
                            SetAttributes{{{"start_time", "13:00"}}, {{"start_time", "14:00"}}}, {});
  Action second = MakeAction(Verb::kUpdateRecord, "dispatch", "ANA001", plan.booking + "2",
                             SetAttributes{{{"captain", "Gene"}}, {{"captain", "Rosa"}}}, {first.id});
  first.precondition = second.precondition = record;
  plan.actions = {backup, edit, first, second};
  return plan;
}

Plan World::MakePlanByHand() {
  Plan plan;
  plan.made_at = environment.Now();
  plan.fleet = "sha256:fleet";
  plan.zone = "UTC";
  plan.tz_version = "test";
  plan.bookings = {PlanForAna(), PlanForJonathan()};
  plan.hash = HashOfPlan(plan);
  return plan;
}

std::string World::Systems() const {
  std::string text;
  for (const auto& [key, entry] : pages.Snapshot().entries) text += "page " + key + "\n" + entry.item.bytes;
  for (const auto& [key, entry] : records.Snapshot().entries) text += "record " + key + " " + Json(entry.item).dump() + "\n";
  for (const auto& [key, entry] : calendar.Snapshot().entries) {
    text += "event " + key + " " + FormatMinutes(entry.item.start->minutes) + " " + FormatMinutes(entry.item.end->minutes) + "\n";
  }
  for (const auto& [key, entry] : listing.Snapshot().entries) text += "listing " + key + " " + Json(entry.item).dump() + "\n";
  for (const auto& [key, entry] : board.Snapshot().entries) text += "card " + key + " " + entry.item.lane + "\n";
  return text;
}

std::string World::Contents() const {
  std::string text = Systems();
  for (const auto& batch : edge.Batches()) text += "invalidated " + Json(batch.paths).dump() + "\n";
  const auto kept = state.Snapshot();
  for (const auto& [name, bytes] : kept.blobs) text += "backup " + name + "\n" + bytes;
  for (const auto& [id, document] : kept.documents) {
    Json value = document.value;
    value.erase("at");
    if (id.first == "features") {
      for (Json& seen : value["features"]) seen.erase("at");
    }
    if (id.first != "head" && id.first != "lease") text += id.first + " " + id.second + " " + value.dump() + "\n";
  }
  return text;
}

std::string World::MissingPointer() const {
  const auto held = pages.Snapshot().entries;
  std::string wrong;
  for (const auto& [key, record] : records.Snapshot().entries) {
    const std::string slug = record.item.at("page_slug").get<std::string>();
    const auto page = held.find("g/" + slug + ".html");
    if (page == held.end()) {
      wrong += key + " points at a page that is gone: " + slug + "\n";
    } else if (page->second.item.bytes.find("http-equiv") != std::string::npos) {
      wrong += key + " points at a redirect: " + slug + "\n";
    }
  }
  return wrong;
}

std::string World::BrokenPointer() const {
  std::string wrong = MissingPointer();
  const auto held = pages.Snapshot().entries;
  // Whatever happens, some live page of the booking keeps the waiver.
  const auto sunset = held.find(kSunset);
  if (sunset == held.end() || sunset->second.item.bytes.find("waiver-upload") == std::string::npos)
    wrong += "the waiver is lost\n";
  return wrong;
}

std::map<std::string, std::uint64_t> World::Effects() const {
  return {{"pages", pages.Snapshot().writes},       {"records", records.Snapshot().writes},
          {"calendar", calendar.Snapshot().writes}, {"listing", listing.Snapshot().writes},
          {"board", board.Snapshot().writes},       {"edge", edge.Batches().size()}};
}

ApplyOptions Approving() {
  ApplyOptions options;
  options.approve_all = true;
  options.by = "Gene";
  return options;
}

std::string IdOf(const Plan& plan, Verb verb, const std::string& resource) {
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      if (action.verb == verb && (resource.empty() || action.resource == resource)) return action.id;
    }
  }
  return "";
}

const ActionReport& ReportOf(const RunReport& report, const std::string& id) {
  static const ActionReport kNone;
  for (const ActionReport& action : report.actions) {
    if (action.action == id) return action;
  }
  return kNone;
}

std::string Outcomes(const RunReport& report) {
  std::string text;
  for (const ActionReport& action : report.actions) {
    text += action.action + " " + action.resource + ": " + std::string(OutcomeName(action.outcome)) + " " + action.detail + "\n";
    if (action.undo) text += "  taken back: " + std::string(OutcomeName(action.undo->outcome)) + " " + action.undo->detail + "\n";
  }
  return text;
}

}  // namespace evenkeel::apply_test
