#include "simulation/explore.h"

#include <utility>
#include <vector>

namespace evenkeel::simulation {
namespace {

using Script = std::vector<Decision>;  // of one step, in the order in which the scheduler is asked

bool IsFault(const Decision& decision) { return decision.kind == Decision::Kind::kFate && decision.value != 0; }
bool IsEdit(const Decision& decision) { return decision.kind == Decision::Kind::kForeign; }

// Whether it matters to the call, or to a law at it, that the resource changes just before. What does not matter here matters at a later
// call that does, or never.
bool Touches(std::string_view resource, const Call& call) {
  const std::string_view place = kPlaceNames[static_cast<std::size_t>(call.place)];
  const std::string_view store = resource.substr(0, resource.find(':')), key = resource.substr(resource.find(':') + 1);
  if (store == place) return call.kind == CallKind::kList || key == call.resource || call.place == Place::kJournal;
  // The engine looks at its clock and its leases before it writes.
  if (store == "clock") return call.kind == CallKind::kWrite;
  const auto is_pointer = [](std::string_view name) { return name == "pages" || name == "records"; };
  return call.kind == CallKind::kWrite && is_pointer(store) && is_pointer(place);
}

// Fates that differ for the engine. The others are these at another moment: a lost reply is an effect that lands before the next call,
// a time-out without effect one that never lands, a crash before a call one after the call before it.
constexpr Fate kFates[] = {Fate::kNoAnswer,     Fate::kConflict, Fate::kAppliedLater, Fate::kCrashAfter, Fate::kCutListing,
                           Fate::kStaleListing, Fate::kCutBody,  Fate::kTornTail,     Fate::kLostSync,   Fate::kBitFlip};

struct Point {
  std::size_t position = 0;
  std::vector<Decision> options;
};

class Prober final : public Scheduler {
 public:
  void Begin(Simulation& simulation, const Script& script, int faults, int edits) {
    simulation_ = &simulation;
    script_ = &script;
    faults_ = faults;
    edits_ = edits;
    position_ = 0;
    points_.clear();
  }
  Decision Next(const Call& call) override {
    const std::size_t position = position_++;
    if (position < script_->size()) return (*script_)[position];
    const OutsideArena outside;
    Point point{position, {}};
    if (faults_ > 0) AddFaults(call, point.options);
    if (edits_ > 0) AddEdits(call, position, point.options);
    for (std::size_t i = 0; i < simulation_->delayed(); ++i) {
      if (Touches(simulation_->DelayedResource(i), call)) point.options.push_back({Decision::Kind::kLand, static_cast<int>(i)});
    }
    if (!point.options.empty()) points_.push_back(std::move(point));
    return {};
  }
  void TouchLeases() { touches_leases_ = true; }
  std::vector<Point> TakePoints() { return std::move(points_); }

 private:
  static void AddFaults(const Call& call, std::vector<Decision>& options) {
    for (const Fate fate : kFates) {
      const bool is_idle = fate == Fate::kCrashAfter && call.kind != CallKind::kWrite;
      if (CanHappen(fate, call) && !is_idle) options.push_back({Decision::Kind::kFate, static_cast<int>(fate)});
    }
  }
  void AddEdits(const Call& call, std::size_t position, std::vector<Decision>& options) const {
    const std::vector<ForeignEdit>& all = simulation_->stage().scenario->edits;
    // Two that touch different things may change places: the second is never the smaller one.
    const Decision* before = position > 0 && position == script_->size() && IsEdit(script_->back()) ? &script_->back() : nullptr;
    const std::size_t end = touches_leases_ ? all.size() : simulation_->stage().scenario->own_edits;
    for (std::size_t i = 0; i < end; ++i) {
      if (!Touches(all[i].resource, call)) continue;
      const auto first = before == nullptr ? i : static_cast<std::size_t>(before->value);
      if (i < first && all[i].resource != all[first].resource) continue;
      options.push_back({Decision::Kind::kForeign, static_cast<int>(i)});
    }
  }

