#include "zones.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "guard.h"
#include "views.h"

namespace evenkeel::capi {
namespace {

class HostZones final : public ZoneSource {
 public:
  HostZones(const ek_zones& calls, std::string version) : calls_(calls), version_(std::move(version)) {}

  StatusOr<ZonedTime> ToLocal(std::string_view zone, Instant instant) const override {
    std::int32_t ahead = 0;
    std::array<char, 16> abbreviation{};
    const auto call = [&] { return calls_.to_local(calls_.host, ViewOf(zone), instant.time_since_epoch().count(), &ahead, abbreviation.data()); };
    if (GuardValue(0, call) == 0) return NoSuchZone(zone);
    abbreviation.back() = '\0';
    const std::chrono::seconds offset(ahead);
    return ZonedTime{LocalSeconds(instant.time_since_epoch() + offset), offset, abbreviation.data()};
  }

  StatusOr<LocalResolution> ToInstant(std::string_view zone, LocalSeconds local) const override {
    std::int64_t utc = 0;
    const auto call = [&] { return calls_.to_instant(calls_.host, ViewOf(zone), local.time_since_epoch().count(), &utc); };
    const std::int32_t found = GuardValue(0, call);
    if (found < 1 || found > 3) return NoSuchZone(zone);
    const Instant instant{std::chrono::seconds(utc)};
    EVENKEEL_ASSIGN_OR_RETURN(const ZonedTime there, ToLocal(zone, instant));
    const auto kind = found == 1 ? LocalResolution::Kind::kUnique : found == 2 ? LocalResolution::Kind::kAmbiguous : LocalResolution::Kind::kGap;
    return LocalResolution{kind, instant, there.offset};
  }

  bool Has(std::string_view zone) const override { return ToLocal(zone, Instant{}).ok(); }
  std::string DatabaseVersion() const override { return version_; }

 private:
  static Status NoSuchZone(std::string_view zone) {
    return Status(Code::kInvalidArgument, "the host has no such time zone; use an IANA name such as America/Los_Angeles", std::string(zone));
  }

  ek_zones calls_;
  std::string version_;
};

}  // namespace

StatusOr<std::unique_ptr<ZoneSource>> MakeZones(const ek_zones* given) {
  if (given == nullptr) return MakeSystemZoneSource();
  EVENKEEL_ASSIGN_OR_RETURN(const ek_zones calls, CopyStruct(given, "ek_zones"));
  if (calls.to_local == nullptr || calls.to_instant == nullptr) return Status(Code::kInvalidArgument, "lacks a callback that may not be NULL", "ek_zones");
  Taken taken;
  std::string version = taken.Text(calls.version, "version");
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return std::unique_ptr<ZoneSource>(std::make_unique<HostZones>(calls, version.empty() ? "unknown" : std::move(version)));
}

}  // namespace evenkeel::capi
