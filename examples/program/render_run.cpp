// What a run has done and what it waits for.
#include <algorithm>
#include <array>

#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

struct OutcomeGroup {
  Outcome outcome;
  const char* title;
  Tone tone;
};
// What a reader must act on stands first.
constexpr std::array<OutcomeGroup, 10> kGroups = {{
    {Outcome::kConflict, "Conflict: somebody else wrote in between, nothing of theirs was overwritten", Tone::kBad},
    {Outcome::kFailed, "Failed, nothing was done", Tone::kBad},
    {Outcome::kUnknown, "Unknown: the reply was lost and looking has not settled it", Tone::kBad},
    {Outcome::kWaitsLease, "Waits for the booking's lease: somebody else is changing it; evenkeel resume goes on when it is given back", Tone::kWarn},
    {Outcome::kWaitsApproval, "Waits for approval", Tone::kWarn},
    {Outcome::kWaitsPerson, "Waits for a person", Tone::kWarn},
    {Outcome::kBlocked, "Waits for one of the steps above", Tone::kWarn},
    {Outcome::kPending, "Not reached yet", Tone::kWarn},
    {Outcome::kDone, "Done", Tone::kGood},
    {Outcome::kAlreadyDone, "Was done already", Tone::kGood},
}};

void AddReport(Sheet& sheet, const ActionReport& report, const RunReport& run, const Plan* plan, const Names& names) {
  sheet.AddTable(1, {Row{{{{report.action, Tone::kStrong}}, {VerbWords(report.verb)}, {report.store + " " + report.resource}, {{report.booking, Tone::kDim}}}, {}}});
  if (!report.detail.empty()) sheet.Add(2, {report.detail});
  AddConflict(sheet, report.conflict, 2);
  if (report.outcome == Outcome::kWaitsApproval) {
    sheet.AddCommand(2, CommandLine({"evenkeel", "apply", names.fleet, names.plan, "--approve", report.action}));
  }
  if (report.outcome != Outcome::kWaitsPerson) return;
  if (const Action* action = FindAction(plan, report.action)) AddChange(sheet, *action, 2);
  sheet.Add(2, {{"when it is done:", Tone::kDim}});
  sheet.AddCommand(2, CommandLine({"evenkeel", "attest", names.fleet, run.run, report.action, "--by", "YOUR NAME"}));
}

// Done steps are many and need one line each.
void AddDone(Sheet& sheet, const RunReport& run, Outcome outcome) {
  std::vector<Row> rows;
  for (const ActionReport& report : run.actions) {
    if (report.outcome != outcome) continue;
    rows.push_back({{{{"ok", Tone::kGood}}, {VerbWords(report.verb)}, {report.store + " " + report.resource}, {{report.booking, Tone::kDim}}}, {}});
  }
  sheet.AddTable(1, std::move(rows));
}

std::size_t CountOf(const RunReport& run, Outcome outcome) {
  return static_cast<std::size_t>(std::count_if(run.actions.begin(), run.actions.end(), [&](const ActionReport& report) { return report.outcome == outcome; }));
}

void AddNext(Sheet& sheet, const RunReport& run, const Names& names) {
  sheet.AddHeading(2, {"Next"});
  if (!run.brakes.empty()) {
    sheet.Add(1, {"Nothing was done now. Look at why the brake holds; the command beside it lifts it for this run alone."});
    return;
  }
  const bool stopped = run.HasError() || CountOf(run, Outcome::kUnknown) > 0 || CountOf(run, Outcome::kPending) > 0;
  const bool waits = CountOf(run, Outcome::kWaitsLease) > 0, conflicts = CountOf(run, Outcome::kConflict) > 0;
  if (stopped || waits) {
    sheet.Add(1, {stopped ? "Remove the cause, then go on where it stopped; nothing is done twice:" : "Go on when the booking is given back; nothing is done twice:"});
    sheet.AddCommand(2, CommandLine({"evenkeel", "resume", names.fleet, run.run}));
  }
  if (conflicts) {
    sheet.Add(1, {stopped || waits ? "For what somebody else has written, look at both sides above, then plan again from what is there now:"
                                   : "Look at both sides above, then plan again from what is there now:"});
    sheet.AddCommand(2, CommandLine({"evenkeel", "plan", names.fleet, "--out", names.plan}));
  }
  if (stopped || waits || conflicts) return;
  if (run.questions > 0) {
    sheet.Add(1, {{Count(run.questions, "question"), Tone::kWarn}, " nobody may guess: plan again to see them, each option with the command that chooses it:"});
    sheet.AddCommand(2, CommandLine({"evenkeel", "plan", names.fleet}));
  }
  sheet.Add(1, {run.WaitsForPeople() ? "Everything that could be done without a person is done. The commands above go on from here." : "Prove that all systems agree now:"});
  if (!run.WaitsForPeople()) sheet.AddCommand(2, CommandLine({"evenkeel", "verify", names.fleet}));
}

}  // namespace

