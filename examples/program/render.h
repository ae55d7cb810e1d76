// What each verb says to people, as sheets. Pure: the same values give the same sheet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evenkeel/evenkeel.h"
#include "sheet.h"

namespace evenkeel::program {

// How the commands in a sheet name what the reader has in hand.
struct Names {
  std::string fleet = "FLEET";
  std::string plan = "PLAN";
  std::string booking = {};  // the one that was asked for; empty: all
  std::string save = {};     // the command that writes the plan to `plan`; empty: it is there
};

Sheet RenderReading(const Reading& reading, const std::string& page, const ReadOptions& options);
Sheet RenderAudit(const Audit& audit, const FleetConfig& fleet, const Names& names);
// `report`: what has become of the actions so far; nullptr for a plan that has not been applied.
Sheet RenderPlan(const Plan& plan, const Names& names, const RunReport* report);
// One line for each booking, and how to see the rest.
Sheet RenderPlanBriefly(const Plan& plan, const Names& names);
// After apply, resume and attest: what happened and what is next. `plan` may be nullptr.
Sheet RenderRun(const RunReport& report, const Plan* plan, const Names& names);
// The three sides of each value, and who wrote theirs.
// The pages on which a former holder's write may still land.
void AddUnfenced(Sheet& sheet, const RunReport& run);
// Where guests may still be served what was there before.
void AddStale(Sheet& sheet, const RunReport& run);
// What of old runs should be gone and is not, where that is so.
void AddRetentionTrouble(Sheet& sheet, const RunReport& run);
void AddSaid(Sheet& sheet, const RunReport& run);
void AddConflict(Sheet& sheet, const std::optional<Conflict>& conflict, int indent);
// The same for a run that is rolled back.
Sheet RenderRollback(const RunReport& report, const Names& names);
// `open`: the fleet's open runs, whose tasks may be what is left.
Sheet RenderVerification(const Verification& verification, const FleetConfig& fleet, const std::vector<RunReport>& open, const Names& names);
// `mine`: the reservation that was asked for and made.
Sheet RenderAnswer(const FindAnswer& answer, const FindQuery& query, const std::optional<Reservation>& mine, Instant now);
// `file`: as the reader named it.
Sheet RenderGuard(const GuardAnswer& answer, const std::string& file);
// `lease` as it stands at `now`, of the booking that was asked for; nullopt: nobody ever took it.
Sheet RenderLease(const std::string& booking, const std::optional<Lease>& lease, Instant now);
Sheet RenderHandoff(const std::string& booking, const std::optional<Handoff>& handoff);
Sheet RenderChecks(const std::vector<Check>& checks, const Names& names);
Sheet RenderAcceptances(const std::vector<Acceptance>& acceptances, const Names& names);
Sheet RenderInstructions(const std::vector<Instruction>& instructions, const Names& names);

// Pieces that several of them use.

// "15:30"; a date beside a time only where it is not the booking's.
std::string ShowValue(const Value& value, const std::optional<Date>& booking_date);
// "guest_count" → "guest count".
std::string Label(const std::string& name);
// The claims for and against a verdict, one row each.
std::vector<Row> ClaimRows(const Verdict& verdict, const std::optional<Date>& booking_date);
std::optional<Date> DateOf(const std::vector<Verdict>& verdicts);
// "2 resources could not be read": what nothing in this sheet holds for; the first ones by name. Nothing where all was read.
std::string UnreadWords(const std::vector<Unread>& unread);
void AddUnread(Sheet& sheet, const std::vector<Unread>& unread);
void AddQuestion(Sheet& sheet, const Question& question, const Names& names);
// "leased to Ana until …, 14 min from now", "leased to nobody", "… ran out at … and was never given back".
Words LeaseWords(const std::optional<Lease>& lease, Instant now);
void AddHandoff(Sheet& sheet, const std::optional<Handoff>& handoff, int indent);
// nullptr: the plan has none of this id, or there is no plan.
const Action* FindAction(const Plan* plan, const std::string& id);
// What one action changes: old over new.
void AddChange(Sheet& sheet, const Action& action, int indent);
// A text of several lines, each on its own.
void AddLines(Sheet& sheet, const std::string& text, int indent);
// "edit_page" → "edit the page".
std::string VerbWords(Verb verb);
// `VERB FLEET` with the words quoted for a shell where they need it.
std::string CommandLine(const std::vector<std::string>& words);

}  // namespace evenkeel::program
