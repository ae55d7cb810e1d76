#include <algorithm>
#include <map>
#include <set>

#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

std::string TitleOf(const Decision& decision) {
  std::string title = decision.booking.date ? FormatDate(*decision.booking.date) : "no date";
  if (!decision.booking.guest.empty()) title += " " + decision.booking.guest;
  return title;
}

bool IsQuiet(const Decision& decision) {
  const bool drifts = std::any_of(decision.verdicts.begin(), decision.verdicts.end(), [](const Verdict& verdict) { return !verdict.against.empty(); });
  const bool tells = std::any_of(decision.findings.begin(), decision.findings.end(), [](const Finding& finding) { return finding.kind != FindingKind::kNote; });
  return !drifts && !tells && decision.questions.empty();
}

std::string_view KindWords(FindingKind kind) {
  switch (kind) {
    case FindingKind::kDrift: return "disagrees";
    case FindingKind::kBrokenPointer: return "broken pointer";
    case FindingKind::kResurrection: return "came back";
    case FindingKind::kLostFeature: return "lost feature";
    case FindingKind::kUnreadable: return "unreadable";
    case FindingKind::kIncomplete: return "not all seen";
    case FindingKind::kDuplicatePage: return "duplicate page";
    case FindingKind::kNote: return "note";
  }
  return "";
}

void AddStores(Sheet& sheet, const Snapshot& snapshot) {
  std::vector<Row> rows;
  for (const StoreState& store : snapshot.stores) {
    Words state = {{"read", Tone::kGood}};
    if (!store.complete) state = {{"not all of it could be listed: " + store.why_incomplete, Tone::kWarn}};
    if (!store.problem.ok()) state = {{"could not be read: " + store.problem.ToString(), Tone::kBad}};
    rows.push_back({{{{store.name, Tone::kStrong}}, {Count(store.count, ResourceKindName(store.kind))}, std::move(state)}, {}});
  }
  sheet.AddTable(1, std::move(rows));
}

void AddVerdict(Sheet& sheet, const Verdict& verdict, const std::optional<Date>& date) {
  Words words = {{Label(verdict.field), Tone::kStrong}};
  if (verdict.value) {
    words.push_back({" should be "});
    words.push_back({ShowValue(*verdict.value, date), Tone::kStrong});
    words.push_back({". "});
  } else {
    words.push_back({" is open: ", Tone::kWarn});
  }
  words.push_back({verdict.why});
  sheet.Add(1, std::move(words));
  sheet.AddTable(2, ClaimRows(verdict, date));
}

// `known`: a reason that stands above already.
Row FindingRow(const Finding& finding, const std::string& known) {
  const Tone tone = finding.kind == FindingKind::kNote ? Tone::kDim : Tone::kBad;
  std::string what = finding.resource ? finding.resource->store + " " + finding.resource->key : Label(finding.field);
  if (finding.evidence.line > 0) what += " line " + std::to_string(finding.evidence.line);
  Words why;
  if (!finding.says.empty()) why.push_back({"says " + finding.says + "; "});
  if (finding.kind == FindingKind::kLostFeature) why.push_back({"should have " + finding.should + "; "});
  else if (!finding.should.empty()) why.push_back({"should be " + finding.should + "; "});
  const bool said = !known.empty() && finding.why.find(known) != std::string::npos;
  why.push_back({said ? "see above" : finding.why, Tone::kDim});
  return {{{{std::string(KindWords(finding.kind)), tone}}, {what}, std::move(why)}, {}};
}

// Drift stands with its verdict already, with the words and the lines.
void AddFindings(Sheet& sheet, const Decision& decision) {
  std::set<std::string> shown;
  for (const Verdict& verdict : decision.verdicts) {
    if (!verdict.against.empty()) shown.insert(verdict.field);
  }
  std::vector<Row> rows;
  for (const Finding& finding : decision.findings) {
    if (finding.kind != FindingKind::kDrift || !shown.contains(finding.field)) rows.push_back(FindingRow(finding, decision.why_canonical));
  }
  sheet.AddTable(1, std::move(rows));
}

void AddMembers(Sheet& sheet, const Decision& decision) {
  std::vector<Row> rows;
  for (const Link& link : decision.booking.candidates) {
    rows.push_back({{{{"perhaps", Tone::kWarn}}, {link.resource.store, " ", link.resource.key}, {link.evidence}}, {}});
  }
  sheet.AddTable(1, std::move(rows));
}

