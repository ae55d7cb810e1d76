#include "decide/accepted.h"

#include <algorithm>
#include <set>
#include <utility>

#include "decide/distance.h"

namespace evenkeel {
namespace {

Acceptance::Words WordsOf(const SnapshotIndex& index, const Decision& decision, const Verdict& verdict, const Claim& claim) {
  const Observed* source = index.Find(claim.resource);
  const Value should = source == nullptr ? *verdict.value : TargetOfClaim(decision, *source, claim, *verdict.value);
  return {claim.resource, FormatValue(claim.value), FormatValue(should)};
}

const Acceptance* AcceptanceOf(const BookingView& view, const std::string& field) {
  const Acceptance* latest = nullptr;
  for (const Acceptance* one : view.acceptances) {
    if (one->field == field && (latest == nullptr || latest->at <= one->at)) latest = one;
  }
  return latest;
}

using Whole = std::pair<Resource, std::string>;  // a system, and what of it hangs together

// Of which something differs that nobody has accepted, or oftener than that; or no longer all of what was.
std::set<Whole> NotAccepted(const BookingView& view, const Decision& decision) {
  std::set<Whole> wholes;
  for (const Verdict& verdict : decision.verdicts) {
    if (!verdict.value) continue;
    const std::string whole = HangsWith(view.fleet.fields, verdict.field);
    const Acceptance* acceptance = AcceptanceOf(view, verdict.field);
    std::vector<Acceptance::Words> left = acceptance == nullptr ? std::vector<Acceptance::Words>{} : acceptance->words;
    for (const Claim& claim : verdict.against) {
      const auto found = std::find(left.begin(), left.end(), WordsOf(view.index, decision, verdict, claim));
      if (found == left.end()) {
        wholes.insert({claim.resource, whole});
      } else {
        left.erase(found);
      }
    }
    // What is partly corrected says something that nobody has accepted. Of what is corrected as a whole there is nothing to move.
    for (const Acceptance::Words& gone : left) wholes.insert({gone.resource, whole});
  }
  return wholes;
}

}  // namespace

std::string HangsWith(const FieldRegistry& fields, std::string_view field) {
  const FieldDefinition* definition = fields.Find(field);
  const bool is_time = field == "date" || (definition != nullptr && definition->group == "time");
  return is_time ? "time" : std::string(field);
}

std::vector<Acceptance::Words> WordsAgainst(const SnapshotIndex& index, const Decision& decision, const Verdict& verdict) {
  std::vector<Acceptance::Words> words;
  for (const Claim& claim : verdict.against) words.push_back(WordsOf(index, decision, verdict, claim));
  for (const AcceptedClaim& accepted : verdict.accepted) words.push_back(WordsOf(index, decision, verdict, accepted.claim));
  std::sort(words.begin(), words.end());
  return words;
}

void SetAcceptedApart(const BookingView& view, Decision& decision) {
  if (view.acceptances.empty()) return;
  const std::set<Whole> not_accepted = NotAccepted(view, decision);
  for (Verdict& verdict : decision.verdicts) {
    const Acceptance* acceptance = AcceptanceOf(view, verdict.field);
    if (acceptance == nullptr) continue;
    const std::string whole = HangsWith(view.fleet.fields, verdict.field);
    std::erase_if(verdict.against, [&](const Claim& claim) {
      if (not_accepted.count({claim.resource, whole}) > 0) return false;
      verdict.accepted.push_back({claim, acceptance->why, acceptance->by, acceptance->until});
      return true;
    });
  }
}

}  // namespace evenkeel
