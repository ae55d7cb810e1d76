#include "evenkeel/adapters.h"

#ifdef EVENKEEL_WITH_CALENDAR
#include "evenkeel/calendar_adapters.h"
#endif
#ifdef EVENKEEL_WITH_AWS
#include "evenkeel/aws/aws.h"
#endif

namespace evenkeel {

void RegisterAdapters([[maybe_unused]] AdapterRegistry& registry) {
#ifdef EVENKEEL_WITH_LOCAL
  RegisterLocalAdapters(registry);
#endif
#ifdef EVENKEEL_WITH_CALENDAR
  RegisterCalendarAdapters(registry);
#endif
#ifdef EVENKEEL_WITH_AWS
  aws::RegisterAwsAdapters(registry);
#endif
}

}  // namespace evenkeel