void AddDecision(Sheet& sheet, const Decision& decision, const Names& names) {
  sheet.AddHeading(2, {TitleOf(decision), {"  booking " + decision.booking.key, Tone::kDim}});
  if (decision.read_only) sheet.Add(1, {{"In the past, and the policy leaves the past alone: reported, never planned.", Tone::kDim}});
  std::string agreed;
  for (const Verdict& verdict : decision.verdicts) {
    if (!verdict.against.empty() || !verdict.accepted.empty() || !verdict.value) {
      AddVerdict(sheet, verdict, decision.booking.date);
    } else {
      agreed += (agreed.empty() ? "" : ", ") + Label(verdict.field) + " " + ShowValue(*verdict.value, decision.booking.date);
    }
  }
  if (!decision.duplicates.empty() && decision.canonical) {
    sheet.Add(1, {{"page", Tone::kStrong}, " to keep: " + decision.why_canonical});
  }
  AddFindings(sheet, decision);
  AddMembers(sheet, decision);
  for (const Question& question : decision.questions) AddQuestion(sheet, question, names);
  if (!agreed.empty()) sheet.Add(1, {{"all agree on: " + agreed, Tone::kDim}});
}

// Who differs in what is accepted.
std::set<Resource> AcceptedIn(const Decision& decision) {
  std::set<Resource> resources;
  for (const Verdict& verdict : decision.verdicts) {
    for (const AcceptedClaim& accepted : verdict.accepted) resources.insert(accepted.claim.resource);
  }
  return resources;
}

// What all agree on, but for what is accepted.
std::string ButFor(const std::vector<Decision>& decisions) {
  const bool any = std::any_of(decisions.begin(), decisions.end(), [](const Decision& decision) { return !AcceptedIn(decision).empty(); });
  return any ? ", but for what is accepted" : "";
}

// Bookings that disagree and are left as they are.
std::string AndPast(const std::vector<Decision>& decisions) {
  const auto past = static_cast<std::size_t>(std::count_if(decisions.begin(), decisions.end(), [](const Decision& decision) { return decision.read_only && !IsQuiet(decision); }));
  return past == 0 ? "" : "; " + Count(past, "past booking") + ", which the policy leaves alone, " + (past == 1 ? "does" : "do") + " not";
}

std::string AcceptedWords(const AcceptedClaim& accepted, const Decision& decision) {
  const Claim& claim = accepted.claim;
  return "accepted until " + FormatInstant(accepted.until) + " by " + accepted.by + " (" + accepted.why + "): " + claim.resource.store + " " + claim.resource.key + " says " +
         Label(claim.field) + " " + ShowValue(claim.value, decision.booking.date);
}

