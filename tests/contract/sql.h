// Sql: what a stranger does to a database, through SQLite itself.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>

namespace evenkeel::contract {

// Runs the statements; returns the first column of the last row, or "".
inline std::string Sql(const std::string& path, const std::string& statements) {
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  sqlite3_busy_timeout(database, 5000);
  std::string last;
  char* error = nullptr;
  const auto keep = [](void* out, int count, char** values, char**) {
    if (count > 0) *static_cast<std::string*>(out) = values[0] == nullptr ? "NULL" : values[0];
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(database, statements.c_str(), keep, &last, &error), SQLITE_OK) << (error == nullptr ? "" : error);
  sqlite3_free(error);
  sqlite3_close(database);
  return last;
}

inline std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace evenkeel::contract
