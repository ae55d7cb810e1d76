#include "stores/local/system_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <thread>

namespace evenkeel {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

// What an errno means for the caller's next move.
Status Failure(int error, const std::string& path) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return {Code::kNotFound, "no such file or folder", path};
    case EEXIST: return {Code::kAlreadyExists, "it exists already", path};
    case EACCES:
    case EPERM: return {Code::kPermissionDenied, "permission denied; change its rights or run as its owner", path};
    case EROFS: return {Code::kPermissionDenied, "the file system is read-only", path};
    case EISDIR: return {Code::kInvalidArgument, "it is a folder", path};
    case ENOTEMPTY: return {Code::kInvalidArgument, "the folder is not empty", path};
    case ELOOP: return {Code::kInvalidArgument, "its symbolic links run in a circle", path};
    case ENAMETOOLONG: return {Code::kInvalidArgument, "the name is too long for this file system", path};
    case ENOSPC:
    case EDQUOT: return {Code::kUnavailable, "no space left on the disk; free some and try again", path};
    default: return {Code::kUnavailable, std::strerror(error), path};
  }
}

std::string FolderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

template <typename Call>
auto Retry(Call call) {
  decltype(call()) result;
  do result = call();
  while (result < 0 && errno == EINTR);
  return result;
}

Descriptor Open(const std::string& path, int flags, mode_t mode = 0) {
  return Descriptor(Retry([&] { return open(path.c_str(), flags | O_CLOEXEC, mode); }));
}

Status WriteAll(int fd, std::string_view bytes, std::uint64_t offset, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t wrote = Retry([&] { return pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (wrote < 0) return Failure(errno, path);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
    offset += static_cast<std::uint64_t>(wrote);
  }
  return OkStatus();
}

// After this returned, the names in the folder are durable. Its failure comes after the effect.
Status SyncFolder(const std::string& folder) {
  const Descriptor fd = Open(folder, O_RDONLY | O_DIRECTORY);
  if (fd.ok() && Retry([&] { return fsync(fd.get()); }) == 0) return OkStatus();
  if (errno == EINVAL) return OkStatus();  // file systems without it have nothing to sync
  return {Code::kUnknownOutcome, "it was written, and may not survive a power cut: " + std::string(std::strerror(errno)), folder};
}

// A file that is complete and durable under a temporary name, and goes away unless it is given its own.
class Staged {
 public:
  static StatusOr<Staged> Write(const std::string& folder, std::string_view bytes, const struct stat* replaced, mode_t mode) {
    std::uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<std::uint64_t>(getpid());
    char name[64];
    std::snprintf(name, sizeof name, "%s%016llx.tmp", std::string(kTemporaryPrefix).c_str(), static_cast<unsigned long long>(number));
    Staged staged(folder + "/" + name);
    const Descriptor fd = Open(staged.path_, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (!fd.ok()) {
      staged.path_.clear();
      return Failure(errno, folder);
    }
    if (replaced != nullptr) {
      // The owner is kept where we may; a mode that cannot be kept is an error, because it might show guests' data.
      if (fchown(fd.get(), replaced->st_uid, replaced->st_gid) != 0 && errno != EPERM) return Failure(errno, staged.path_);
      if (fchmod(fd.get(), replaced->st_mode & 07777) != 0) return Failure(errno, staged.path_);
    }
    EVENKEEL_RETURN_IF_ERROR(WriteAll(fd.get(), bytes, 0, staged.path_));
    if (Retry([&] { return fsync(fd.get()); }) != 0) return Failure(errno, staged.path_);
    return staged;
  }

  explicit Staged(std::string path) : path_(std::move(path)) {}
  ~Staged() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  Staged(Staged&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Staged& operator=(Staged&&) = delete;
  Staged(const Staged&) = delete;
  Staged& operator=(const Staged&) = delete;

  // 0 or an errno.
  int RenameTo(const std::string& path) {
    if (rename(path_.c_str(), path.c_str()) != 0) return errno;
    path_.clear();
    return 0;
  }
  int LinkTo(const std::string& path) {
    if (link(path_.c_str(), path.c_str()) == 0) return 0;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) return errno;
    // A file system without hard links.
    if (renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) != 0) return errno;
    path_.clear();
    return 0;
  }

 private:
  std::string path_;
};

// Temporary files that a crash left, an hour and more ago: no write takes that long.
void RemoveStale(const std::string& folder) {
  DIR* stream = opendir(folder.c_str());
  if (stream == nullptr) return;
  while (const dirent* entry = readdir(stream)) {
    const std::string path = folder + "/" + entry->d_name;
    struct stat state;
    if (!std::string_view(entry->d_name).starts_with(kTemporaryPrefix) || lstat(path.c_str(), &state) != 0) continue;
    if (state.st_mtim.tv_sec + 3600 < std::time(nullptr)) unlink(path.c_str());
  }
  closedir(stream);
}

// A new file may be read by whoever may enter its folder: a private folder makes private files.
mode_t ModeIn(const std::string& folder) {
  struct stat state;
  return stat(folder.c_str(), &state) == 0 ? (state.st_mode & 0666) | 0600 : 0600;
}

// Stages the bytes and gives them their name with `place`; beside the target when the temporary folder is on another file system.
template <typename Place>
Status StageAndPlace(const std::string& path, std::string_view bytes, const std::string& temporary_folder, const struct stat* replaced,
                     Place place) {
  const std::string beside = FolderOf(path);
  for (const std::string& folder : {temporary_folder, beside}) {
    RemoveStale(folder);
    auto staged = Staged::Write(folder, bytes, replaced, ModeIn(beside));
    if (!staged.ok()) return staged.status();
    StatusOr<int> placed = place(*staged);
    if (!placed.ok()) return placed.status();
    if (*placed == EXDEV && folder != beside) continue;
    if (*placed != 0) return Failure(*placed, path);
    return SyncFolder(beside);
  }
  return {Code::kUnavailable, "the file system takes no file by this name", path};
}

FileState StateOf(const struct stat& state) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return {static_cast<std::uint64_t>(state.st_size), static_cast<std::uint64_t>(state.st_ino),
          state.st_mtim.tv_sec * kSecond + state.st_mtim.tv_nsec, state.st_ctim.tv_sec * kSecond + state.st_ctim.tv_nsec,
          S_ISDIR(state.st_mode), S_ISREG(state.st_mode), false};
}

}  // namespace