void AddConflict(Sheet& sheet, const std::optional<Conflict>& conflict, int indent) {
  if (!conflict) return;
  const auto shown = [](const std::string& value) { return value.empty() ? std::string("(not stated)") : value; };
  std::vector<Row> rows;
  for (const Conflict::Side& side : conflict->sides) {
    rows.push_back({{{{side.field, Tone::kStrong}}, {"agreed " + shown(side.agreed)}, {"ours " + shown(side.ours)}, {{"theirs " + shown(side.theirs), Tone::kBad}}}, {}});
  }
  sheet.AddTable(indent, std::move(rows));
  if (!conflict->written_by.empty()) sheet.Add(indent, {"written by " + conflict->written_by});
}

const Action* FindAction(const Plan* plan, const std::string& id) {
  if (plan == nullptr) return nullptr;
  for (const BookingPlan& booking : plan->bookings) {
    for (const Action& action : booking.actions) {
      if (action.id == id) return &action;
    }
  }
  return nullptr;
}

void AddUnfenced(Sheet& sheet, const RunReport& run) {
  if (run.cannot_be_fenced.empty()) return;
  sheet.Add(0, {{"Look at these pages again later: ", Tone::kWarn},
                "whoever held their booking before never gave it back, and what they had under way may still land on them; the store's versions repeat, so it cannot be kept out."});
  for (const std::string& page : run.cannot_be_fenced) sheet.Add(1, {page});
}

void AddStale(Sheet& sheet, const RunReport& run) {
  if (run.stale.empty()) return;
  sheet.Add(0, {{"Guests may still see what was there before:", Tone::kBad}});
  for (const std::string& one : run.stale) sheet.Add(1, {one});
}

void AddRetentionTrouble(Sheet& sheet, const RunReport& run) {
  if (run.retention_trouble.empty()) return;
  sheet.Add(0, {{"Old runs could not all be removed as the policy's retention_days asks: ", Tone::kWarn}, run.retention_trouble + ". The next run tries again."});
}

void AddSaid(Sheet& sheet, const RunReport& run) {
  constexpr std::array<std::pair<const char*, const char*>, 7> kWords = {{{"apply", "asked for it"},
                                                                        {"approve", "approved"},
                                                                        {"override", "lifted the brake"},
                                                                        {"attest", "has done by hand"},
                                                                        {"rollback", "asked to take it back"},
                                                                        {"attest_undo", "has taken back by hand"},
                                                                        {"restore", "brought back the page"}}};
  std::vector<Row> rows;
  for (const RunWord& word : run.said) {
    const auto known = std::find_if(kWords.begin(), kWords.end(), [&](const auto& pair) { return word.what == pair.first; });
    std::string of;
    for (const std::string& one : word.of) of += (of.empty() ? "" : ", ") + one;
    rows.push_back({{{{FormatInstant(word.at), Tone::kDim}}, {{word.by.empty() ? "somebody" : word.by, Tone::kStrong}}, {known == kWords.end() ? word.what : known->second}, {of}}, {}});
  }
  if (rows.empty()) return;
  sheet.AddHeading(2, {"Who said what"});
  sheet.AddTable(1, std::move(rows));
}

Sheet RenderRun(const RunReport& report, const Plan* plan, const Names& names) {
  if (report.rollback) return RenderRollback(report, names);
  Sheet sheet;
  sheet.title = "Run " + report.run;
  sheet.AddHeading(1, {"Run " + report.run});
  sheet.Add(0, {std::to_string(CountOf(report, Outcome::kDone) + CountOf(report, Outcome::kAlreadyDone)) + " of " +
                Count(report.actions.size(), "step") + " done."});
  for (const Brake& brake : report.brakes) {
    sheet.Add(0, {{"Stopped by the brake " + brake.name + ": ", Tone::kBad}, brake.why});
    sheet.AddCommand(1, CommandLine({"evenkeel", "apply", names.fleet, names.plan, "--override", brake.name}));
  }
  AddUnfenced(sheet, report);
  AddStale(sheet, report);
  AddRetentionTrouble(sheet, report);
  for (const OutcomeGroup& group : kGroups) {
    if (CountOf(report, group.outcome) == 0) continue;
    sheet.AddHeading(2, {{group.title, group.tone}});
    if (group.tone == Tone::kGood) {
      AddDone(sheet, report, group.outcome);
      continue;
    }
    for (const ActionReport& action : report.actions) {
      if (action.outcome == group.outcome) AddReport(sheet, action, report, plan, names);
    }
  }
  AddSaid(sheet, report);
  AddNext(sheet, report, names);
  return sheet;
}

}  // namespace evenkeel::program
