#include "read/placing.h"

namespace evenkeel {
namespace {

constexpr std::chrono::hours kBehindTheChange{3};  // no zone repeats more

}  // namespace

std::vector<Placing> PlacingsOf(const ZoneSource& zones, std::string_view zone, LocalSeconds local) {
  const StatusOr<LocalResolution> first = zones.ToInstant(zone, local);
  if (!first.ok()) return {};
  std::vector<Placing> placings;
  const auto add = [&](Instant instant, bool skipped) {
    const StatusOr<ZonedTime> there = zones.ToLocal(zone, instant);
    if (there.ok() && (skipped || there->local == local)) placings.push_back({instant, there->offset, there->abbreviation, skipped});
  };
  add(first->instant, first->kind == LocalResolution::Kind::kGap);
  if (first->kind != LocalResolution::Kind::kAmbiguous) return placings;
  const StatusOr<ZonedTime> after = zones.ToLocal(zone, first->instant + kBehindTheChange);
  if (after.ok()) add(Instant(local.time_since_epoch() - after->offset), false);
  return placings;
}

}  // namespace evenkeel
