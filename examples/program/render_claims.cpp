// Who says what, and where.
#include <algorithm>

#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

std::string WhereOf(const Evidence& evidence) {
  std::string where = evidence.line > 0 ? "line " + std::to_string(evidence.line) : evidence.attribute;
  if (evidence.line > 0 && !evidence.carrier.empty()) where += ", " + Label(evidence.carrier);
  if (!evidence.visible && evidence.line > 0) where += ", hidden";
  return where;
}

Row RowOf(const Claim& claim, const char* stands, Tone tone, const std::optional<Date>& booking_date) {
  Row row;
  row.cells = {{{stands, tone}},
               {{ShowValue(claim.value, booking_date), tone}},
               {claim.resource.store, " ", claim.resource.key},
               {{WhereOf(claim.evidence), Tone::kDim}},
               {"“" + claim.evidence.text + "”"}};
  return row;
}

}  // namespace

std::string Label(const std::string& name) {
  std::string label = name;
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

std::string ShowValue(const Value& value, const std::optional<Date>& booking_date) {
  const LocalDateTime* time = std::get_if<LocalDateTime>(&value);
  if (time == nullptr) return FormatValue(value);
  if (!time->date || time->date == booking_date) return FormatMinutes(time->minutes);
  return FormatDate(*time->date) + " " + FormatMinutes(time->minutes);
}

std::vector<Row> ClaimRows(const Verdict& verdict, const std::optional<Date>& booking_date) {
  std::vector<Row> rows;
  for (const Claim& claim : verdict.against) rows.push_back(RowOf(claim, "differs", Tone::kBad, booking_date));
  for (const AcceptedClaim& accepted : verdict.accepted) {
    rows.push_back(RowOf(accepted.claim, "accepted", Tone::kWarn, booking_date));
    rows.back().below = {{"until " + FormatInstant(accepted.until) + ", by " + accepted.by + ": " + accepted.why, Tone::kDim}};
  }
  for (const Claim& claim : verdict.supporting) rows.push_back(RowOf(claim, "agrees", Tone::kGood, booking_date));
  return rows;
}

std::optional<Date> DateOf(const std::vector<Verdict>& verdicts) {
  for (const Verdict& verdict : verdicts) {
    if (verdict.field != "date" || !verdict.value) continue;
    if (const Date* date = std::get_if<Date>(&*verdict.value)) return *date;
  }
  return std::nullopt;
}

std::string CommandLine(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) {
    const bool placeholder = word == "FLEET" || word == "PLAN" || word == "YOUR NAME";
    line += (line.empty() ? "" : " ") + (placeholder && word == "YOUR NAME" ? "\"YOUR NAME\"" : ShellWord(word));
  }
  return line;
}

void AddQuestion(Sheet& sheet, const Question& question, const Names& names) {
  sheet.Add(1, {{"? ", Tone::kWarn}, {question.text, Tone::kStrong}});
  if (!question.why.empty()) sheet.Add(2, {{"asked because ", Tone::kDim}, {question.why}});
  for (const QuestionOption& option : question.options) {
    sheet.Add(2, {{option.name, Tone::kStrong}, ": " + option.does});
    for (const std::string& evidence : option.evidence) sheet.Add(3, {{"for it: " + evidence, Tone::kDim}});
    sheet.AddCommand(3, CommandLine({"evenkeel", "plan", names.fleet, "--decide", question.id + "=" + option.name, "--out", names.plan}));
  }
}

}  // namespace evenkeel::program
