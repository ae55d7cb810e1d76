// Retirements: a duplicate goes last, after its backup, the canonical page's edit, and the re-point of every record that led to it.
#include <algorithm>

#include "decide/findings.h"
#include "plan/backup.h"
#include "plan/draft.h"
#include "plan/redirect_page.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

bool IsPlanned(const Draft& draft, const std::string& id) {
  return std::any_of(draft.plan.actions.begin(), draft.plan.actions.end(), [&](const Action& action) { return action.id == id; });
}

bool IsMember(const Draft& draft, const Resource& resource) {
  const std::vector<Resource>& members = draft.decision.booking.members;
  return std::find(members.begin(), members.end(), resource) != members.end();
}

// The re-points (or manual tasks) that free the page of records; nullopt with the reason when one of them cannot be planned.
std::optional<std::vector<std::string>> FreeOfRecords(const Draft& draft, const Resource& page, std::string& why_not) {
  std::vector<std::string> needs;
  for (const auto& [resource, observed] : draft.index.resources) {
    if (resource.kind != ResourceKind::kRecord) continue;
    if (!observed->problem.ok()) {
      why_not = resource.ToString() + " could not be read and may point to it";
      return std::nullopt;
    }
    const std::optional<Resource> pointer = PointerOf(*observed);
    const bool may_lead_here = pointer && pointer != draft.decision.canonical && IsMember(draft, resource) && draft.index.Find(*pointer) == nullptr;
    if (pointer != page && !may_lead_here) continue;
    const std::string repoint = draft.Id(Verb::kRepointRecord, resource.store, resource.key);
    const std::string by_hand = draft.Id(Verb::kManualTask, resource.store, resource.key);
    if (!IsPlanned(draft, repoint) && !IsPlanned(draft, by_hand)) {
      why_not = resource.ToString() + (pointer == page ? " points to it and is not re-pointed"
                                                       : " points to " + pointer->key + ", which may be another name of it, and is not re-pointed");
      return std::nullopt;
    }
    if (!EVENKEEL_BUG(40, "a page is retired whether or not its records were re-pointed")) needs.push_back(IsPlanned(draft, repoint) ? repoint : by_hand);
  }
  return needs;
}

// Why no page of this booking may be retired now; empty: they may.
std::string WhyNone(const Draft& draft) {
  if (draft.stuck_pages.count(*draft.decision.canonical) > 0) return "the page that is kept could not be edited first";
  for (const Resource& member : draft.decision.booking.members) {
    const Observed* observed = draft.index.Find(member);
    if (member.kind == ResourceKind::kPage && observed != nullptr && !observed->problem.ok()) {
      return member.ToString() + " could not be read, and might be the one to keep: " + observed->problem.message();
    }
  }
  return {};
}

// Why the page is redirected and not deleted; empty: it may be deleted.
std::string WhyRedirect(const Draft& draft, const Observed& page) {
  if (draft.fleet.policy.retire == Retire::kRedirect) return "Whoever has the old link is sent on";
  if (!page.page->object_beneath.empty()) return "Redirected, not deleted: " + page.page->object_beneath + " lives under its slug";
  const StoreState* store = draft.index.FindStore(page.resource.store);
  const bool unique = store != nullptr && store->traits.unique_versions;
  if (unique || draft.fleet.policy.accept_repeating_versions) return {};
  return "Redirected, not deleted: versions in " + page.resource.store + " may repeat";
}

void AddRetirement(Draft& draft, const Observed& page, std::vector<std::string> needs) {
  const Resource& survivor = *draft.decision.canonical;
  const std::string& sha256 = page.page->sha256;
  const std::string why_redirect = WhyRedirect(draft, page);
  RetirePage change{!why_redirect.empty(), "", survivor, BackupBlob(page.resource, sha256), sha256};
  const PageStoreConfig* pages = draft.fleet.FindPages(survivor.store);
  const Observed* kept = draft.index.Find(survivor);
  if (change.redirect && pages != nullptr && kept != nullptr) {
    change.redirect_bytes = RedirectPage(draft.decision.booking.key, PublicUrl(*pages, kept->page->slug, survivor.key));
  }
  needs.push_back(AddBackup(draft, page));
  if (const auto edit = draft.edits.find(survivor); edit != draft.edits.end()) needs.push_back(edit->second);
  std::string reason = "a second page of the same booking; it keeps " + draft.decision.why_canonical;
  if (change.redirect) reason += ". " + why_redirect;
  Action& action = draft.Add(Verb::kRetirePage, page.resource.store, page.resource.key, std::move(change), reason,
                             UndoFromBackup(page.resource, sha256));
  action.precondition = EVENKEEL_BUG(41, "a retirement is planned for any version") ? "" : page.version;
  action.needs = std::move(needs);
}

void PlanRetirement(Draft& draft, const Observed& page) {
  std::string why_not = WhyNone(draft);
  const StoreState* store = draft.index.FindStore(page.resource.store);
  if (why_not.empty() && store != nullptr && !store->traits.writable) why_not = page.resource.store + " cannot be written";
  std::optional<std::vector<std::string>> needs;
  if (why_not.empty()) needs = FreeOfRecords(draft, page.resource, why_not);
  if (needs) return AddRetirement(draft, page, *std::move(needs));
  draft.Note(page.resource.ToString() + " is a second page of the booking and is not retired: " + why_not);
  PlanPage(draft, page);
}

// Every public form of the page, at every edge cache in front of its store.
void Invalidate(Draft& draft, const Resource& page, const std::string& after) {
  const Observed* observed = draft.index.Find(page);
  const PageStoreConfig* pages = draft.fleet.FindPages(page.store);
  if (observed == nullptr || pages == nullptr) return;
  for (const EdgeConfig& edge : draft.fleet.edge) {
    if (!edge.pages.empty() && edge.pages != page.store) continue;
    Action& action = draft.Add(Verb::kInvalidatePaths, edge.store.name, page.key, InvalidatePaths{PublicPaths(*pages, observed->page->slug)},
                               "its cached copies are stale once it has changed", "nothing to undo: a dropped copy is fetched again");
    if (!EVENKEEL_BUG(42, "the cache is emptied before the page has changed")) action.needs.push_back(after);
  }
}

}  // namespace

void PlanRetirements(Draft& draft) {
  if (!draft.decision.canonical) return;
  for (const Resource& duplicate : draft.decision.duplicates) {
    const Observed* page = draft.index.Find(duplicate);
    if (page != nullptr && page->page) PlanRetirement(draft, *page);
  }
}

void PlanInvalidations(Draft& draft) {
  std::vector<std::pair<Resource, std::string>> changed;
  for (const Action& action : draft.plan.actions) {
    if (action.verb != Verb::kEditPage && action.verb != Verb::kRetirePage) continue;
    changed.emplace_back(Resource{ResourceKind::kPage, action.store, action.resource}, action.id);
  }
  for (const auto& [page, after] : changed) Invalidate(draft, page, after);
}

}  // namespace evenkeel
