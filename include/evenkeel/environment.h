// Environment: everything outside a process that the stages below `plan` need, besides the stores. A simulator owns all of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

struct FileState {
  std::uint64_t bytes = 0;
  std::uint64_t inode = 0;
  std::int64_t modified_ns = 0;  // since the epoch
  std::int64_t changed_ns = 0;   // ctime: set by the kernel alone
  bool is_directory = false;
};

// Durable file I/O. Paths are native. Every write is fsynced, and so is its directory, before the call returns.
class Files {
 public:
  virtual ~Files() = default;
  virtual StatusOr<FileState> Stat(const std::string& path) = 0;
  // kLimitExceeded when the file is larger than `max_bytes`.
  virtual StatusOr<std::string> Read(const std::string& path, std::uint64_t max_bytes) = 0;
  // Names in a folder, sorted, without "." and "..".
  virtual StatusOr<std::vector<std::string>> List(const std::string& path) = 0;
  // Writes a temporary file in `temporary_folder` (same file system), fsyncs it and renames it over `path`.
  virtual Status WriteAtomically(const std::string& path, std::string_view bytes, const std::string& temporary_folder) = 0;
  // Creates `path` with the bytes, or fails with kAlreadyExists; never a half-written file under the name.
  virtual Status CreateExclusively(const std::string& path, std::string_view bytes, const std::string& temporary_folder) = 0;
  // Appends at `offset`, cutting whatever stands behind it (a torn tail).
  virtual Status AppendAt(const std::string& path, std::uint64_t offset, std::string_view bytes) = 0;
  virtual Status Remove(const std::string& path) = 0;
  virtual Status MakeFolders(const std::string& path) = 0;

  // An exclusive advisory lock on a file, between processes and between threads; released on destruction.
  class Lock {
   public:
    virtual ~Lock() = default;
  };
  virtual StatusOr<std::unique_ptr<Lock>> LockExclusively(const std::string& path, std::chrono::milliseconds timeout) = 0;
};

class Environment {
 public:
  virtual ~Environment() = default;
  virtual Instant Now() = 0;
  virtual void Sleep(std::chrono::milliseconds duration) = 0;
  virtual std::uint64_t Random() = 0;
  virtual Files& files() = 0;
};

// The operating system. In evenkeel::local.
std::unique_ptr<Environment> MakeSystemEnvironment();

}  // namespace evenkeel
