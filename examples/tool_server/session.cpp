#include "session.h"

#include <filesystem>

#include <evenkeel/adapters.h>

namespace evenkeel::tool_server {

constexpr std::size_t kPlansKept = 16;

Session::Session(const std::string& path) : path_(path), environment_(MakeSystemEnvironment()), zones_(MakeSystemZoneSource()) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) path_ = (std::filesystem::path(path) / "fleet.json").string();
  RegisterAdapters(adapters_);
}

StatusOr<Fleet> Session::Open() { return OpenFleet(path_, adapters_, *environment_, *zones_); }

void Session::Keep(const Plan& plan) {
  plans_.push_back(plan);
  if (plans_.size() > kPlansKept) plans_.pop_front();
}

StatusOr<Plan> Session::PlanOf(Fleet& fleet, const std::string& hash) const {
  for (const Plan& plan : plans_) {
    if (plan.hash == hash) return plan;
  }
  Plan wanted;
  wanted.hash = hash;
  StatusOr<Plan> plan = PlanOfRun(fleet, RunOfPlan(wanted));
  if (plan.ok() && plan->hash == hash) return plan;
  if (!plan.ok() && plan.code() != Code::kNotFound) return plan;
  return Status(Code::kNotFound, "no plan of this hash was made here; call plan, look at what it would do, and name its hash", hash);
}

}  // namespace evenkeel::tool_server
