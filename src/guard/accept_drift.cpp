// AcceptDrift: what differs now may differ for a while, because a person says so.
#include <algorithm>
#include <utility>

#include "decide/distance.h"
#include "evenkeel/evenkeel.h"
#include "guard/known_field.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"

namespace evenkeel {
namespace {

constexpr int kDaysMax = 366;

Status CheckWords(const std::string& booking, const std::vector<std::string>& fields, const AcceptOptions& options) {
  if (options.by.empty()) return {Code::kInvalidArgument, "say who accepts it (--by NAME)", booking};
  if (fields.empty()) return {Code::kInvalidArgument, "say of which fields: start, captain, ...", booking};
  if (options.withdraw) return OkStatus();
  if (options.why.empty()) return {Code::kInvalidArgument, "say why it may differ (--why TEXT)", booking};
  if (!options.until) return {Code::kInvalidArgument, "say until which day (--until 2026-05-30): what is accepted comes back", booking};
  return OkStatus();
}

// The end of that day, by the clock of the booking.
StatusOr<Instant> EndOf(const Fleet& fleet, const std::string& zone, const Date& day, Instant now) {
  EVENKEEL_ASSIGN_OR_RETURN(const LocalResolution end, fleet.zones->ToInstant(zone, date::local_days(day) + date::days(1)));
  if (end.instant <= now) return Status(Code::kInvalidArgument, "is over in " + zone + "; name a day that is to come", FormatDate(day));
  if (end.instant - now > date::days(kDaysMax)) {
    return Status(Code::kInvalidArgument, "is more than " + std::to_string(kDaysMax) + " days away; what differs for ever is what is true: say so with evenkeel set", FormatDate(day));
  }
  return end.instant;
}

// What differs of a field, accepted before or not.
std::vector<Acceptance::Words> WordsOf(const Audit& audit, const Decision& decision, const Verdict& verdict) {
  std::vector<Acceptance::Words> words;
  const auto add = [&](const Claim& claim) {
    const auto& all = audit.snapshot.resources;
    const auto source = std::lower_bound(all.begin(), all.end(), claim.resource, [](const Observed& one, const Resource& wanted) { return one.resource < wanted; });
    words.push_back({claim.resource, FormatValue(claim.value), FormatValue(TargetOfClaim(decision, *source, claim, *verdict.value))});
  };
  for (const Claim& claim : verdict.against) add(claim);
  for (const AcceptedClaim& accepted : verdict.accepted) add(accepted.claim);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

StatusOr<std::vector<Acceptance::Words>> WhatDiffers(const Audit& audit, const std::string& field) {
  const Decision& decision = audit.decisions.front();
  const Verdict* verdict = decision.Find(field);
  if (verdict != nullptr && !verdict->value) {
    return Status(Code::kInvalidArgument, "nobody has decided it; answer the question (evenkeel plan shows it) or set it before a difference can be accepted", field);
  }
  if (verdict == nullptr || (verdict->against.empty() && verdict->accepted.empty())) {
    return Status(Code::kNotFound, "nothing that was read differs from it: there is nothing to accept", field);
  }
  return WordsOf(audit, decision, *verdict);
}

bool IsKept(const Audit& audit, const std::string& booking, const std::string& field) {
  const auto& all = audit.snapshot.acceptances;
  return std::any_of(all.begin(), all.end(), [&](const Acceptance& one) { return one.booking == booking && one.field == field && !one.words.empty(); });
}

}  // namespace

StatusOr<std::vector<Acceptance>> AcceptDrift(Fleet& fleet, const std::string& booking, const std::vector<std::string>& fields, const AcceptOptions& options) {
  EVENKEEL_RETURN_IF_ERROR(CheckWords(booking, fields, options));
  for (const std::string& field : fields) {
    const auto known = KnownField(fleet.config.fields, field);
    if (!known.ok()) return known.status();
    if (std::count(fields.begin(), fields.end(), field) > 1) return Status(Code::kInvalidArgument, "is named twice", field);
  }
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(fleet, {options, booking}));
  const Booking& found = audit.decisions.front().booking;
  const Instant now = fleet.environment->Now();
  Instant until = now;
  if (!options.withdraw) {
    EVENKEEL_ASSIGN_OR_RETURN(until, EndOf(fleet, found.zone, *options.until, now));
  }
  std::vector<Acceptance> acceptances;
  for (const std::string& field : fields) {
    Acceptance& one = acceptances.emplace_back(Acceptance{found.key, field, {}, options.why, options.by, now, until});
    if (!options.withdraw) {
      EVENKEEL_ASSIGN_OR_RETURN(one.words, WhatDiffers(audit, field));
    } else if (!IsKept(audit, found.key, field)) {
      return Status(Code::kNotFound, "nothing of it was accepted", field);
    }
  }
  // Everything is checked before anything is kept: one wrong word keeps none of them.
  for (const Acceptance& one : acceptances) {
    EVENKEEL_RETURN_IF_ERROR(WriteDocument(*fleet.state, std::string(kAcceptanceKind), IdOf(one), ToJson(one)));
  }
  return acceptances;
}

}  // namespace evenkeel
