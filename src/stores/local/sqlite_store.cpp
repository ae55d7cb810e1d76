#include "stores/local/sqlite_store.h"

#include <limits>

#include "evenkeel/json.h"
#include "stores/local/sqlite_table.h"
#include "text/nearest.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

Version VersionOf(const TableRow& row, const SideNote& note) { return "s" + row.content + "." + std::to_string(note.counter); }

Record RecordOf(const TableRow& row, const SideNote& note) {
  // The operation is remembered only while the row is as we left it.
  return {row.key, row.attributes, VersionOf(row, note), note.content == row.content ? note.operation : std::string()};
}

class SqliteStore final : public RecordStore {
 public:
  explicit SqliteStore(TableSettings settings) : settings_(std::move(settings)) {}

  StoreTraits Traits() const override { return {false, true, true, true}; }

  StatusOr<RecordListing> List(std::string_view cursor) override {
    if (!cursor.empty()) return Status(Code::kInvalidArgument, "this store lists everything at once and gives no cursor", settings_.store);
    return Look([&](const Table& table) { return ListRows(table); });
  }

  StatusOr<Record> Get(std::string_view key) override {
    return Look([&](const Table& table) { return GetRow(table, std::string(key)); });
  }

  std::vector<StatusOr<Record>> GetMany(std::span<const std::string> keys) override {
    using Answers = std::vector<StatusOr<Record>>;
    auto answers = Look([&](const Table& table) -> StatusOr<Answers> {
      Answers all;
      for (const std::string& key : keys) all.push_back(GetRow(table, key));
      return all;
    });
    return answers.ok() ? *std::move(answers) : Answers(keys.size(), StatusOr<Record>(answers.status()));
  }

