#include <algorithm>
#include <map>
#include <set>

#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

struct Figures {
  std::size_t automatic = 0, approve = 0, manual = 0, questions = 0;
};

Figures FiguresOf(const Plan& plan) {
  Figures figures;
  for (const BookingPlan& booking : plan.bookings) {
    figures.questions += booking.questions.size();
    for (const Action& action : booking.actions) {
      switch (action.approval) {
        case Approval::kAuto: ++figures.automatic; break;
        case Approval::kApprove: ++figures.approve; break;
        case Approval::kManual: ++figures.manual; break;
      }
    }
  }
  return figures;
}

Piece ApprovalWords(Approval approval) {
  switch (approval) {
    case Approval::kAuto: return {"automatic", Tone::kGood};
    case Approval::kApprove: return {"needs approval", Tone::kWarn};
    case Approval::kManual: return {"a person does it", Tone::kWarn};
  }
  return {""};
}

Piece OutcomeWords(const ActionReport& report) {
  if (report.undo) {
    const bool back = report.undo->outcome == Outcome::kDone || report.undo->outcome == Outcome::kAlreadyDone;
    return {back ? "taken back" : "not taken back: " + Label(std::string(OutcomeName(report.undo->outcome))), back ? Tone::kGood : Tone::kWarn};
  }
  switch (report.outcome) {
    case Outcome::kDone: return {"done", Tone::kGood};
    case Outcome::kAlreadyDone: return {"already done", Tone::kGood};
    case Outcome::kConflict: return {"conflict: " + report.detail, Tone::kBad};
    case Outcome::kFailed: return {"failed: " + report.detail, Tone::kBad};
    case Outcome::kUnknown: return {"outcome unknown: " + report.detail, Tone::kBad};
    case Outcome::kPending:
    case Outcome::kBlocked:
    case Outcome::kWaitsApproval:
    case Outcome::kWaitsLease:
    case Outcome::kWaitsPerson: return {Label(std::string(OutcomeName(report.outcome))) + (report.detail.empty() ? "" : ": " + report.detail), Tone::kWarn};
  }
  return {""};
}

// Where an action stands in the sheet, so that "after 2 and 3" can be said.
using Numbers = std::map<std::string, std::size_t>;

std::string AfterWords(const Action& action, const Numbers& numbers) {
  std::set<std::size_t> after;
  for (const std::string& id : action.needs) {
    if (const auto found = numbers.find(id); found != numbers.end()) after.insert(found->second);
  }
  std::string words;
  for (const std::size_t number : after) words += (words.empty() ? "only after " : ", ") + std::to_string(number);
  return words;
}

void AddAction(Sheet& sheet, const Action& action, const Numbers& numbers, const ActionReport* report) {
  Words head = {{std::to_string(numbers.at(action.id)) + ". " + VerbWords(action.verb), Tone::kStrong}, "  " + action.store + " " + action.resource + "  "};
  head.push_back({"[", Tone::kDim});
  head.push_back(report != nullptr ? OutcomeWords(*report) : ApprovalWords(action.approval));
  head.push_back({"]", Tone::kDim});
  sheet.Add(1, std::move(head));
  if (!action.reason.empty()) sheet.Add(2, {{"why: ", Tone::kDim}, {action.reason}});
  AddChange(sheet, action, 2);
  const std::string after = AfterWords(action, numbers);
  if (!after.empty()) sheet.Add(2, {{after, Tone::kDim}});
  if (!action.undo.empty()) sheet.Add(2, {{"undo: " + action.undo, Tone::kDim}});
  sheet.Add(2, {{"id: " + action.id, Tone::kDim}});
}

// Only what is not unanimous: the rest moves nothing.
void AddVerdicts(Sheet& sheet, const BookingPlan& booking) {
  const std::optional<Date> date = DateOf(booking.verdicts);
  std::string rest;
  bool any = false;
  for (const Verdict& verdict : booking.verdicts) {
    if (verdict.against.empty() && verdict.accepted.empty()) {
      if (verdict.value) rest += (rest.empty() ? "" : ", ") + Label(verdict.field) + " " + ShowValue(*verdict.value, date);
      continue;
    }
    if (!any) sheet.AddHeading(3, {"What is true, and who says so"});
    any = true;
    sheet.Add(1, {{Label(verdict.field) + " " + (verdict.value ? ShowValue(*verdict.value, date) : "open"), Tone::kStrong}, ". " + verdict.why});
    sheet.AddTable(2, ClaimRows(verdict, date));
  }
  if (!rest.empty()) sheet.Add(1, {{"undisputed: " + rest, Tone::kDim}});
}

