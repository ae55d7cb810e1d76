// A person's word, kept.
#include "render.h"

namespace evenkeel::program {

Sheet RenderInstructions(const std::vector<Instruction>& instructions, const Names& names) {
  Sheet sheet;
  sheet.title = "A person's word";
  std::vector<Row> rows;
  for (const Instruction& one : instructions) {
    rows.push_back({{{{"kept", Tone::kGood}}, {"booking " + one.booking}, {{Label(one.field) + " = " + one.value, Tone::kStrong}}, {{"by " + one.by + " at " + FormatInstant(one.at), Tone::kDim}}}, {}});
  }
  sheet.AddTable(0, std::move(rows));
  sheet.Add(0, {"It outranks every system from now on. Nothing has been changed yet; see what it would change:"});
  sheet.AddCommand(1, CommandLine({"evenkeel", "plan", names.fleet, "--out", names.plan}));
  return sheet;
}

}  // namespace evenkeel::program