  Simulation* simulation_ = nullptr;
  const Script* script_ = nullptr;
  int faults_ = 0, edits_ = 0;
  bool touches_leases_ = false;
  std::size_t position_ = 0;
  std::vector<Point> points_;
};

// Digests of states: a table of open addresses takes a third of the memory of std::unordered_set, of which tens of millions take gigabytes.
class Digests {
 public:
  // Whether it is new.
  bool Insert(std::uint64_t digest) {
    if (digest == kNone) digest = 1;
    if (size_ * 5 >= slots_.size() * 3) Grow();
    std::uint64_t& slot = SlotOf(digest);
    if (slot == digest) return false;
    slot = digest;
    ++size_;
    return true;
  }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint64_t kNone = 0;

  std::uint64_t& SlotOf(std::uint64_t digest) {
    std::size_t at = digest & (slots_.size() - 1);
    while (slots_[at] != kNone && slots_[at] != digest) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void Grow() {
    std::vector<std::uint64_t> before(slots_.size() * 2, kNone);
    before.swap(slots_);
    for (const std::uint64_t digest : before) {
      if (digest != kNone) SlotOf(digest) = digest;
    }
  }

  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024, kNone);
  std::size_t size_ = 0;
};

class Explorer {
 public:
  Explorer(Theatre& theatre, const Bounds& bounds, bool stops) : theatre_(theatre), bounds_(bounds), stops_(stops) {
    if (bounds.leases) prober_.TouchLeases();
  }

  Explored Go() {
    simulation_ = &theatre_.Begin();
    simulation_->Follow(prober_);
    Enter(bounds_.faults, bounds_.edits);
    explored_.states = seen_.size();
    if (explored_.violations > 0) explored_.story = TellPath();
    return std::move(explored_);
  }

 private:
  struct Turn {
    int agent = 0;
    Script script;
    bool asks_rollback = false;  // and that is all
  };

  bool IsOver() const { return stops_ && explored_.violations > 0; }

  bool IsNew(int faults, int edits) {
    const int last = path_.empty() ? 0 : path_.back().agent;
    const auto left = static_cast<std::uint64_t>(((switches_left_ * 8 + last) * 64 + faults) * 64 + edits);
    return seen_.Insert(Mix(simulation_->Digest(), left));
  }

  bool MayBeTakenBack() const { return bounds_.rollback && simulation_->HasBegun() && !simulation_->RollbackWasAsked(); }

  void TakeBack(int faults, int edits) {
    path_.push_back({0, {}, true});
    {
      const InArena in;
      simulation_->AskRollback(0);
    }
    Enter(faults, edits);
    path_.pop_back();
  }

  void Step(int agent, const Script& script, int faults, int edits) {
    prober_.Begin(*simulation_, script, faults, edits);
    const InArena in;
    simulation_->Step(agent);
    ++explored_.steps;
  }

  // From the state that stands in the arena now.
  void Enter(int faults, int edits) {
    const std::size_t depth = path_.size();
    bool forks = true;
    for (bool is_first = true; !IsOver(); is_first = false) {
      constexpr std::size_t kDepthMax = 1500;
      if (path_.size() > kDepthMax) simulation_->laws().Broken("converges", "it never comes to rest");
      if (!simulation_->laws().broken().empty()) {
        NoteViolation();
        break;
      }
      forks = faults > 0 || edits > 0 || simulation_->delayed() > 0 || theatre_.agents() > 1 || MayBeTakenBack();
      if ((is_first || forks || simulation_->IsQuiet() || simulation_->IsAtRest()) && !IsNew(faults, edits)) break;
      if (simulation_->IsAtRest()) {
        Picture picture;
        picture.Take();
        Finish();
        picture.PutBack();
        if (MayBeTakenBack()) TakeBack(faults, edits);
        break;
      }
      if (forks) {
        Fork(faults, edits);
        break;
      }
      path_.push_back({0, {}});
      Step(0, path_.back().script, 0, 0);
    }
    path_.resize(depth);
  }

