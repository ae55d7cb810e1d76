// The adapters of evenkeel::local by the names that a fleet file gives them, with the settings each takes.
#include "stores/local/directory_store.h"
#include "stores/local/sqlite_store.h"
#include "stores/local/state_folder.h"

namespace evenkeel {

void RegisterLocalAdapters(AdapterRegistry& registry) {
  registry.pages["directory"] = {{"path"}, false, MakeDirectoryStore};
  registry.records["sqlite"] = {{"path", "table", "key"}, false, MakeSqliteStore};
  registry.states["directory"] = {{"path"}, false, MakeStateFolder};
}

}  // namespace evenkeel
