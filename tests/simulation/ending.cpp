// What is looked at when every process is at rest.
#include "apply/journal.h"
#include "evenkeel/evenkeel.h"
#include "evenkeel/json.h"
#include "simulation/damage.h"
#include "simulation/simulation.h"

namespace evenkeel::simulation {

void Simulation::CheckEnd(bool reads_journal) {
  if (!damaged_) laws_.CheckEnd(LastReport());
  if (!reads_journal && !flipped_) return;
  const auto journal = Journal::Read(world_->state, RunOfPlan(stage_.plan));
  if (flipped_ && journal.ok()) laws_.Broken("journal", "a bit was flipped, and nobody notices");
  if (damaged_) return;
  if (!journal.ok()) laws_.Broken("journal", "it cannot be read at rest: " + journal.status().ToString());
}

void Simulation::CheckDamage() {
  const MemoryStateStore::Contents state = world_->state.Snapshot();
  const std::string run = RunOfPlan(stage_.plan);
  if (damaged_ || state.journals.count(run) == 0) return;
  for (const std::string& damage : UnnoticedDamage(state, run)) laws_.Broken("journal", damage + ", and nobody notices");
}

RunReport Simulation::LastReport() {
  if (processes_.size() == 1) return processes_.front().report;
  // What each of several has said of itself was true when it ended; the journal knows what became of it.
  Calm calm;
  Follow(calm);
  auto report = ReportOfRun(stage_.fleets.front(), RunOfPlan(stage_.plan));
  if (!report.ok()) laws_.Broken("journal", "there is no report: " + report.status().ToString());
  return report.ok() ? *std::move(report) : RunReport{};
}

bool Simulation::IsToConverge() const { return !damaged_ && !laws_.AnyForeign() && !laws_.IsTakenBack(); }

void Simulation::CheckConvergence() {
  if (!IsToConverge()) return;
  Calm calm;
  Follow(calm);
  const auto verification = Verify(stage_.fleets.front(), {});
  if (!verification.ok()) return laws_.Broken("converges", "the planner cannot read what is left: " + verification.status().ToString());
  if (verification->remaining.CanChangeAnything()) laws_.Broken("converges", "the planner still finds something to change");
}

}  // namespace evenkeel::simulation
