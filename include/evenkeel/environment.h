// Environment: everything outside a process that the stages below `plan` need, besides the stores. A simulator owns all of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
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
  bool is_regular = true;        // false for folders, pipes, sockets, devices
  bool is_link = false;          // the path's last part is a symbolic link; everything else is said of what it leads to

  friend bool operator==(const FileState&, const FileState&) = default;
};

// Durable file I/O. Paths are native. Every write is fsynced, and so is its directory, before the call returns.
class Files {
 public:
  virtual ~Files() = default;
  virtual StatusOr<FileState> Stat(const std::string& path) = 0;
  // The same, once the tick of the kernel's clock in which the file last changed is over: any later change then shows another
  // `changed_ns`, so that (inode, changed_ns, bytes) names this state for good. Waits some milliseconds where it must.
  virtual StatusOr<FileState> StatSettled(const std::string& path) { return Stat(path); }
  // The real path behind symbolic links. kNotFound when it does not exist.
  virtual StatusOr<std::string> Resolve(const std::string& path) = 0;
  // kLimitExceeded when the file is larger than `max_bytes`.
  virtual StatusOr<std::string> Read(const std::string& path, std::uint64_t max_bytes) = 0;
  // Names in a folder, sorted, without "." and "..".
  virtual StatusOr<std::vector<std::string>> List(const std::string& path) = 0;
  // Writes a temporary file in `temporary_folder`, fsyncs it and renames it over `path`; the mode of a file that is replaced is
  // kept, a new file may be read by whoever may read its folder. `just_before` (may be empty) is asked when only the rename is left
  // to do; its error abandons the write. Where the temporary folder is on another file system, a hidden file beside `path` serves.
  virtual Status WriteAtomically(const std::string& path, std::string_view bytes, const std::string& temporary_folder,
                                 const std::function<Status()>& just_before = {}) = 0;
  // Creates `path` with the bytes, or fails with kAlreadyExists; never a half-written file under the name.
  virtual Status CreateExclusively(const std::string& path, std::string_view bytes, const std::string& temporary_folder) = 0;
  // Appends at `offset`, cutting whatever stands behind it (a torn tail).
  virtual Status AppendAt(const std::string& path, std::uint64_t offset, std::string_view bytes) = 0;
  // A file, or a folder that is empty.
  virtual Status Remove(const std::string& path) = 0;
  // Makes the folder and those above it that are missing. `is_private`: nobody else may enter the new ones.
  virtual Status MakeFolders(const std::string& path, bool is_private = false) = 0;

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
