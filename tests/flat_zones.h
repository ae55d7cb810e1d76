// UTC everywhere, for tests that zone rules are not the matter of.
#pragma once

#include "evenkeel/zone.h"

namespace evenkeel {

class FlatZones final : public ZoneSource {
 public:
  StatusOr<ZonedTime> ToLocal(std::string_view, Instant instant) const override {
    return ZonedTime{LocalSeconds(instant.time_since_epoch()), std::chrono::seconds(0), "UTC"};
  }
  StatusOr<LocalResolution> ToInstant(std::string_view, LocalSeconds local) const override {
    return LocalResolution{LocalResolution::Kind::kUnique, Instant(local.time_since_epoch()), std::chrono::seconds(0)};
  }
  bool Has(std::string_view) const override { return true; }
  std::string DatabaseVersion() const override { return "test"; }
};

}  // namespace evenkeel
