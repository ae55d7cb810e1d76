// Runs: applied, resumed, taken back; whole, or step by step.
#include <algorithm>

#include "evenkeel/json.h"
#include "options.h"
#include "plan.h"

struct ek_run : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kRun;

  ek_run(std::shared_ptr<evenkeel::capi::FleetCore> of, std::unique_ptr<evenkeel::ApplyMachine> steps)
      : Handle(kTag), core(std::move(of)), machine(std::move(steps)) {}

  const std::shared_ptr<evenkeel::capi::FleetCore> core;  // before the machine, which borrows its fleet
  const std::unique_ptr<evenkeel::ApplyMachine> machine;
  bool failed = false;
};

namespace evenkeel::capi {
namespace {

using Answer = StatusOr<std::unique_ptr<ek_result>>;
using Machine = StatusOr<std::unique_ptr<ApplyMachine>>;

Answer Reported(const StatusOr<RunReport>& report) {
  EVENKEEL_RETURN_IF_ERROR(report.status());
  return ResultOf(ExitCodeOf(*report), RunReportToJson(*report));
}

StatusOr<std::string> NameOf(ek_view run) {
  Taken taken;
  std::string name = taken.Required(run, "run");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return name;
}

Answer ApplyPlan(const Use& use, const ek_plan* plan, const ek_apply_options* given) {
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(plan));
  EVENKEEL_ASSIGN_OR_RETURN(const ApplyOptions options, ApplyOptionsOf(given, use.log()));
  return Reported(Apply(use.fleet(), plan->plan, options));
}

Answer ResumeOne(const Use& use, ek_view run, const ek_apply_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string name, NameOf(run));
  EVENKEEL_ASSIGN_OR_RETURN(const ApplyOptions options, ApplyOptionsOf(given, use.log()));
  return Reported(ResumeRun(use.fleet(), name, options));
}

Answer TakeBack(const Use& use, ek_view run, const ek_apply_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string name, NameOf(run));
  EVENKEEL_ASSIGN_OR_RETURN(const RollbackOptions options, RollbackOptionsOf(given, use.log()));
  return Reported(RollbackRun(use.fleet(), name, options));
}

Answer List(const Use& use) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> unfinished, UnfinishedRuns(use.fleet()));
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<RunReport> reports, OpenRuns(use.fleet()));
  Json open = Json::array();
  for (const RunReport& report : reports) open.push_back(RunReportToJson(report));
  return ResultOf(exit_code::kDone, {{"schema", "evenkeel.runs/1"}, {"unfinished", unfinished}, {"open", std::move(open)}});
}

// Whatever else the run waits for is its own matter once this task is done.
Answer AttestOne(const Use& use, ek_view run, ek_view action, ek_view by) {
  Taken taken;
  const std::string name = taken.Required(run, "run"), id = taken.Required(action, "action"), who = taken.Required(by, "by");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(const Attested attested, Attest(use.fleet(), name, id, who));
  const RunReport& report = attested.report;
  const bool done = std::any_of(report.actions.begin(), report.actions.end(), [&](const ActionReport& one) {
    const Outcome outcome = report.Standing(one);
    return one.action == id && (outcome == Outcome::kDone || outcome == Outcome::kAlreadyDone);
  });
  return ResultOf(done ? exit_code::kDone : ExitCodeOf(report), RunReportToJson(report));
}

Answer RestoreOne(const Use& use, ek_view run, ek_view page, bool write, ek_view by) {
  Taken taken;
  const std::string name = taken.Required(run, "run"), key = taken.Required(page, "page");
  const RestoreOptions options{write ? taken.Required(by, "by") : taken.Text(by, "by"), !write};
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  EVENKEEL_ASSIGN_OR_RETURN(Restored restored, RestorePage(use.fleet(), name, key, options));
  return ResultOf(exit_code::kDone, RestoredDocument(restored), std::move(restored.bytes));
}

// `make` gives a Machine on the fleet.
template <typename Make>
ek_error* Begin(ek_fleet* fleet, ek_run** run, Make make) noexcept {
  return OnFleet(fleet, run, [&](const Use& use) -> StatusOr<std::unique_ptr<ek_run>> {
    EVENKEEL_ASSIGN_OR_RETURN(std::unique_ptr<ApplyMachine> machine, make(use));
    return std::make_unique<ek_run>(fleet->core, std::move(machine));
  });
}

