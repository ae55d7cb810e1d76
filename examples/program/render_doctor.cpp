#include <algorithm>

#include "printable.h"
#include "render.h"

namespace evenkeel::program {

Sheet RenderChecks(const std::vector<Check>& checks, const Names& names) {
  Sheet sheet;
  sheet.title = "Doctor";
  sheet.AddHeading(1, {"Doctor: " + names.fleet});
  std::vector<Row> rows;
  for (const Check& check : checks) {
    rows.push_back({{{check.passed ? Piece("ok", Tone::kGood) : Piece("FAILED", Tone::kBad)}, {{check.store, Tone::kStrong}}, {check.what}, {check.detail}}, {}});
  }
  sheet.AddTable(0, std::move(rows));
  const auto failed = static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(), [](const Check& check) { return !check.passed; }));
  if (failed > 0) {
    sheet.Add(0, {{Count(failed, "check") + " failed of " + std::to_string(checks.size()) + ".", Tone::kBad}, " Remove the causes, then run it again."});
    return sheet;
  }
  sheet.Add(0, {{"All " + Count(checks.size(), "check") + " passed.", Tone::kGood}, " Next:"});
  sheet.AddCommand(1, CommandLine({"evenkeel", "audit", names.fleet}));
  return sheet;
}

}  // namespace evenkeel::program
