// repoint_record and update_record: attributes of one record, conditional on its version and on the old values both.
#include <algorithm>
#include <utility>

#include "apply/conditional_write.h"
#include "apply/former_words.h"
#include "apply/page_target.h"
#include "apply/store_procedures.h"
#include "evenkeel/json.h"
#include "observe/attribute_value.h"
#include "observe/item_path.h"

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

namespace {

// The booking's other attributes of this record that are no longer what the plan was made from: a version alone tells nobody what
// changed.
Attributes ReadByPlan(const BookingPlan& booking, const Action& action) {
  Attributes read;
  for (const Verdict& verdict : booking.verdicts) {
    for (const std::vector<Claim>* claims : {&verdict.supporting, &verdict.against}) {
      for (const Claim& claim : *claims) {
        const bool ours = claim.resource.kind == ResourceKind::kRecord && claim.resource.store == action.store && claim.resource.key == action.resource;
        if (ours && !claim.evidence.span) read[claim.evidence.attribute] = claim.evidence.text;
      }
    }
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
  explicit SetAttributesProcedure(const Assignment& given)
      : ConditionalWrite(given), change_(std::get<SetAttributes>(action().change)) {}

 private:
  // A pointer is followed before it is written, and that takes the record's other attributes.
  bool NeedsLook() const override { return WritesPointer(); }

  bool WritesPointer() const {
    const RecordStoreConfig* config = fleet().config.FindRecords(action().store);
    if (config == nullptr) return false;
    const auto page = config->fields.find("page");
    if (page == config->fields.end()) return false;
    const auto is_written = [this](const std::string& path) { return change_.to.count(AttributeOfPath(change_.to, path)) > 0; };
    const std::vector<std::string>& aliases = page->second.aliases;
    return is_written(page->second.path) || std::any_of(aliases.begin(), aliases.end(), is_written);
  }

  StatusOr<Sight> Look() override {
    targets_.clear();
    next_target_ = 0;
    const std::string version = assignment().expected.empty() ? "any version" : "version " + assignment().expected;
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, version + " with " + DescribeAttributes(change_.from, change_.from),
                "nothing: the record is gone"};
    auto record = fleet().records.at(action().store)->Get(action().resource);
    if (!record.ok()) return record.code() == Code::kNotFound ? StatusOr<Sight>(std::move(sight)) : record.status();
    sight.version = record->version;
    if (fleet().records.at(action().store)->Traits().keeps_operations) sight.is_ours = record->operation == assignment().stamp.operation;
    sight.found = "version " + record->version + " with " +
                  DescribeAttributes(record->attributes, change_.from.empty() ? change_.to : change_.from);
    // Another action of this run wrote last, and whether it knows that or not, nobody has written since.
    const bool is_of_run = record->operation.starts_with(assignment().run + "/");
    const bool same_version = assignment().expected.empty() || record->version == assignment().expected || is_of_run;
    if (record->operation == assignment().stamp.operation || HasAttributes(record->attributes, change_.to)) {
      sight.kind = Sight::Kind::kAsPlanned;
    } else if (same_version && HasAttributes(record->attributes, change_.from)) {
      sight.kind = Sight::Kind::kUntouched;
      if (WritesPointer()) FollowPointer(*std::move(record));
    } else if (HasAttributes(record->attributes, change_.from)) {
      DescribeOthers(*assignment().booking, action(), record->attributes, sight);
    }
    return sight;
  }

  void FollowPointer(Record record) {
    for (const auto& [name, value] : change_.to) record.attributes[name] = value;
    targets_ = PagesOfRecord(fleet(), action().store, record);
  }

  // Law 1: a record is pointed only at a page that a guest can open now. One target a call.
  StatusOr<bool> Guard() override {
    if (!WritesPointer()) return true;
    if (targets_.empty())
      return Status(Code::kPreconditionFailed, "the planned pointer leads to no page; plan again", action().resource);
    const Resource target = targets_[next_target_++];
    const auto pages = fleet().pages.find(target.store);
    if (pages == fleet().pages.end())
      return Status(Code::kPreconditionFailed, "the planned pointer leads to no page store", target.ToString());
    auto page = pages->second->Get(target.key);
    if (!page.ok() && page.code() == Code::kNotFound) {
      return Status(Code::kPreconditionFailed, "expected the page to point at to be live; found nothing: it is gone; plan again",
                    target.ToString());
    }
    if (!page.ok()) return page.status();
    EVENKEEL_ASSIGN_OR_RETURN(const bool live, IsLivePage(fleet(), page->bytes));
    if (!live)
      return Status(Code::kPreconditionFailed, "expected the page to point at to be live; found a redirect; plan again",
                    target.ToString());
    return next_target_ == targets_.size();
  }

  StatusOr<Version> Write() override {
    EVENKEEL_ASSIGN_OR_RETURN(
        Record written, fleet()
                            .records.at(action().store)
                            ->Update(action().resource, change_.to, change_.from, assignment().expected, assignment().stamp));
    return std::move(written.version);
  }

  StatusOr<bool> After() override {
    if (action().verb != Verb::kRepointRecord) return true;
    if (!memory_) memory_.emplace(RememberFormerWords(assignment()));
    return memory_->Step();
  }

  const SetAttributes& change_;
  std::optional<DocumentWrite> memory_;
  std::vector<Resource> targets_;
  std::size_t next_target_ = 0;
};

}  // namespace

std::unique_ptr<Procedure> MakeSetAttributes(const Assignment& assignment) {
  return std::make_unique<SetAttributesProcedure>(assignment);
}

}  // namespace evenkeel
