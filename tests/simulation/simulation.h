// Simulation: one history of a world, one or more processes of the production engine in it, and whoever decides what goes wrong. It
// knows nothing of time, threads or disks; the same decisions give the same history, byte for byte.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "simulation/call.h"
#include "simulation/laws.h"
#include "simulation/scenario.h"

namespace evenkeel::simulation {

// What all histories of one scenario share: made once.
struct Stage {
  // kInternal: the planner's plan has a question, or cannot be made at all.
  static StatusOr<std::unique_ptr<Stage>> Make(Size size, bool redirect, int agents);

  std::unique_ptr<Scenario> scenario;
  Plan plan;
  std::vector<Fleet> fleets;  // one a process; their stores work on `simulation`
  class Simulation* simulation = nullptr;
};

// Whose turn it was, what it asked, what became of it: a line of the story.
using Story = std::function<void(const std::string&)>;

class Simulation {
 public:
  explicit Simulation(Stage& stage);
  ~Simulation();

  // Who decides from here on. Borrowed.
  void Follow(Scheduler& scheduler) { scheduler_ = &scheduler; }
  // One step of a process: it is started, resumed, or goes on. False once it is at rest.
  bool Step(int agent);
  // A person wants the run taken back: the process stops what it is at, and that is what it does from now on.
  void AskRollback(int agent);
  bool RollbackWasAsked() const { return taker_.has_value(); }
  bool IsAtRest(int agent) const { return processes_[static_cast<std::size_t>(agent)].at_rest; }
  bool IsAtRest() const;
  // The last checks; every process is at rest.
  void CheckEnd(bool reads_journal = true);
  // Reads everything again with the planner: nothing may be left to do where it is to converge, which is without a foreign writer.
  void CheckConvergence();
  bool IsToConverge() const;
  // Every damage to the journal is noticed. Slow.
  void CheckDamage();

  // For the stores of the stage.
  Fate Meet(const Call& call);
  void Saw(const Call& call, Code code, std::uint64_t what);
  void SawResource(int agent, const std::string& resource);
  void SawRecordsAsTheyWere(int agent);
  Basis BasisOf(int agent, std::string operation) const;
  void Delay(const Call& call, std::function<void()> effect);
  void CheckLease(const std::optional<Lease>& before, const std::string& booking);
  void AppendDamaged(const Call& call, Fate fate);
  void NoteAppended(int agent, std::string_view line);
  const MemoryRecordStore::Contents& records_before() const { return records_before_; }
  void BeforeRecordWrite();

  World& world() { return *world_; }
  Laws& laws() { return laws_; }
  const Stage& stage() const { return stage_; }
  void Tell(const Story* story) { story_ = story; }

  // Delayed effects that can still land.
  std::size_t delayed() const { return delayed_.size(); }
  const std::string& DelayedResource(std::size_t number) const { return delayed_[number].resource; }
  void Land(std::size_t number);
  void DoForeign(std::size_t number);

  // The state of the whole simulation: two that are equal go on in the same way under the same decisions.
  std::uint64_t Digest() const;
  // What the planner reads: it finds the same to do where this is equal.
  std::uint64_t ContentsDigest() const;
  std::uint64_t trace() const { return trace_; }  // of all calls and replies since the beginning
  bool IsQuiet() const { return quiet_; }
  std::uint32_t calls() const { return calls_; }
  bool HasBegun() const { return !lines_.empty(); }
  const std::string& trouble() const { return trouble_; }

 private:
  struct Process {
    std::unique_ptr<ApplyMachine> machine;
    RunReport report;
    bool at_rest = false;
    int fruitless = 0;             // attempts that came to nothing since the last fault
    std::uint64_t trace = 0;       // since its state was last a function of the world
    std::uint64_t leases = 0;      // what it has written to leases, and when
    bool appended = false;         // its last call to the journal was an append that it knows to have happened
    std::map<std::string, std::uint32_t> seen;
  };
  struct Delayed {
    std::string resource;
    std::uint64_t digest = 0;
    std::function<void()> effect;
    Sent sent;
  };
  struct Line {  // of the journal, as far as the engine's future depends on it
    std::string kind, action, outcome, version, expected;
    std::uint64_t facts = 0;
    bool finished = false;
    int agent = 0;
  };

  bool StepProcess(int agent);
  RunReport LastReport();
  Status Open(int agent);
  StatusOr<std::unique_ptr<ApplyMachine>> MakeMachine(int agent);
  void Fail(int agent, const Status& status);
  void Die(int agent);
  void SetRight(const RunReport& report);
  void Say(const std::string& line) const {
    if (story_ != nullptr) (*story_)(line);
  }
  std::uint64_t JournalDigest() const;
  std::uint64_t StateDigest() const;

  Stage& stage_;
  Scheduler* scheduler_ = nullptr;
  std::unique_ptr<World> world_;
  Laws laws_;
  std::vector<Process> processes_;
  std::vector<Delayed> delayed_;
  std::vector<Line> lines_;
  std::optional<std::size_t> unsynced_;  // the journal's lines from here are lost at the next crash
  MemoryRecordStore::Contents records_before_;
  std::uint32_t records_written_at_ = 0;
  std::uint32_t calls_ = 0;
  std::uint64_t trace_ = 0;
  bool damaged_ = false;  // the disk has broken its promise: to be found out is the right end
  bool flipped_ = false;
  bool was_cut_ = false;  // … and its head shows that
  bool quiet_ = false;
  Instant newest_{};  // that any clock has shown
  std::optional<int> taker_;  // who was told to take the run back
  std::string trouble_;
  const Story* story_ = nullptr;
};

}  // namespace evenkeel::simulation
