// AcceptDrift: what differs now may differ for a while, because a person says so.
#include <algorithm>
#include <set>
#include <utility>

#include "decide/accepted.h"
#include "evenkeel/evenkeel.h"
#include "guard/known_field.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"

namespace evenkeel {
namespace {

constexpr int kDaysMax = 366;

bool IsLine(const std::string& text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  return text.find_first_of("\r\n") == std::string::npos && !std::all_of(text.begin(), text.end(), is_blank);
}

Status CheckWords(const std::string& booking, const std::vector<std::string>& fields, const AcceptOptions& options) {
  if (!IsLine(options.by)) return {Code::kInvalidArgument, "say who accepts it, on one line (--by NAME)", booking};
  if (fields.empty()) return {Code::kInvalidArgument, "say of which fields: start, captain, ...", booking};
  if (options.withdraw) return OkStatus();
  if (!IsLine(options.why)) return {Code::kInvalidArgument, "say why it may differ, on one line (--why TEXT)", booking};
  if (!options.until) return {Code::kInvalidArgument, "say until which day (--until 2026-05-30): what is accepted comes back", booking};
  return OkStatus();
}

// The end of that day, by the clock of the booking.
StatusOr<Instant> EndOf(const Fleet& fleet, const std::string& zone, const Date& day, Instant now) {
  EVENKEEL_ASSIGN_OR_RETURN(const LocalResolution end, fleet.zones->ToInstant(zone, date::local_days(day) + date::days(1)));
  if (end.instant <= now) return Status(Code::kInvalidArgument, "is over in " + zone + "; name a day that is to come", FormatDate(day));
  if (end.instant - now > date::days(kDaysMax + 1)) {
    return Status(Code::kInvalidArgument, "is more than " + std::to_string(kDaysMax) + " days away; what differs for ever is what is true: say so with evenkeel set", FormatDate(day));
  }
  return end.instant;
}

StatusOr<std::vector<Acceptance::Words>> WhatDiffers(const SnapshotIndex& index, const Decision& decision, const std::string& field) {
  const Verdict* verdict = decision.Find(field);
  if (verdict != nullptr && !verdict->value) {
    return Status(Code::kInvalidArgument, "nobody has decided it; answer the question (evenkeel plan shows it) or set it before a difference can be accepted", field);
  }
  if (verdict == nullptr || (verdict->against.empty() && verdict->accepted.empty())) {
    return Status(Code::kNotFound, "nothing that was read differs from it: there is nothing to accept", field);
  }
  return WordsAgainst(index, decision, *verdict);
}

// What a system says that hangs together is accepted together.
Status CheckWhole(const FieldRegistry& fields, const SnapshotIndex& index, const Decision& decision, const std::vector<Acceptance>& acceptances) {
  std::set<std::pair<Resource, std::string>> wholes;  // a system, and what of it hangs together
  std::set<std::string> named;
  for (const Acceptance& acceptance : acceptances) {
    named.insert(acceptance.field);
    for (const Acceptance::Words& words : acceptance.words) wholes.insert({words.resource, HangsWith(fields, acceptance.field)});
  }
  std::string missing, system;
  for (const Verdict& verdict : decision.verdicts) {
    if (named.count(verdict.field) > 0 || !verdict.value) continue;
    const std::string whole = HangsWith(fields, verdict.field);
    const std::vector<Acceptance::Words> against = WordsAgainst(index, decision, verdict);
    const auto found = std::find_if(against.begin(), against.end(), [&](const Acceptance::Words& one) { return wholes.count({one.resource, whole}) > 0; });
    if (found == against.end()) continue;
    missing += " " + verdict.field;
    if (system.empty()) system = found->resource.ToString();
  }
  if (missing.empty()) return OkStatus();
  return {Code::kInvalidArgument, "the times of one system hang together and are accepted together; name these, which differ too:" + missing, system};
}

// What was accepted of the field before, maybe when the booking had another key. Withdrawn ones apart.
std::vector<Acceptance> KeptOf(const Audit& audit, const Booking& booking, const std::string& field) {
  std::vector<Acceptance> kept = audit.snapshot.acceptances;
  std::erase_if(kept, [&](const Acceptance& one) { return one.field != field || one.words.empty() || !IsCalled(booking, one.booking); });
  return kept;
}

// One for each field; withdrawn ones have no words and are over.
StatusOr<std::vector<Acceptance>> AcceptancesOf(const Audit& audit, const std::vector<std::string>& fields, const AcceptOptions& options, Instant now, Instant until) {
  const SnapshotIndex index(audit.snapshot);
  const Decision& decision = audit.decisions.front();
  const Booking& booking = decision.booking;
  std::vector<Acceptance> acceptances;
  for (const std::string& field : fields) {
    const std::vector<Acceptance> kept = KeptOf(audit, booking, field);
    if (options.withdraw && kept.empty()) return Status(Code::kNotFound, "nothing of it was accepted", field);
    for (const Acceptance& former : kept) {
      if (options.withdraw || former.booking != booking.key) acceptances.push_back({former.booking, field, {}, options.why, options.by, now, now});
    }
    if (options.withdraw) continue;
    Acceptance& one = acceptances.emplace_back(Acceptance{booking.key, field, {}, options.why, options.by, now, until});
    EVENKEEL_ASSIGN_OR_RETURN(one.words, WhatDiffers(index, decision, field));
  }
  return acceptances;
}

}  // namespace

StatusOr<std::vector<Acceptance>> AcceptDrift(Fleet& fleet, const std::string& booking, const std::vector<std::string>& fields, const AcceptOptions& options) {
  EVENKEEL_RETURN_IF_ERROR(CheckWords(booking, fields, options));
  for (const std::string& field : fields) {
    EVENKEEL_ASSIGN_OR_RETURN(const FieldDefinition* const known, KnownField(fleet.config.fields, field));
    if (!known->decided) return Status(Code::kInvalidArgument, "is not decided by anybody's word, so that nothing differs from it", field);
    if (std::count(fields.begin(), fields.end(), field) > 1) return Status(Code::kInvalidArgument, "is named twice", field);
  }
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(fleet, {options, booking}));
  const Instant now = fleet.environment->Now();
  Instant until = now;
  if (!options.withdraw) {
    EVENKEEL_ASSIGN_OR_RETURN(until, EndOf(fleet, audit.decisions.front().booking.zone, *options.until, now));
  }
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Acceptance> acceptances, AcceptancesOf(audit, fields, options, now, until));
  EVENKEEL_RETURN_IF_ERROR(CheckWhole(fleet.config.fields, SnapshotIndex(audit.snapshot), audit.decisions.front(), acceptances));
  // Everything is checked before anything is kept: one wrong word keeps none of them.
  for (const Acceptance& one : acceptances) {
    EVENKEEL_RETURN_IF_ERROR(WriteDocument(*fleet.state, std::string(kAcceptanceKind), IdOf(one), ToJson(one)));
  }
  return acceptances;
}

}  // namespace evenkeel
