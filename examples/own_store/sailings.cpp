#include "sailings.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace house {
namespace {

using evenkeel::Attributes;
using evenkeel::Code;
using evenkeel::Json;
using evenkeel::Record;
using evenkeel::Status;
using evenkeel::StatusOr;

constexpr std::array<const char*, 6> kColumns = {"ref", "booking", "sail_day", "departs", "party", "web"};
constexpr const char* kSelect = "SELECT ref, booking, sail_day, departs, party, web, rev, evenkeel_operation, evenkeel_rev FROM sailings";

using Row = std::vector<Json>;

Json ValueOf(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return nullptr;
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    default: return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)));
  }
}

void Bind(sqlite3_stmt* statement, int place, const Json& value) {
  if (value.is_null()) {
    sqlite3_bind_null(statement, place);
  } else if (value.is_number_integer()) {
    sqlite3_bind_int64(statement, place, value.get<std::int64_t>());
  } else {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
}

class Connection {
 public:
  static StatusOr<Connection> Open(const std::string& path, const std::string& store) {
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
    Connection connection(handle, store);
    if (opened != SQLITE_OK) return Status(Code::kUnavailable, std::string("the database cannot be opened: ") + sqlite3_errmsg(handle), store);
    sqlite3_busy_timeout(handle, 5000);
    return connection;
  }
  StatusOr<std::vector<Row>> Query(const std::string& sql, const Row& values = {}) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) return Problem();
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
    for (std::size_t i = 0; i < values.size(); ++i) Bind(raw, static_cast<int>(i) + 1, values[i]);
    std::vector<Row> rows;
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(raw)) == SQLITE_ROW) {
      Row row;
      for (int i = 0; i < sqlite3_column_count(raw); ++i) row.push_back(ValueOf(raw, i));
      rows.push_back(std::move(row));
    }
    if (step != SQLITE_DONE) return Problem();
    return rows;
  }

 private:
  Connection(sqlite3* handle, std::string store) : handle_(handle, sqlite3_close), store_(std::move(store)) {}
  // Nothing was done: SQLite ends a transaction whose statement or commit fails with everything as it was.
  Status Problem() const { return {Code::kUnavailable, sqlite3_errmsg(handle_.get()), store_}; }

  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_;
  std::string store_;
};

Record RecordOf(const Row& row) {
  Record record;
  for (std::size_t i = 0; i < kColumns.size(); ++i) record.attributes[kColumns[i]] = row[i];
  record.key = row[0].get<std::string>();
  record.version = row[6].dump();
  if (row[8] == row[6] && row[7].is_string()) record.operation = row[7].get<std::string>();
  return record;
}

class Sailings final : public evenkeel::RecordStore {
 public:
  Sailings(std::string path, std::string name) : path_(std::move(path)), name_(std::move(name)) {}

  // A row that is deleted and made again begins with an old `rev`: versions are not unique.
  evenkeel::StoreTraits Traits() const override { return {false, true, true, true}; }

  StatusOr<evenkeel::RecordListing> List(std::string_view) override {
    EVENKEEL_ASSIGN_OR_RETURN(Connection connection, Connection::Open(path_, name_));
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Row> rows, connection.Query(std::string(kSelect) + " ORDER BY ref"));
    evenkeel::RecordListing listing;
    for (const Row& row : rows) listing.records.push_back(RecordOf(row));
    return listing;
  }

  StatusOr<Record> Get(std::string_view key) override {
    EVENKEEL_ASSIGN_OR_RETURN(Connection connection, Connection::Open(path_, name_));
    return Find(connection, key);
  }

  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const evenkeel::Version& expected,
                          const evenkeel::WriteStamp& stamp) override {
    EVENKEEL_ASSIGN_OR_RETURN(Connection connection, Connection::Open(path_, name_));
    // From here on nobody else writes: what is checked is still true when it is changed. An early return closes, and that rolls back.
    EVENKEEL_RETURN_IF_ERROR(connection.Query("BEGIN IMMEDIATE").status());
    EVENKEEL_ASSIGN_OR_RETURN(const Record now, Find(connection, key));
    EVENKEEL_RETURN_IF_ERROR(Check(now, set, expected_attributes, expected));
    EVENKEEL_RETURN_IF_ERROR(PassFence(connection, now.key, stamp));
    if (!set.empty()) {
      std::string sql = "UPDATE sailings SET rev = rev + 1, evenkeel_rev = rev + 1, evenkeel_operation = ?";
      Row values = {stamp.operation};
      for (const auto& [name, value] : set) {
        sql += ", " + name + " = ?";
        values.push_back(value);
      }
      values.push_back(now.key);
      EVENKEEL_RETURN_IF_ERROR(connection.Query(sql + " WHERE ref = ?", values).status());
    }
    EVENKEEL_ASSIGN_OR_RETURN(Record after, Find(connection, key));
    EVENKEEL_RETURN_IF_ERROR(connection.Query("COMMIT").status());
    return after;
  }

 private:
  StatusOr<Record> Find(Connection& connection, std::string_view key) const {
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Row> rows, connection.Query(std::string(kSelect) + " WHERE ref = ?", {key}));
    if (rows.empty()) return Status(Code::kNotFound, "there is no such sailing", name_ + ":" + std::string(key));
    return RecordOf(rows.front());
  }

  // Only known columns are ever put into SQL, and the key never changes.
  Status Check(const Record& now, const Attributes& set, const Attributes& expected_attributes, const evenkeel::Version& expected) const {
    const std::string resource = name_ + ":" + now.key;
    for (const auto& [name, value] : set) {
      if (name == "ref" || std::find(kColumns.begin(), kColumns.end(), name) == kColumns.end()) {
        return {Code::kInvalidArgument, "the house has no column \"" + name + "\" that may be set", resource};
      }
    }
    for (const auto& [name, value] : expected_attributes) {
      const auto stands = now.attributes.find(name);
      if (stands == now.attributes.end() || stands->second != value) return {Code::kPreconditionFailed, name + " was changed by somebody; plan again", resource};
    }
    if (now.version != expected) return {Code::kPreconditionFailed, "the sailing was changed by somebody; plan again", resource};
    return evenkeel::OkStatus();
  }

  Status PassFence(Connection& connection, const std::string& key, const evenkeel::WriteStamp& stamp) const {
    if (!stamp.fence) return evenkeel::OkStatus();
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Row> seen, connection.Query("SELECT number FROM evenkeel_fences WHERE booking = ?", {stamp.fence->booking}));
    if (!seen.empty() && seen.front().front() > stamp.fence->number) {
      return {Code::kPreconditionFailed, "somebody else has taken the booking's lease; plan again", name_ + ":" + key};
    }
    return connection.Query("INSERT OR REPLACE INTO evenkeel_fences VALUES (?, ?)", {stamp.fence->booking, stamp.fence->number}).status();
  }

  const std::string path_;
  const std::string name_;
};

}  // namespace

std::unique_ptr<evenkeel::RecordStore> MakeSailings(std::string path, std::string store_name) {
  return std::make_unique<Sailings>(std::move(path), std::move(store_name));
}

}  // namespace house
