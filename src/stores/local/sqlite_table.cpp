#include "stores/local/sqlite_table.h"

#include <algorithm>

#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "text/nearest.h"

namespace evenkeel {
namespace {

constexpr char kSideTable[] = "evenkeel_operations";

StatusOr<std::vector<std::string>> Names(Database& database, const std::string& sql, const Cells& parameters) {
  EVENKEEL_ASSIGN_OR_RETURN(const auto rows, database.Query(sql, parameters));
  std::vector<std::string> names;
  for (const Cells& row : rows) {
    if (row.at(0).is_string()) names.push_back(row[0].get<std::string>());
  }
  return names;
}

// "…; did you mean X? There are: A, B" – the nearest name and what there is.
std::string Instead(const std::string& name, const std::vector<std::string>& known) {
  const std::string nearest = NearestName(name, known);
  if (!nearest.empty()) return "; did you mean \"" + nearest + "\"?";
  std::string all;
  for (std::size_t i = 0; i < known.size() && i < 12; ++i) all += (i == 0 ? "; there are: " : ", ") + known[i];
  return known.empty() ? "; there are none." : all + ".";
}

// What identifies the content of a row whatever its types: JSON has no place for a BLOB.
std::string ContentOf(const std::vector<std::string>& columns, const Cells& cells) {
  Json content = Json::array();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool blob = cells[i].is_binary();
    const auto& bytes = blob ? cells[i].get_binary() : Cell::binary_t();
    const std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    // Text is hashed apart too: two texts that are no UTF-8 must not look the same.
    const Json shown = cells[i].is_string() ? Json("text " + Sha256Hex(cells[i].get_ref<const std::string&>())) : cells[i];
    content.push_back({columns[i], blob ? Json("blob " + Sha256Hex(view)) : shown});
  }
  return Sha256Hex(DumpJson(content)).substr(0, 32);
}

std::string TextOf(const Cell& cell) {
  if (cell.is_string()) return cell.get<std::string>();
  return DumpJson(cell);
}

// "crew[role=captain].name" leads into the column "crew".
std::string ColumnOfPath(const std::string& path) { return path.substr(0, path.find_first_of(".[")); }

}  // namespace

StatusOr<TableSettings> TableSettings::From(const AdapterContext& context, const Json& settings) {
  TableSettings result;
  result.store = context.name;
  result.limits = context.limits;
  const auto refuse = [&](const char* why) { return Status(Code::kInvalidArgument, why, context.name); };
  const auto path = settings.find("path");
  if (path == settings.end() || !path->is_string() || path->get<std::string>().empty()) return refuse("\"path\" must name the database file");
  result.path = path->get<std::string>();
  if (result.path.find('\0') != std::string::npos) return refuse("\"path\" holds a NUL byte");
  if (result.path.front() != '/' && !context.folder.empty()) result.path = context.folder + "/" + result.path;
  const auto table = settings.find("table");
  if (table == settings.end() || !table->is_string() || table->get<std::string>().empty()) return refuse("\"table\" must name a table of the database");
  result.table = table->get<std::string>();
  const auto key = settings.find("key");
  if (key == settings.end() || !key->is_array() || key->empty()) return refuse("\"key\" must list the columns that tell the rows apart, like [ \"guest_code\" ]");
  for (const Json& column : *key) {
    if (!column.is_string()) return refuse("\"key\" must list names of columns");
    result.key.push_back(column.get<std::string>());
  }
  if (context.records != nullptr) {
    for (const auto& [field, mapping] : context.records->fields) {
      result.mapped.push_back({mapping.path});
      result.mapped.back().insert(result.mapped.back().end(), mapping.aliases.begin(), mapping.aliases.end());
    }
  }
  return result;
}

StatusOr<Table> Table::Open(Database& database, const TableSettings& settings) {
  Table table(database, settings);
  EVENKEEL_ASSIGN_OR_RETURN(const auto tables, Names(database, "SELECT name FROM sqlite_master WHERE type IN ('table','view') AND name NOT LIKE "
                                                               "'sqlite\\_%' ESCAPE '\\' ORDER BY name", {}));
  table.has_side_table_ = std::find(tables.begin(), tables.end(), kSideTable) != tables.end();
  std::vector<std::string> theirs;
  std::copy_if(tables.begin(), tables.end(), std::back_inserter(theirs), [](const std::string& name) { return name != kSideTable; });
  if (std::find(theirs.begin(), theirs.end(), settings.table) == theirs.end()) {
    return Status(Code::kNotFound, "the database " + settings.path + " has no table \"" + settings.table + "\"" + Instead(settings.table, theirs) +
                                       " Correct \"table\" in the fleet file", settings.store);
  }
  EVENKEEL_ASSIGN_OR_RETURN(table.columns_, Names(database, "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden IN (0, 2, 3)", {settings.table}));
  const auto missing = [&](const std::string& column, const char* where) {
    return Status(Code::kNotFound, "the table \"" + settings.table + "\" has no column \"" + column + "\"" + Instead(column, table.columns_) +
                                       " Correct \"" + where + "\" in the fleet file", settings.store);
  };
  for (const std::string& column : settings.key) {
    if (!table.HasColumn(column)) return missing(column, "key");
  }
  const auto has = [&](const std::string& path) { return table.HasColumn(path) || table.HasColumn(ColumnOfPath(path)); };
  for (const std::vector<std::string>& paths : settings.mapped) {
    if (std::none_of(paths.begin(), paths.end(), has)) return missing(paths.front(), "fields");
  }
  return table;
}

