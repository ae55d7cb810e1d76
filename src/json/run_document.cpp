#include "json/pieces.h"

namespace evenkeel {

Json ConflictToJson(const Conflict& conflict) {
  Json sides = Json::array();
  for (const Conflict::Side& side : conflict.sides) {
    sides.push_back({{"field", side.field}, {"agreed", side.agreed}, {"ours", side.ours}, {"theirs", side.theirs}});
  }
  return {{"sides", std::move(sides)}, {"written_by", conflict.written_by}};
}

Json RunReportToJson(const RunReport& report) {
  Json json = {{"schema", "evenkeel.run/1"},
               {"run", report.run},
               {"plan", report.plan},
               {"finished", report.finished},
               {"questions", report.questions},
               {"actions", Json::array()},
               {"brakes", Json::array()},
               {"questions", report.questions}};
  json["cannot_be_fenced"] = report.cannot_be_fenced;
  json["stale"] = report.stale;
  json["retention_trouble"] = report.retention_trouble;
  json["said"] = Json::array();
  for (const RunWord& word : report.said) {
    json["said"].push_back({{"what", word.what}, {"by", word.by}, {"at", FormatInstant(word.at)}, {"of", word.of}});
  }
  json["rollback"] = nullptr;
  if (report.rollback) {
    json["rollback"] = {{"by", report.rollback->by}, {"at", FormatInstant(report.rollback->at)}, {"why", report.rollback->why}};
  }
  for (const ActionReport& action : report.actions) {
    const Json undo = action.undo ? Json{{"outcome", OutcomeName(action.undo->outcome)}, {"detail", action.undo->detail}, {"conflict", action.undo->conflict ? ConflictToJson(*action.undo->conflict) : Json()}} : Json();
    json["actions"].push_back({{"action", action.action},
                               {"verb", VerbName(action.verb)},
                               {"store", action.store},
                               {"resource", action.resource},
                               {"booking", action.booking},
                               {"outcome", OutcomeName(action.outcome)},
                               {"detail", action.detail},
                               {"conflict", action.conflict ? ConflictToJson(*action.conflict) : Json()},
                               {"undo", undo}});
  }
  for (const Brake& brake : report.brakes) json["brakes"].push_back({{"name", brake.name}, {"why", brake.why}});
  return json;
}

}  // namespace evenkeel
