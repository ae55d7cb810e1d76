#include <iostream>

#include <evenkeel/evenkeel.h>

int main(int argc, char** argv) {
  auto environment = evenkeel::MakeSystemEnvironment();
  auto zones = evenkeel::MakeSystemZoneSource();
  evenkeel::AdapterRegistry adapters;
  evenkeel::RegisterLocalAdapters(adapters);

  auto fleet = evenkeel::OpenFleet(argc > 1 ? argv[1] : "fleet.json", adapters, *environment, *zones);
  if (!fleet.ok()) return std::cerr << fleet.status().ToString() << '\n', 1;
  auto plan = evenkeel::PlanFleet(*fleet, {});
  if (!plan.ok()) return std::cerr << plan.status().ToString() << '\n', 1;

  for (const auto& booking : plan->bookings)
    for (const auto& action : booking.actions)
      std::cout << booking.booking << ": " << evenkeel::VerbName(action.verb) << ' ' << action.resource << ": " << action.reason << '\n';
  return plan->CanChangeAnything() ? 2 : plan->WaitsForPeople() ? 3 : 0;
}