  // The process whose turn it was goes on, or is left where it stands for another: so often as `kSwitchesMax` says.
  void Fork(int faults, int edits) {
    Picture picture;
    picture.Take();
    const int last = path_.empty() ? 0 : path_.back().agent;
    const int switches = switches_left_;
    std::vector<int> turns;
    for (int agent = 0; agent < theatre_.agents(); ++agent) {
      const bool is_left = agent != last && !simulation_->IsAtRest(last);
      if (!simulation_->IsAtRest(agent) && (!is_left || switches > 0)) turns.push_back(agent);
    }
    for (const int agent : turns) {
      if (agent != turns.front()) picture.PutBack();
      switches_left_ = switches - (agent != last && !simulation_->IsAtRest(last) ? 1 : 0);
      Branch(picture, agent, {}, faults, edits);
    }
    switches_left_ = switches;
    if (!bounds_.rollback) return;
    picture.PutBack();
    if (MayBeTakenBack()) TakeBack(faults, edits);
  }

  // From `picture`, which stands in the arena.
  void Branch(const Picture& picture, int agent, const Script& script, int faults, int edits) {
    path_.push_back({agent, script});
    Step(agent, path_.back().script, faults, edits);
    const std::vector<Point> points = prober_.TakePoints();
    Enter(faults, edits);
    path_.pop_back();
    for (const Point& point : points) {
      for (const Decision& option : point.options) {
        if (IsOver()) return;
        Script longer = script;
        longer.resize(point.position);  // between them everything went as it should
        longer.push_back(option);
        picture.PutBack();
        Branch(picture, agent, longer, faults - (IsFault(option) ? 1 : 0), edits - (IsEdit(option) ? 1 : 0));
      }
    }
  }

  // At rest: as it is, and after each delayed effect that may still land, in any order.
  void Finish() {
    Picture picture;
    picture.Take();
    const bool is_new = simulation_->IsToConverge() && converged_.Insert(simulation_->ContentsDigest());
    {
      constexpr std::uint64_t kReadsJournalEvery = 16;
      const InArena in;
      simulation_->CheckEnd(explored_.endings % kReadsJournalEvery == 0);
      if (simulation_->laws().broken().empty() && is_new) simulation_->CheckConvergence();
    }
    ++explored_.endings;
    explored_.excused += static_cast<std::uint64_t>(simulation_->laws().excused());
    if (!simulation_->laws().broken().empty()) return NoteViolation();
    const std::size_t delayed = simulation_->delayed();
    for (std::size_t i = 0; i < delayed && !IsOver(); ++i) {
      picture.PutBack();
      {
        const InArena in;
        simulation_->Land(i);
      }
      if (!simulation_->laws().broken().empty()) {
        NoteViolation();
      } else {
        Finish();
      }
    }
  }

  void NoteViolation() {
    if (explored_.violations++ > 0) return;
    explored_.first = simulation_->laws().broken().front();
    path_to_violation_ = path_;
  }

  std::string TellPath() {
    std::string text;
    const Story story = [&text](const std::string& line) {
      const OutsideArena outside;
      text += line + "\n";
    };
    simulation_ = &theatre_.Begin();
    simulation_->Follow(prober_);
    simulation_->Tell(&story);
    for (const Turn& turn : path_to_violation_) {
      if (turn.asks_rollback) {
        simulation_->AskRollback(turn.agent);
      } else {
        Step(turn.agent, turn.script, 0, 0);
      }
    }
    return text + "BROKEN " + explored_.first + "\n";
  }

  Theatre& theatre_;
  const Bounds bounds_;
  const bool stops_;
  int switches_left_ = kSwitchesMax;
  Simulation* simulation_ = nullptr;
  Prober prober_;
  Digests seen_;
  Digests converged_;  // what the planner was asked about, as it reads it
  std::vector<Turn> path_, path_to_violation_;
  Explored explored_;
};

}  // namespace

Explored Explore(Theatre& theatre, const Bounds& bounds, bool stops) { return Explorer(theatre, bounds, stops).Go(); }

}  // namespace evenkeel::simulation