Machine Start(const Use& use, const ek_plan* plan, const ek_apply_options* given) {
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(plan));
  EVENKEEL_ASSIGN_OR_RETURN(const ApplyOptions options, ApplyOptionsOf(given, use.log()));
  return ApplyMachine::Start(use.fleet(), plan->plan, options);
}

Machine Resume(const Use& use, ek_view run, const ek_apply_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string name, NameOf(run));
  EVENKEEL_ASSIGN_OR_RETURN(const ApplyOptions options, ApplyOptionsOf(given, use.log()));
  return ApplyMachine::Resume(use.fleet(), name, options);
}

Machine Rollback(const Use& use, ek_view run, const ek_apply_options* given) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::string name, NameOf(run));
  EVENKEEL_ASSIGN_OR_RETURN(const RollbackOptions options, RollbackOptionsOf(given, use.log()));
  return ApplyMachine::Rollback(use.fleet(), name, options);
}

// A step that failed or threw has left the machine nobody knows where; the journal knows.
Status Step(ek_run* run, std::int32_t* more) {
  if (more == nullptr) return Status(Code::kInvalidArgument, "the place for the answer is NULL; pass the address of an int32_t", "more");
  *more = 0;
  EVENKEEL_RETURN_IF_ERROR(CheckHandle(run));
  EVENKEEL_ASSIGN_OR_RETURN(const Use use, Use::Of(run->core));
  if (run->failed) return Status(Code::kInvalidArgument, "a step of it has failed; free it, and go on with ek_run_resume", "run");
  run->failed = true;
  EVENKEEL_ASSIGN_OR_RETURN(const bool is_more, run->machine->Step());
  run->failed = false;
  *more = is_more ? 1 : 0;
  return OkStatus();
}

}  // namespace
}  // namespace evenkeel::capi

using namespace evenkeel::capi;

ek_error* ek_apply(ek_fleet* fleet, const ek_plan* plan, const ek_apply_options* options, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return ApplyPlan(use, plan, options); });
}

ek_error* ek_resume(ek_fleet* fleet, ek_view run, const ek_apply_options* options, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return ResumeOne(use, run, options); });
}

ek_error* ek_rollback(ek_fleet* fleet, ek_view run, const ek_apply_options* options, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return TakeBack(use, run, options); });
}

ek_error* ek_show(ek_fleet* fleet, ek_view run, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) -> Answer {
    EVENKEEL_ASSIGN_OR_RETURN(const std::string name, NameOf(run));
    return Reported(evenkeel::ReportOfRun(use.fleet(), name));
  });
}

ek_error* ek_runs(ek_fleet* fleet, ek_result** result) {
  return OnFleet(fleet, result, [](const Use& use) { return List(use); });
}

ek_error* ek_attest(ek_fleet* fleet, ek_view run, ek_view action, ek_view by, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return AttestOne(use, run, action, by); });
}

ek_error* ek_restore(ek_fleet* fleet, ek_view run, ek_view page, int32_t write, ek_view by, ek_result** result) {
  return OnFleet(fleet, result, [&](const Use& use) { return RestoreOne(use, run, page, write != 0, by); });
}

ek_error* ek_run_start(ek_fleet* fleet, const ek_plan* plan, const ek_apply_options* options, ek_run** run) {
  return Begin(fleet, run, [&](const Use& use) { return Start(use, plan, options); });
}

ek_error* ek_run_resume(ek_fleet* fleet, ek_view name, const ek_apply_options* options, ek_run** run) {
  return Begin(fleet, run, [&](const Use& use) { return Resume(use, name, options); });
}

ek_error* ek_run_rollback(ek_fleet* fleet, ek_view name, const ek_apply_options* options, ek_run** run) {
  return Begin(fleet, run, [&](const Use& use) { return Rollback(use, name, options); });
}

ek_error* ek_run_step(ek_run* run, int32_t* more) {
  return Guard([&] { return Step(run, more); });
}

ek_error* ek_run_report(const ek_run* run, ek_result** result) {
  return Give(result, [&]() -> Answer {
    EVENKEEL_RETURN_IF_ERROR(CheckHandle(run));
    return Reported(run->machine->Report());
  });
}

void ek_run_free(ek_run* run) { FreeHandle(run); }
