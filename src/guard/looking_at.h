// The audit that a verb of this folder begins with.
#pragma once

#include <optional>
#include <string>

#include "evenkeel/evenkeel.h"

namespace evenkeel {

// `booking`: only it; nullopt: all.
inline AuditOptions LookingAt(const ObserveOptions& look, std::optional<std::string> booking = std::nullopt) {
  AuditOptions options;
  options.booking = std::move(booking);
  options.keep_going = look.keep_going;
  options.on_pages = look.on_pages;
  return options;
}

}  // namespace evenkeel
