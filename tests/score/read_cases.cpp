// Reads many pages in one process, for the scorer: one JSON object a line on stdin, one on stdout.
//
//   in   {"page": "…", "date": "YYYY-MM-DD"|null, "zone": "…", "shifts": [minutes…]}
//   out  {"reading": …, "shifts": [{"minutes", "edits": …, "page": "…", "reading": …} | {"minutes", "error"}]} | {"error"}
//
// A shift that the second opinion refuses is an error: such a page is never written.
#include <iostream>
#include <string>

#include "evenkeel/json.h"

namespace evenkeel {
namespace {

StatusOr<Json> ShiftOnce(const std::string& page, const Reading& reading, int minutes, const ReadOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(const Edits edits, ShiftPage(page, reading, minutes, options));
  EVENKEEL_ASSIGN_OR_RETURN(const std::string after, ApplyEdits(page, edits.edits));
  EVENKEEL_RETURN_IF_ERROR(CheckEdits(page, after, edits, options));
  EVENKEEL_ASSIGN_OR_RETURN(const Reading again, ReadPage(after, options));
  return Json{{"minutes", minutes}, {"edits", EditsToJson(edits)}, {"page", after}, {"reading", ReadingToJson(again)}};
}

Json Answer(const Json& request, const ZoneSource& zones) {
  const std::string page = request.at("page");
  ReadOptions options;
  options.zones = &zones;
  options.zone = request.value("zone", "UTC");
  if (request.contains("date") && request["date"].is_string()) options.date = ParseDate(request["date"].get<std::string>());
  const auto reading = ReadPage(page, options);
  if (!reading.ok()) return {{"error", reading.status().ToString()}};
  Json answer{{"reading", ReadingToJson(*reading)}, {"shifts", Json::array()}};
  for (const int minutes : request.value("shifts", std::vector<int>())) {
    const auto shifted = ShiftOnce(page, *reading, minutes, options);
    answer["shifts"].push_back(shifted.ok() ? *shifted : Json{{"minutes", minutes}, {"error", shifted.status().ToString()}});
  }
  return answer;
}

}  // namespace
}  // namespace evenkeel

int main() {
  std::ios::sync_with_stdio(false);
  const auto zones = evenkeel::MakeSystemZoneSource();
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto request = evenkeel::ParseJson(line, "the request");
    if (!request.ok()) return std::cerr << request.status().ToString() << '\n', 1;
    std::cout << evenkeel::DumpJson(evenkeel::Answer(*request, *zones)) << '\n';
  }
  return 0;
}
