#include "simulation/laws.h"

#include <algorithm>
#include <cstring>

#include "observe/document_write.h"
#include "observe/state_documents.h"

namespace evenkeel::simulation {
namespace {

// Of a page: 0: it is gone or a redirect; 1: live; 2: with the protected feature.
int LevelOf(std::string_view bytes) {
  if (bytes.empty() || bytes.find("http-equiv") != std::string_view::npos) return 0;
  return bytes.find("waiver") == std::string_view::npos ? 1 : 2;
}

std::string StoreOf(std::string_view resource) { return std::string(resource.substr(0, resource.find(':'))); }

}  // namespace

std::uint64_t DigestOf(std::string_view text) {
  std::uint64_t digest = text.size();
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    digest = Mix(digest, word);
    text.remove_prefix(8);
  }
  std::uint64_t word = 0;
  if (!text.empty()) std::memcpy(&word, text.data(), text.size());
  return Mix(digest, word);
}

void Laws::NoteForeign(const ForeignEdit& edit, std::uint32_t now) {
  any_foreign_ = true;
  Trail& trail = trails_[edit.resource];
  trail.foreign_at = now;
  trail.foreign_now = true;
}

int Laws::Pointer() const {
  const std::string slug = world_.records.Look([](const MemoryRecordStore::Contents& records) {
    const auto record = records.entries.find("S2FJLN");
    return record == records.entries.end() ? std::string() : record->second.item.at("page_slug").get<std::string>();
  });
  return slug.empty() ? 0 : Page("g/" + slug + ".html");
}

int Laws::Page(const std::string& key) const {
  return world_.pages.Look([&key](const MemoryObjectStore::Contents& pages) {
    const auto page = pages.entries.find(key);
    return page == pages.entries.end() ? 0 : LevelOf(page->second.item.bytes);
  });
}

Before Laws::Look(std::string_view resource, std::uint32_t now) const {
  Before before;
  before.now = now;
  before.pointer = Pointer();
  for (const Duty& duty : scenario_.duties) {
    if (duty.resource != resource || duty.verb == Verb::kBackUpPage) continue;
    before.held[duty.name] = Holds(world_, duty);
    if (StoreOf(resource) == "pages") before.page = before.held[duty.name];
  }
  return before;
}

// Where versions may repeat, what somebody put back is what the plan, or the way back, was made from: nobody can tell. Nor whether a page that
// is not there was there again in between.
bool Laws::CameBack(std::string_view resource, const Before& before, const Basis& basis) const {
  const bool is_page = StoreOf(resource) == "pages", is_record = StoreOf(resource) == "records";
  const bool may_repeat = scenario_.redirect ? is_page || is_record : is_page && IsUndo(basis) && before.page.empty();
  return may_repeat && std::any_of(scenario_.duties.begin(), scenario_.duties.end(), [&](const Duty& duty) {
           if (duty.resource != resource || duty.verb == Verb::kBackUpPage) return false;
           const std::string& held = before.held.at(duty.name);
           return duty.first == held || (IsUndo(basis) && duty.planned == held);
         });
}

void Laws::CheckEffect(std::string_view resource, const Before& before, const Basis& basis) {
  if (IsFencing(basis)) return CheckFencing(resource, before, basis);
  const std::string name(resource);
  Trail& trail = trails_[name];
  const bool came_back = CameBack(resource, before, basis);
  // Where versions may repeat, a write that was under way when the run was taken back finds the version that it waits for again: on a page; a
  // record's were used up.
  const bool is_late = taken_back_ && !IsUndo(basis) && scenario_.redirect && StoreOf(resource) == "pages";
  // Absence is no version that would be used up: of two Creates the one whose reply was lost lands where somebody deletes what the other made.
  const bool is_again = ++effects_[basis.operation] > 1;
  const bool is_created_again = is_again && IsUndo(basis) && came_back && trail.foreign_now && before.page.empty();
  if (is_late || is_created_again) trail.landed_late_at = before.now;
  if (is_again && !(came_back && trail.foreign_now) && trail.landed_late_at == 0) Broken("once", basis.operation + " took effect twice");
  if (intents_.count(basis.operation) == 0) Broken("journal", basis.operation + " took effect without an intent in the journal");
  if (trail.foreign_now && !came_back) Broken("no overwriting", name + " was somebody else's when we wrote it");
  if (IsUndo(basis)) {
    CheckPointerOfUndo(resource, before, basis);
    CheckUndo(resource, before, basis);
  } else if (!is_late) {
    CheckPointer(resource, before, basis);
    CheckPlanned(resource, before, basis, came_back);
  }
  trail.foreign_now = false;
  trail.written_at = ++written_;
}

