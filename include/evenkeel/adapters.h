// evenkeel::adapters: for a program that takes any fleet file. It links every part of the library that holds adapters and was built
// (evenkeel::local, evenkeel::calendar, evenkeel::aws), and nothing where none was.
#pragma once

#include "evenkeel/fleet.h"

namespace evenkeel {

// RegisterLocalAdapters, RegisterCalendarAdapters and aws::RegisterAwsAdapters, as far as they were built, with their usual options: libcurl,
// and credentials from where AWS's own clients find them. An adapter that stands there by its name already is replaced; so a host registers
// its own afterwards. For one thread.
void RegisterAdapters(AdapterRegistry& registry);

}  // namespace evenkeel
