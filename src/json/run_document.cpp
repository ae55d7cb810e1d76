#include "json/pieces.h"

namespace evenkeel {

Json RunReportToJson(const RunReport& report) {
  Json json = {{"schema", "evenkeel.run/1"},
               {"run", report.run},
               {"plan", report.plan},
               {"finished", report.finished},
               {"questions", report.questions},
               {"actions", Json::array()},
               {"brakes", Json::array()},
               {"questions", report.questions}};
  for (const ActionReport& action : report.actions) {
    json["actions"].push_back({{"action", action.action},
                               {"verb", VerbName(action.verb)},
                               {"store", action.store},
                               {"resource", action.resource},
                               {"booking", action.booking},
                               {"outcome", OutcomeName(action.outcome)},
                               {"detail", action.detail}});
  }
  for (const Brake& brake : report.brakes) json["brakes"].push_back({{"name", brake.name}, {"why", brake.why}});
  return json;
}

}  // namespace evenkeel
