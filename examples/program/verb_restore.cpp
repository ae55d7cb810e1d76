#include "printable.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {
namespace {

Sheet RenderRestored(const Restored& restored, const std::string& fleet) {
  Sheet sheet;
  if (restored.was_there) {
    sheet.Add(0, {{restored.page.ToString() + " has these bytes already; nothing was written.", Tone::kGood}});
    return sheet;
  }
  sheet.Add(0, {{restored.page.ToString() + " is back: " + Count(restored.bytes.size(), "byte") + " as " + restored.run + " put them away.", Tone::kGood}});
  if (!restored.kept.empty()) sheet.Add(1, {"What stood there before is kept in " + restored.kept});
  sheet.Add(1, {"Pointers, caches and other systems were not touched. What they say now:"});
  sheet.AddCommand(2, CommandLine({"evenkeel", "audit", fleet}));
  return sheet;
}

}  // namespace

StatusOr<int> RunRestore(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  const RestoreOptions options{NameOfPerson(arguments), arguments.to_stdout};
  EVENKEEL_ASSIGN_OR_RETURN(const Restored restored, RestorePage(opened.fleet, arguments.run, arguments.page, options));
  if (arguments.to_stdout) {
    console.ShowBytes(restored.bytes);
  } else {
    console.Show(RestoredDocument(restored), RenderRestored(restored, arguments.fleet));
  }
  return kDone;
}

}  // namespace evenkeel::program
