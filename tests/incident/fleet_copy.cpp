#include "incident/fleet_copy.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <sqlite3.h>
#include <unistd.h>

namespace evenkeel::incident {
namespace {

std::string Slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// Runs `sql`; every column of every row lands in the answer, '|' between columns and a newline after rows.
std::string Query(const std::filesystem::path& database, const std::string& sql) {
  sqlite3* handle = nullptr;
  if (sqlite3_open(database.c_str(), &handle) != SQLITE_OK) throw std::runtime_error("cannot open " + database.string());
  std::string rows;
  const auto add_row = [](void* out, int columns, char** values, char**) {
    auto& text = *static_cast<std::string*>(out);
    for (int i = 0; i < columns; ++i) text += (i ? "|" : "") + std::string(values[i] ? values[i] : "NULL");
    text += '\n';
    return 0;
  };
  char* error = nullptr;
  const int code = sqlite3_exec(handle, sql.c_str(), add_row, &rows, &error);
  const std::string message = error ? error : "";
  sqlite3_free(error);
  sqlite3_close(handle);
  if (code != SQLITE_OK) throw std::runtime_error(sql + ": " + message);
  return rows;
}

}  // namespace

FleetCopy::FleetCopy(const Json& policy) : environment_(MakeSystemEnvironment()), zones_(MakeSystemZoneSource()) {
  std::string name = (std::filesystem::temp_directory_path() / "evenkeel-incident-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a scratch folder");
  folder_ = name;
  std::filesystem::copy(std::filesystem::path(EVENKEEL_SOURCE_DIR) / "examples/incident/fleet", folder_,
                        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  Query(folder_ / "dispatch.sqlite", Slurp(folder_ / "dispatch.sql"));
  std::filesystem::remove(folder_ / "dispatch.sql");
  Json fleet = Json::parse(Slurp(folder_ / "fleet.json"));
  fleet["policy"].merge_patch(policy);
  Write("fleet.json", fleet.dump(2));
  RegisterLocalAdapters(registry_);
}

FleetCopy::~FleetCopy() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Fleet FleetCopy::Open() const {
  auto fleet = OpenFleet((folder_ / "fleet.json").string(), registry_, *environment_, *zones_);
  if (!fleet.ok()) throw std::runtime_error(fleet.status().ToString());
  return *std::move(fleet);
}

std::string FleetCopy::Read(const std::string& path) const { return Slurp(folder_ / path); }

void FleetCopy::Write(const std::string& path, const std::string& bytes) const {
  std::ofstream(folder_ / path, std::ios::binary | std::ios::trunc) << bytes;
}

std::string FleetCopy::Column(const std::string& code, const std::string& column) const {
  std::string row = Query(folder_ / "dispatch.sqlite",
                          "select \"" + column + "\" from \"jada-crew-dispatch\" where guest_code = '" + code + "'");
  if (!row.empty()) row.pop_back();
  return row;
}

void FleetCopy::Execute(const std::string& sql) const { Query(folder_ / "dispatch.sqlite", sql); }

std::map<std::string, std::string> FleetCopy::Contents() const {
  std::map<std::string, std::string> contents;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = std::filesystem::relative(entry.path(), folder_).string();
    if (path.starts_with("state/") || path.starts_with("dispatch.sqlite")) continue;
    contents[path] = Slurp(entry.path());
  }
  contents["dispatch"] = Query(folder_ / "dispatch.sqlite", "select * from \"jada-crew-dispatch\" order by guest_code");
  return contents;
}

}  // namespace evenkeel::incident