void AddPages(Sheet& sheet, const BookingPlan& booking) {
  if (!booking.canonical || booking.duplicates.empty()) return;
  sheet.AddHeading(3, {"Which page stays"});
  sheet.Add(1, {booking.why_canonical});
  for (const Resource& duplicate : booking.duplicates) sheet.Add(1, {"duplicate: " + duplicate.ToString()});
}

void AddBooking(Sheet& sheet, const BookingPlan& booking, const Names& names, const std::map<std::string, const ActionReport*>& reports) {
  sheet.AddHeading(2, {booking.title, {"  booking " + booking.booking, Tone::kDim}});
  AddVerdicts(sheet, booking);
  AddPages(sheet, booking);
  Numbers numbers;
  for (const Action& action : booking.actions) numbers.emplace(action.id, numbers.size() + 1);
  if (!booking.actions.empty()) sheet.AddHeading(3, {"What will be done, in this order"});
  for (const Action& action : booking.actions) {
    const auto report = reports.find(action.id);
    AddAction(sheet, action, numbers, report == reports.end() ? nullptr : report->second);
  }
  if (!booking.questions.empty()) sheet.AddHeading(3, {"What nobody may guess"});
  for (const Question& question : booking.questions) AddQuestion(sheet, question, names);
  if (!booking.unproven.empty()) sheet.AddHeading(3, {"What must be readable before anybody can say that this booking agrees"});
  for (const std::string& why : booking.unproven) sheet.Add(1, {{"- ", Tone::kWarn}, {why}});
  if (!booking.notes.empty()) sheet.AddHeading(3, {"Left alone, and worth knowing"});
  for (const std::string& note : booking.notes) sheet.Add(1, {"- " + note});
}

void AddHead(Sheet& sheet, const Plan& plan, const Figures& figures) {
  sheet.AddHeading(1, {"Plan " + plan.hash.substr(0, 19)});
  sheet.Add(0, {"Made at " + FormatInstant(plan.made_at) + "; times are in " + plan.zone + " (tz database " + plan.tz_version + ")."});
  if (plan.bookings.empty()) {
    sheet.Add(0, {{plan.unread.empty() ? "Nothing to do: all systems agree." : "Nothing to do: what was read agrees.", Tone::kGood}});
    return AddUnread(sheet, plan.unread);
  }
  sheet.Add(0, {Count(plan.bookings.size(), "booking") + ": " + Count(figures.automatic, "automatic step") + ", " + Count(figures.approve, "step that needs approval", "steps that need approval") +
                ", " + Count(figures.manual, "task") + " for a person, " + Count(figures.questions, "question") + "."});
  for (const Brake& brake : plan.brakes) {
    sheet.Add(0, {{"Brake " + brake.name + ": ", Tone::kBad}, brake.why + " (apply refuses until --override " + brake.name + ")"});
  }
  AddUnread(sheet, plan.unread);
}

std::vector<std::string> ApprovableIds(const Plan& plan) {
  std::vector<std::string> ids;
  for (const BookingPlan& booking : plan.bookings) {
    for (const Action& action : booking.actions) {
      if (action.approval == Approval::kApprove) ids.push_back(action.id);
    }
  }
  return ids;
}

