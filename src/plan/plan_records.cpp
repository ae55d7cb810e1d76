// Records: pointers go to the canonical page, drifted fields to the verdict, each in the record's own form.
#include <algorithm>

#include "decide/findings.h"
#include "decide/words.h"
#include "observe/attribute_value.h"
#include "observe/item_path.h"
#include "observe/mapped_attribute.h"
#include "plan/backup.h"
#include "plan/draft.h"
#include "text/fold.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// Adds to the change that `value` stands at `path`; `before` is the record as the change finds it. Of an attribute that holds more
// than the value, all of it is written, with the rest as it stood.
Status SetAt(const Attributes& before, const std::string& path, const Json& value, SetAttributes& change) {
  Attributes now = before;
  for (const auto& [name, becomes] : change.to) now[name] = becomes;
  EVENKEEL_ASSIGN_OR_RETURN(Json whole, WriteItemPath(now, path, value));
  const std::string attribute = AttributeOfPath(now, path);
  change.from[attribute] = before.at(attribute);
  change.to[attribute] = std::move(whole);
  return OkStatus();
}

// What a person is told when the program may not or cannot write.
std::string ByHand(const Observed& record, const std::string& what, const std::string& from, const std::string& to) {
  return "In " + record.resource.store + ", open " + record.resource.key + " and change " + what + " from \"" + from + "\" to \"" + to +
         "\"; then record it with `evenkeel attest`";
}

bool IsStoreWritable(const Draft& draft, const Observed& observed) {
  const StoreState* store = draft.index.FindStore(observed.resource.store);
  return store == nullptr || store->traits.writable;
}

// ---- pointers

std::string WhyNotRepoint(const Draft& draft, const RecordStoreConfig& store, const Observed& record, const Resource& canonical) {
  if (draft.stuck_pages.count(canonical) > 0) return canonical.ToString() + " could not be edited first";
  const std::vector<Link>& asked = draft.decision.booking.candidates;
  const bool is_asked = std::any_of(asked.begin(), asked.end(), [&](const Link& link) { return link.resource == PointerOf(record); });
  if (is_asked) return "whether the page it points to is the booking's is an open question";
  if (!store.pages.empty() && store.pages != canonical.store) return "its pointers lead to pages of " + store.pages + " alone";
  const std::optional<Resource> target = PointerOf(record);
  const Observed* page = target ? draft.index.Find(*target) : nullptr;
  if (page != nullptr && !page->problem.ok()) {
    return target->ToString() + " could not be read, and might be the one to keep: " + page->problem.message();
  }
  if (target && page == nullptr) {
    const std::string unknown = WhyAbsenceProvesNothing(draft.index, *target);
    if (!unknown.empty()) return target->ToString() + " was not seen, but " + unknown;
  }
  return {};
}

void AddRepoint(Draft& draft, const RecordStoreConfig& store, const Observed& record, const Resource& target) {
  const Resource& canonical = *draft.decision.canonical;
  const auto mapping = store.fields.find("page");
  const auto old = mapping == store.fields.end() ? std::nullopt : FindMapped(record.record->attributes, mapping->second);
  const Observed* page = draft.index.Find(canonical);
  if (!old || page == nullptr) return;  // it has a pointer, and the page was read
  const PageStoreConfig* pages = draft.fleet.FindPages(canonical.store);
  const StatusOr<Json> pointer = pages == nullptr ? StatusOr<Json>(Status(Code::kNotFound, "no such page store", canonical.store))
                                                  : WritePointerLike(old->value, *pages, page->page->slug);
  if (!pointer.ok()) return draft.Note(record.resource.ToString() + " cannot be re-pointed: " + pointer.status().message());
  SetAttributes change;
  const bool can_be_set = SetAt(record.record->attributes, old->path, *pointer, change).ok();
  if (!can_be_set || !IsStoreWritable(draft, record) || !store.store.AccessOf("page").write) {
    return AddManualTask(draft, record, ByHand(record, old->path, TextOfAttribute(old->value), TextOfAttribute(*pointer)), {{old->path, old->value}},
                         {{old->path, *pointer}});
  }
  const std::string why = draft.index.Find(target) == nullptr ? " does not exist" : " is not the page the booking keeps";
  Action& action = draft.Add(Verb::kRepointRecord, record.resource.store, record.resource.key, std::move(change),
                             target.key + why + "; the booking keeps " + canonical.key, "set " + old->path + " back to the old pointer",
                             store.store.AccessOf("page").notifies);
  action.precondition = record.version;
  if (const auto edit = draft.edits.find(canonical); !EVENKEEL_BUG(52, "a record is re-pointed before the page has been edited") && edit != draft.edits.end()) action.needs.push_back(edit->second);
}