void AddQuiet(Sheet& sheet, const std::vector<Decision>& decisions) {
  std::vector<Row> rows;
  for (const Decision& decision : decisions) {
    if (!IsQuiet(decision)) continue;
    Row row{{{{"ok", Tone::kGood}}, {TitleOf(decision)}, {{"booking " + decision.booking.key, Tone::kDim}}, {Count(decision.booking.members.size() - AcceptedIn(decision).size(), "system entry agrees", "system entries agree")}}, {}};
    std::set<std::string> accepted_words;
    for (const Verdict& verdict : decision.verdicts) {
      for (const AcceptedClaim& accepted : verdict.accepted) accepted_words.insert(AcceptedWords(accepted, decision));
    }
    for (const std::string& words : accepted_words) row.below.push_back({(row.below.empty() ? "" : "; ") + words, Tone::kWarn});
    for (const Finding& finding : decision.findings) row.below.push_back({(row.below.empty() ? "note: " : "; ") + finding.why, Tone::kDim});
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return;
  sheet.AddHeading(2, {"Nothing to do"});
  sheet.AddTable(1, std::move(rows));
}

void AddEnd(Sheet& sheet, const Audit& audit, const Names& names) {
  const auto& decisions = audit.decisions;
  const auto loud = static_cast<std::size_t>(std::count_if(decisions.begin(), decisions.end(), [](const Decision& decision) { return !IsQuiet(decision); }));
  std::size_t questions = 0;
  for (const Decision& decision : decisions) questions += decision.questions.size();
  sheet.AddHeading(2, {"In short"});
  const std::vector<Unread> unread = UnreadOf(audit.snapshot);
  sheet.Add(1, {Count(decisions.size(), "booking") + ": " + std::to_string(decisions.size() - loud) +
                (unread.empty() ? " agree everywhere" : " agree in what was read") + ButFor(decisions) + ", " + std::to_string(loud) +
                " need a look" + (questions > 0 ? "; " + Count(questions, "question") + " for a person" : "") + "."});
  AddUnread(sheet, unread);
  if (!audit.FoundAnything()) return;
  sheet.Add(1, {"Next, see what would make them agree (this changes nothing):"});
  sheet.AddCommand(2, CommandLine({"evenkeel", "plan", names.fleet, "--out", names.plan}));
}

// What to do about what is left. A task that a run waits for is attested there; everything else is planned again.
void AddWayOn(Sheet& sheet, const Plan& left, const std::vector<RunReport>& open, const Names& names) {
  sheet.AddHeading(2, {"Next"});
  std::vector<std::string> attest;
  for (const RunReport& run : open) {
    if (!run.finished) {
      sheet.Add(1, {"A run was cut off; go on with it first:"});
      return sheet.AddCommand(2, CommandLine({"evenkeel", "resume", names.fleet, run.run}));
    }
    for (const ActionReport& action : run.actions) {
      const bool is_open = FindAction(&left, action.action) != nullptr || action.store == kMessagesStore;  // no system tells whether people were told
      if (run.Standing(action) == Outcome::kWaitsPerson && is_open) {
        attest.push_back(CommandLine({"evenkeel", "attest", names.fleet, run.run, action.action, "--by", "YOUR NAME"}));
      }
    }
  }
  std::size_t tasks = 0, questions = 0, unproven = 0;
  for (const BookingPlan& booking : left.bookings) {
    const auto is_manual = [](const Action& action) { return action.approval == Approval::kManual; };
    tasks += static_cast<std::size_t>(std::count_if(booking.actions.begin(), booking.actions.end(), is_manual));
    questions += booking.questions.size();
    unproven += booking.unproven.size();
  }
  if (!attest.empty()) sheet.Add(1, {"A run waits for people's tasks that are still open; attest each one when it is done:"});
  for (std::string& command : attest) sheet.AddCommand(2, std::move(command));
  if (left.CanChangeAnything() || tasks > attest.size()) {
    std::vector<std::string> plan = {"evenkeel", "plan", names.fleet};
    if (!names.booking.empty()) plan.insert(plan.end(), {"--booking", names.booking});
    plan.insert(plan.end(), {"--out", names.plan});
    sheet.Add(1, {"Plan what is left, read the plan, then apply it:"});
    sheet.AddCommand(2, CommandLine(plan));
    sheet.AddCommand(2, CommandLine({"evenkeel", "apply", names.fleet, names.plan}));
  }
  if (questions > 0) sheet.Add(1, {"Answer the questions with the commands that stand below each option, or settle a field for good with evenkeel set."});
  if (unproven > 0) sheet.Add(1, {"Make readable what is named above, then verify again."});
}

}  // namespace

Sheet RenderAudit(const Audit& audit, const FleetConfig& fleet, const Names& names) {
  Sheet sheet;
  sheet.title = "Audit of " + fleet.path;
  sheet.AddHeading(1, {"Audit of " + fleet.path});
  sheet.Add(0, {"Read at " + FormatInstant(audit.snapshot.taken_at) + "; times are in " + fleet.zone + " (tz database " + audit.snapshot.tz_version + ")."});
  AddStores(sheet, audit.snapshot);
  for (const Decision& decision : audit.decisions) {
    if (!IsQuiet(decision)) AddDecision(sheet, decision, names);
  }
  AddQuiet(sheet, audit.decisions);
  AddEnd(sheet, audit, names);
  return sheet;
}

Sheet RenderVerification(const Verification& verification, const FleetConfig& fleet, const std::vector<RunReport>& open, const Names& names) {
  const std::vector<Unread>& unread = verification.remaining.unread;
  if (!verification.Agrees()) {
    const RunReport nothing_done_yet;  // what is next is not only to apply this plan, which no file holds
    Sheet sheet = RenderPlan(verification.remaining, names, &nothing_done_yet);
    sheet.blocks.front() = Heading{1, {"Verification of " + fleet.path + ": not everything agrees yet"}};
    AddWayOn(sheet, verification.remaining, open, names);
    return sheet;
  }
  Sheet sheet;
  sheet.title = "Verification of " + fleet.path;
  sheet.AddHeading(1, {"Verification of " + fleet.path});
  sheet.Add(0, {(unread.empty() ? "Every system was read again at " : "Read again at ") + FormatInstant(verification.audit.snapshot.taken_at) + "."});
  AddStores(sheet, verification.audit.snapshot);
  AddQuiet(sheet, verification.audit.decisions);
  sheet.Add(0, {{(unread.empty() ? "All systems agree" : "What was read agrees") + ButFor(verification.audit.decisions) + AndPast(verification.audit.decisions) + ".", Tone::kGood}});
  AddUnread(sheet, unread);
  return sheet;
}

}  // namespace evenkeel::program
