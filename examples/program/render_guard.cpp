// Whether a file may go where somebody wants to put it.
#include "printable.h"
#include "render.h"

namespace evenkeel::program {

Sheet RenderGuard(const GuardAnswer& answer, const std::string& file) {
  Sheet sheet;
  sheet.title = "Guard " + answer.page.ToString();
  sheet.AddHeading(1, {"Guard: " + file + " over ", {answer.page.ToString(), Tone::kStrong}, {"  booking " + answer.booking, Tone::kDim}});
  if (answer.Allows()) {
    sheet.Add(0, {{"Nothing speaks against it.", Tone::kGood},
                  answer.replaces ? " It replaces the page that is there, and loses no protected feature." : " There is nothing under the key yet."});
  } else {
    sheet.Add(0, {{"Do not deploy it: " + Count(answer.refusals.size(), "reason") + ".", Tone::kBad}});
  }
  for (const Refusal& refusal : answer.refusals) {
    sheet.Add(1, {{Label(std::string(RefusalKindName(refusal.kind))) + ": ", Tone::kBad}, refusal.why});
    sheet.Add(2, {{"next: ", Tone::kDim}, refusal.next});
  }
  AddUnread(sheet, answer.unread);
  return sheet;
}

}  // namespace evenkeel::program
