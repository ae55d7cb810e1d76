// What may differ for a while.
#include "render.h"

namespace evenkeel::program {

Sheet RenderAcceptances(const std::vector<Acceptance>& acceptances, const Names& names) {
  Sheet sheet;
  sheet.title = "What may differ";
  std::vector<Row> rows;
  for (const Acceptance& one : acceptances) {
    const Piece field = {Label(one.field), Tone::kStrong};
    if (one.words.empty()) rows.push_back({{{{"withdrawn", Tone::kGood}}, {"booking " + one.booking}, {field}, {{"by " + one.by, Tone::kDim}}}, {}});
    for (const Acceptance::Words& words : one.words) {
      rows.push_back({{{{"accepted", Tone::kGood}}, {"booking " + one.booking}, {field}, {words.resource.store, " ", words.resource.key},
                       {"says " + words.says + ", true is " + words.should}, {{"until " + FormatInstant(one.until) + ", by " + one.by + ": " + one.why, Tone::kDim}}}, {}});
    }
  }
  sheet.AddTable(0, std::move(rows));
  sheet.Add(0, {"Nothing has been changed. See what is left to do:"});
  sheet.AddCommand(1, CommandLine({"evenkeel", "audit", names.fleet}));
  return sheet;
}

}  // namespace evenkeel::program
