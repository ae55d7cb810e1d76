// The adapters of evenkeel::local by the names that a fleet file gives them, with the settings each takes.
#include "stores/local/board_file.h"
#include "stores/local/calendar_file.h"
#include "stores/local/directory_store.h"
#include "stores/local/listing_file.h"
#include "stores/local/log_edge.h"
#include "stores/local/sqlite_store.h"
#include "stores/local/state_folder.h"

namespace evenkeel {

void RegisterLocalAdapters(AdapterRegistry& registry) {
  registry.pages["directory"] = {{"path"}, false, MakeDirectoryStore};
  registry.records["sqlite"] = {{"path", "table", "key"}, false, MakeSqliteStore};
  registry.edge["log"] = {{"path"}, false, MakeLogEdge};
  registry.calendars["ics"] = {{"path"}, false, MakeCalendarFile};
  registry.listings["manual"] = {{"path", "list", "fields"}, false, MakeListingFile};
  registry.boards["json"] = {{"path", "done_lane", "list", "fields"}, false, MakeBoardFile};
  registry.states["directory"] = {{"path"}, false, MakeStateFolder};
}

}  // namespace evenkeel
