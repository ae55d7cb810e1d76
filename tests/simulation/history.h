// History: what goes wrong in one run of a simulation, as a list; drawn by a seed, replayed, told and shrunk.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulation/arena.h"
#include "simulation/simulation.h"

namespace evenkeel::simulation {

// Everything at calls and turns that no event names goes as it should.
struct Event {
  std::uint32_t at = 0;  // the number of the call; of a turn: of the step
  Decision decision;

  friend bool operator==(const Event&, const Event&) = default;
};
using History = std::vector<Event>;

struct Ending {
  std::vector<std::string> broken;
  std::uint64_t trace = 0;
  int excused = 0;
  std::uint32_t calls = 0;
};

class Drawn;

// A scenario with a simulation of it that stands at the beginning as often as it is wanted. One of them at a time is in the arena.
class Theatre {
 public:
  static StatusOr<std::unique_ptr<Theatre>> Open(Size size, bool redirect, int agents);
  // The simulation at its beginning. Valid until the next theatre begins.
  Simulation& Begin();
  // Until the first thing goes wrong, all histories of one process are one: the simulation, and `drawn` with it, so far into a history
  // as a scene of that one is kept. Returns the step. What follows is what follows from the beginning.
  std::uint32_t BeginLate(Drawn& drawn);
  Simulation& simulation() { return *simulation_; }
  const Scenario& scenario() const { return *stage_->scenario; }
  int agents() const { return static_cast<int>(stage_->fleets.size()); }

 private:
  // A call of the history in which nothing goes wrong.
  struct CalmCall {
    std::uint32_t step = 0;
    Call call;
    bool has_begun = false;  // the journal has a line
  };
  struct Scene {
    std::uint32_t step = 0;
    bool has_begun = false;
    Picture picture;
  };

  void KeepScenes();

  std::unique_ptr<Stage> stage_;
  Simulation* simulation_ = nullptr;
  std::vector<Scene> scenes_;  // the first is the beginning
  std::vector<CalmCall> calm_;
};

// Draws a history by its seed as it goes, or follows a given one.
class Fortune : public Scheduler {
 public:
  virtual int Turn(const Simulation& simulation, std::uint32_t step, int last) = 0;
  // A person wants the run taken back, before this step.
  virtual bool TakesBack(const Simulation& simulation, std::uint32_t step) = 0;
  // After everything is at rest: the delayed effect that still lands, or -1.
  virtual int LandsLate(const Simulation& simulation) = 0;
};

class Drawn final : public Fortune {
 public:
  Drawn(std::uint64_t seed, Simulation& simulation);
  Decision Next(const Call& call) override;
  int Turn(const Simulation& simulation, std::uint32_t step, int last) override;
  bool TakesBack(const Simulation& simulation, std::uint32_t step) override;
  int LandsLate(const Simulation& simulation) override;
  const History& history() const { return history_; }
  // What comes at this call while no effect is delayed.
  Decision Draw(const Call& call, bool has_begun);
  bool IsTimeToTakeBack(std::uint32_t step, bool is_at_rest) const { return back_at_ && (step >= *back_at_ || is_at_rest); }
  // Draws on as `other` would.
  void GoOnAs(const Drawn& other) { state_ = other.state_; }

 private:
  std::uint64_t Random();
  bool OneIn(std::uint64_t times) { return Random() % times == 0; }
  Decision Record(std::uint32_t at, Decision decision);

  std::uint64_t state_;
  Simulation& simulation_;
  History history_;
  std::uint32_t fates_ = 0;  // a bit for each that this history knows: swarm testing
  std::uint64_t fault_rate_, foreign_rate_, burst_;
  int faults_left_, foreign_left_;
  std::optional<std::uint32_t> back_at_;  // the step; later than it is at rest: then
  bool honouring_;  // the others leave a booking alone while a run is at it
};

class Given final : public Fortune {
 public:
  explicit Given(const History& history, Simulation& simulation) : history_(history), simulation_(simulation), used_(history.size()) {}
  Decision Next(const Call& call) override;
  int Turn(const Simulation& simulation, std::uint32_t step, int last) override;
  bool TakesBack(const Simulation& simulation, std::uint32_t step) override;
  int LandsLate(const Simulation& simulation) override;

 private:
  const History& history_;
  Simulation& simulation_;
  std::vector<bool> used_;
};

// What is looked at besides the laws once a history is at rest; each is slow.
struct LooksAgain {
  bool planner = false;  // it finds nothing to change
  bool damage = false;   // whatever is done to the journal is noticed
};
// `step`: how far the simulation is.
Ending Run(Simulation& simulation, Fortune& fortune, LooksAgain looks, std::uint32_t step = 0);
// The shortest history found that breaks the same law.
History Shrink(Theatre& theatre, History history, const std::string& law);
std::string Tell(Theatre& theatre, const History& history);

inline constexpr std::uint32_t kAtTheEnd = 0xFFFFFFFF;

}  // namespace evenkeel::simulation
