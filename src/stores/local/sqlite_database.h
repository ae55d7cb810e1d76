// An SQLite database that belongs to somebody else. The only file that includes sqlite3.h is sqlite_database.cpp.
//
// Reading leaves no trace: the file is opened read-only, no journal, no write-ahead log and no index file is made beside it. A database
// in WAL mode whose log is empty is read as immutable, because SQLite would make -wal and -shm files for a mere look; whether
// somebody began to write meanwhile is checked afterwards. Writing leaves the journal mode as it is.
//
// Threads: a process has one set of POSIX locks per file, and closing any descriptor of a file drops all of them. So databases of this
// process are used one after another: a Database holds a process-wide mutex. A host that opens the same file through its own SQLite in
// the same process must not do so during our calls.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "evenkeel/status.h"

struct sqlite3;

namespace evenkeel {

// One value: null, integer, float, text, or binary (a BLOB).
using Cell = nlohmann::json;
using Cells = std::vector<Cell>;

class Database {
 public:
  // `store`: for messages. kNotFound names a missing file.
  static StatusOr<Database> OpenForReading(const std::string& path, const std::string& store);
  static StatusOr<Database> OpenForWriting(const std::string& path, const std::string& store);

  // Runs one statement with its parameters. kUnavailable: another program holds the database (after five seconds).
  StatusOr<std::vector<Cells>> Query(const std::string& sql, const Cells& parameters = {});
  // Rows that the last UPDATE, INSERT or DELETE changed.
  int Changes() const;
  // Whether what was read can be trusted; false: read again.
  bool StillTheSame() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Stamp;  // of a file that is read as immutable

  Database() = default;
  static StatusOr<Database> Open(const std::string& path, const std::string& store, bool for_writing);
  Status Failure(const std::string& doing) const;

  std::unique_lock<std::mutex> process_;  // released after the database is closed
  std::unique_ptr<sqlite3, Close> database_;
  std::string path_, store_;
  std::shared_ptr<const Stamp> stamp_;  // null: locks guard the reading
};

// "name", safe in a statement whatever bytes it holds.
std::string QuoteName(const std::string& name);

}  // namespace evenkeel
