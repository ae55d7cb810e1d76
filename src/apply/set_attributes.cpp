// repoint_record and update_record: attributes of one record, conditional on its version and on the old values both.
#include <algorithm>
#include <utility>

#include "apply/conditional_write.h"
#include "apply/conflict.h"
#include "apply/former_words.h"
#include "apply/pointer_guard.h"
#include "apply/store_procedures.h"
#include "evenkeel/json.h"
#include "observe/attribute_value.h"
#include "observe/item_path.h"
#include "text/seeded_bugs.h"

namespace evenkeel {

bool HasAttributes(const Attributes& attributes, const Attributes& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&attributes](const auto& want) {
    const auto has = attributes.find(want.first);
    return has == attributes.end() ? want.second.is_null() : has->second == want.second;
  });
}

std::string DescribeAttributes(const Attributes& attributes, const Attributes& named) {
  std::string text;
  for (const auto& [name, unused] : named) {
    const auto has = attributes.find(name);
    text += (text.empty() ? "" : ", ") + name + " " + (has == attributes.end() ? "not there" : DumpJson(has->second));
  }
  return text;
}

bool CanComeBack(const Fleet& fleet, const Action& action) {
  const auto found = fleet.records.find(action.store);
  if (found == fleet.records.end()) return false;
  const StoreTraits traits = found->second->Traits();
  return traits.keeps_operations && !traits.unique_versions;
}

namespace {

// The booking's other attributes of this record that are no longer what the plan was made from: a version alone tells nobody what
// changed.
Attributes ReadByPlan(const BookingPlan& booking, const Action& action) {
  Attributes read;
  const auto add = [&](const Claim& claim) {
    const bool ours = claim.resource.kind == ResourceKind::kRecord && claim.resource.store == action.store && claim.resource.key == action.resource;
    if (ours && !claim.evidence.span) read[claim.evidence.attribute] = claim.evidence.text;
  };
  for (const Verdict& verdict : booking.verdicts) {
    for (const Claim& claim : verdict.supporting) add(claim);
    for (const Claim& claim : verdict.against) add(claim);
    for (const AcceptedClaim& accepted : verdict.accepted) add(accepted.claim);
  }
  return read;
}

// Says on both sides what else of the record changed, where its version did and the attributes to be written did not.
void DescribeOthers(const BookingPlan& booking, const Action& action, const Attributes& now, Sight& sight) {
  bool any = false;
  for (const auto& [path, was] : ReadByPlan(booking, action)) {
    const std::optional<Json> is = ReadItemPath(now, path);
    if (is && TextOfAttribute(*is) == was.get_ref<const std::string&>()) continue;
    any = true;
    sight.expected += ", " + path + " " + DumpJson(was);
    sight.found += ", " + path + " " + (is ? DumpJson(*is) : "not there");
  }
  if (!any) sight.found += "; another attribute of the record has changed, one that this plan does not name";
}

class SetAttributesProcedure final : public ConditionalWrite {
 public:
  SetAttributesProcedure(const Assignment& given, SetAttributes change)
      : ConditionalWrite(given), change_(std::move(change)), pointer_(fleet(), action().store, change_.to, given.undo) {}

 private:
  // A pointer is followed before it is written, and that takes the record's other attributes.
  bool NeedsLook() const override { return assignment().undo || pointer_.Applies(); }
  bool MayHoldAgain(bool is_ours) const override { return !is_ours && CanComeBack(fleet(), action()); }

  StatusOr<Sight> Look() override {
    const std::string version = assignment().expected.empty() ? "any version" : "version " + assignment().expected;
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, version + " with " + DescribeAttributes(change_.from, change_.from),
                "nothing: the record is gone"};
    auto record = fleet().records.at(action().store)->Get(action().resource);
    if (!record.ok()) return record.code() == Code::kNotFound ? StatusOr<Sight>(std::move(sight)) : record.status();
    sight.version = record->version;
    found_ = *record;
    const std::optional<std::string> operation = KnownOperation(fleet().records.at(action().store)->Traits(), record->operation);
    sight.is_ours = IsOurs(operation);
    sight.found = "version " + record->version + " with " + DescribeAttributes(record->attributes, change_.from);
    const bool shows_former = HasAttributes(record->attributes, change_.from);
    shows_wanted_ = HasAttributes(record->attributes, change_.to);
    sight.kind = Judge(shows_wanted_, shows_former, record->version, operation);
    if (sight.kind == Sight::Kind::kForeign) sight.conflict = ConflictWith(*record);
    if (sight.kind == Sight::Kind::kUntouched) {
      pointer_.Follow(*std::move(record));
    } else if (sight.kind == Sight::Kind::kForeign && shows_former && !assignment().undo) {
      DescribeOthers(*assignment().booking, action(), record->attributes, sight);
    }
    return sight;
  }

  Conflict ConflictWith(const Record& record) const {
    Conflict conflict{{}, WordsOfWriter(record.operation, std::nullopt)};
    for (const auto& [name, ours] : change_.to) {
      const auto theirs = record.attributes.find(name);
      conflict.sides.push_back({name, TextOfAttribute(change_.from.at(name)), TextOfAttribute(ours),
                                theirs == record.attributes.end() ? "" : TextOfAttribute(theirs->second)});
    }
    return conflict;
  }

  StatusOr<bool> Guard() override { return EVENKEEL_BUG(33, "a pointer is not followed before it is written") || !pointer_.Applies() || shows_wanted_ ? StatusOr<bool>(true) : pointer_.Check(); }

  StatusOr<Version> Write() override {
    EVENKEEL_ASSIGN_OR_RETURN(Record written,
                              fleet()
                                  .records.at(action().store)
                                  ->Update(action().resource, change_.to, shows_wanted_ ? change_.to : change_.from, assignment().expected,
                                           assignment().stamp));
    return std::move(written.version);
  }

  // Its own values under its own operation: whose they are stays to be seen. One that has an operation was written by us since.
  Status ShutOut() override {
    if (!found_.operation.empty()) return OkStatus();
    Attributes own;
    for (const auto& [name, unused] : change_.from) {
      if (const auto has = found_.attributes.find(name); has != found_.attributes.end()) own.insert(*has);
    }
    if (own.empty()) return OkStatus();
    return fleet().records.at(action().store)->Update(action().resource, own, own, found_.version, {"", assignment().stamp.fence}).status();
  }

  StatusOr<bool> After() override {
    if (action().verb != Verb::kRepointRecord || assignment().undo) return true;
    if (!memory_) memory_.emplace(RememberFormerWords(assignment()));
    return memory_->Step();
  }

  const SetAttributes change_;
  PointerGuard pointer_;
  Record found_;               // at the last look
  bool shows_wanted_ = false;  // the values stand there already, under a version that has to be used up
  std::optional<DocumentWrite> memory_;
};

}  // namespace

std::unique_ptr<Procedure> MakeSetAttributes(const Assignment& assignment) {
  const SetAttributes& change = std::get<SetAttributes>(assignment.action->change);
  return std::make_unique<SetAttributesProcedure>(assignment, assignment.undo ? SetAttributes{change.to, change.from} : change);
}

}  // namespace evenkeel
