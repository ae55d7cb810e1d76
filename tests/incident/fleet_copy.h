// A copy of the example fleet in a scratch folder, and looks at it that do not go through the library.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "evenkeel/evenkeel.h"

namespace evenkeel::incident {

class FleetCopy {
 public:
  // `policy` is merged into the fleet file's policy (JSON merge patch).
  explicit FleetCopy(const Json& policy = Json::object());
  ~FleetCopy();
  FleetCopy(const FleetCopy&) = delete;
  FleetCopy& operator=(const FleetCopy&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  // Opens the fleet anew, as another process would.
  Fleet Open() const;
  std::string Read(const std::string& path) const;
  void Write(const std::string& path, const std::string& bytes) const;
  bool Exists(const std::string& path) const { return std::filesystem::exists(folder_ / path); }
  // One column of one record, straight from SQLite.
  std::string Column(const std::string& code, const std::string& column) const;
  void Execute(const std::string& sql) const;
  // Every file outside state/, with its bytes; the database as a dump of its table.
  std::map<std::string, std::string> Contents() const;

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Environment> environment_;
  std::unique_ptr<ZoneSource> zones_;
  AdapterRegistry registry_;
};

inline constexpr const char* kSunset = "site/g/2026-05-30-jonathan-sunset.html";
inline constexpr const char* kAfternoon = "site/g/2026-05-30-jonathan-afternoon.html";

}  // namespace evenkeel::incident
