// Records: pointers go to the canonical page, drifted fields to the verdict, each in the record's own form.
#include <algorithm>

#include "decide/findings.h"
#include "decide/words.h"
#include "observe/attribute_value.h"
#include "plan/backup.h"
#include "plan/draft.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

std::string AttributeOf(const RecordStoreConfig& store, const std::string& field) {
  const auto found = store.fields.find(field);
  return found == store.fields.end() ? std::string() : found->second;
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
  const std::string attribute = AttributeOf(store, "page");
  const auto old = record.record->attributes.find(attribute);
  const Observed* page = draft.index.Find(canonical);
  if (old == record.record->attributes.end() || page == nullptr) {
    return draft.Note(record.resource.ToString() + " points to " + target.key + " in a part of an item that is not written; re-point it by hand to " + canonical.key);
  }
  const PageStoreConfig* pages = draft.fleet.FindPages(canonical.store);
  const StatusOr<Json> pointer = pages == nullptr ? StatusOr<Json>(Status(Code::kNotFound, "no such page store", canonical.store))
                                                  : WritePointerLike(old->second, *pages, page->page->slug);
  if (!pointer.ok()) return draft.Note(record.resource.ToString() + " cannot be re-pointed: " + pointer.status().message());
  SetAttributes change{{{attribute, old->second}}, {{attribute, *pointer}}};
  if (!IsStoreWritable(draft, record) || !store.store.AccessOf("page").write) {
    return AddManualTask(draft, record, ByHand(record, attribute, TextOfAttribute(old->second), TextOfAttribute(*pointer)), change.from, change.to);
  }
  const std::string why = draft.index.Find(target) == nullptr ? " does not exist" : " is not the page the booking keeps";
  Action& action = draft.Add(Verb::kRepointRecord, record.resource.store, record.resource.key, std::move(change),
                             target.key + why + "; the booking keeps " + canonical.key, "set " + attribute + " back to the old pointer",
                             store.store.AccessOf("page").notifies);
  action.precondition = record.version;
  if (const auto edit = draft.edits.find(canonical); edit != draft.edits.end()) action.needs.push_back(edit->second);
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
  SetAttributes written, by_hand;
  std::vector<std::string> reasons;
  bool notifies = false;
};

void AddField(Draft& draft, const RecordStoreConfig& store, const Observed& record, const Claim& claim, FieldChanges& changes) {
  const FieldDefinition* field = draft.fleet.fields.Find(claim.field);
  const std::string attribute = AttributeOf(store, claim.field);
  const auto old = record.record->attributes.find(attribute);
  const Value target = draft.TargetFor(record, claim);
  const std::string shown = WordsOfValue(target, draft.decision.booking.date);
  if (field == nullptr || old == record.record->attributes.end()) {
    changes.by_hand.from[attribute] = claim.evidence.text;
    changes.by_hand.to[attribute] = FormatValue(target);
    return;
  }
  const Date date = draft.DecidedDate().value_or(Date{});
  const StatusOr<Json> written = WriteLike(old->second, *field, target, date, draft.decision.booking.zone, draft.zones);
  if (!written.ok()) {
    return draft.Note(record.resource.ToString() + ": " + attribute + " is \"" + TextOfAttribute(old->second) + "\" and should be " + shown +
                      "; it is not written: " + written.status().message());
  }
  if (*written == old->second) return;
  const FieldAccess& access = store.store.AccessOf(claim.field);
  SetAttributes& into = access.write && IsStoreWritable(draft, record) ? changes.written : changes.by_hand;
  into.from[attribute] = old->second;
  into.to[attribute] = *written;
  changes.notifies |= access.notifies;
  changes.reasons.push_back(attribute + " becomes " + shown + " (" + draft.Writable(claim.field)->why + ")");
}

void PlanFields(Draft& draft, const RecordStoreConfig& store, const Observed& record) {
  FieldChanges changes;
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
