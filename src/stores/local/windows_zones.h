// Windows' names of time zones, which Outlook and Exchange write as a TZID.
#pragma once

#include <string_view>

namespace evenkeel {

// "Pacific Standard Time": America/Los_Angeles. Empty: Windows has no such name.
std::string_view ZoneOfWindowsName(std::string_view name);

}  // namespace evenkeel
