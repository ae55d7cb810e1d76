#include "printable.h"
#include "render.h"

namespace evenkeel::program {
namespace {

std::string SpanText(const Span& span) { return std::to_string(span.begin) + "–" + std::to_string(span.end); }

std::string ClockOf(const TimeReference& time) {
  std::string clock = time.start ? FormatMinutes(*time.start) : "";
  if (time.end) clock += (clock.empty() ? "" : "–") + FormatMinutes(*time.end);
  return clock.empty() ? "?" : clock;
}

Tone ToneOf(Role role) {
  switch (role) {
    case Role::kUnrelated: return Tone::kDim;
    case Role::kUnknown: return Tone::kWarn;
    case Role::kStart:
    case Role::kEnd:
    case Role::kStartEnd:
    case Role::kArrival:
    case Role::kCutoff:
    case Role::kSwitch: return Tone::kGood;
  }
  return Tone::kPlain;
}

Row TimeRow(const TimeReference& time) {
  std::string when = ClockOf(time);
  if (time.date) when = FormatDate(*time.date) + " " + when;
  if (time.end_date) when += " (" + FormatDate(*time.end_date) + ")";
  if (!time.zone.empty()) when += " " + time.zone;
  Row row;
  row.cells = {{"line " + std::to_string(time.line)},
               {{Label(std::string(RoleName(time.role))), ToneOf(time.role)}},
               {{when, Tone::kStrong}},
               {{Label(std::string(CarrierName(time.carrier))) + (time.hidden ? ", hidden" : ""), Tone::kDim}},
               {"“" + time.text + "”"}};
  row.below = {{time.why, Tone::kDim}};
  if (time.instant) row.below.push_back({" (the instant " + FormatInstant(*time.instant) + ")", Tone::kDim});
  if (time.why.empty() && !time.instant) row.below.clear();
  return row;
}

void AddTimes(Sheet& sheet, const Reading& reading) {
  sheet.AddHeading(3, {Count(reading.times.size(), "time")});
  std::vector<Row> rows;
  for (const TimeReference& time : reading.times) rows.push_back(TimeRow(time));
  sheet.AddTable(1, std::move(rows));
}

void AddDates(Sheet& sheet, const Reading& reading) {
  sheet.AddHeading(3, {Count(reading.dates.size(), "date")});
  std::vector<Row> rows;
  for (const DateReference& date : reading.dates) {
    std::string value = std::to_string(date.year);
    for (const unsigned part : {date.month, date.day}) {
      if (part > 0) value += (part < 10 ? "-0" : "-") + std::to_string(part);
    }
    rows.push_back({{{"line " + std::to_string(date.line)}, {{value, Tone::kStrong}}, {{Label(std::string(CarrierName(date.carrier))), Tone::kDim}}, {"“" + date.text + "”"}},
                    date.why.empty() ? Words{} : Words{{date.why, Tone::kWarn}}});
  }
  sheet.AddTable(1, std::move(rows));
}

void AddFeatures(Sheet& sheet, const Reading& reading) {
  sheet.AddHeading(3, {Count(reading.features.size(), "feature")});
  std::vector<Row> rows;
  for (const Feature& feature : reading.features) {
    rows.push_back({{{{feature.name, Tone::kStrong}}, {feature.complete ? Piece("complete", Tone::kGood) : Piece("partial", Tone::kWarn)}, {feature.why}}, {}});
  }
  sheet.AddTable(1, std::move(rows));
}

void AddTokens(Sheet& sheet, const Reading& reading) {
  sheet.AddHeading(3, {Count(reading.identifiers.size(), "identifier")});
  std::vector<Row> rows;
  for (const PageIdentifier& token : reading.identifiers) {
    rows.push_back({{{"line " + std::to_string(token.line)}, {token.kind}, {{token.value, Tone::kStrong}}, {{"bytes " + SpanText(token.span), Tone::kDim}}}, {}});
  }
  sheet.AddTable(1, std::move(rows));
  if (reading.statements.empty()) return;
  sheet.AddHeading(3, {Count(reading.statements.size(), "statement")});
  rows.clear();
  for (const Statement& statement : reading.statements) {
    rows.push_back({{{"line " + std::to_string(statement.line)}, {Label(statement.field)}, {{"“" + statement.text + "”", Tone::kStrong}}, {{statement.why, Tone::kDim}}}, {}});
  }
  sheet.AddTable(1, std::move(rows));
}

}  // namespace

Sheet RenderReading(const Reading& reading, const std::string& page, const ReadOptions& options) {
  Sheet sheet;
  sheet.title = page;
  sheet.AddHeading(1, {page == "-" ? "stdin" : page});
  sheet.Add(0, {Count(reading.lines, "line") + ", " + Count(reading.bytes, "byte") + "; times are in the zone " + options.zone +
                (options.date ? ", the booking is on " + FormatDate(*options.date) : std::string())});
  if (!reading.redirect_to.empty()) sheet.Add(0, {"This page only leads on to " + reading.redirect_to});
  AddTimes(sheet, reading);
  AddDates(sheet, reading);
  AddFeatures(sheet, reading);
  AddTokens(sheet, reading);
  return sheet;
}

}  // namespace evenkeel::program
