#include "contract/scratch.h"
#include "contract/sql.h"
#include "contract/worlds.h"

namespace evenkeel {
namespace {

using contract::LocalAdapters;
using contract::MakeStore;
using contract::Scratch;
using contract::Sql;

struct SqliteStore : testing::Test {
  std::unique_ptr<RecordStore> Open(const std::string& table = "trips", std::vector<std::string> key = {"code"}, const std::string& path = "db.sqlite") {
    AdapterContext context = scratch.Context("dispatch");
    context.records = &mapping;
    return MakeStore(LocalAdapters().records, "sqlite", context, {{"path", path}, {"table", table}, {"key", key}});
  }
  void Make(const std::string& sql = "CREATE TABLE trips(code TEXT PRIMARY KEY, start_time TEXT, seats INTEGER, note); "
                                     "INSERT INTO trips VALUES ('S2FJLN', '15:30', 1530, NULL)") {
    Sql(scratch / "db.sqlite", sql);
  }
  std::vector<std::string> Beside() { return scratch.environment().files().List(scratch.path()).value(); }
  Scratch scratch;
  RecordStoreConfig mapping;
};

TEST_F(SqliteStore, LookingLeavesNoTrace) {
  for (const char* mode : {"DELETE", "WAL", "TRUNCATE"}) {
    Scratch own;
    Sql(own / "db.sqlite", std::string("PRAGMA journal_mode=") + mode + "; CREATE TABLE trips(code TEXT PRIMARY KEY, start_time TEXT); INSERT INTO trips VALUES ('a', 'b')");
    const auto before = own.Tree();
    auto store = MakeStore(LocalAdapters().records, "sqlite", own.Context("dispatch"), {{"path", "db.sqlite"}, {"table", "trips"}, {"key", {"code"}}});
    EXPECT_OK(store->List(""));
    EXPECT_OK(store->Get("a"));
    EXPECT_EQ(own.Tree(), before) << mode;
  }
}

TEST_F(SqliteStore, AWriteKeepsTheJournalModeAndMakesTheSideTable) {
  Make();
  auto store = Open();
  ASSERT_OK(store->Update("S2FJLN", {{"start_time", "16:30"}}, {{"start_time", "15:30"}}, store->Get("S2FJLN")->version, {"op", {}}));
  EXPECT_EQ(Sql(scratch / "db.sqlite", "PRAGMA journal_mode"), "delete");
  EXPECT_EQ(Sql(scratch / "db.sqlite", "SELECT operation FROM evenkeel_operations WHERE kind = 'record'"), "op");
  EXPECT_EQ(Sql(scratch / "db.sqlite", "SELECT start_time FROM trips"), "16:30");
  EXPECT_EQ(Beside(), std::vector<std::string>{"db.sqlite"});
}

TEST_F(SqliteStore, ADatabaseInWalModeStaysThereAndALiveWriterIsRead) {
  Make("PRAGMA journal_mode=WAL; CREATE TABLE trips(code TEXT PRIMARY KEY, start_time TEXT); INSERT INTO trips VALUES ('a', 'old')");
  sqlite3* writer = nullptr;
  ASSERT_EQ(sqlite3_open((scratch / "db.sqlite").c_str(), &writer), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(writer, "UPDATE trips SET start_time = 'new'", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_TRUE(scratch.Exists("db.sqlite-wal")) << "the change is in the log only";
  auto store = Open();
  EXPECT_EQ(store->Get("a")->attributes.at("start_time"), Json("new"));
  ASSERT_OK(store->Update("a", {{"start_time", "ours"}}, {}, store->Get("a")->version, {"op", {}}));
  sqlite3_close(writer);
  EXPECT_EQ(Sql(scratch / "db.sqlite", "PRAGMA journal_mode"), "wal");
  EXPECT_EQ(store->Get("a")->attributes.at("start_time"), Json("ours"));
}

TEST_F(SqliteStore, WhatIsMissingIsNamedWithTheNearest) {
  Make();
  const auto says = [](const Status& status, const std::vector<std::string>& words) {
    for (const std::string& word : words) EXPECT_NE(status.ToString().find(word), std::string::npos) << word << " in " << status.ToString();
    EXPECT_EQ(status.ToString().find('\n'), std::string::npos);
  };
  says(Open("trip")->List("").status(), {"trip", "trips", "table", "fleet file"});
  says(Open("trips", {"cod"})->List("").status(), {"cod", "code", "column", "key"});
  says(Open("trips", {"code"}, "none.sqlite")->List("").status(), {"none.sqlite", "does not exist"});
  EXPECT_FALSE(scratch.Exists("none.sqlite"));
  mapping.fields = {{"start", "start_tme"}};
  says(Open()->List("").status(), {"start_tme", "start_time", "fields"});
  mapping.fields = {{"start", "note.start"}};
  EXPECT_OK(Open()->List(""));
  scratch.Write("text.sqlite", "This is no database, it is a text that is long enough to be looked at as one by SQLite, which wants a hundred bytes.");
  mapping.fields.clear();
  says(Open("trips", {"code"}, "text.sqlite")->List("").status(), {"not an SQLite database"});
}

TEST_F(SqliteStore, TypesStayAndAColumnThatCannotHoldAValueIsSaid) {
  Make();
  auto store = Open();
  auto record = store->Get("S2FJLN");
  ASSERT_OK(record);
  EXPECT_EQ(record->attributes.at("seats"), Json(1530));
  EXPECT_EQ(record->attributes.at("note"), Json());
  EXPECT_EQ(store->Update("S2FJLN", {{"seats", "0900"}}, {}, record->version, {"op", {}}).code(), Code::kInvalidArgument);
  EXPECT_EQ(store->Get("S2FJLN")->version, record->version);
  ASSERT_OK(store->Update("S2FJLN", {{"note", "O'Brien \"x\"; DROP TABLE trips"}, {"start_time", nullptr}}, {}, record->version, {"op", {}}));
  EXPECT_EQ(store->Get("S2FJLN")->attributes.at("note"), Json("O'Brien \"x\"; DROP TABLE trips"));
  EXPECT_EQ(store->Get("S2FJLN")->attributes.at("start_time"), Json());
}

TEST_F(SqliteStore, ABlobIsRefusedOnlyWhereAFieldIsMappedToIt) {
  Make("CREATE TABLE trips(code TEXT PRIMARY KEY, picture BLOB, start_time TEXT); INSERT INTO trips VALUES ('a', x'00ff', '15:30'), ('b', NULL, '16:30')");
  auto unmapped = Open()->List("");
  ASSERT_OK(unmapped);
  EXPECT_TRUE(unmapped->complete);
  EXPECT_EQ(unmapped->records.size(), 2u);
  mapping.fields = {{"start", "picture"}};
  auto mapped = Open()->List("");
  ASSERT_OK(mapped);
  EXPECT_FALSE(mapped->complete);
  EXPECT_EQ(mapped->records.size(), 1u);
  EXPECT_NE(mapped->why_incomplete.find("picture"), std::string::npos);
  EXPECT_EQ(Open()->Get("a").code(), Code::kInvalidArgument);
}

TEST_F(SqliteStore, KeysOfSeveralColumnsAndOfNumbers) {
  Make("CREATE TABLE trips(day TEXT, slot INTEGER, start_time TEXT, PRIMARY KEY(day, slot)) WITHOUT ROWID; "
       "INSERT INTO trips VALUES ('2026-05-30', 2, 'x'), ('2026-05-30', 10, 'y')");
  auto store = Open("trips", {"day", "slot"});
  auto listing = store->List("");
  ASSERT_OK(listing);
  ASSERT_EQ(listing->records.size(), 2u);
  EXPECT_EQ(listing->records[0].key, "[\"2026-05-30\",10]");
  auto record = store->Get("[\"2026-05-30\",2]");
  ASSERT_OK(record);
  EXPECT_OK(store->Update(record->key, {{"start_time", "z"}}, {}, record->version, {"op", {}}));
  EXPECT_EQ(Sql(scratch / "db.sqlite", "SELECT start_time FROM trips WHERE slot = 10"), "y");
  auto by_slot = Open("trips", {"slot"});
  EXPECT_EQ(by_slot->Get("10")->attributes.at("start_time"), Json("y"));
  EXPECT_EQ(by_slot->Get("010").code(), Code::kNotFound);
}

TEST_F(SqliteStore, TwoRowsWithOneKeyAreAnError) {
  Make("CREATE TABLE trips(code TEXT, start_time TEXT); INSERT INTO trips VALUES ('a', 'x'), ('a', 'y')");
  EXPECT_EQ(Open()->List("").code(), Code::kInvalidArgument);
  EXPECT_EQ(Open()->Get("a").code(), Code::kInvalidArgument);
}

}  // namespace
}  // namespace evenkeel