void Laws::CheckPlanned(std::string_view resource, const Before& before, const Basis& basis, bool came_back) {
  if (taken_back_ && StoreOf(resource) == "edge") return;  // asked for again on the way back
  bool is_duty = false;
  for (const Duty& duty : scenario_.duties) {
    if (duty.resource != resource || duty.verb == Verb::kBackUpPage || Holds(world_, duty) != duty.planned || (done_.count(duty.name) > 0 && !came_back)) continue;
    is_duty = true;
    CheckDuty(duty, before, basis.operation);
    done_.insert(duty.name);
  }
  if (!is_duty) Broken("who wrote it", std::string(resource) + " does not hold what was planned after " + basis.operation);
}

// Somebody else has changed what was seen, between our last look and our effect.
bool Laws::IsExcused(std::string_view resource, const Basis& basis) const {
  return std::any_of(trails_.begin(), trails_.end(), [&](const auto& entry) {
    const auto& [other, trail] = entry;
    const auto seen = basis.seen.find(other);
    return other != resource && seen != basis.seen.end() && std::max(trail.foreign_at, trail.landed_late_at) > seen->second;
  });
}

void Laws::CheckPointer(std::string_view resource, const Before& before, const Basis& basis) {
  // A page that goes leaves one behind that has what it had.
  const bool leaves_none = resource == std::string("pages:") + kOther && Page(kKept) < LevelOf(before.page);
  if (Pointer() >= before.pointer && !leaves_none) return;
  if (IsExcused(resource, basis)) {
    ++excused_;
  } else {
    Broken("pointer", "after " + basis.operation + (leaves_none ? " no page with the waiver is left" : " the record leads nowhere, or to a page without the waiver"));
  }
}

void Laws::CheckDuty(const Duty& duty, const Before& before, const std::string& operation) {
  for (const std::string& need : duty.needs) {
    const auto found = std::find_if(scenario_.duties.begin(), scenario_.duties.end(), [&](const Duty& other) { return other.name == need; });
    // What others did may have stood in for it, and they may have taken that back since.
    if (!IsDone(*found) && trails_[found->resource].foreign_at == 0) Broken("order", "to " + duty.name + " came before to " + need);
  }
  if (duty.verb != Verb::kEditPage && duty.verb != Verb::kRetirePage) return;
  const auto blobs = world_.state.Snapshot().blobs;
  if (std::none_of(blobs.begin(), blobs.end(), [&](const auto& blob) { return blob.second == before.page; })) {
    Broken("nothing lost", duty.resource + " was changed by " + operation + " and no backup has its bytes");
  }
}

bool Laws::IsDone(const Duty& duty) const { return done_.count(duty.name) > 0 || Holds(world_, duty) == duty.planned; }

// Others have touched what the duty is about, or what makes it safe, so it may be left undone.
bool Laws::IsHindered(const Duty& duty) const {
  const auto touched = [this](const std::string& resource) {
    const auto trail = trails_.find(resource);
    return trail != trails_.end() && trail->second.foreign_at > 0;
  };
  return touched(duty.resource) || std::any_of(duty.guards.begin(), duty.guards.end(), touched);
}

// By the report: of an effect that somebody has written over nobody can know.
bool Laws::HasNeeds(const Duty& duty) const {
  return std::all_of(duty.needs.begin(), duty.needs.end(), [this](const std::string& need) { return known_.count(need) > 0; });
}

void Laws::CheckOutcome(const Duty& duty, const ActionReport& report) {
  const std::string said = std::string(OutcomeName(report.outcome));
  switch (report.outcome) {
    case Outcome::kDone:
    case Outcome::kAlreadyDone:
      if (!IsDone(duty) && !trails_[duty.resource].foreign_now) Broken("report", "to " + duty.name + " is reported as " + said + " and is not done");
      return;
    case Outcome::kConflict:
      if (!IsHindered(duty) && !lied_ && refusals_ < kRefusalsThatLookForeign) Broken("no false conflict", "to " + duty.name + ": " + report.detail);
      return;
    case Outcome::kBlocked:
      if (HasNeeds(duty)) Broken("converges", "to " + duty.name + " is blocked, and all it needs is done");
      return;
    case Outcome::kWaitsPerson:
      if (duty.verb != Verb::kManualTask) Broken("converges", "to " + duty.name + " waits for a person");
      return;
    case Outcome::kPending:
    case Outcome::kWaitsApproval:
    case Outcome::kWaitsLease:
    case Outcome::kFailed:
    case Outcome::kUnknown:
      Broken("converges", "to " + duty.name + " is " + said + " at rest: " + report.detail);
      return;
  }
}

