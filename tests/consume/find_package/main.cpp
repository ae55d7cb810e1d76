// Reads a page through the installed library, and makes sure that the adapters link.
#include <iostream>

#include <evenkeel/evenkeel.h>

int main() {
  evenkeel::AdapterRegistry adapters;
  evenkeel::RegisterLocalAdapters(adapters);
  const auto zones = evenkeel::MakeSystemZoneSource();
  evenkeel::ReadOptions options;
  options.zone = "America/Los_Angeles";
  options.zones = zones.get();
  const auto reading = evenkeel::ReadPage("<p>Sail: 4:30 PM \xE2\x80\x93 7:30 PM</p>", options);
  if (!reading.ok()) return std::cerr << reading.status().ToString() << '\n', 1;
  const bool right = reading->times.size() == 1 && reading->times[0].start == 16 * 60 + 30 && reading->times[0].end == 19 * 60 + 30;
  return right && adapters.pages.count("directory") == 1 ? 0 : 1;
}
