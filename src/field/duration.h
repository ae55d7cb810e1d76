#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace evenkeel {

// "3 h", "3 hours", "2.5 hours", "90 min", "3h 30m", "3:30", "PT3H30M" in minutes. At most 14 days.
std::optional<std::int64_t> ReadDurationMinutes(std::string_view text);

}  // namespace evenkeel
