#include "page_counter.h"
#include "program.h"
#include "render.h"

namespace evenkeel::program {
namespace {

// Answers are kept already.
std::string SaveCommand(const Arguments& arguments, const std::string& file) {
  std::vector<std::string> words = {"evenkeel", "plan", arguments.fleet};
  if (arguments.only_booking) words.insert(words.end(), {"--booking", *arguments.only_booking});
  words.insert(words.end(), {"--out", file});
  return CommandLine(words);
}

}  // namespace

StatusOr<int> RunPlan(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(OpenedFleet opened, OpenFleetAt(arguments.fleet));
  PageCounter counter(arguments.progress);
  AuditOptions options;
  options.on_pages = counter.Callback();
  options.booking = arguments.only_booking;
  options.answers = arguments.decide;
  options.by = NameOfPerson(arguments);
  EVENKEEL_ASSIGN_OR_RETURN(const Plan plan, PlanFleet(opened.fleet, options));
  const Json document = PlanToJson(plan);
  if (arguments.out) {
    EVENKEEL_RETURN_IF_ERROR(WriteOutput(*arguments.out, DumpJsonPretty(document)));
    console.Note({"plan written to " + *arguments.out});
  }
  if (console.json() || arguments.out) NameNotes(plan, console);
  Names names{arguments.fleet, arguments.out.value_or("plan.json")};
  if (!arguments.out) names.save = SaveCommand(arguments, names.plan);
  console.Show(document, arguments.out ? RenderPlanBriefly(plan, names) : RenderPlan(plan, names, nullptr));
  return ExitCodeOf(plan);
}

}  // namespace evenkeel::program
