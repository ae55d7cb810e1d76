#include "simulation/history.h"

#include <algorithm>
#include <utility>

namespace evenkeel::simulation {

namespace {

constexpr std::uint32_t kStepsMax = 1500;  // many times what the longest history needs

// Once outside the arena: what a program makes at its first use and keeps for good must not go back in time.
void Rehearse(Stage& stage) {
  Calm calm;
  Simulation simulation(stage);
  simulation.Follow(calm);
  for (std::uint32_t agent = 0, step = 0; !simulation.IsAtRest() && step < kStepsMax; ++step, agent = (agent + 1) % stage.fleets.size()) simulation.Step(static_cast<int>(agent));
  simulation.CheckEnd();
  simulation.CheckConvergence();
}

}  // namespace

StatusOr<std::unique_ptr<Theatre>> Theatre::Open(Size size, bool redirect, int agents) {
  auto theatre = std::make_unique<Theatre>();
  EVENKEEL_ASSIGN_OR_RETURN(theatre->stage_, Stage::Make(size, redirect, agents));
  Rehearse(*theatre->stage_);
  ClearArena();
  {
    const InArena in;
    theatre->simulation_ = new Simulation(*theatre->stage_);
  }
  theatre->KeepScenes();
  return theatre;
}

void Theatre::KeepScenes() {
  class Listener final : public Scheduler {
   public:
    Listener(Simulation& simulation, std::vector<CalmCall>& calls) : simulation_(simulation), calls_(calls) {}
    Decision Next(const Call& call) override {
      const OutsideArena outside;
      // Its words are the engine's, and gone when it returns.
      calls_.push_back({step, {call.agent, call.place, call.kind, {}, {}}, simulation_.HasBegun()});
      return {};
    }
    std::uint32_t step = 0;

   private:
    Simulation& simulation_;
    std::vector<CalmCall>& calls_;
  };
  constexpr std::uint32_t kStepsApart = 4;
  Listener listener(*simulation_, calm_);
  simulation_->Follow(listener);
  for (;; ++listener.step) {
    if (listener.step % kStepsApart == 0 || simulation_->IsAtRest()) {
      scenes_.emplace_back();
      scenes_.back().step = listener.step;
      scenes_.back().has_begun = simulation_->HasBegun();
      scenes_.back().picture.Take();
    }
    if (simulation_->IsAtRest() || agents() > 1 || listener.step == kStepsMax) return;
    const InArena in;
    simulation_->Step(0);
  }
}

Simulation& Theatre::Begin() {
  scenes_.front().picture.PutBack();
  stage_->simulation = simulation_;
  return *simulation_;
}

std::uint32_t Theatre::BeginLate(Drawn& drawn) {
  Drawn ahead = drawn;
  std::size_t scene = 0;
  const auto go_on_to = [&](std::uint32_t step) {
    for (; scene + 1 < scenes_.size() && scenes_[scene + 1].step <= step; ++scene) {
      if (scenes_[scene + 1].has_begun && ahead.IsTimeToTakeBack(scenes_[scene + 1].step, false)) return;
      drawn.GoOnAs(ahead);
    }
  };
  bool is_calm = true;
  for (auto calm = calm_.begin(); is_calm && calm != calm_.end(); ++calm) {
    go_on_to(calm->step);
    is_calm = !(calm->has_begun && ahead.IsTimeToTakeBack(calm->step, false)) && ahead.Draw(calm->call, calm->has_begun) == Decision{};
  }
  if (is_calm) go_on_to(scenes_.back().step);
  scenes_[scene].picture.PutBack();
  stage_->simulation = simulation_;
  return scenes_[scene].step;
}

Drawn::Drawn(std::uint64_t seed, Simulation& simulation) : state_(seed * 0x9e3779b97f4a7c15ULL + 1), simulation_(simulation) {
  for (std::uint32_t bit = 1; bit < kFateNames.size(); ++bit) fates_ |= OneIn(2) ? 1U << bit : 0U;
  constexpr std::uint64_t kRates[] = {3, 8, 20, 60};
  fault_rate_ = kRates[Random() % 4];
  foreign_rate_ = kRates[Random() % 4] * 3;
  burst_ = 1 + Random() % 12;
  faults_left_ = OneIn(8) ? 0 : static_cast<int>(1 + Random() % 6);
  foreign_left_ = OneIn(3) ? 0 : static_cast<int>(1 + Random() % 4);
  honouring_ = OneIn(4);
  constexpr std::uint64_t kStepsOfARun = 150;
  if (OneIn(3)) back_at_ = static_cast<std::uint32_t>(Random() % kStepsOfARun);
}

// splitmix64.
std::uint64_t Drawn::Random() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t x = state_;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

Decision Drawn::Record(std::uint32_t at, Decision decision) {
  const OutsideArena outside;
  history_.push_back({at, decision});
  return decision;
}

Decision Drawn::Next(const Call& call) {
  if (simulation_.delayed() > 0 && OneIn(6)) return Record(simulation_.calls(), {Decision::Kind::kLand, static_cast<int>(Random() % simulation_.delayed())});
  const Decision decision = Draw(call, simulation_.HasBegun());
  return decision == Decision{} ? decision : Record(simulation_.calls(), decision);
}

Decision Drawn::Draw(const Call& call, bool has_begun) {
  if (foreign_left_ > 0 && OneIn(foreign_rate_) && !(honouring_ && has_begun)) {
    --foreign_left_;
    return {Decision::Kind::kForeign, static_cast<int>(Random() % simulation_.stage().scenario->edits.size())};
  }
  if (faults_left_ == 0 || !OneIn(fault_rate_)) return {};
  const auto fate = static_cast<Fate>(1 + Random() % (kFateNames.size() - 1));
  if ((fates_ >> static_cast<unsigned>(fate) & 1U) == 0 || !CanHappen(fate, call)) return {};
  --faults_left_;
  return {Decision::Kind::kFate, static_cast<int>(fate)};
}

int Drawn::Turn(const Simulation& simulation, std::uint32_t step, int last) {
  const int agents = static_cast<int>(simulation.stage().fleets.size());
  if (agents == 1) return 0;
  if (!simulation.IsAtRest(last) && !OneIn(burst_)) return last;
  const int next = static_cast<int>(Random() % static_cast<std::uint64_t>(agents));
  if (next != last) Record(step, {Decision::Kind::kTurn, next});
  return next;
}

bool Drawn::TakesBack(const Simulation& simulation, std::uint32_t step) {
  if (simulation.RollbackWasAsked() || !simulation.HasBegun() || !IsTimeToTakeBack(step, simulation.IsAtRest())) return false;
  Record(step, {Decision::Kind::kRollback, 0});
  return true;
}

int Drawn::LandsLate(const Simulation& simulation) {
  if (simulation.delayed() == 0 || OneIn(3)) return -1;
  return Record(kAtTheEnd, {Decision::Kind::kLand, static_cast<int>(Random() % simulation.delayed())}).value;
}

Decision Given::Next(const Call& call) {
  for (std::size_t i = 0; i < history_.size(); ++i) {
    const Event& event = history_[i];
    if (used_[i] || event.at != simulation_.calls() || event.decision.kind == Decision::Kind::kTurn || event.decision.kind == Decision::Kind::kRollback) continue;
    used_[i] = true;
    if (event.decision.kind != Decision::Kind::kFate || CanHappen(static_cast<Fate>(event.decision.value), call)) return event.decision;
  }
  return {};
}

int Given::Turn(const Simulation&, std::uint32_t step, int last) {
  for (std::size_t i = 0; i < history_.size(); ++i) {
    if (history_[i].at != step || history_[i].decision.kind != Decision::Kind::kTurn) continue;
    used_[i] = true;
    return history_[i].decision.value;
  }
  return last;
}

// In a shorter history it may be at rest before that step.
bool Given::TakesBack(const Simulation& simulation, std::uint32_t step) {
  for (std::size_t i = 0; i < history_.size(); ++i) {
    if (used_[i] || history_[i].decision.kind != Decision::Kind::kRollback || !simulation.HasBegun()) continue;
    if (step < history_[i].at && !simulation.IsAtRest()) continue;
    used_[i] = true;
    return true;
  }
  return false;
}

int Given::LandsLate(const Simulation& simulation) {
  for (std::size_t i = 0; i < history_.size(); ++i) {
    if (used_[i] || history_[i].at != kAtTheEnd) continue;
    used_[i] = true;
    if (static_cast<std::size_t>(history_[i].decision.value) < simulation.delayed()) return history_[i].decision.value;
  }
  return -1;
}

Ending Run(Simulation& simulation, Fortune& fortune, LooksAgain looks, std::uint32_t step) {
  Ending ending;
  {
    const InArena in;
    simulation.Follow(fortune);
    for (int agent = 0; simulation.laws().broken().empty() && step < kStepsMax; ++step) {
      if (fortune.TakesBack(simulation, step)) simulation.AskRollback(agent);
      if (simulation.IsAtRest()) break;
      agent = fortune.Turn(simulation, step, agent);
      if (simulation.IsAtRest(agent)) agent = (agent + 1) % static_cast<int>(simulation.stage().fleets.size());
      simulation.Step(agent);
    }
    if (step == kStepsMax) simulation.laws().Broken("converges", "it never comes to rest");
    for (int late; (late = fortune.LandsLate(simulation)) >= 0;) simulation.Land(static_cast<std::size_t>(late));
    if (simulation.laws().broken().empty()) simulation.CheckEnd(looks.planner || looks.damage);
    if (simulation.laws().broken().empty() && looks.planner) simulation.CheckConvergence();
    if (simulation.laws().broken().empty() && looks.damage) simulation.CheckDamage();
  }
  ending.broken = simulation.laws().broken();
  ending.trace = Mix(simulation.trace(), simulation.calls());
  ending.excused = simulation.laws().excused();
  ending.calls = simulation.calls();
  return ending;
}

namespace {

std::string LawOf(const std::string& broken) { return broken.substr(0, broken.find(':')); }

bool StillBreaks(Theatre& theatre, const History& history, const std::string& law) {
  Simulation& simulation = theatre.Begin();
  Given given(history, simulation);
  const Ending ending = Run(simulation, given, {law == "converges", law == "journal"});
  return !ending.broken.empty() && LawOf(ending.broken.front()) == law;
}

}  // namespace

History Shrink(Theatre& theatre, History history, const std::string& law) {
  for (std::size_t size = history.size(); size > 0; size /= 2) {
    for (std::size_t begin = 0; begin + size <= history.size();) {
      History shorter = history;
      shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(begin), shorter.begin() + static_cast<std::ptrdiff_t>(begin + size));
      if (StillBreaks(theatre, shorter, law)) {
        history = std::move(shorter);
      } else {
        begin += size;
      }
    }
  }
  return history;
}

std::string Tell(Theatre& theatre, const History& history) {
  std::string text;
  const Story story = [&text](const std::string& line) {
    const OutsideArena outside;
    text += line + "\n";
  };
  Simulation& simulation = theatre.Begin();
  simulation.Tell(&story);
  Given given(history, simulation);
  const Ending ending = Run(simulation, given, {true, true});
  for (const std::string& broken : ending.broken) text += "BROKEN " + broken + "\n";
  return text;
}

}  // namespace evenkeel::simulation
