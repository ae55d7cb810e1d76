// Files of the operating system: POSIX, durable, atomic.
#pragma once

#include "evenkeel/environment.h"

namespace evenkeel {

// Stateless; safe from any thread. Locks are flock(2) on an open file of their own, so that they hold between the threads of one
// process as between processes, and end with the process that held them.
class SystemFiles final : public Files {
 public:
  StatusOr<FileState> Stat(const std::string& path) override;
  StatusOr<FileState> StatSettled(const std::string& path) override;
  StatusOr<std::string> Resolve(const std::string& path) override;
  StatusOr<std::string> Read(const std::string& path, std::uint64_t max_bytes) override;
  StatusOr<std::vector<std::string>> List(const std::string& path) override;
  Status WriteAtomically(const std::string& path, std::string_view bytes, const std::string& temporary_folder,
                         const std::function<Status()>& just_before = {}) override;
  Status CreateExclusively(const std::string& path, std::string_view bytes, const std::string& temporary_folder) override;
  Status AppendAt(const std::string& path, std::uint64_t offset, std::string_view bytes) override;
  Status Remove(const std::string& path) override;
  Status MakeFolders(const std::string& path, bool is_private = false) override;
  StatusOr<std::unique_ptr<Lock>> LockExclusively(const std::string& path, std::chrono::milliseconds timeout) override;
};

// Names of our temporary files begin with this; whoever lists a folder leaves them out.
inline constexpr std::string_view kTemporaryPrefix = ".evenkeel-";

}  // namespace evenkeel
