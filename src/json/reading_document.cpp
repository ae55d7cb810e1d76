#include <cstdio>

#include "json/pieces.h"

namespace evenkeel {
namespace {

Json ClockToJson(const std::optional<int>& minutes) { return minutes ? Json(FormatMinutes(*minutes)) : Json(nullptr); }
Json DateToJson(const std::optional<Date>& date) { return date ? Json(FormatDate(*date)) : Json(nullptr); }

Json TimeToJson(const TimeReference& time) {
  return {{"text", time.text},
          {"role", RoleName(time.role)},
          {"carrier", CarrierName(time.carrier)},
          {"start", ClockToJson(time.start)},
          {"end", ClockToJson(time.end)},
          {"date", DateToJson(time.date)},
          {"end_date", DateToJson(time.end_date)},
          {"zone", TextOrNull(time.zone)},
          {"instant", InstantToJson(time.instant)},
          {"span", SpanToJson(time.span)},
          {"start_span", SpanToJson(time.start_span)},
          {"end_span", SpanToJson(time.end_span)},
          {"line", time.line},
          {"hidden", time.hidden},
          {"why", time.why}};
}

// As precise as the page is: a year, a month or a day.
std::string WrittenDate(const DateReference& date) {
  char text[48];
  int length = std::snprintf(text, sizeof text, "%04d", date.year);
  if (date.month != 0) length += std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length), "-%02u", date.month);
  if (date.month != 0 && date.day != 0) std::snprintf(text + length, sizeof text - static_cast<std::size_t>(length), "-%02u", date.day);
  return text;
}

Json FeatureToJson(const Feature& feature) {
  Json spans = Json::array();
  for (const Span& span : feature.spans) spans.push_back(SpanToJson(span));
  return {{"name", feature.name}, {"complete", feature.complete}, {"spans", spans}, {"why", feature.why}};
}

}  // namespace

Json ReadingToJson(const Reading& reading) {
  Json json = {{"schema", "evenkeel.reading/1"},
               {"bytes", reading.bytes},
               {"lines", reading.lines},
               {"engine", reading.engine},
               {"redirect_to", TextOrNull(reading.redirect_to)},
               {"times", Json::array()},
               {"dates", Json::array()},
               {"features", Json::array()},
               {"identifiers", Json::array()},
               {"statements", Json::array()}};
  for (const TimeReference& time : reading.times) json["times"].push_back(TimeToJson(time));
  for (const DateReference& date : reading.dates) {
    json["dates"].push_back({{"text", date.text},
                             {"date", WrittenDate(date)},
                             {"carrier", CarrierName(date.carrier)},
                             {"span", SpanToJson(date.span)},
                             {"line", date.line},
                             {"why", date.why}});
  }
  for (const Feature& feature : reading.features) json["features"].push_back(FeatureToJson(feature));
  for (const PageIdentifier& identifier : reading.identifiers) {
    json["identifiers"].push_back(
        {{"kind", identifier.kind}, {"value", identifier.value}, {"span", SpanToJson(identifier.span)}, {"line", identifier.line}});
  }
  for (const Statement& statement : reading.statements) {
    json["statements"].push_back({{"field", statement.field},
                                  {"text", statement.text},
                                  {"carrier", CarrierName(statement.carrier)},
                                  {"span", SpanToJson(statement.span)},
                                  {"line", statement.line},
                                  {"why", statement.why}});
  }
  return json;
}

Json EditsToJson(const Edits& edits) {
  return {{"schema", "evenkeel.edits/1"},
          {"edits", EditListToJson(edits.edits)},
          {"moved", EditNotesToJson(edits.moved)},
          {"kept", EditNotesToJson(edits.kept)},
          {"unsure", EditNotesToJson(edits.unsure)}};
}

}  // namespace evenkeel
