// A host that takes any fleet file: it knows the adapters of every part that was installed.
#include <evenkeel/adapters.h>

int main() {
  evenkeel::AdapterRegistry adapters;
  evenkeel::RegisterAdapters(adapters);
  return adapters.pages.count("directory") == 1 && adapters.listings.count("manual") == 1 ? 0 : 1;
}