  StatusOr<Record> Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes, const Version& expected,
                          const WriteStamp& stamp) override {
    EVENKEEL_ASSIGN_OR_RETURN(Database database, Database::OpenForWriting(settings_.path, settings_.store));
    // IMMEDIATE: from here on nobody else writes, so what is checked is still true when it is changed.
    EVENKEEL_RETURN_IF_ERROR(database.Query("BEGIN IMMEDIATE").status());
    auto updated = UpdateInside(database, std::string(key), set, expected_attributes, expected, stamp);
    if (!updated.ok()) {
      (void)database.Query("ROLLBACK").ok();  // closing the database rolls back in any case
      return updated.status();
    }
    EVENKEEL_RETURN_IF_ERROR(database.Query("COMMIT").status());
    return updated;
  }

 private:
  std::string ResourceOf(const std::string& key) const { return settings_.store + ":" + key; }

  // One consistent view: table and side table belong to the same moment.
  template <typename Read>
  auto Look(Read read) -> decltype(read(std::declval<const Table&>())) {
    for (int attempt = 0; attempt < 5; ++attempt) {
      EVENKEEL_ASSIGN_OR_RETURN(Database database, Database::OpenForReading(settings_.path, settings_.store));
      EVENKEEL_RETURN_IF_ERROR(database.Query("BEGIN").status());
      auto table = Table::Open(database, settings_);
      if (!table.ok() && database.StillTheSame()) return table.status();
      if (!table.ok()) continue;
      auto result = read(*table);
      if (database.StillTheSame()) return result;
    }
    return Status(Code::kUnavailable, "the database changes faster than it can be read; try again", settings_.store);
  }

  StatusOr<RecordListing> ListRows(const Table& table) const {
    EVENKEEL_ASSIGN_OR_RETURN(const auto rows, table.ReadAll());
    EVENKEEL_ASSIGN_OR_RETURN(const auto notes, table.ReadNotes());
    RecordListing listing;
    const auto miss = [&](const std::string& why) {
      listing.complete = false;
      AddReason(listing.why_incomplete, why);
    };
    for (const TableRow& row : rows) {
      if (!row.problem.ok()) {
        miss(row.problem.ToString());
        continue;
      }
      if (listing.records.size() == settings_.limits.listing_entries) {
        miss("more than " + std::to_string(settings_.limits.listing_entries) + " rows (limit listing_entries)");
        break;
      }
      const auto note = notes.find(row.key);
      listing.records.push_back(RecordOf(row, note == notes.end() ? SideNote{} : note->second));
    }
    return listing;
  }

  StatusOr<TableRow> FindRow(const Table& table, const std::string& key) const {
    EVENKEEL_ASSIGN_OR_RETURN(auto row, table.Read(key));
    if (!row) return Status(Code::kNotFound, "the table \"" + settings_.table + "\" has no such row", ResourceOf(key));
    if (!row->problem.ok()) return row->problem;
    return *std::move(row);
  }

  StatusOr<Record> GetRow(const Table& table, const std::string& key) const {
    EVENKEEL_ASSIGN_OR_RETURN(const TableRow row, FindRow(table, key));
    EVENKEEL_ASSIGN_OR_RETURN(const SideNote note, table.ReadNote(key));
    return RecordOf(row, note);
  }

  Status CheckColumns(const Table& table, const Attributes& attributes, const std::string& key) const {
    for (const auto& [name, value] : attributes) {
      if (table.HasColumn(name)) continue;
      const std::string nearest = NearestName(name, table.columns());
      return {Code::kInvalidArgument, "the table \"" + settings_.table + "\" has no column \"" + name + "\"" +
                                          (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?"), ResourceOf(key)};
    }
    return OkStatus();
  }

  Status CheckValues(const TableRow& row, const Attributes& expected) const {
    for (const auto& [name, value] : expected) {
      const auto now = row.attributes.find(name);
      if (now != row.attributes.end() && now->second == value) continue;
      const std::string stands = now == row.attributes.end() ? "a value that cannot be shown" : DumpJson(now->second);
      return {Code::kPreconditionFailed, name + " is " + stands + ", not " + DumpJson(value) + ": somebody else changed it; plan again",
              ResourceOf(row.key)};
    }
    return OkStatus();
  }

  Status PassFence(const Table& table, const WriteStamp& stamp, const std::string& key) const {
    if (!stamp.fence) return OkStatus();
    if (stamp.fence->number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return {Code::kInvalidArgument, "the fence number is too large", ResourceOf(key)};
    }
    const auto number = static_cast<std::int64_t>(stamp.fence->number);
    EVENKEEL_ASSIGN_OR_RETURN(const std::int64_t seen, table.ReadFence(stamp.fence->booking));
    if (number >= seen) return table.WriteFence(stamp.fence->booking, number);
    return {Code::kPreconditionFailed, "fence " + std::to_string(number) + " of booking " + stamp.fence->booking + " is older than " +
                                           std::to_string(seen) + ": somebody else has taken the lease; plan again", ResourceOf(key)};
  }

  // A column's type may turn a value into another one ("0900" becomes 900 in an INTEGER column): then it cannot hold it.
  Status CheckHeld(const TableRow& after, const Attributes& set) const {
    for (const auto& [name, value] : set) {
      const auto now = after.attributes.find(name);
      if (now != after.attributes.end() && now->second == (value.is_boolean() ? Json(value.get<bool>() ? 1 : 0) : value)) continue;
      return {Code::kInvalidArgument, "the column \"" + name + "\" cannot hold " + DumpJson(value) +
                                          (now == after.attributes.end() ? "" : ": it makes " + DumpJson(now->second) + " of it"),
              ResourceOf(after.key)};
    }
    return OkStatus();
  }

  StatusOr<Record> UpdateInside(Database& database, const std::string& key, const Attributes& set, const Attributes& expected_attributes,
                                const Version& expected, const WriteStamp& stamp) const {
    EVENKEEL_ASSIGN_OR_RETURN(Table table, Table::Open(database, settings_));
    EVENKEEL_RETURN_IF_ERROR(CheckColumns(table, set, key));
    EVENKEEL_RETURN_IF_ERROR(CheckColumns(table, expected_attributes, key));
    EVENKEEL_ASSIGN_OR_RETURN(const TableRow row, FindRow(table, key));
    EVENKEEL_ASSIGN_OR_RETURN(SideNote note, table.ReadNote(key));
    EVENKEEL_RETURN_IF_ERROR(CheckValues(row, expected_attributes));
    if (VersionOf(row, note) != expected) {
      return Status(Code::kPreconditionFailed, "the row is not the one the plan was made from: somebody else changed it; plan again", ResourceOf(key));
    }
    EVENKEEL_RETURN_IF_ERROR(table.MakeSideTable());
    EVENKEEL_RETURN_IF_ERROR(PassFence(table, stamp, key));
    if (set.empty()) return RecordOf(row, note);
    EVENKEEL_RETURN_IF_ERROR(table.Set(row, set));
    for (const std::string& column : settings_.key) {
      if (set.contains(column)) return Status(Code::kInvalidArgument, "the key column \"" + column + "\" is never set", ResourceOf(key));
    }
    EVENKEEL_ASSIGN_OR_RETURN(const TableRow after, FindRow(table, key));
    EVENKEEL_RETURN_IF_ERROR(CheckHeld(after, set));
    note = {note.counter + 1, stamp.operation, after.content};
    EVENKEEL_RETURN_IF_ERROR(table.WriteNote(key, note));
    return RecordOf(after, note);
  }

  const TableSettings settings_;
};

}  // namespace

StatusOr<std::unique_ptr<RecordStore>> MakeSqliteStore(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(TableSettings table, TableSettings::From(context, settings));
  return std::unique_ptr<RecordStore>(std::make_unique<SqliteStore>(std::move(table)));
}

}  // namespace evenkeel
