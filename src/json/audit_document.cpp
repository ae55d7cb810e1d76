#include "json/pieces.h"

namespace evenkeel {
namespace {

Json FindingToJson(const Finding& finding) {
  return {{"kind", FindingKindName(finding.kind)},
          {"booking", finding.booking},
          {"field", TextOrNull(finding.field)},
          {"store", finding.resource ? Json(finding.resource->store) : Json(nullptr)},
          {"resource", finding.resource ? Json(finding.resource->key) : Json(nullptr)},
          {"says", finding.says},
          {"should", finding.should},
          {"evidence", EvidenceToJson(finding.evidence)},
          {"why", finding.why}};
}

Json LinksToJson(const std::vector<Link>& links) {
  Json array = Json::array();
  for (const Link& link : links) {
    array.push_back({{"kind", ResourceKindName(link.resource.kind)},
                     {"store", link.resource.store},
                     {"resource", link.resource.key},
                     {"evidence", link.evidence},
                     {"weight", link.weight}});
  }
  return array;
}

Json StoreToJson(const StoreState& store) {
  return {{"store", store.name},
          {"kind", ResourceKindName(store.kind)},
          {"complete", store.complete},
          {"why_incomplete", TextOrNull(store.why_incomplete)},
          {"count", store.count},
          {"problem", store.problem.ok() ? Json(nullptr) : Json(store.problem.ToString())}};
}

Json PagesToJson(const std::vector<Resource>& pages) {
  Json array = Json::array();
  for (const Resource& page : pages) array.push_back(page.ToString());
  return array;
}

}  // namespace

Json DecisionToJson(const Decision& decision) {
  const Booking& booking = decision.booking;
  Json json = {{"booking", booking.key},
               {"identifiers", Json::object()},
               {"date", booking.date ? Json(FormatDate(*booking.date)) : Json(nullptr)},
               {"guest", TextOrNull(booking.guest)},
               {"zone", booking.zone},
               {"members", LinksToJson(booking.links)},
               {"candidates", LinksToJson(booking.candidates)},
               {"canonical", decision.canonical ? Json(decision.canonical->ToString()) : Json(nullptr)},
               {"why_canonical", decision.why_canonical},
               {"duplicates", PagesToJson(decision.duplicates)},
               {"read_only", decision.read_only},
               {"verdicts", Json::array()},
               {"questions", Json::array()},
               {"findings", Json::array()}};
  for (const auto& [kind, values] : booking.identifiers) json["identifiers"][kind] = std::vector<std::string>(values.begin(), values.end());
  for (const Verdict& verdict : decision.verdicts) json["verdicts"].push_back(VerdictToJson(verdict));
  for (const Question& question : decision.questions) json["questions"].push_back(QuestionToJson(question));
  for (const Finding& finding : decision.findings) json["findings"].push_back(FindingToJson(finding));
  return json;
}

Json AuditToJson(const std::vector<Decision>& decisions, const Snapshot& snapshot) {
  Json json = {{"schema", "evenkeel.audit/1"},
               {"taken_at", FormatInstant(snapshot.taken_at)},
               {"tz_version", snapshot.tz_version},
               {"complete", UnreadOf(snapshot).empty()},
               {"stores", Json::array()},
               {"bookings", Json::array()},
               {"problems", Json::array()}};
  for (const StoreState& store : snapshot.stores) json["stores"].push_back(StoreToJson(store));
  for (const Decision& decision : decisions) json["bookings"].push_back(DecisionToJson(decision));
  for (const Observed& observed : snapshot.resources) {
    if (observed.problem.ok()) continue;
    json["problems"].push_back({{"kind", ResourceKindName(observed.resource.kind)},
                                {"store", observed.resource.store},
                                {"resource", observed.resource.key},
                                {"problem", observed.problem.message()}});
  }
  return json;
}

}  // namespace evenkeel