bool Table::HasColumn(const std::string& name) const { return std::find(columns_.begin(), columns_.end(), name) != columns_.end(); }

std::string Table::Select() const {
  std::string sql = "SELECT ";
  for (std::size_t i = 0; i < columns_.size(); ++i) sql += (i == 0 ? "" : ", ") + QuoteName(columns_[i]);
  return sql + " FROM main." + QuoteName(settings_->table);
}

TableRow Table::RowOf(Cells cells) const {
  TableRow row;
  row.content = ContentOf(columns_, cells);
  for (const std::string& column : settings_->key) {
    row.key_cells.push_back(cells[static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin())]);
    const Cell& cell = row.key_cells.back();
    if (cell.is_null() || cell.is_binary()) {
      row.problem = Status(Code::kInvalidArgument, "a row of \"" + settings_->table + "\" has " + (cell.is_null() ? "nothing" : "a BLOB") +
                                                       " in its key column \"" + column + "\": it cannot be named", settings_->store);
    }
  }
  if (row.problem.ok()) row.key = row.key_cells.size() == 1 ? TextOf(row.key_cells.front()) : DumpJson(Json(row.key_cells));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto is_here = [&](const std::string& path) { return path == columns_[i] || ColumnOfPath(path) == columns_[i]; };
    const auto any_here = [&](const std::vector<std::string>& paths) { return std::any_of(paths.begin(), paths.end(), is_here); };
    const bool mapped = std::any_of(settings_->mapped.begin(), settings_->mapped.end(), any_here);
    const bool too_long = cells[i].is_string() && cells[i].get_ref<const std::string&>().size() > settings_->limits.text_bytes;
    if (!cells[i].is_binary() && !too_long) {
      row.attributes[columns_[i]] = std::move(cells[i]);
    } else if (mapped && row.problem.ok()) {
      const std::string why = too_long ? " is longer than " + std::to_string(settings_->limits.text_bytes) + " bytes (limit text_bytes)"
                                       : " holds a BLOB, which no field can be read from; map another column";
      row.problem = Status(too_long ? Code::kLimitExceeded : Code::kInvalidArgument, "column \"" + columns_[i] + "\"" + why,
                           settings_->store + ":" + row.key);
    }
  }
  return row;
}

StatusOr<std::vector<TableRow>> Table::ReadAll() const {
  // One row more than the limit, so that going over it is seen.
  EVENKEEL_ASSIGN_OR_RETURN(auto cells, database_->Query(Select() + " LIMIT " + std::to_string(settings_->limits.listing_entries + 1)));
  std::vector<TableRow> rows;
  rows.reserve(cells.size());
  for (Cells& row : cells) rows.push_back(RowOf(std::move(row)));
  std::stable_sort(rows.begin(), rows.end(), [](const TableRow& a, const TableRow& b) { return a.key < b.key; });
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].key != rows[i - 1].key || rows[i].key.empty()) continue;
    return Status(Code::kInvalidArgument, "two rows of \"" + settings_->table + "\" have the key " + rows[i].key +
                                              "; name more columns in \"key\" of the fleet file", settings_->store);
  }
  return rows;
}

