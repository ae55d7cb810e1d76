// own_store FLEET [APPROVED-ACTION…]: reconciles a fleet in which "in-house" is an adapter of this program, beside those that come with the library.
#include <filesystem>
#include <iostream>

#include <evenkeel/evenkeel.h>
#include <evenkeel/exit_code.h>

#include "sailings.h"

int main(int argc, char** argv) {
  auto environment = evenkeel::MakeSystemEnvironment();
  auto zones = evenkeel::MakeSystemZoneSource();
  evenkeel::AdapterRegistry adapters;
  evenkeel::RegisterLocalAdapters(adapters);
  adapters.records["in-house"] = {{"database"}, false, [](const evenkeel::AdapterContext& context, const evenkeel::Json& settings)
                                                           -> evenkeel::StatusOr<std::unique_ptr<evenkeel::RecordStore>> {
    const evenkeel::Json path = settings.value("database", evenkeel::Json());
    if (!path.is_string()) return evenkeel::Status(evenkeel::Code::kInvalidArgument, "names no \"database\"", context.name);
    return house::MakeSailings(std::filesystem::path(context.folder) / path.get<std::string>(), context.name);
  }};

  auto fleet = evenkeel::OpenFleet(argc > 1 ? argv[1] : "fleet.json", adapters, *environment, *zones);
  if (!fleet.ok()) return std::cerr << fleet.status().ToString() << '\n', evenkeel::exit_code::kError;
  auto plan = evenkeel::PlanFleet(*fleet, {});
  if (!plan.ok()) return std::cerr << plan.status().ToString() << '\n', evenkeel::exit_code::kError;
  evenkeel::ApplyOptions options;
  options.by = "own_store";
  for (int i = 2; i < argc; ++i) options.approvals.insert(argv[i]);
  auto run = evenkeel::Apply(*fleet, *plan, options);
  if (!run.ok()) return std::cerr << run.status().ToString() << '\n', evenkeel::exit_code::kError;
  for (const auto& action : run->actions)
    std::cout << evenkeel::OutcomeName(action.outcome) << ' ' << action.action << ' ' << action.store << ':' << action.resource << '\n';
  return evenkeel::ExitCodeOf(*run);
}
