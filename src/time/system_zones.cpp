// The operating system's tz database. The only file that includes date/tz.h: the date library throws, and nothing it
// throws leaves this file.
#include <exception>
#include <fstream>
#include <string>

#include <date/tz.h>

#include "evenkeel/zone.h"

namespace evenkeel {
namespace {

// Debian's tzdata names its release only in the first line of tzdata.zi ("# version 2025b"); others ship +VERSION.
std::string ReadDatabaseVersion() {
  const std::string folder = "/usr/share/zoneinfo/";
  std::string line;
  constexpr std::string_view kPrefix = "# version ";
  if (std::ifstream source(folder + "tzdata.zi"); source && std::getline(source, line) && line.rfind(kPrefix, 0) == 0) {
    return line.substr(kPrefix.size());
  }
  if (std::ifstream source(folder + "+VERSION"); source && std::getline(source, line) && !line.empty()) return line;
  return "unknown";
}

const date::time_zone* FindZone(std::string_view name) noexcept {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

Status NoSuchZone(std::string_view zone) {
  return Status(Code::kInvalidArgument, "no such time zone in the tz database; use an IANA name such as America/Los_Angeles",
                std::string(zone));
}

class SystemZones final : public ZoneSource {
 public:
  SystemZones() : version_(ReadDatabaseVersion()) {}

  StatusOr<ZonedTime> ToLocal(std::string_view zone, Instant instant) const override {
    const date::time_zone* found = FindZone(zone);
    if (found == nullptr) return NoSuchZone(zone);
    try {
      const date::sys_info info = found->get_info(instant);
      return ZonedTime{LocalSeconds(instant.time_since_epoch() + info.offset), info.offset, info.abbrev};
    } catch (const std::exception& error) {
      return Status(Code::kInvalidArgument, std::string("the tz database cannot place this instant: ") + error.what(),
                    std::string(zone));
    }
  }

  StatusOr<LocalResolution> ToInstant(std::string_view zone, LocalSeconds local) const override {
    const date::time_zone* found = FindZone(zone);
    if (found == nullptr) return NoSuchZone(zone);
    try {
      const date::local_info info = found->get_info(local);
      const auto before = Instant(local.time_since_epoch() - info.first.offset);
      if (info.result == date::local_info::unique) return LocalResolution{LocalResolution::Kind::kUnique, before, info.first.offset};
      if (info.result == date::local_info::ambiguous) {
        return LocalResolution{LocalResolution::Kind::kAmbiguous, before, info.first.offset};
      }
      return LocalResolution{LocalResolution::Kind::kGap, before, info.second.offset};
    } catch (const std::exception& error) {
      return Status(Code::kInvalidArgument, std::string("the tz database cannot place this wall-clock time: ") + error.what(),
                    std::string(zone));
    }
  }

  bool Has(std::string_view zone) const override { return FindZone(zone) != nullptr; }

  std::string DatabaseVersion() const override { return version_; }

 private:
  std::string version_;
};

}  // namespace

std::unique_ptr<ZoneSource> MakeSystemZoneSource() { return std::make_unique<SystemZones>(); }

}  // namespace evenkeel
