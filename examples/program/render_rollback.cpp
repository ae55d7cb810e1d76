// What taking a run back has come to.
#include <algorithm>
#include <array>

#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

struct UndoGroup {
  Outcome outcome;
  const char* title;
  Tone tone;
};
// What a reader must act on stands first.
constexpr std::array<UndoGroup, 9> kGroups = {{
    {Outcome::kConflict, "Not taken back: somebody has changed it since, and it stays as it is now", Tone::kBad},
    {Outcome::kFailed, "Failed, nothing was taken back", Tone::kBad},
    {Outcome::kUnknown, "Unknown: the reply was lost and looking has not settled it", Tone::kBad},
    {Outcome::kWaitsLease, "Waits for the booking's lease: somebody else is changing it; evenkeel resume goes on when it is given back", Tone::kWarn},
    {Outcome::kBlocked, "Not taken back, because something above needs it", Tone::kWarn},
    {Outcome::kWaitsPerson, "Waits for a person", Tone::kWarn},
    {Outcome::kPending, "Not reached yet", Tone::kWarn},
    {Outcome::kDone, "Taken back", Tone::kGood},
    {Outcome::kAlreadyDone, "Was as before already", Tone::kGood},
}};

void AddUndo(Sheet& sheet, const ActionReport& action, const RunReport& run, const Names& names) {
  sheet.AddTable(1, {Row{{{{action.action, Tone::kStrong}}, {VerbWords(action.verb)}, {action.store + " " + action.resource}, {{action.booking, Tone::kDim}}}, {}}});
  if (!action.undo->detail.empty()) sheet.Add(2, {action.undo->detail});
  AddConflict(sheet, action.undo->conflict, 2);
  if (action.undo->outcome != Outcome::kWaitsPerson) return;
  sheet.Add(2, {{"when it is done:", Tone::kDim}});
  sheet.AddCommand(2, CommandLine({"evenkeel", "attest", names.fleet, run.run, action.action, "--by", "YOUR NAME"}));
}

void AddNext(Sheet& sheet, const RunReport& run, const Names& names) {
  sheet.AddHeading(2, {"Next"});
  if (!run.finished) {
    sheet.Add(1, {"Remove the cause, then go on where it stopped; nothing is done twice:"});
    return sheet.AddCommand(2, CommandLine({"evenkeel", "resume", names.fleet, run.run}));
  }
  if (run.HasConflict()) {
    sheet.Add(1, {"What somebody has changed since stays. Once it is as the run left it, ask again:"});
    sheet.AddCommand(2, CommandLine({"evenkeel", "rollback", names.fleet, run.run}));
  }
  sheet.Add(1, {"The run is never applied again. What the systems say now, with everything that was wrong before it:"});
  sheet.AddCommand(2, CommandLine({"evenkeel", "audit", names.fleet}));
}

}  // namespace

Sheet RenderRollback(const RunReport& report, const Names& names) {
  Sheet sheet;
  sheet.title = "Run " + report.run + ", rolled back";
  sheet.AddHeading(1, {sheet.title});
  const std::string why = report.rollback->why.empty() ? "" : ": " + report.rollback->why;
  sheet.Add(0, {"Asked for by " + report.rollback->by + " at " + FormatInstant(report.rollback->at) + why});
  AddUnfenced(sheet, report);
  AddStale(sheet, report);
  AddRetentionTrouble(sheet, report);
  for (const UndoGroup& group : kGroups) {
    std::vector<const ActionReport*> members;
    for (const ActionReport& action : report.actions) {
      if (action.undo && action.undo->outcome == group.outcome) members.push_back(&action);
    }
    if (members.empty()) continue;
    sheet.AddHeading(2, {{group.title, group.tone}});
    for (const ActionReport* action : members) AddUndo(sheet, *action, report, names);
  }
  if (std::none_of(report.actions.begin(), report.actions.end(), [](const ActionReport& action) { return action.undo.has_value(); })) {
    sheet.Add(1, {"The run had changed nothing, so there was nothing to take back."});
  }
  sheet.Add(1, {{"Backups stay where they are. Features that only a page of before the run has are back with it.", Tone::kDim}});
  AddSaid(sheet, report);
  AddNext(sheet, report, names);
  return sheet;
}

}  // namespace evenkeel::program