StatusOr<std::optional<TableRow>> Table::Read(const std::string& key) const {
  Cells wanted = {key};
  if (settings_->key.size() > 1) {
    auto parsed = ParseJson(key, settings_->store + " key", settings_->limits);
    if (!parsed.ok() || !parsed->is_array() || parsed->size() != settings_->key.size()) return std::optional<TableRow>();
    wanted = Cells(parsed->begin(), parsed->end());
  }
  // First by the columns' own types, which an index serves; then by text, for columns that hold other types than they declare.
  for (const bool as_text : {false, true}) {
    std::string where;
    for (const std::string& column : settings_->key) {
      const std::string name = QuoteName(column);
      where += (where.empty() ? " WHERE " : " AND ") + (as_text ? "CAST(" + name + " AS TEXT) = CAST(? AS TEXT)" : name + " = ?");
    }
    EVENKEEL_ASSIGN_OR_RETURN(auto found, database_->Query(Select() + where + " LIMIT 100", wanted));
    std::optional<TableRow> result;
    for (Cells& cells : found) {
      TableRow row = RowOf(std::move(cells));
      if (row.key != key) continue;  // 5 is equal to '05' for the column, and is not the key that was asked for
      if (result) {
        return Status(Code::kInvalidArgument, "two rows of \"" + settings_->table + "\" have this key; name more columns in \"key\" of the fleet file",
                      settings_->store + ":" + key);
      }
      result = std::move(row);
    }
    if (result) return result;
  }
  return std::optional<TableRow>();
}

Status Table::Set(const TableRow& row, const Attributes& set) const {
  if (set.empty()) return OkStatus();
  std::string sql;
  Cells parameters;
  for (const auto& [name, value] : set) {
    sql += (sql.empty() ? "" : ", ") + QuoteName(name) + " = ?";
    parameters.push_back(value);
  }
  std::string where;
  for (std::size_t i = 0; i < settings_->key.size(); ++i) {
    where += (where.empty() ? " WHERE " : " AND ") + QuoteName(settings_->key[i]) + " IS ?";
    parameters.push_back(row.key_cells[i]);
  }
  EVENKEEL_RETURN_IF_ERROR(database_->Query("UPDATE main." + QuoteName(settings_->table) + " SET " + sql + where, parameters).status());
  if (database_->Changes() == 1) return OkStatus();
  return {Code::kInternal, "an update of one row changed " + std::to_string(database_->Changes()), settings_->store + ":" + row.key};
}

StatusOr<std::map<std::string, SideNote>> Table::ReadNotes() const {
  std::map<std::string, SideNote> notes;
  if (!has_side_table_) return notes;
  EVENKEEL_ASSIGN_OR_RETURN(const auto rows, database_->Query("SELECT name, counter, operation, content FROM main.evenkeel_operations "
                                                              "WHERE kind = 'record' AND scope = ?1", {settings_->table}));
  for (const Cells& row : rows) {
    notes[row.at(0).get<std::string>()] = {row.at(1).get<std::int64_t>(), row.at(2).get<std::string>(), row.at(3).get<std::string>()};
  }
  return notes;
}

StatusOr<SideNote> Table::ReadNote(const std::string& key) const {
  if (!has_side_table_) return SideNote{};
  EVENKEEL_ASSIGN_OR_RETURN(const auto rows, database_->Query("SELECT counter, operation, content FROM main.evenkeel_operations "
                                                              "WHERE kind = 'record' AND scope = ?1 AND name = ?2", {settings_->table, key}));
  if (rows.empty()) return SideNote{};
  return SideNote{rows[0].at(0).get<std::int64_t>(), rows[0].at(1).get<std::string>(), rows[0].at(2).get<std::string>()};
}

Status Table::MakeSideTable() {
  if (has_side_table_) return OkStatus();
  EVENKEEL_RETURN_IF_ERROR(database_->Query("CREATE TABLE main.evenkeel_operations (kind TEXT NOT NULL, scope TEXT NOT NULL, name TEXT NOT NULL, "
                                            "counter INTEGER NOT NULL, operation TEXT NOT NULL, content TEXT NOT NULL, "
                                            "PRIMARY KEY (kind, scope, name)) WITHOUT ROWID").status());
  has_side_table_ = true;
  return OkStatus();
}

Status Table::WriteNote(const std::string& key, const SideNote& note) const {
  return database_->Query("INSERT OR REPLACE INTO main.evenkeel_operations VALUES ('record', ?1, ?2, ?3, ?4, ?5)",
                          {settings_->table, key, note.counter, note.operation, note.content}).status();
}

StatusOr<std::int64_t> Table::ReadFence(const std::string& booking) const {
  EVENKEEL_ASSIGN_OR_RETURN(const auto rows, database_->Query("SELECT counter FROM main.evenkeel_operations "
                                                              "WHERE kind = 'fence' AND scope = '' AND name = ?1", {booking}));
  return rows.empty() ? 0 : rows[0].at(0).get<std::int64_t>();
}

Status Table::WriteFence(const std::string& booking, std::int64_t number) const {
  return database_->Query("INSERT OR REPLACE INTO main.evenkeel_operations VALUES ('fence', '', ?1, ?2, '', '')", {booking, number}).status();
}

}  // namespace evenkeel
