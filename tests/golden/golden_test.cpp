// Documents that must not change unseen. EVENKEEL_UPDATE_GOLDEN=1 writes them anew; read the difference before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "fleet_world.h"
#include "read_file.h"

namespace evenkeel {
namespace {

void Compare(const std::string& name, const std::string& actual) {
  const std::string path = "tests/golden/" + name;
  if (std::getenv("EVENKEEL_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(std::string(EVENKEEL_SOURCE_DIR) + "/" + path, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, ReadFile(std::string(EVENKEEL_SOURCE_DIR) + "/" + path)) << "run with EVENKEEL_UPDATE_GOLDEN=1 and read the difference";
}

TEST(Golden, TheDecisionTable) {
  std::string document = "# How a field, a time and a page are decided\n\nThe first row that applies decides. Made by tests/golden from the rows the code is driven by.\n\n"
                         "| row | when | then |\n|---|---|---|\n";
  for (const DecisionRow& row : DecisionRows()) {
    document += "| " + std::string(row.name) + " | " + row.when + " | " + row.then + " |\n";
  }
  Compare("decision_table.md", document);
}

TEST(Golden, ThePlanOfTheIncident) {
  const std::string site = std::string(EVENKEEL_SOURCE_DIR) + "/examples/incident/fleet/site/g/2026-05-30-jonathan-";
  const BookingPlan plan = IncidentWorld(ReadFile(site + "sunset.html"), ReadFile(site + "afternoon.html")).Only();
  std::string document = "# " + plan.booking + ", " + plan.title + "\n\nkeeps " + plan.why_canonical + "\n";
  for (const Verdict& verdict : plan.verdicts) document += "\n" + verdict.field + " (" + verdict.row + "): " + verdict.why;
  document += "\n";
  for (const Action& action : plan.actions) {
    document += "\n" + action.id + " " + action.store + ":" + action.resource + " [" + std::string(ApprovalName(action.approval)) + "]\n  " + action.reason + "\n";
    for (const std::string& id : action.needs) document += "  needs " + id + "\n";
    if (const auto* edit = std::get_if<EditPage>(&action.change)) {
      for (const EditNote& note : edit->moved) {
        document += "  line " + std::to_string(note.line) + " " + note.role + " in " + note.carrier + ": \"" + note.text + "\" becomes \"" + note.becomes + "\"\n";
      }
    }
    if (const auto* handoff = std::get_if<LeaveHandoff>(&action.change)) document += handoff->note + "\n";
  }
  Compare("incident_plan.txt", document);
}

}  // namespace
}  // namespace evenkeel