void PlanPointer(Draft& draft, const RecordStoreConfig& store, const Observed& record) {
  const std::optional<Resource> target = PointerOf(record);
  if (!target || target == draft.decision.canonical) return;
  if (!draft.decision.canonical) {
    if (draft.index.Find(*target) == nullptr && WhyAbsenceProvesNothing(draft.index, *target).empty() && draft.decision.questions.empty()) {
      draft.Note(record.resource.ToString() + " points to " + target->ToString() +
                 ", which does not exist, and the booking has no other page: create that page, or clear the pointer");
    }
    return;
  }
  // A missing page is worse than one that is not edited yet: only there the pointer does not wait.
  const bool missing = draft.index.Find(*target) == nullptr && WhyAbsenceProvesNothing(draft.index, *target).empty();
  const std::string problem = WhyNotRepoint(draft, store, record, *draft.decision.canonical);
  if (!problem.empty() && !(missing && draft.stuck_pages.count(*draft.decision.canonical) > 0)) {
    return draft.Note(record.resource.ToString() + " is not re-pointed: " + problem);
  }
  AddRepoint(draft, store, record, *target);
}

// ---- fields

struct FieldChanges {
  Attributes before;  // the record as the update finds it: re-pointed already, where it is
  SetAttributes written, by_hand;
  std::vector<std::string> reasons;
  bool notifies = false;
};

void AddField(Draft& draft, const RecordStoreConfig& store, const Observed& record, const Claim& claim, FieldChanges& changes) {
  const FieldDefinition* field = draft.fleet.fields.Find(claim.field);
  const auto mapping = store.fields.find(claim.field);
  const std::string& path = claim.evidence.attribute;
  const std::optional<Json> old = ReadItemPath(changes.before, path);
  const Value target = draft.TargetFor(record, claim);
  const std::string shown = WordsOfValue(target, draft.decision.booking.date);
  if (field == nullptr || mapping == store.fields.end() || !old) return;  // the record claims it: it is mapped, and it stands there
  const Date date = draft.DecidedDate().value_or(Date{});
  const StatusOr<Json> written = WriteMapped(mapping->second, *old, *field, target, date, draft.decision.booking.zone, draft.zones);
  if (!written.ok()) {
    return draft.Note(record.resource.ToString() + ": " + path + " is \"" + TextOfAttribute(*old) + "\" and should be " + shown +
                      "; it is not written: " + written.status().message());
  }
  if (*written == *old) return;
  const FieldAccess& access = store.store.AccessOf(claim.field);
  if (!access.write || !IsStoreWritable(draft, record) || !SetAt(changes.before, path, *written, changes.written).ok()) {
    changes.by_hand.from[path] = *old;
    changes.by_hand.to[path] = *written;
    return;
  }
  changes.notifies |= access.notifies;
  changes.reasons.push_back(path + " becomes " + shown + " (" + draft.Writable(claim.field)->why + ")");
}

// The re-pointing of the record, if it is planned.
const Action* RepointOf(const Draft& draft, const Observed& record) {
  const std::string id = draft.Id(Verb::kRepointRecord, record.resource.store, record.resource.key);
  const auto found = std::find_if(draft.plan.actions.begin(), draft.plan.actions.end(), [&](const Action& action) { return action.id == id; });
  return found == draft.plan.actions.end() ? nullptr : &*found;
}

void PlanFields(Draft& draft, const RecordStoreConfig& store, const Observed& record) {
  FieldChanges changes;
  changes.before = record.record->attributes;
  std::string repoint;  // where both write one attribute, the second goes on from what the first leaves
  if (const Action* action = RepointOf(draft, record)) {
    for (const auto& [name, value] : std::get<SetAttributes>(action->change).to) changes.before[name] = value;
    repoint = action->id;
  }
  for (const Claim* claim : draft.DriftOf(record)) {
    if (!StandsInStart(record, *claim)) AddField(draft, store, record, *claim, changes);
  }
  if (!changes.written.to.empty()) {
    std::string reason;
    for (const std::string& part : changes.reasons) reason += (reason.empty() ? "" : "; ") + part;
    Action& action = draft.Add(Verb::kUpdateRecord, record.resource.store, record.resource.key, changes.written, reason,
                               "set the old values back; they are in the change", changes.notifies);
    action.precondition = record.version;
    action.needs = UpstreamActions(draft, record.resource.store);
    for (const auto& [name, value] : std::get<SetAttributes>(action.change).from) {
      if (!repoint.empty() && record.record->attributes.at(name) != value) action.needs.push_back(repoint);
    }
  }
  if (changes.by_hand.to.empty()) return;
  std::string instruction;
  for (const auto& [attribute, value] : changes.by_hand.to) {
    instruction += (instruction.empty() ? "" : ". ") + ByHand(record, attribute, TextOfAttribute(changes.by_hand.from[attribute]), TextOfAttribute(value));
  }
  AddManualTask(draft, record, instruction, changes.by_hand.from, changes.by_hand.to);
}

}  // namespace

void PlanRecords(Draft& draft) {
  // Upstream stores first, so that a copy can name the actions it waits for.
  std::vector<const Observed*> records;
  for (const bool copies : {false, true}) {
    for (const Observed* member : draft.members) {
      const StoreConfig* store = draft.fleet.FindStore(member->resource.store);
      if (member->record && store != nullptr && store->from.empty() != copies) records.push_back(member);
    }
  }
  for (const Observed* record : records) {
    const RecordStoreConfig* store = draft.fleet.FindRecords(record->resource.store);
    if (store == nullptr) continue;
    PlanPointer(draft, *store, *record);
    PlanFields(draft, *store, *record);
  }
}

}  // namespace evenkeel
