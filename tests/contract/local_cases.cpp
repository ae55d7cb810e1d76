// The adapters of evenkeel::local under every contract.
#include <cstdio>

#include "contract/scratch.h"
#include "contract/sql.h"
#include "contract/worlds.h"

namespace evenkeel::contract {
namespace {

template <typename AnyWorld>
class LocalWorld : public AnyWorld {
 public:
  bool OutlivesProcess() const override { return true; }

 protected:
  Scratch scratch;
  AdapterRegistry adapters = LocalAdapters();
};

class Directory final : public LocalWorld<ObjectWorld> {
 public:
  Directory() { std::filesystem::create_directory(scratch / "site"); }
  std::unique_ptr<ObjectStore> Open() override { return MakeStore(adapters.pages, "directory", scratch.Context("pages"), {{"path", "site"}}); }
  void PutForeign(std::string_view key, std::string_view bytes) override { scratch.Write("site/" + std::string(key), bytes); }
  void DeleteForeign(std::string_view key) override { std::filesystem::remove(scratch / ("site/" + std::string(key))); }
};

class Sqlite final : public LocalWorld<RecordWorld> {
 public:
  Sqlite(const char* columns, const char* mode) {
    Sql(scratch / "db.sqlite", std::string("PRAGMA journal_mode=") + mode + "; CREATE TABLE \"my \"\"odd\"\"-table\" " + columns);
    mapping.fields = {{"code", "id"}, {"start", "start"}, {"page", "page"}};
  }
  std::unique_ptr<RecordStore> Open() override {
    AdapterContext context = scratch.Context("records");
    context.records = &mapping;
    return MakeStore(adapters.records, "sqlite", context, {{"path", "db.sqlite"}, {"table", "my \"odd\"-table"}, {"key", {"id"}}});
  }
  void PutForeign(std::string_view key, std::string_view start, std::string_view page, int count) override {
    Sql(scratch / "db.sqlite", "INSERT OR REPLACE INTO \"my \"\"odd\"\"-table\"(id, start, page, count) VALUES (" + Quoted(key) + "," +
                                   Quoted(start) + "," + Quoted(page) + "," + std::to_string(count) + ")");
  }

 private:
  RecordStoreConfig mapping;
};

class Log final : public LocalWorld<EdgeWorld> {
 public:
  std::unique_ptr<EdgeCache> Open() override { return MakeStore(adapters.edge, "log", scratch.Context("cdn"), {{"path", "log.jsonl"}}); }
};

class CalendarFile final : public LocalWorld<CalendarWorld> {
 public:
  std::unique_ptr<Calendar> Open() override { return MakeStore(adapters.calendars, "ics", scratch.Context("calendar"), {{"path", "calendar.ics"}}); }
  void PutForeign(std::string_view uid, int start_minutes, int end_minutes, std::string_view summary) override {
    const auto time = [](const char* name, int minutes) {
      char text[80];
      std::snprintf(text, sizeof text, "%s;TZID=America/Los_Angeles:20260530T%02d%02d00\r\n", name, minutes / 60, minutes % 60);
      return std::string(text);
    };
    events_[std::string(uid)] = "BEGIN:VEVENT\r\nUID:" + std::string(uid) + "\r\nDTSTAMP:20260509T164012Z\r\n" + time("DTSTART", start_minutes) +
                                time("DTEND", end_minutes) + "SUMMARY:" + std::string(summary) + "\r\nEND:VEVENT\r\n";
    std::string file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n";
    for (auto at = events_.rbegin(); at != events_.rend(); ++at) file += at->second;
    scratch.Write("calendar.ics", file + "END:VCALENDAR\r\n");
  }

 private:
  std::map<std::string, std::string> events_;
};

class ListingFile final : public LocalWorld<ListingWorld> {
 public:
  std::unique_ptr<Listing> Open() override { return MakeStore(adapters.listings, "manual", scratch.Context("market"), {{"path", "market.json"}}); }
  void PutForeign(std::string_view id, std::string_view start) override {
    entries_[std::string(id)] = {{"id", id}, {"start", start}};
    Json list = Json::array();
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) list.push_back(at->second);
    scratch.Write("market.json", Json({{"listings", list}}).dump(2));
  }

 private:
  std::map<std::string, Json> entries_;
};

class BoardFile final : public LocalWorld<BoardWorld> {
 public:
  std::unique_ptr<TaskBoard> Open() override { return MakeStore(adapters.boards, "json", scratch.Context("board"), {{"path", "state.json"}}); }
  void PutForeign(std::string_view id, std::string_view lane, std::string_view title) override {
    cards_[std::string(id)] = {{"id", id}, {"lane", lane}, {"title", title}};
    Json list = Json::array();
    for (auto at = cards_.rbegin(); at != cards_.rend(); ++at) list.push_back(at->second);
    scratch.Write("state.json", Json({{"cards", list}}).dump());
  }

 private:
  std::map<std::string, Json> cards_;
};

class State final : public LocalWorld<StateWorld> {
 public:
  std::unique_ptr<StateStore> Open() override { return MakeStore(adapters.states, "directory", scratch.Context("state"), {{"path", "state"}}); }
  void TearJournal(std::string_view run, std::string_view bytes) override {
    std::ofstream(scratch / ("state/journals/" + std::string(run) + ".jsonl"), std::ios::app).write(bytes.data(), static_cast<long>(bytes.size()));
  }
};

class SystemWorld final : public FilesWorld {
 public:
  std::unique_ptr<Environment> Open() override { return MakeSystemEnvironment(); }
  bool OutlivesProcess() const override { return true; }
  std::string Folder() const override { return scratch_.path(); }

 private:
  Scratch scratch_;
};

INSTANTIATE_TEST_SUITE_P(Local, ObjectStoreContract,
                         testing::Values(Case<ObjectWorld>{"directory", [] { return std::make_unique<Directory>(); }}), NameOfCase());
constexpr char kPlain[] = "(id TEXT PRIMARY KEY, start TEXT, page TEXT, count INTEGER)";
constexpr char kNoRowid[] = "(id TEXT PRIMARY KEY, start TEXT, page TEXT, count INTEGER) WITHOUT ROWID";
INSTANTIATE_TEST_SUITE_P(
    Local, RecordStoreContract,
    testing::Values(Case<RecordWorld>{"sqlite", [] { return std::make_unique<Sqlite>(kPlain, "DELETE"); }},
                    Case<RecordWorld>{"sqlite_without_rowid", [] { return std::make_unique<Sqlite>(kNoRowid, "DELETE"); }},
                    Case<RecordWorld>{"sqlite_wal", [] { return std::make_unique<Sqlite>(kPlain, "WAL"); }}),
    NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, EdgeCacheContract, testing::Values(Case<EdgeWorld>{"log", [] { return std::make_unique<Log>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, CalendarContract,
                         testing::Values(Case<CalendarWorld>{"ics", [] { return std::make_unique<CalendarFile>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, ListingContract,
                         testing::Values(Case<ListingWorld>{"manual", [] { return std::make_unique<ListingFile>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, TaskBoardContract,
                         testing::Values(Case<BoardWorld>{"json", [] { return std::make_unique<BoardFile>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, StateStoreContract,
                         testing::Values(Case<StateWorld>{"directory", [] { return std::make_unique<State>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, FilesContract,
                         testing::Values(Case<FilesWorld>{"system", [] { return std::make_unique<SystemWorld>(); }}), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
