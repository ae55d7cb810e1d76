#include "apply/former_words.h"

#include "apply/page_target.h"
#include "observe/state_documents.h"

namespace evenkeel {

FormerWords FormerWordsOf(const Assignment& assignment) {
  FormerWords words{assignment.booking->booking, assignment.run, {}, {}, assignment.fleet->environment->Now()};
  for (const Action& action : assignment.booking->actions) {
    const auto* change = action.verb == Verb::kRepointRecord ? std::get_if<SetAttributes>(&action.change) : nullptr;
    if (change == nullptr) continue;
    const Record before{.key = action.resource, .attributes = change->from, .version = {}, .operation = {}};
    for (const Resource& page : PagesOfRecord(*assignment.fleet, action.store, before)) {
      words.pointers.push_back({Resource{ResourceKind::kRecord, action.store, action.resource}, page});
    }
  }
  for (const Verdict& verdict : assignment.booking->verdicts) {
    for (const Claim& claim : verdict.against) {
      const auto* time = std::get_if<LocalDateTime>(&claim.value);
      if (time != nullptr && claim.resource.kind == ResourceKind::kPage) words.times[verdict.field].insert(time->minutes);
    }
  }
  return words;
}

DocumentWrite RememberFormerWords(const Assignment& assignment) {
  const FormerWords words = FormerWordsOf(assignment);
  return {*assignment.fleet->state, std::string(kFormerWordsKind), IdOf(words), ToJson(words)};
}

}  // namespace evenkeel