StatusOr<FileState> SystemFiles::Stat(const std::string& path) {
  struct stat state;
  if (lstat(path.c_str(), &state) != 0) return Failure(errno, path);
  const bool is_link = S_ISLNK(state.st_mode);
  if (is_link && stat(path.c_str(), &state) != 0) return Failure(errno, path);
  FileState result = StateOf(state);
  result.is_link = is_link;
  return result;
}

// The kernel stamps files with its coarse clock: two changes within one tick look the same. Once that clock has gone past the stamp,
// every later change must show another one. File systems that keep whole seconds show stamps that end in nine zeros.
StatusOr<FileState> SystemFiles::StatSettled(const std::string& path) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  for (;;) {
    EVENKEEL_ASSIGN_OR_RETURN(const FileState state, Stat(path));
    timespec clock;
    clock_gettime(CLOCK_REALTIME_COARSE, &clock);
    const std::int64_t now = clock.tv_sec * kSecond + clock.tv_nsec;
    const std::int64_t settled = state.changed_ns + (state.changed_ns % kSecond == 0 ? 2 * kSecond : 0);
    // A stamp far ahead comes from another machine's clock, or ours was set back: waiting would not help.
    if (now > settled || settled > now + 3 * kSecond) return state;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

StatusOr<std::string> SystemFiles::Resolve(const std::string& path) {
  char* real = realpath(path.c_str(), nullptr);
  if (real == nullptr) return Failure(errno, path);
  std::string result(real);
  std::free(real);
  return result;
}

StatusOr<std::string> SystemFiles::Read(const std::string& path, std::uint64_t max_bytes) {
  const Descriptor fd = Open(path, O_RDONLY | O_NONBLOCK);  // a FIFO must not hang us
  struct stat state;
  if (!fd.ok() || fstat(fd.get(), &state) != 0) return Failure(errno, path);
  if (S_ISDIR(state.st_mode)) return Failure(EISDIR, path);
  if (!S_ISREG(state.st_mode)) return Status(Code::kInvalidArgument, "it is not a regular file", path);
  std::string bytes;
  for (;;) {
    char piece[1 << 16];
    const ssize_t got = Retry([&] { return read(fd.get(), piece, sizeof piece); });
    if (got < 0) return Failure(errno, path);
    if (got == 0) return bytes;
    bytes.append(piece, static_cast<std::size_t>(got));
    if (bytes.size() > max_bytes) {
      return Status(Code::kLimitExceeded, "it is larger than the limit of " + std::to_string(max_bytes) + " bytes", path);
    }
  }
}

StatusOr<std::vector<std::string>> SystemFiles::List(const std::string& path) {
  DIR* stream = opendir(path.c_str());
  if (stream == nullptr) {
    struct stat state;
    if (errno == ENOTDIR && stat(path.c_str(), &state) == 0) return Status(Code::kInvalidArgument, "it is not a folder", path);
    return Failure(errno, path);
  }
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(stream)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  const int error = errno;
  closedir(stream);
  if (error != 0) return Failure(error, path);
  std::sort(names.begin(), names.end());
  return names;
}

Status SystemFiles::WriteAtomically(const std::string& path, std::string_view bytes, const std::string& temporary_folder,
                                    const std::function<Status()>& just_before) {
  struct stat state;
  const bool exists = stat(path.c_str(), &state) == 0;
  if (exists && S_ISDIR(state.st_mode)) return Failure(EISDIR, path);
  return StageAndPlace(path, bytes, temporary_folder, exists ? &state : nullptr, [&](Staged& staged) -> StatusOr<int> {
    if (just_before) EVENKEEL_RETURN_IF_ERROR(just_before());
    return staged.RenameTo(path);
  });
}

Status SystemFiles::CreateExclusively(const std::string& path, std::string_view bytes, const std::string& temporary_folder) {
  struct stat state;
  if (lstat(path.c_str(), &state) == 0) return Failure(EEXIST, path);
  return StageAndPlace(path, bytes, temporary_folder, nullptr, [&](Staged& staged) -> StatusOr<int> { return staged.LinkTo(path); });
}

Status SystemFiles::AppendAt(const std::string& path, std::uint64_t offset, std::string_view bytes) {
  struct stat state;
  const bool is_new = stat(path.c_str(), &state) != 0;
  const Descriptor fd = Open(path, O_WRONLY | O_CREAT, ModeIn(FolderOf(path)));
  if (!fd.ok() || fstat(fd.get(), &state) != 0) return Failure(errno, path);
  if (static_cast<std::uint64_t>(state.st_size) < offset) {
    return {Code::kPreconditionFailed, "it is shorter than the place to append at", path};
  }
  if (static_cast<std::uint64_t>(state.st_size) > offset && ftruncate(fd.get(), static_cast<off_t>(offset)) != 0) {
    return Failure(errno, path);
  }
  if (const Status written = WriteAll(fd.get(), bytes, offset, path); !written.ok()) {
    // A half-written line would be a torn tail; the next append cuts it in any case.
    if (ftruncate(fd.get(), static_cast<off_t>(offset)) != 0) return {Code::kUnknownOutcome, written.message(), path};
    return written;
  }
  if (Retry([&] { return fsync(fd.get()); }) != 0) return {Code::kUnknownOutcome, std::strerror(errno), path};
  return is_new ? SyncFolder(FolderOf(path)) : OkStatus();
}

Status SystemFiles::Remove(const std::string& path) {
  if (unlink(path.c_str()) != 0) {
    if (errno != EISDIR && errno != EPERM) return Failure(errno, path);
    if (rmdir(path.c_str()) != 0) return Failure(errno, path);
  }
  return SyncFolder(FolderOf(path));
}

Status SystemFiles::MakeFolders(const std::string& path, bool is_private) {
  struct stat state;
  if (stat(path.c_str(), &state) == 0) {
    return S_ISDIR(state.st_mode) ? OkStatus() : Status(Code::kInvalidArgument, "it is a file, not a folder", path);
  }
  if (errno == ENOTDIR) return {Code::kInvalidArgument, "a part of the path is a file, not a folder", path};
  if (errno != ENOENT) return Failure(errno, path);
  const std::string parent = FolderOf(path);
  if (parent != path) EVENKEEL_RETURN_IF_ERROR(MakeFolders(parent, is_private));
  if (mkdir(path.c_str(), is_private ? 0700 : 0777) != 0 && errno != EEXIST) return Failure(errno, path);
  return SyncFolder(parent);
}

StatusOr<std::unique_ptr<Files::Lock>> SystemFiles::LockExclusively(const std::string& path, std::chrono::milliseconds timeout) {
  class Held final : public Lock {
   public:
    explicit Held(Descriptor fd) : fd_(std::move(fd)) {}

   private:
    Descriptor fd_;  // closing it ends the lock
  };
  Descriptor fd = Open(path, O_RDWR | O_CREAT, 0600);
  if (!fd.ok()) return Failure(errno, path);
  const auto give_up = std::chrono::steady_clock::now() + timeout;
  std::chrono::milliseconds pause(1);
  while (Retry([&] { return flock(fd.get(), LOCK_EX | LOCK_NB); }) != 0) {
    if (errno != EWOULDBLOCK) return Failure(errno, path);
    if (std::chrono::steady_clock::now() >= give_up) {
      return Status(Code::kUnavailable, "another process holds the lock; try again when it has finished", path);
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(20));
  }
  return std::unique_ptr<Lock>(std::make_unique<Held>(std::move(fd)));
}

}  // namespace evenkeel
