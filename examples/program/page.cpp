#include "page.h"

namespace evenkeel::program {

StatusOr<Page> ReadPageFrom(const Arguments& arguments) {
  Page page;
  page.zones = MakeSystemZoneSource();
  if (!page.zones->Has(arguments.zone)) {
    return Status(Code::kInvalidArgument, "is no zone of this system's tz database; write it as America/Los_Angeles", "--zone " + arguments.zone);
  }
  page.options.date = arguments.date;
  page.options.zone = arguments.zone;
  page.options.zones = page.zones.get();
  EVENKEEL_ASSIGN_OR_RETURN(page.bytes, ReadInput(arguments.page, page.options.limits.page_bytes, "the page"));
  StatusOr<Reading> reading = ReadPage(page.bytes, page.options);
  if (!reading.ok()) return Status(reading.code(), reading.status().message(), arguments.page == "-" ? "stdin" : arguments.page);
  page.reading = *std::move(reading);
  return page;
}

}  // namespace evenkeel::program
