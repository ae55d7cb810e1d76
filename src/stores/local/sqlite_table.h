// The operator's table, and our side table in the same database.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evenkeel/fleet.h"
#include "stores/local/sqlite_database.h"

namespace evenkeel {

// What the fleet file says of the table.
struct TableSettings {
  std::string path;
  std::string table;
  std::vector<std::string> key;
  std::vector<std::vector<std::string>> mapped;  // paths that fields are mapped to; one of each must be there
  std::string store;                // for messages
  Limits limits;

  static StatusOr<TableSettings> From(const AdapterContext& context, const Json& settings);
};

struct TableRow {
  std::string key;
  Cells key_cells;  // as they stand, for WHERE
  Attributes attributes;
  std::string content;  // hash of the whole row
  Status problem;       // why it cannot be given out
};

// Of our last write to a row.
struct SideNote {
  std::int64_t counter = 0;
  std::string operation;
  std::string content;  // hash of the row as we left it
};

// One view of the table through an open database. Borrows both.
class Table {
 public:
  // Checks that table, key columns and mapped columns exist; kNotFound names what is missing and the nearest name there is.
  static StatusOr<Table> Open(Database& database, const TableSettings& settings);

  bool HasColumn(const std::string& name) const;
  const std::vector<std::string>& columns() const { return columns_; }

  // Every row in order of key. kInvalidArgument when two have the same key.
  StatusOr<std::vector<TableRow>> ReadAll() const;
  // nullopt when there is none.
  StatusOr<std::optional<TableRow>> Read(const std::string& key) const;
  // kNotFound when the row went away.
  Status Set(const TableRow& row, const Attributes& set) const;

  // The side table; without it there are no notes.
  StatusOr<std::map<std::string, SideNote>> ReadNotes() const;
  StatusOr<SideNote> ReadNote(const std::string& key) const;
  Status MakeSideTable();
  Status WriteNote(const std::string& key, const SideNote& note) const;
  StatusOr<std::int64_t> ReadFence(const std::string& booking) const;
  Status WriteFence(const std::string& booking, std::int64_t number) const;

 private:
  Table(Database& database, const TableSettings& settings) : database_(&database), settings_(&settings) {}
  TableRow RowOf(Cells cells) const;
  std::string Select() const;

  Database* database_;
  const TableSettings* settings_;
  std::vector<std::string> columns_;
  bool has_side_table_ = false;
};

}  // namespace evenkeel
