#include "stores/local/sqlite_database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

namespace evenkeel {
namespace {

constexpr int kBusyTimeoutMs = 5000;

std::mutex& ProcessMutex() {
  static std::mutex mutex;  // see the header: the locks it guards are the process's too
  return mutex;
}

std::string UriOf(const std::string& path, const char* parameters) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri = path.front() == '/' ? "file://" : "file:";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::strchr("/-_.~", c) != nullptr;
    if (plain) {
      uri.push_back(c);
    } else {
      uri.push_back('%');
      uri.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
      uri.push_back(kHex[static_cast<unsigned char>(c) & 15]);
    }
  }
  return uri + parameters;
}

std::uint64_t SizeOf(const std::string& path) {
  struct stat state;
  return stat(path.c_str(), &state) == 0 ? static_cast<std::uint64_t>(state.st_size) : 0;
}

// Bytes 18 and 19 of the header are 2 in WAL mode (SQLite's "Database File Format", section 1.3.3).
bool IsInWalMode(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  unsigned char header[20] = {};
  const bool read = pread(fd, header, sizeof header, 0) == static_cast<ssize_t>(sizeof header);
  close(fd);
  return read && header[18] == 2;
}

Status Missing(const std::string& path, const std::string& store) {
  struct stat state;
  if (stat(path.c_str(), &state) == 0) {
    if (!S_ISDIR(state.st_mode)) return OkStatus();
    return {Code::kInvalidArgument, "the database " + path + " is a folder; correct \"path\" in the fleet file", store};
  }
  if (errno == EACCES) return {Code::kPermissionDenied, "the database " + path + " may not be looked at; change its rights", store};
  return {Code::kNotFound, "the database " + path + " does not exist; correct \"path\" in the fleet file", store};
}

Status Bind(sqlite3_stmt* statement, int at, const Cell& cell) {
  int result = SQLITE_OK;
  if (cell.is_null()) result = sqlite3_bind_null(statement, at);
  else if (cell.is_boolean()) result = sqlite3_bind_int64(statement, at, cell.get<bool>() ? 1 : 0);
  else if (cell.is_number_unsigned() && cell.get<std::uint64_t>() > INT64_MAX) return {Code::kInvalidArgument, "the number is too large for the database"};
  else if (cell.is_number_integer()) result = sqlite3_bind_int64(statement, at, cell.get<std::int64_t>());
  else if (cell.is_number_float()) result = sqlite3_bind_double(statement, at, cell.get<double>());
  else if (cell.is_string()) {
    const auto& text = cell.get_ref<const std::string&>();
    result = sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } else {
    return {Code::kInvalidArgument, "a list or an object cannot be written to a column"};
  }
  return result == SQLITE_OK ? OkStatus() : Status(Code::kInternal, "SQLite does not take a parameter");
}

Cell CellOf(sqlite3_stmt* statement, int column) {
  const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_NULL: return nullptr;
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, size());
    }
  }
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
  return Cell::binary(std::vector<std::uint8_t>(bytes, bytes + size()));
}

}  // namespace

struct Database::Stamp {
  std::uint64_t inode = 0, bytes = 0;
  std::int64_t changed_s = 0, changed_ns = 0;
  bool has_log = false;

