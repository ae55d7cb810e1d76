#include "page.h"
#include "render.h"

namespace evenkeel::program {

StatusOr<int> RunRead(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPageFrom(arguments));
  console.Show(ReadingToJson(page.reading), RenderReading(page.reading, arguments.page, page.options));
  return kDone;
}

}  // namespace evenkeel::program
