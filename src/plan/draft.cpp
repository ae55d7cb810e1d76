#include "plan/draft.h"

#include <algorithm>

#include "decide/accepted.h"
#include "decide/distance.h"
#include "digest/sha256.h"

namespace evenkeel {
namespace {

// A value that only private claims state stays with them.
bool HasPublicWord(const FleetConfig& fleet, const Verdict& verdict) {
  bool has_private = false;
  for (const Claim& claim : verdict.supporting) {
    if (!IsPrivate(fleet, claim.resource.store, verdict.field)) return true;
    has_private = true;
  }
  return !has_private;
}

}  // namespace

bool IsPrivate(const FleetConfig& fleet, const std::string& store, const std::string& field) {
  const StoreConfig* config = fleet.FindStore(store);
  return config != nullptr && config->AccessOf(field).is_private;
}

bool StandsInStart(const Observed& observed, const Claim& claim) {
  return claim.field == "date" && !claim.evidence.span && std::any_of(observed.claims.begin(), observed.claims.end(), [&](const Claim& other) {
    return other.field == "start" && other.evidence.attribute == claim.evidence.attribute;
  });
}

Draft::Draft(const FleetConfig& fleet_config, const Snapshot& all, const SnapshotIndex& snapshot_index, const Decision& of,
             EditedPages& edited_pages, const ZoneSource& rules)
    : fleet(fleet_config), snapshot(all), index(snapshot_index), decision(of), pages(edited_pages), zones(rules) {
  std::vector<Resource> resources = decision.booking.members;
  std::sort(resources.begin(), resources.end());
  for (const Resource& resource : resources) {
    const Observed* observed = index.Find(resource);
    if (observed != nullptr && observed->problem.ok()) members.push_back(observed);
  }
}

const Verdict* Draft::Writable(std::string_view field) const {
  const Verdict* verdict = decision.Find(field);
  if (verdict == nullptr || !verdict->value || !HasPublicWord(fleet, *verdict)) return nullptr;
  // A derived time tells the start it hangs on.
  if (verdict->certainty == Certainty::kDerived && field != "start" && decision.Find("start") != nullptr && Writable("start") == nullptr) return nullptr;
  return verdict;
}

std::optional<LocalDateTime> Draft::Start() const {
  const Verdict* start = Writable("start");
  if (start == nullptr || !std::holds_alternative<LocalDateTime>(*start->value)) return std::nullopt;
  return std::get<LocalDateTime>(*start->value);
}

std::optional<Date> Draft::DecidedDate() const {
  const Verdict* date = Writable("date");
  if (date == nullptr || !std::holds_alternative<Date>(*date->value)) return decision.booking.date;
  return std::get<Date>(*date->value);
}

std::vector<const Claim*> Draft::DriftOf(const Observed& observed) const {
  std::vector<const Claim*> drift;
  for (const Verdict& verdict : decision.verdicts) {
    if (Writable(verdict.field) == nullptr || IsPrivate(fleet, observed.resource.store, verdict.field)) continue;
    for (const Claim& claim : verdict.against) {
      if (claim.resource == observed.resource) drift.push_back(&claim);
    }
  }
  return drift;
}

bool Draft::KeepsTimes(const Observed& observed) const {
  return std::any_of(decision.verdicts.begin(), decision.verdicts.end(), [&](const Verdict& verdict) {
    return HangsWith(fleet.fields, verdict.field) == "time" &&
           std::any_of(verdict.accepted.begin(), verdict.accepted.end(), [&](const AcceptedClaim& one) { return one.claim.resource == observed.resource; });
  });
}

Value Draft::TargetFor(const Observed& observed, const Claim& claim) const {
  const Value& verdict = *Writable(claim.field)->value;
  const std::optional<LocalDateTime> start = Start();
  return start && std::holds_alternative<LocalDateTime>(verdict) ? TargetOf(observed, claim, *start, verdict) : verdict;
}

std::string Draft::Id(Verb verb, std::string_view store, std::string_view resource) const {
  const std::string name(VerbName(verb));
  const std::string subject = decision.booking.key + "\n" + std::string(store) + "\n" + std::string(resource) + "\n" + name;
  return name + "-" + Sha256Hex(subject).substr(0, 8);
}

Action& Draft::Add(Verb verb, const std::string& store, const std::string& resource, Change change, std::string reason, std::string undo,
                   bool notifies) {
  Action action;
  action.id = Id(verb, store, resource);
  action.verb = verb;
  action.store = store;
  action.resource = resource;
  const bool must_ask = notifies || fleet.policy.approve.count(std::string(VerbName(verb))) > 0;
  action.approval = verb == Verb::kManualTask ? Approval::kManual : must_ask ? Approval::kApprove : Approval::kAuto;
  action.reason = std::move(reason);
  action.change = std::move(change);
  action.undo = std::move(undo);
  plan.actions.push_back(std::move(action));
  return plan.actions.back();
}

void Draft::Note(std::string text) {
  if (std::find(plan.notes.begin(), plan.notes.end(), text) == plan.notes.end()) plan.notes.push_back(std::move(text));
}

std::vector<std::string> UpstreamActions(const Draft& draft, const std::string& store) {
  std::set<std::string> upstream;
  for (const StoreConfig* config = draft.fleet.FindStore(store); config != nullptr && !config->from.empty();) {
    if (!upstream.insert(config->from).second) break;
    config = draft.fleet.FindStore(config->from);
  }
  std::vector<std::string> ids;
  for (const Action& action : draft.plan.actions) {
    if (upstream.count(action.store) > 0 && action.verb != Verb::kRepointRecord) ids.push_back(action.id);
  }
  return ids;
}

void AddManualTask(Draft& draft, const Observed& observed, const std::string& instruction, Attributes from, Attributes to) {
  const Resource& resource = observed.resource;
  const std::string id = draft.Id(Verb::kManualTask, resource.store, resource.key);
  for (Action& action : draft.plan.actions) {
    if (action.id != id) continue;  // one task for one thing, however many of its values change
    ManualTask& task = std::get<ManualTask>(action.change);
    task.instruction += ". " + instruction;
    task.from.merge(from);
    task.to.merge(to);
    return;
  }
  Action& task = draft.Add(Verb::kManualTask, resource.store, resource.key, ManualTask{instruction, std::move(from), std::move(to)},
                           "nobody but a person can change this", "change it back by hand; the old values are in the plan");
  task.precondition = observed.version;
  task.needs = UpstreamActions(draft, resource.store);
}

void OrderActions(std::vector<Action>& actions) {
  std::sort(actions.begin(), actions.end(), [](const Action& a, const Action& b) {
    return std::tie(a.verb, a.store, a.resource) < std::tie(b.verb, b.store, b.resource);
  });
  for (Action& action : actions) {
    std::sort(action.needs.begin(), action.needs.end());
    action.needs.erase(std::unique(action.needs.begin(), action.needs.end()), action.needs.end());
  }
  std::vector<Action> ordered;
  std::set<std::string> done;
  while (!actions.empty()) {
    auto next = std::find_if(actions.begin(), actions.end(), [&](const Action& action) {
      return std::all_of(action.needs.begin(), action.needs.end(), [&](const std::string& id) { return done.count(id) > 0; });
    });
    if (next == actions.end()) next = actions.begin();  // cannot be: needs are only ever added to what stands already
    done.insert(next->id);
    ordered.push_back(std::move(*next));
    actions.erase(next);
  }
  actions = std::move(ordered);
}

}  // namespace evenkeel
