// A host that takes any fleet file: it knows the adapters of every part that was installed.
#include <evenkeel/adapters.h>

int main() {
  evenkeel::AdapterRegistry adapters;
  evenkeel::RegisterAdapters(adapters);
  const auto environment = evenkeel::MakeSystemEnvironment();
  evenkeel::AdapterContext context;
  context.name = "site";
  context.environment = environment.get();
  return adapters.pages.at("directory").make(context, {{"root", "site"}}).ok() ? 0 : 1;
}
