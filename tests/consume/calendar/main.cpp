// A host that knows feeds besides the adapters that need no server.
#include <evenkeel/calendar_adapters.h>

int main() {
  evenkeel::AdapterRegistry adapters;
  evenkeel::RegisterLocalAdapters(adapters);
  evenkeel::RegisterCalendarAdapters(adapters);
  const auto environment = evenkeel::MakeSystemEnvironment();
  evenkeel::AdapterContext context;
  context.name = "market";
  context.environment = environment.get();
  return adapters.listings.at("feed").make(context, {{"url", "https://feeds.example/calendar.ics"}}).ok() ? 0 : 1;
}
