// What people have been told and is wrong: a task for each audience of the policy, with a message that can be sent as it stands.
#include <algorithm>
#include <set>

#include "decide/words.h"
#include "plan/draft.h"
#include "plan/redirect_page.h"

namespace evenkeel {
namespace {

// "the start is 3:30 PM (not 4:30 PM)"; empty: the audience was told nothing else.
std::string CorrectionOf(const Draft& draft, const Audience& audience, const std::string& field) {
  const auto decided = std::find_if(draft.plan.verdicts.begin(), draft.plan.verdicts.end(), [&](const Verdict& verdict) { return verdict.field == field; });
  if (decided == draft.plan.verdicts.end() || draft.Writable(field) == nullptr) return {};
  const std::optional<Date> date = draft.DecidedDate();
  const std::string now = WordsOfValue(*decided->value, date);
  std::set<std::string> told;
  for (const Claim& claim : decided->against) {
    if (audience.stores.count(claim.resource.store) > 0) told.insert(WordsOfValue(claim.value, date));
  }
  told.erase(now);
  std::string former;
  for (const std::string& one : told) former += (former.empty() ? "" : " or ") + one;
  return former.empty() ? "" : "the " + draft.fleet.fields.Find(field)->label + " is " + now + " (not " + former + ")";
}

std::string UrlOf(const Draft& draft, const Resource& page) {
  const PageStoreConfig* pages = draft.fleet.FindPages(page.store);
  const auto slug = pages == nullptr ? std::nullopt : SlugOfKey(*pages, page.key);
  return slug ? PublicUrl(*pages, *slug, page.key) : std::string();
}

// The same of the link, where a page that the audience may have is retired.
std::string CorrectionOfLink(const Draft& draft, const Audience& audience) {
  if (!draft.decision.canonical) return {};
  std::string former;
  for (const Action& action : draft.plan.actions) {
    if (action.verb != Verb::kRetirePage || audience.stores.count(action.store) == 0) continue;
    former += (former.empty() ? "" : " or ") + UrlOf(draft, {ResourceKind::kPage, action.store, action.resource});
  }
  return former.empty() ? "" : "the page is " + UrlOf(draft, *draft.decision.canonical) + " (not " + former + ")";
}

// Nobody is told before it is so: after what Evenkeel changes, and where that is nothing, after what a person does.
std::vector<std::string> WhatComesFirst(const Draft& draft) {
  std::vector<std::string> changes, tasks;
  for (const Action& action : draft.plan.actions) {
    if (action.verb == Verb::kManualTask) tasks.push_back(action.id);
    else if (action.verb != Verb::kInvalidatePaths && action.verb != Verb::kMoveCard) changes.push_back(action.id);
  }
  return changes.empty() ? tasks : changes;
}

}  // namespace

void PlanMessages(Draft& draft) {
  const std::vector<std::string> needs = WhatComesFirst(draft);
  if (needs.empty()) return;
  for (const auto& [name, audience] : draft.fleet.policy.messages) {
    std::string corrections;
    for (const std::string& field : audience.fields) {
      const std::string one = field == "page" ? CorrectionOfLink(draft, audience) : CorrectionOf(draft, audience, field);
      if (!one.empty()) corrections += (corrections.empty() ? "" : "; ") + one;
    }
    if (corrections.empty()) continue;
    Action& task = draft.Add(Verb::kManualTask, std::string(kMessagesStore), draft.decision.booking.key + "/" + name,
                             ManualTask{"Tell the " + name + ": \"A correction for " + draft.plan.title + ": " + corrections +
                                            ".\" Nothing is sent by Evenkeel; record it with `evenkeel attest` when it is done",
                                        {}, {}},
                             "the " + name + " may have been told otherwise", "tell the " + name + " again");
    task.needs = needs;
  }
}

}  // namespace evenkeel
