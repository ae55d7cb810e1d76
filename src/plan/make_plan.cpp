// MakePlan: one draft for each booking, in the order of the laws; then the brakes and the hash over all of it.
#include <algorithm>

#include "decide/findings.h"
#include "decide/words.h"
#include "evenkeel/json.h"
#include "plan/draft.h"

namespace evenkeel {
namespace {

// The guest's name as the first of those says it who do not keep it to themselves: written out before a slug's word for it.
std::string PublicGuest(const Draft& draft) {
  std::string name, from_slug;
  bool is_kept = false;
  for (const Observed* member : draft.members) {
    for (const Identifier& identifier : member->identifiers) {
      if (identifier.kind != "guest") continue;
      if (IsPrivate(draft.fleet, member->resource.store, "guest")) {
        is_kept = true;
      } else if (std::string& said = identifier.where == "slug" ? from_slug : name; said.empty()) {
        said = identifier.value;
      }
    }
  }
  if (!is_kept) return draft.decision.booking.guest;
  return name.empty() ? from_slug : name;
}

std::string TitleOf(const Draft& draft) {
  const Booking& booking = draft.decision.booking;
  std::string title = booking.date ? FormatDate(*booking.date) : "";
  if (const std::string guest = PublicGuest(draft); !guest.empty()) title += (title.empty() ? "" : " ") + guest;
  return title.empty() ? booking.key : title;
}

bool HasPrivateClaim(const FleetConfig& fleet, const Draft& draft, const std::string& field) {
  return std::any_of(draft.members.begin(), draft.members.end(), [&](const Observed* member) {
    const bool speaks = std::any_of(member->claims.begin(), member->claims.end(), [&](const Claim& claim) { return claim.field == field; });
    return speaks && IsPrivate(fleet, member->resource.store, field);
  });
}

// Verdicts and questions without what a store keeps to itself.
void AddVerdicts(Draft& draft) {
  const auto is_private = [&](const Claim& claim) { return IsPrivate(draft.fleet, claim.resource.store, claim.field); };
  for (Verdict verdict : draft.decision.verdicts) {
    if (verdict.value && draft.Writable(verdict.field) == nullptr) {
      draft.Note("the " + verdict.field + " is known to a system that keeps it private; it is not planned anywhere");
      continue;
    }
    const bool hides = HasPrivateClaim(draft.fleet, draft, verdict.field);
    for (std::vector<Claim>* claims : {&verdict.supporting, &verdict.against}) {
      std::erase_if(*claims, is_private);
    }
    std::erase_if(verdict.accepted, [&](const AcceptedClaim& accepted) { return is_private(accepted.claim); });
    if (hides && !verdict.value) verdict.why = "the systems disagree, and one of them keeps it private";
    draft.plan.verdicts.push_back(std::move(verdict));
  }
  for (const Question& question : draft.decision.questions) {
    if (!HasPrivateClaim(draft.fleet, draft, question.about)) {
      draft.plan.questions.push_back(question);
    } else {
      draft.Note("the " + question.about + " differs between systems, and one of them keeps it private: `evenkeel audit` shows it");
    }
  }
}

void AddFindingNotes(Draft& draft) {
  for (const Finding& finding : draft.decision.findings) {
    if (finding.kind == FindingKind::kNote && !IsPrivate(draft.fleet, finding.resource->store, finding.field)) {
      const std::string said = finding.field + (finding.field.empty() ? "" : " ") + "\"" + finding.evidence.text + "\" was not understood: ";
      draft.Note(finding.resource->ToString() + ": " + (finding.evidence.text.empty() ? "" : said) + finding.why);
    }
    if (finding.kind == FindingKind::kResurrection) draft.Note(finding.resource->ToString() + ": " + finding.why);
  }
}

void AddLosses(Draft& draft) {
  for (const LostFeature& lost : draft.decision.lost) {
    draft.plan.lost_features.push_back(lost.feature);
    draft.Note(WordsOfLoss(lost));
  }
}

// A page that nothing else of the booking names is no booking that could be proven: it stands among what the fleet has unread.
void AddUnproven(Draft& draft) {
  if (draft.members.empty()) return;
  for (const Finding& finding : draft.decision.findings) {
    if (finding.kind != FindingKind::kUnreadable && finding.kind != FindingKind::kIncomplete) continue;
    draft.plan.unproven.push_back(finding.resource->ToString() + ": " + finding.why);
  }
}

// A clock time that strikes twice names no one moment: which one is written is said.
void AddClockChangeNotes(Draft& draft) {
  const std::string& zone = draft.decision.booking.zone;
  for (const char* field : {"start", "end", "arrival", "cutoff", "switch"}) {
    const Verdict* verdict = draft.Writable(field);
    const auto* time = verdict == nullptr ? nullptr : std::get_if<LocalDateTime>(&*verdict->value);
    if (time == nullptr || !time->date) continue;
    const auto moment = draft.zones.ToInstant(zone, date::local_days(*time->date) + std::chrono::minutes(time->minutes));
    if (!moment.ok() || moment->kind != LocalResolution::Kind::kAmbiguous) continue;
    draft.Note("the " + std::string(field) + ", " + WordsOfClock(time->minutes) + " on " + FormatDate(*time->date) + ", comes twice in " + zone +
               ": the clocks go back over it. Where a moment has to be written it is the first, " + FormatInstant(moment->instant));
  }
}

// What differs and stays is worth knowing. What is private was left out of the plan's verdicts.
void AddAcceptedNotes(Draft& draft) {
  for (const Verdict& verdict : draft.plan.verdicts) {
    for (const AcceptedClaim& accepted : verdict.accepted) {
      draft.Note(accepted.claim.resource.ToString() + " says another " + verdict.field + ", " + WordsOfValue(accepted.claim.value, draft.decision.booking.date) +
                 ", which " + accepted.by + " has accepted until " + FormatInstant(accepted.until) + ": " + accepted.why);
    }
  }
}

void PlanEverything(Draft& draft) {
  AddClockChangeNotes(draft);
  AddFindingNotes(draft);
  AddAcceptedNotes(draft);
  AddUnproven(draft);
  AddLosses(draft);
  PlanPages(draft);
  PlanListings(draft);
  PlanRecords(draft);
  PlanRetirements(draft);
  PlanInvalidations(draft);
  PlanEvents(draft);
  PlanCards(draft);
  PlanMessages(draft);
  PlanHandoff(draft);
  OrderActions(draft.plan.actions);
}

bool HasDrift(const Decision& decision) {
  return std::any_of(decision.verdicts.begin(), decision.verdicts.end(), [](const Verdict& verdict) { return !verdict.against.empty(); });
}

BookingPlan PlanBooking(Draft& draft) {
  draft.plan.booking = draft.decision.booking.key;
  draft.plan.title = TitleOf(draft);
  draft.plan.canonical = draft.decision.canonical;
  draft.plan.why_canonical = draft.decision.why_canonical;
  draft.plan.duplicates = draft.decision.duplicates;
  if (draft.decision.read_only) {
    if (HasDrift(draft.decision)) draft.Note("the booking is past, and the policy leaves past bookings alone");
    return draft.plan;
  }
  AddVerdicts(draft);
  PlanEverything(draft);
  return draft.plan;
}

bool SaysAnything(const BookingPlan& plan) {
  return !plan.actions.empty() || !plan.questions.empty() || !plan.notes.empty() || !plan.unproven.empty();
}

}  // namespace

StatusOr<Plan> MakePlan(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Decision>& decisions, PageSource& pages, const ZoneSource& zones) {
  const SnapshotIndex index(snapshot);
  EditedPages edited(index, decisions, pages, fleet.limits.page_bytes);
  Plan plan;
  plan.made_at = snapshot.taken_at;
  plan.fleet = fleet.fingerprint;
  plan.tz_version = snapshot.tz_version.empty() ? zones.DatabaseVersion() : snapshot.tz_version;
  plan.zone = fleet.zone;
  std::size_t actions = 0;
  for (const Decision& decision : decisions) {
    Draft draft(fleet, snapshot, index, decision, edited, zones);
    BookingPlan booking = PlanBooking(draft);
    actions += booking.actions.size();
    if (actions > fleet.limits.run_actions) {
      return Status(Code::kLimitExceeded, "the plan has more than run_actions = " + std::to_string(fleet.limits.run_actions) + " actions; plan fewer bookings",
                    booking.booking);
    }
    if (SaysAnything(booking)) plan.bookings.push_back(std::move(booking));
  }
  std::sort(plan.bookings.begin(), plan.bookings.end(), [](const BookingPlan& a, const BookingPlan& b) { return a.booking < b.booking; });
  plan.brakes = BrakesOf(fleet, snapshot, index, plan);
  plan.unread = UnreadOf(snapshot);
  plan.hash = HashOfPlan(plan);
  return plan;
}

}  // namespace evenkeel