void AddEnd(Sheet& sheet, const Plan& plan, const Figures& figures, const Names& names) {
  if (plan.bookings.empty()) return;
  sheet.AddHeading(2, {"Next"});
  std::vector<std::string> command = {"evenkeel", "apply", names.fleet, names.plan};
  if (!names.save.empty() && figures.automatic + figures.approve + figures.manual > 0) {
    sheet.Add(1, {"The plan is shown here and kept nowhere. Write it to a file first:"});
    sheet.AddCommand(2, names.save);
  }
  if (figures.automatic > 0) {
    sheet.Add(1, {"Do what is automatic; whatever waits for approval, and what depends on it, is left for later:"});
    sheet.AddCommand(2, CommandLine(command));
  }
  if (figures.approve > 0) {
    for (const std::string& id : ApprovableIds(plan)) command.insert(command.end(), {"--approve", id});
    sheet.Add(1, {"Do it with these steps approved (leave out what you do not want; a run can be continued with more):"});
    sheet.AddCommand(2, CommandLine(command));
  }
  if (figures.manual > 0 && figures.automatic + figures.approve == 0) {
    sheet.Add(1, {"Only people's tasks are left. Start the run that records them, do them, then attest each one:"});
    sheet.AddCommand(2, CommandLine(command));
  }
  if (figures.questions > 0) sheet.Add(1, {"Answer the questions with the commands that stand below each option, or settle a field for good with evenkeel set."});
}

Figures FiguresOf(const BookingPlan& booking) {
  Plan one;
  one.bookings.push_back(booking);
  return FiguresOf(one);
}

}  // namespace

std::string UnreadWords(const std::vector<Unread>& unread) {
  const auto parts = static_cast<std::size_t>(std::count_if(unread.begin(), unread.end(), [](const Unread& one) { return one.resource.empty(); }));
  const std::size_t resources = unread.size() - parts;
  std::string words;
  if (resources > 0) words = Count(resources, "resource") + " could not be read";
  if (parts > 0) words += (words.empty() ? "" : ", and ") + Count(parts, "store") + (parts == 1 ? " was" : " were") + " not listed completely";
  return words;
}

void AddUnread(Sheet& sheet, const std::vector<Unread>& unread) {
  constexpr std::size_t kShown = 8;
  if (unread.empty()) return;
  sheet.Add(0, {{UnreadWords(unread) + "; nothing here holds for what was not read:", Tone::kWarn}});
  for (std::size_t i = 0; i < unread.size() && i < kShown; ++i) {
    const Unread& one = unread[i];
    sheet.Add(1, {{one.store + (one.resource.empty() ? "" : ":" + one.resource), Tone::kStrong}, ": " + one.why});
  }
  if (unread.size() > kShown) sheet.Add(1, {"and " + std::to_string(unread.size() - kShown) + " more; --json names them all"});
}

Sheet RenderPlanBriefly(const Plan& plan, const Names& names) {
  Sheet sheet;
  sheet.title = "Plan " + plan.hash.substr(0, 19);
  AddHead(sheet, plan, FiguresOf(plan));
  if (plan.bookings.empty()) return sheet;
  std::vector<Row> rows;
  for (const BookingPlan& booking : plan.bookings) {
    const Figures figures = FiguresOf(booking);
    rows.push_back({{{{booking.title, Tone::kStrong}},
                     {{booking.booking, Tone::kDim}},
                     {std::to_string(figures.automatic) + " automatic"},
                     {{std::to_string(figures.approve) + " to approve", figures.approve > 0 ? Tone::kWarn : Tone::kPlain}},
                     {{Count(figures.manual, "task"), figures.manual > 0 ? Tone::kWarn : Tone::kPlain}},
                     {{Count(figures.questions, "question"), figures.questions > 0 ? Tone::kWarn : Tone::kPlain}},
                     {Count(booking.notes.size() + booking.unproven.size(), "note")}},
                    {}});
  }
  sheet.AddTable(1, std::move(rows));
  sheet.AddHeading(2, {"Next"});
  sheet.Add(1, {"Read it: what would change, why, and how it is undone. Nothing has been changed yet."});
  sheet.AddCommand(2, CommandLine({"evenkeel", "show", names.plan}));
  return sheet;
}

Sheet RenderPlan(const Plan& plan, const Names& names, const RunReport* report) {
  Sheet sheet;
  sheet.title = "Plan " + plan.hash.substr(0, 19);
  const Figures figures = FiguresOf(plan);
  std::map<std::string, const ActionReport*> reports;
  if (report != nullptr) {
    for (const ActionReport& action : report->actions) reports.emplace(action.action, &action);
  }
  AddHead(sheet, plan, figures);
  for (const BookingPlan& booking : plan.bookings) AddBooking(sheet, booking, names, reports);
  if (report == nullptr) AddEnd(sheet, plan, figures, names);
  return sheet;
}

}  // namespace evenkeel::program