  static Stamp Of(const std::string& path) {
    struct stat state = {};
    if (stat(path.c_str(), &state) != 0) return {};
    return {state.st_ino, static_cast<std::uint64_t>(state.st_size), state.st_ctim.tv_sec, state.st_ctim.tv_nsec, SizeOf(path + "-wal") > 0};
  }
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

StatusOr<Database> Database::OpenForReading(const std::string& path, const std::string& store) { return Open(path, store, false); }
StatusOr<Database> Database::OpenForWriting(const std::string& path, const std::string& store) { return Open(path, store, true); }

StatusOr<Database> Database::Open(const std::string& path, const std::string& store, bool for_writing) {
  Database result;
  result.process_ = std::unique_lock<std::mutex>(ProcessMutex());
  result.path_ = path;
  result.store_ = store;
  EVENKEEL_RETURN_IF_ERROR(Missing(path, store));
  const char* parameters = for_writing ? "?mode=rw" : "?mode=ro";
  if (!for_writing && IsInWalMode(path) && SizeOf(path + "-wal") == 0) {
    result.stamp_ = std::make_shared<const Stamp>(Stamp::Of(path));
    if (!result.stamp_->has_log) parameters = "?mode=ro&immutable=1";
  }
  sqlite3* database = nullptr;
  const int flags = (for_writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX;
  const int opened = sqlite3_open_v2(UriOf(path, parameters).c_str(), &database, flags, nullptr);
  result.database_.reset(database);
  if (opened != SQLITE_OK) return result.Failure("cannot open");
  sqlite3_busy_timeout(database, kBusyTimeoutMs);
  sqlite3_extended_result_codes(database, 1);
  if (for_writing) {
    // Of this connection only: a write that returned is durable, its directory entry too.
    EVENKEEL_RETURN_IF_ERROR(result.Query("PRAGMA synchronous=EXTRA").status());
    EVENKEEL_RETURN_IF_ERROR(result.Query("PRAGMA foreign_keys=ON").status());
  }
  return result;
}

Status Database::Failure(const std::string& doing) const {
  const int error = database_ == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(database_.get());
  const std::string what = doing + " " + path_ + ": ";
  const std::string words = database_ == nullptr ? "out of memory" : sqlite3_errmsg(database_.get());
  if (error == SQLITE_READONLY_ROLLBACK || error == SQLITE_READONLY_RECOVERY) {
    return {Code::kUnavailable, what + "another program left an unfinished transaction; open it once with that program or with sqlite3", store_};
  }
  switch (error & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {Code::kUnavailable, what + "another program holds it; try again when it has finished", store_};
    case SQLITE_NOTADB: return {Code::kInvalidArgument, what + "it is not an SQLite database; correct \"path\" in the fleet file", store_};
    case SQLITE_CORRUPT: return {Code::kInvalidArgument, what + "it is damaged (" + words + "); restore it from a backup", store_};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return {Code::kPermissionDenied, what + "it is read-only; change its rights", store_};
    case SQLITE_CANTOPEN: return {Code::kPermissionDenied, what + words + "; change the rights of the file and its folder", store_};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG: return {Code::kInvalidArgument, what + words, store_};
    case SQLITE_FULL: return {Code::kUnavailable, what + "the disk is full; free some space and try again", store_};
    // Of a connection that only reads nothing can be half done.
    case SQLITE_IOERR:
      return {sqlite3_db_readonly(database_.get(), "main") == 1 ? Code::kUnavailable : Code::kUnknownOutcome, what + words, store_};
    default: return {Code::kInvalidArgument, what + words, store_};
  }
}

StatusOr<std::vector<Cells>> Database::Query(const std::string& sql, const Cells& parameters) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.c_str(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK) {
    return Failure("cannot use");
  }
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, sqlite3_finalize);
  for (std::size_t i = 0; i < parameters.size(); ++i) EVENKEEL_RETURN_IF_ERROR(Bind(raw, static_cast<int>(i + 1), parameters[i]));
  std::vector<Cells> rows;
  for (;;) {
    const int step = sqlite3_step(raw);
    if (step == SQLITE_DONE) return rows;
    if (step != SQLITE_ROW) return Failure("cannot use");
    Cells& row = rows.emplace_back();
    for (int column = 0; column < sqlite3_column_count(raw); ++column) row.push_back(CellOf(raw, column));
  }
}

int Database::Changes() const { return sqlite3_changes(database_.get()); }

bool Database::StillTheSame() const { return stamp_ == nullptr || stamp_->has_log || *stamp_ == Stamp::Of(path_); }

std::string QuoteName(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

}  // namespace evenkeel
