#include "page.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunRead(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPageFrom(arguments));
  if (console.json()) {
    console.Show(ReadingToJson(page.reading), {});
  } else {
    console.Show({}, RenderReading(page.reading, arguments.page, page.options));
  }
  return kDone;
}

}  // namespace evenkeel::program