// The reference model: what may stand in a system in the end, by who wrote it alone.
void Laws::CheckDutyAtEnd(const Duty& duty) {
  const Trail& trail = trails_[duty.resource];
  const std::string holds = Holds(world_, duty);
  const bool ours = done_.count(duty.name) > 0;
  if (!trail.foreign_now) {
    if (ours && holds != duty.planned) Broken("model", duty.resource + " should be as planned after to " + duty.name);
    const bool by_another = std::any_of(scenario_.duties.begin(), scenario_.duties.end(), [&](const Duty& other) {
      return &other != &duty && other.resource == duty.resource && other.part == duty.part && done_.count(other.name) > 0;
    });
    if (!ours && !by_another && holds != duty.first && holds != duty.planned) Broken("model", duty.resource + " should be as it was first: to " + duty.name);
  }
  if (ours && known_.count(duty.name) > 0 && (duty.verb == Verb::kRetirePage || duty.verb == Verb::kEditPage || duty.verb == Verb::kRepointRecord)) {
    const std::string_view kind = duty.verb == Verb::kRetirePage ? kTombstoneKind : kFormerWordsKind;
    const auto documents = world_.state.Snapshot().documents;
    if (std::none_of(documents.begin(), documents.end(), [&](const auto& entry) { return entry.first.first == kind && !IsWithdrawn(entry.second.value); })) {
      Broken("remembered", "to " + duty.name + " is done, and there is no " + std::string(kind));
    }
  }
  if (IsDone(duty) || IsHindered(duty) || lied_ || duty.verb == Verb::kManualTask) return;
  if (HasNeeds(duty)) Broken("converges", "nothing was in the way, and it was left undone: to " + duty.name);
}

void Laws::CheckEnd(const RunReport& report) {
  if (taken_back_) return CheckTakenBack(report);
  // Backups are duties, too, though they are no effects on an operator's store.
  for (const Duty& duty : scenario_.duties) {
    if ((duty.verb == Verb::kBackUpPage || duty.verb == Verb::kLeaveHandoff || duty.verb == Verb::kInvalidatePaths) && Holds(world_, duty) == duty.planned) {
      done_.insert(duty.name);
    }
  }
  std::size_t reported = 0;
  for (const ActionReport& action : report.actions) {
    const std::string store = action.verb == Verb::kLeaveHandoff ? "documents" : action.store;
    const Duty* duty = scenario_.FindDuty(action.verb, store + ":" + action.resource);
    if (duty == nullptr) {
      Broken("model", action.action + " on " + action.resource + " is nobody's duty");
      continue;
    }
    ++reported;
    if (action.outcome == Outcome::kDone || action.outcome == Outcome::kAlreadyDone) known_.insert(duty->name);
    CheckOutcome(*duty, action);
  }
  if (reported != scenario_.duties.size()) Broken("model", "the run did not have every duty: " + std::to_string(reported) + " of " + std::to_string(scenario_.duties.size()));
  for (const Duty& duty : scenario_.duties) CheckDutyAtEnd(duty);
}

std::uint64_t Laws::DigestOf(const Basis& basis) const {
  std::uint64_t digest = 0;
  for (const auto& [resource, trail] : trails_) {
    const std::uint32_t changed_at = std::max(trail.foreign_at, trail.landed_late_at);
    if (changed_at == 0) continue;
    const auto seen = basis.seen.find(resource);
    digest = Mix(digest, changed_at > (seen == basis.seen.end() ? 0 : seen->second) ? 1 : 2);
  }
  return digest;
}

std::uint64_t Laws::Digest() const {
  std::uint64_t digest = Mix(static_cast<std::uint64_t>(excused_), (lied_ ? 2U : 0U) + (any_foreign_ ? 1U : 0U) + (taken_back_ ? 4U : 0U));
  digest = Mix(digest, static_cast<std::uint64_t>(std::min(refusals_, 3)));
  for (const auto& [resource, trail] : trails_) {
    digest = Mix(digest, simulation::DigestOf(resource));
    if (taken_back_ && resource.starts_with("pages:")) {
      const auto edge = trails_.find("edge:" + resource.substr(resource.find(':') + 1));
      digest = Mix(digest, edge != trails_.end() && edge->second.written_at > trail.written_at ? 1 : 2);
    }
    digest = Mix(digest, (trail.foreign_now ? 4U : 0U) + (trail.foreign_at > 0 ? 8U : 0U) + (trail.landed_late_at > 0 ? 16U : 0U));
  }
  for (const auto& [operation, count] : effects_) digest = Mix(digest, Mix(simulation::DigestOf(operation), static_cast<std::uint64_t>(count)));
  for (const std::string& name : done_) digest = Mix(digest, simulation::DigestOf(name));
  for (const auto& [unused, lease] : lost_) digest = Mix(digest, Mix(lease.fence, static_cast<std::uint64_t>(lease.until.time_since_epoch().count())));
  for (const auto& [resource, version] : unfenced_) digest = Mix(digest, Mix(simulation::DigestOf(resource), simulation::DigestOf(version)));
  return digest;
}

}  // namespace evenkeel::simulation
