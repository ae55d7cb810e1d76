// The adapters of evenkeel::local under every contract.
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
INSTANTIATE_TEST_SUITE_P(Local, StateStoreContract,
                         testing::Values(Case<StateWorld>{"directory", [] { return std::make_unique<State>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, FilesContract,
                         testing::Values(Case<FilesWorld>{"system", [] { return std::make_unique<SystemWorld>(); }}), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
