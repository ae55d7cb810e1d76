// Pages: a page that disagrees with a verdict is backed up and edited.
#include <algorithm>

#include "digest/sha256.h"
#include "plan/backup.h"
#include "plan/draft.h"
#include "plan/page_edit.h"
#include "text/fold.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

bool HasAnsweredRole(const Draft& draft, const Resource& page) {
  const auto& roles = draft.decision.roles;
  return std::any_of(roles.begin(), roles.end(), [&](const ReferenceRole& role) { return role.page == page; });
}

// "4:30 PM – 7:30 PM becomes 3:30 PM – 6:30 PM (line 42)", the first few of them.
std::string WhatMoves(const Edits& edits) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> moves;
  for (const EditNote& note : edits.moved) {
    if (moves.size() == kShown) break;
    moves.push_back("\"" + FoldSpace(note.text) + "\" becomes \"" + FoldSpace(note.becomes) + "\" (line " + std::to_string(note.line) + ")");
  }
  std::string text;
  for (const std::string& move : moves) text += (text.empty() ? "" : "; ") + move;
  if (edits.moved.size() > kShown) text += "; and " + std::to_string(edits.moved.size() - kShown) + " more";
  return text;
}

std::string WhyDrifted(const Draft& draft, const Observed& page) {
  std::vector<std::string> fields;
  for (const Claim* claim : draft.DriftOf(page)) {
    if (std::find(fields.begin(), fields.end(), claim->field) == fields.end()) fields.push_back(claim->field);
  }
  return fields.empty() ? "a person said what its unlabelled times are" : "its " + JoinWords(fields) + " disagree" + (fields.size() == 1 ? "s" : "") + " with the verdict";
}

void AddEdit(Draft& draft, const Observed& page, PageEdit edit) {
  const Resource& resource = page.resource;
  const std::string backup = AddBackup(draft, page);
  EditPage change{std::move(edit.edits.edits), page.page->sha256, Sha256Hex(edit.after), std::move(edit.edits.moved)};
  Edits told;
  told.moved = change.moved;
  const std::string reason = WhyDrifted(draft, page) + ": " + WhatMoves(told);
  Action& action = draft.Add(Verb::kEditPage, resource.store, resource.key, std::move(change), reason,
                             UndoFromBackup(resource, page.page->sha256), NotifiesAny(draft, page));
  action.precondition = page.version;
  action.needs = UpstreamActions(draft, resource.store);
  if (!EVENKEEL_BUG(51, "an edit does not wait for its backup")) action.needs.push_back(backup);
  draft.edits[resource] = action.id;
}

std::string WhyNotWritable(const Draft& draft, const Observed& page) {
  const StoreState* store = draft.index.FindStore(page.resource.store);
  if (store != nullptr && !store->traits.writable) return page.resource.store + " cannot be written";
  const StoreConfig* config = draft.fleet.FindStore(page.resource.store);
  for (const Claim* claim : draft.DriftOf(page)) {
    if (config != nullptr && !config->AccessOf(claim->field).write) return page.resource.store + " may not be written for the " + claim->field;
  }
  return {};
}

}  // namespace

bool NotifiesAny(const Draft& draft, const Observed& observed) {
  const StoreConfig* config = draft.fleet.FindStore(observed.resource.store);
  for (const Claim* claim : draft.DriftOf(observed)) {
    if (config != nullptr && config->AccessOf(claim->field).notifies) return true;
  }
  return false;
}

void PlanPage(Draft& draft, const Observed& page) {
  if (draft.DriftOf(page).empty() && !HasAnsweredRole(draft, page.resource)) return;
  std::string problem = WhyNotWritable(draft, page);
  if (problem.empty()) {
    const StatusOr<std::string> bytes = draft.pages.BytesOf(page);
    if (!bytes.ok()) {
      draft.stuck_pages.insert(page.resource);
      draft.plan.unproven.push_back(page.resource.ToString() + " is not edited, and nothing that needs it is done: " + bytes.status().message());
      return;
    }
    StatusOr<PageEdit> edit = MakePageEdit(draft, page, *bytes);
    if (edit.ok()) {
      for (const std::string& note : edit->notes) draft.Note(note);
      if (!edit->edits.edits.empty()) AddEdit(draft, page, *std::move(edit));
      return;
    }
    problem = edit.status().message();
  }
  draft.stuck_pages.insert(page.resource);
  draft.Note(page.resource.ToString() + " is not edited, and nothing that needs it is done: " + problem + ". Edit it by hand, then plan again");
}

void PlanPages(Draft& draft) {
  const std::vector<Resource>& duplicates = draft.decision.duplicates;
  for (const Observed* member : draft.members) {
    const bool stays = member->page && member->page->reading.redirect_to.empty() &&
                       std::find(duplicates.begin(), duplicates.end(), member->resource) == duplicates.end();
    if (stays) PlanPage(draft, *member);
  }
}

}  // namespace evenkeel
