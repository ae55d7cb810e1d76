#include "simulation/simulation.h"

#include <algorithm>
#include <set>

#include "apply/journal.h"
#include "evenkeel/json.h"
#include "evenkeel/evenkeel.h"
#include "simulation/stores.h"

namespace evenkeel::simulation {
namespace {

ApplyOptions Approving() {
  ApplyOptions options;
  options.approve_all = true;
  options.by = "Gene";
  return options;
}

// The words for people leave the plan, and with them most of what every process reads and hashes again.
void Shorten(Plan& plan) {
  for (BookingPlan& booking : plan.bookings) {
    booking.verdicts.clear();
    booking.notes.clear();
    booking.why_canonical.clear();
    for (Action& action : booking.actions) {
      action.reason.clear();
      action.undo.clear();
      if (auto* edit = std::get_if<EditPage>(&action.change)) edit->moved.clear();
      if (auto* handoff = std::get_if<LeaveHandoff>(&action.change)) handoff->note = "done";
    }
  }
  plan.hash = HashOfPlan(plan);
}

// Behind the value that begins at `at` in canonical JSON.
std::size_t EndOfValue(std::string_view line, std::size_t at) {
  for (int depth = 0;; ++at) {
    if (line[at] == '"') {
      for (++at; line[at] != '"'; ++at) at += line[at] == '\\' ? 1 : 0;
    } else if (line[at] == '{' || line[at] == '[') {
      ++depth;
    } else if (line[at] == '}' || line[at] == ']') {
      if (depth-- == 0) return at;
    } else if (line[at] == ',' && depth == 0) {
      return at;
    }
  }
}

// The members of a line of the journal, as they stand there. A whole parser would take as long as the engine does.
std::map<std::string_view, std::string_view> MembersOf(std::string_view line) {
  std::map<std::string_view, std::string_view> members;
  for (std::size_t at = 1; at < line.size();) {
    const std::size_t quote = line.find('"', at + 1), value = quote + 2, end = EndOfValue(line, value);
    members[line.substr(at + 1, quote - at - 1)] = line.substr(value, end - value);
    at = end + 1;
  }
  return members;
}

std::string Text(const std::map<std::string_view, std::string_view>& members, const char* name) {
  const auto member = members.find(name);
  return member != members.end() && member->second.starts_with('"') ? std::string(member->second.substr(1, member->second.size() - 2)) : std::string();
}

}  // namespace

StatusOr<std::unique_ptr<Stage>> Stage::Make(Size size, bool redirect, int agents) {
  auto stage = std::make_unique<Stage>();
  stage->scenario = std::make_unique<Scenario>(size, redirect);
  for (int agent = 0; agent < agents; ++agent) stage->fleets.push_back(OpenStores(*stage, agent));
  Calm calm;
  Simulation simulation(*stage);
  simulation.Follow(calm);
  EVENKEEL_ASSIGN_OR_RETURN(stage->plan, PlanFleet(stage->fleets.front(), {}));
  for (const BookingPlan& booking : stage->plan.bookings) {
    if (!booking.questions.empty()) return Status(Code::kInternal, "the plan asks: " + booking.questions.front().text, booking.booking);
  }
  if (size == Size::kSmall) Shorten(stage->plan);
  return stage;
}

Simulation::Simulation(Stage& stage)
    : stage_(stage), world_(stage.scenario->MakeWorld()), laws_(*stage.scenario, *world_), processes_(stage.fleets.size()) {
  stage_.simulation = this;
  for (Fleet& fleet : stage_.fleets) fleet.environment = &world_->environment;
}

Simulation::~Simulation() { stage_.simulation = nullptr; }

bool Simulation::IsAtRest() const {
  return std::all_of(processes_.begin(), processes_.end(), [](const Process& process) { return process.at_rest; });
}

StatusOr<std::unique_ptr<ApplyMachine>> Simulation::MakeMachine(int agent) {
  Fleet& fleet = stage_.fleets[static_cast<std::size_t>(agent)];
  const std::string run = RunOfPlan(stage_.plan);
  const auto journal = world_->state.ReadJournal(run);
  const bool begun = journal.ok() && !journal->lines.empty();
  const bool is_going_back = std::any_of(lines_.begin(), lines_.end(), [](const Line& line) { return line.kind == entry::kRollback; });
  const std::string name = "process " + std::to_string(agent);
  if (taker_ == agent && begun && !is_going_back) {
    Say(name + " takes the run back");
    return ApplyMachine::Rollback(fleet, run, {"Gene", "", "", {}, {}});
  }
  Say(name + (begun ? " resumes the run" : " starts the run"));
  return begun ? ApplyMachine::Resume(fleet, run, {}) : ApplyMachine::Start(fleet, stage_.plan, Approving());
}

Status Simulation::Open(int agent) {
  processes_[static_cast<std::size_t>(agent)].leases = 0;
  EVENKEEL_ASSIGN_OR_RETURN(processes_[static_cast<std::size_t>(agent)].machine, MakeMachine(agent));
  return OkStatus();
}

void Simulation::AskRollback(int agent) {
  Say("  (a person wants the run taken back)");
  Process& process = processes_[static_cast<std::size_t>(agent)];
  taker_ = agent;
  process.machine.reset();
  process.trace = 0;
  process.seen.clear();
  process.appended = false;
  process.at_rest = false;
  process.fruitless = 0;
}

void Simulation::Fail(int agent, const Status& status) {
  Process& process = processes_[static_cast<std::size_t>(agent)];
  Say("  it gives up: " + status.ToString());
  process.machine.reset();
  process.trace = 0;
  ++process.fruitless;
  trouble_ = status.ToString();
  // Damage that is named is the right end of a history with a broken disk.
  if (damaged_ && status.code() == Code::kInvalidArgument && trouble_.find("journal") != std::string::npos) process.at_rest = true;
}

void Simulation::Die(int agent) {
  for (Process& process : processes_) {
    // What is not on the disk is lost with the whole machine, and so is everybody on it.
    if (!unsynced_ && &process != &processes_[static_cast<std::size_t>(agent)]) continue;
    process.machine.reset();
    process.trace = 0;
    process.seen.clear();
    process.appended = false;
  }
  if (!unsynced_) return;
  flipped_ = false;
  MemoryStateStore::Contents contents = world_->state.Snapshot();
  for (auto& [run, bytes] : contents.journals) {
    std::size_t end = 0;
    for (std::size_t line = 0; line < *unsynced_; ++line) end = bytes.find('\n', end) + 1;
    bytes.resize(end);
  }
  for (const auto& [id, document] : contents.documents) {
    if (id.first == kHeadKind && document.value["count"].get<std::size_t>() > *unsynced_) was_cut_ = true;
  }
  world_->state.Restore(std::move(contents));
  lines_.resize(*unsynced_);
  unsynced_.reset();
}

// Whoever is told that a clock is wrong sets it right, and whoever is told to wait for a lease waits until it has run out.
void Simulation::SetRight(const RunReport& report) {
  const bool waits = std::any_of(report.actions.begin(), report.actions.end(), [&report](const ActionReport& action) { return report.Standing(action) == Outcome::kWaitsLease; });
  if (!waits && report.brakes.empty()) return;
  Instant right = std::max(world_->environment.Now(), newest_);
  for (const BookingPlan& booking : stage_.plan.bookings) {
    const auto lease = LeaseIn(*world_, booking.booking);
    if (waits && lease && !lease->holder.starts_with("run-")) right = std::max(right, lease->until + kLeaseSkew);
  }
  world_->environment.SetNow(right);
}

bool Simulation::StepProcess(int agent) {
  Process& process = processes_[static_cast<std::size_t>(agent)];
  if (process.machine == nullptr) {
    const Status opened = Open(agent);
    if (!opened.ok()) Fail(agent, opened);
    return !process.at_rest;
  }
  const auto more = process.machine->Step();
  if (!more.ok()) {
    Fail(agent, more.status());
    return !process.at_rest;
  }
  if (*more) return true;
  process.report = process.machine->Report();
  process.machine.reset();
  process.trace = 0;
  process.at_rest = process.report.finished;
  if (was_cut_ && process.at_rest) laws_.Broken("journal", "lines were lost behind its head, and the run went on");
  if (!process.at_rest) ++process.fruitless;
  if (!process.at_rest) SetRight(process.report);
  Say(process.at_rest ? "  it is at rest" : "  it has ended, and something is left to resume");
  return !process.at_rest;
}

bool Simulation::Step(int agent) {
  quiet_ = false;
  try {
    const bool more = StepProcess(agent);
    constexpr int kFruitlessMax = 6;
    Process& process = processes_[static_cast<std::size_t>(agent)];
    if (process.fruitless <= kFruitlessMax) return more;
    laws_.Broken("converges", "resumed " + std::to_string(kFruitlessMax) + " times without a fault in between, it is not at rest: " + trouble_);
    process.at_rest = true;
    return false;
  } catch (const Crash&) {
    Say("  it is dead");
    Die(agent);
    return true;
  }
}

Fate Simulation::Meet(const Call& call) {
  ++calls_;
  newest_ = std::max(newest_, world_->environment.Now());
  quiet_ = false;
  for (;;) {
    const Decision next = scheduler_->Next(call);
    if (next.kind == Decision::Kind::kForeign) {
      DoForeign(static_cast<std::size_t>(next.value));
    } else if (next.kind == Decision::Kind::kLand) {
      Land(static_cast<std::size_t>(next.value));
    } else {
      const Fate fate = static_cast<Fate>(next.value);
      if (story_ != nullptr) {
        Say("  " + std::to_string(calls_) + ". " + std::string(kPlaceNames[static_cast<std::size_t>(call.place)]) + "." + std::string(call.name) + " " +
            std::string(call.resource) + (fate == Fate::kOk ? "" : ": " + std::string(kFateNames[static_cast<std::size_t>(fate)])));
      }
      if (fate != Fate::kOk) {
        for (Process& process : processes_) process.fruitless = 0;
      }
      if (fate == Fate::kCrashBefore) throw Crash{};
      return fate;
    }
  }
}

void Simulation::Saw(const Call& call, Code code, std::uint64_t what) {
  Process& process = processes_[static_cast<std::size_t>(call.agent)];
  std::uint64_t line = Mix(DigestOf(call.name), static_cast<std::uint64_t>(call.place) * 16 + static_cast<std::uint64_t>(code));
  line = Mix(Mix(line, DigestOf(call.resource)), what);
  trace_ = Mix(trace_, line);
  const auto now = static_cast<std::uint64_t>(world_->environment.Now().time_since_epoch().count());
  if (call.resource == "lease" && call.kind == CallKind::kWrite) process.leases = Mix(process.leases, Mix(line, now));
  process.trace = Mix(process.trace, line);
  if (call.place == Place::kJournal) {
    process.appended = call.kind == CallKind::kWrite && code == Code::kOk;
    process.seen.clear();
  }
  // The journal and its head are as the process knows them, and it has begun nothing that is not in them.
  if (!process.appended || call.place != Place::kDocuments || call.kind != CallKind::kWrite || call.resource != "head" || code != Code::kOk) return;
  quiet_ = true;
  process.trace = 1;
}

void Simulation::SawResource(int agent, const std::string& resource) { processes_[static_cast<std::size_t>(agent)].seen[resource] = calls_; }

void Simulation::SawRecordsAsTheyWere(int agent) {
  processes_[static_cast<std::size_t>(agent)].seen["records:S2FJLN"] = records_written_at_ == 0 ? 0 : records_written_at_ - 1;
}

Basis Simulation::BasisOf(int agent, std::string operation) const {
  return {std::move(operation), processes_[static_cast<std::size_t>(agent)].seen};
}

void Simulation::BeforeRecordWrite() {
  records_before_ = world_->records.Snapshot();
  records_written_at_ = calls_;
}

void Simulation::Delay(const Call& call, std::function<void()> effect) {
  const std::string resource = std::string(kPlaceNames[static_cast<std::size_t>(call.place)]) + ":" + std::string(call.resource);
  std::uint64_t digest = Mix(DigestOf(resource), DigestOf(call.name));
  digest = Mix(digest, laws_.DigestOf(BasisOf(call.agent, "")));
  if (call.place == Place::kJournal) digest = Mix(digest, lines_.size());
  const bool is_operators = call.place != Place::kDocuments && call.place != Place::kBlobs && call.place != Place::kJournal && call.place != Place::kEdge;
  delayed_.push_back({resource, digest, std::move(effect), is_operators ? laws_.sent() : Sent{}});
}

void Simulation::CheckLease(const std::optional<Lease>& before, const std::string& booking) {
  std::vector<Sent> under_way;
  for (const Delayed& delayed : delayed_) under_way.push_back(delayed.sent);
  const auto after = LeaseIn(*world_, booking);
  // A process that is at something another has settled learns at its next line that the run has given its lease back.
  if (processes_.size() > 1 && after && before && after->fence + (after->holder.empty() ? 1 : 0) > before->fence) laws_.NoteLost(booking, before);
  if (after) laws_.CheckLease(before, *after, world_->environment.Now(), newest_, under_way);
}

void Simulation::Land(std::size_t number) {
  if (number >= delayed_.size()) return;
  Say("  (the delayed write to " + delayed_[number].resource + " lands)");
  const std::function<void()> effect = std::move(delayed_[number].effect);
  delayed_.erase(delayed_.begin() + static_cast<std::ptrdiff_t>(number));
  effect();
}

void Simulation::DoForeign(std::size_t number) {
  const ForeignEdit& edit = stage_.scenario->edits[number];
  Say((edit.resource == "clock:" ? "  (" : "  (somebody ") + edit.name + ")");
  if (!edit.booking.empty()) laws_.NoteLost(edit.booking, LeaseIn(*world_, edit.booking));
  if (edit.IsOfOurOwn()) {
    edit.act(*world_);
    for (Process& process : processes_) process.fruitless = 0;
    return;
  }
  if (edit.resource.starts_with("records:")) BeforeRecordWrite();
  const std::uint64_t before = world_->Changes();
  try {
    edit.act(*world_);
  } catch (const std::out_of_range&) {
    return;  // what it would have changed is gone
  }
  if (world_->Changes() != before) laws_.NoteForeign(edit, calls_);
}

void Simulation::NoteAppended(int agent, std::string_view line) {
  Line noted;
  noted.agent = agent;
  // The first line holds the whole plan, which is the same in all histories.
  if (!lines_.empty()) {
    const auto json = MembersOf(line);
    const auto is_true = [&json](const char* name) { return json.count(name) > 0 && json.at(name) == "true"; };
    noted.kind = Text(json, "kind");
    noted.action = Text(json, "action");
    noted.outcome = Text(json, "outcome");
    noted.version = Text(json, "version");
    noted.expected = Text(json, "expected");
    noted.facts = (is_true("was_so") ? 1U : 0U) + (is_true("in_doubt") ? 2U : 0U);
    if (noted.kind == entry::kRollback) laws_.NoteRollback();
    if (const std::string operation = Text(json, "operation"); !operation.empty()) laws_.NoteIntent(operation);
    noted.finished = is_true("finished");
  }
  lines_.push_back(std::move(noted));
}

void Simulation::AppendDamaged(const Call& call, Fate fate) {
  MemoryStateStore::Contents contents = world_->state.Snapshot();
  std::string& journal = contents.journals[std::string(call.resource)];
  if (fate == Fate::kTornTail) {
    journal += "{\"action\":\"ba";
  } else if (fate == Fate::kLostSync) {
    if (!unsynced_) unsynced_ = lines_.size() - 1;
    damaged_ = true;
  } else {
    constexpr std::size_t kFromTheEnd = 20;
    journal[journal.size() - kFromTheEnd] = static_cast<char>(journal[journal.size() - kFromTheEnd] ^ 1);
    damaged_ = true;
    flipped_ = true;
  }
  world_->state.Restore(std::move(contents));
}

}  // namespace evenkeel::simulation
