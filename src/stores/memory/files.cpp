#include <condition_variable>
#include <set>

#include "evenkeel/memory_stores.h"

namespace evenkeel {
namespace {

using Contents = MemoryFiles::Contents;

std::string Clean(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string ParentOf(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return {};
  return slash == 0 ? "/" : path.substr(0, slash);
}

// "" is the working folder of a relative path; it and "/" are always there.
bool IsFolder(const Contents& contents, const std::string& path) {
  if (path.empty() || path == "/" || path == ".") return true;
  const auto found = contents.nodes.find(path);
  return found != contents.nodes.end() && found->second.state.is_directory;
}

Status NoSuchFile(const std::string& path) { return {Code::kNotFound, "no such file or folder", path}; }

Status CheckTarget(const Contents& contents, const std::string& path) {
  if (!IsFolder(contents, ParentOf(path))) return {Code::kNotFound, "its folder does not exist", path};
  if (IsFolder(contents, path)) return {Code::kInvalidArgument, "it is a folder", path};
  return OkStatus();
}

// `same_inode`: the file is changed in place, as by an append.
void Put(Contents& contents, const std::string& path, std::string bytes, bool same_inode) {
  MemoryFiles::Node& node = contents.nodes[path];
  if (!same_inode || node.state.inode == 0) node.state.inode = ++contents.inodes;
  node.state.bytes = bytes.size();
  node.state.modified_ns = node.state.changed_ns = ++contents.clock_ns;
  node.bytes = std::move(bytes);
}

}  // namespace

struct MemoryFiles::Locks {
  std::mutex mutex;
  std::condition_variable released;
  std::set<std::string> held;
};

MemoryFiles::MemoryFiles() : world_(std::make_shared<MemoryWorld<Contents>>()), locks_(std::make_shared<Locks>()) {}
std::unique_ptr<MemoryFiles> MemoryFiles::Share() const { return std::make_unique<MemoryFiles>(*this); }
MemoryFiles::Contents MemoryFiles::Snapshot() const {
  return world_->With([](Contents& contents) { return contents; });
}
void MemoryFiles::Restore(Contents contents) {
  world_->With([&](Contents& now) { now = std::move(contents); });
}

StatusOr<FileState> MemoryFiles::Stat(const std::string& path) {
  return world_->With([&](Contents& contents) -> StatusOr<FileState> {
    const auto found = contents.nodes.find(Clean(path));
    if (found != contents.nodes.end()) return found->second.state;
    if (!IsFolder(contents, Clean(path))) return NoSuchFile(path);
    FileState root;
    root.is_directory = true;
    root.is_regular = false;
    return root;
  });
}

StatusOr<std::string> MemoryFiles::Read(const std::string& path, std::uint64_t max_bytes) {
  return world_->With([&](Contents& contents) -> StatusOr<std::string> {
    if (IsFolder(contents, Clean(path))) return Status(Code::kInvalidArgument, "it is a folder", path);
    const auto found = contents.nodes.find(Clean(path));
    if (found == contents.nodes.end()) return NoSuchFile(path);
    if (found->second.bytes.size() > max_bytes) {
      return Status(Code::kLimitExceeded, "it has " + std::to_string(found->second.bytes.size()) + " bytes, more than the limit of " +
                                              std::to_string(max_bytes), path);
    }
    return found->second.bytes;
  });
}

StatusOr<std::vector<std::string>> MemoryFiles::List(const std::string& path) {
  return world_->With([&](Contents& contents) -> StatusOr<std::vector<std::string>> {
    const std::string folder = Clean(path);
    if (!IsFolder(contents, folder)) {
      if (contents.nodes.contains(folder)) return Status(Code::kInvalidArgument, "it is not a folder", path);
      return NoSuchFile(path);
    }
    std::vector<std::string> names;
    for (const auto& [name, node] : contents.nodes) {
      if (ParentOf(name) == folder && name != "/") names.push_back(name.substr(name.rfind('/') + 1));
    }
    return names;
  });
}

StatusOr<std::string> MemoryFiles::Resolve(const std::string& path) {
  EVENKEEL_RETURN_IF_ERROR(Stat(path).status());
  return Clean(path);
}

Status MemoryFiles::WriteAtomically(const std::string& path, std::string_view bytes, const std::string& temporary_folder,
                                    const std::function<Status()>& just_before) {
  if (just_before) EVENKEEL_RETURN_IF_ERROR(just_before());
  return world_->With([&](Contents& contents) -> Status {
    if (!IsFolder(contents, Clean(temporary_folder))) return {Code::kNotFound, "the folder for temporary files does not exist", temporary_folder};
    EVENKEEL_RETURN_IF_ERROR(CheckTarget(contents, Clean(path)));
    Put(contents, Clean(path), std::string(bytes), false);
    return OkStatus();
  });
}

Status MemoryFiles::CreateExclusively(const std::string& path, std::string_view bytes, const std::string& temporary_folder) {
  return world_->With([&](Contents& contents) -> Status {
    if (!IsFolder(contents, Clean(temporary_folder))) return {Code::kNotFound, "the folder for temporary files does not exist", temporary_folder};
    if (contents.nodes.contains(Clean(path))) return {Code::kAlreadyExists, "it exists already", path};
    EVENKEEL_RETURN_IF_ERROR(CheckTarget(contents, Clean(path)));
    Put(contents, Clean(path), std::string(bytes), false);
    return OkStatus();
  });
}

Status MemoryFiles::AppendAt(const std::string& path, std::uint64_t offset, std::string_view bytes) {
  return world_->With([&](Contents& contents) -> Status {
    EVENKEEL_RETURN_IF_ERROR(CheckTarget(contents, Clean(path)));
    const auto found = contents.nodes.find(Clean(path));
    std::string whole = found == contents.nodes.end() ? std::string() : found->second.bytes;
    if (offset > whole.size()) return {Code::kPreconditionFailed, "it is shorter than the place to append at", path};
    whole.resize(offset);
    whole.append(bytes);
    Put(contents, Clean(path), std::move(whole), true);
    return OkStatus();
  });
}

Status MemoryFiles::Remove(const std::string& path) {
  return world_->With([&](Contents& contents) -> Status {
    const auto found = contents.nodes.find(Clean(path));
    if (found == contents.nodes.end()) return NoSuchFile(path);
    if (found->second.state.is_directory) {
      for (const auto& [name, node] : contents.nodes) {
        if (ParentOf(name) == found->first) return {Code::kInvalidArgument, "the folder is not empty", path};
      }
    }
    contents.nodes.erase(found);
    return OkStatus();
  });
}

Status MemoryFiles::MakeFolders(const std::string& path, bool) {
  return world_->With([&](Contents& contents) -> Status {
    const std::string whole = Clean(path);
    for (std::size_t end = 0; end != std::string::npos;) {
      end = whole.find('/', end + 1);
      const std::string folder = whole.substr(0, end);
      if (IsFolder(contents, folder)) continue;
      if (contents.nodes.contains(folder)) return {Code::kInvalidArgument, "it is a file, not a folder", folder};
      Node& node = contents.nodes[folder];
      node.state.inode = ++contents.inodes;
      node.state.modified_ns = node.state.changed_ns = ++contents.clock_ns;
      node.state.is_directory = true;
      node.state.is_regular = false;
    }
    return OkStatus();
  });
}

StatusOr<std::unique_ptr<Files::Lock>> MemoryFiles::LockExclusively(const std::string& path, std::chrono::milliseconds timeout) {
  class Held final : public Lock {
   public:
    Held(std::shared_ptr<Locks> locks, std::string name) : locks_(std::move(locks)), name_(std::move(name)) {}
    ~Held() override {
      const std::lock_guard<std::mutex> guard(locks_->mutex);
      locks_->held.erase(name_);
      locks_->released.notify_all();
    }

   private:
    std::shared_ptr<Locks> locks_;
    std::string name_;
  };
  const std::string name = Clean(path);
  const bool has_folder = world_->With([&](Contents& contents) { return IsFolder(contents, ParentOf(name)); });
  if (!has_folder) return Status(Code::kNotFound, "its folder does not exist", path);
  std::unique_lock<std::mutex> guard(locks_->mutex);
  if (!locks_->released.wait_for(guard, timeout, [&] { return !locks_->held.contains(name); })) {
    return Status(Code::kUnavailable, "another process holds the lock; try again when it has finished", path);
  }
  locks_->held.insert(name);
  return std::unique_ptr<Lock>(std::make_unique<Held>(locks_, name));
}

}  // namespace evenkeel
