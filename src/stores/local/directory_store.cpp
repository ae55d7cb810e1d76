#include "stores/local/directory_store.h"

#include <algorithm>
#include <set>

#include "digest/sha256.h"
#include "stores/local/ledger.h"
#include "stores/local/names.h"
#include "stores/local/system_files.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

// The state that a note speaks of. The ctime is not in it: a change of rights is no write.
std::string MarkOf(const FileState& state) {
  return std::to_string(state.inode) + ":" + std::to_string(state.modified_ns) + ":" + std::to_string(state.bytes);
}

bool SameState(const FileState& a, const FileState& b) { return a.inode == b.inode && a.changed_ns == b.changed_ns && a.bytes == b.bytes; }

ObjectInfo InfoOf(const std::string& key, const FileState& state, const Note& note) {
  const bool ours = note.mark == MarkOf(state);
  ObjectInfo info;
  info.key = key;
  info.version = "d" + Sha256Hex(std::to_string(state.inode) + ":" + std::to_string(state.changed_ns) + ":" +
                                 std::to_string(state.bytes) + ":" + std::to_string(ours ? note.counter : 0)).substr(0, 32);
  info.bytes = state.bytes;
  info.modified = Instant(std::chrono::floor<std::chrono::seconds>(std::chrono::nanoseconds(state.modified_ns)));
  if (key.ends_with(".html") || key.ends_with(".htm")) info.content_type = "text/html";
  if (ours) info.operation = note.operation;
  return info;
}

// One pass over the folder.
class Walk {
 public:
  Walk(Files& files, std::string root, std::string state_folder, std::string_view prefix, const Limits& limits,
       const std::map<std::string, Note>& notes)
      : files_(files), root_(std::move(root)), state_folder_(std::move(state_folder)), prefix_(prefix), limits_(limits), notes_(notes) {}

  ObjectListing Run() {
    Enter("", root_);
    std::sort(listing_.objects.begin(), listing_.objects.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    return std::move(listing_);
  }

 private:
  void Miss(const std::string& why) {
    listing_.complete = false;
    AddReason(listing_.why_incomplete, why);
  }

  // `key_prefix`: "" or ending in '/'. `real`: the folder behind all links.
  void Enter(const std::string& key_prefix, const std::string& real) {
    if (real == state_folder_ || !open_.insert(real).second) return;  // our own files; a link back to a folder we are in
    auto names = files_.List(real);
    if (!names.ok()) {
      Miss("cannot list folder " + real + ": " + names.status().message());
    } else {
      for (const std::string& name : *names) {
        const std::string key = key_prefix + name;
        // A folder is of interest when its keys can begin with the prefix.
        const std::size_t length = std::min(key.size(), prefix_.size());
        if (std::string_view(key).substr(0, length) == prefix_.substr(0, length)) Look(key, real + "/" + name, name);
      }
    }
    open_.erase(real);
  }

  void Look(const std::string& key, const std::string& path, const std::string& name) {
    if (name.starts_with(kTemporaryPrefix)) return;
    auto state = files_.StatSettled(path);
    if (state.code() == Code::kNotFound) return;  // gone since, or a link to nowhere
    if (!state.ok()) return Miss("cannot look at " + path + ": " + state.status().message());
    std::string real = path;
    if (state->is_link) {
      auto resolved = files_.Resolve(path);
      if (!resolved.ok()) return Miss("cannot follow " + path + ": " + resolved.status().message());
      if (!IsWithin(*resolved, root_)) return Miss("the link " + path + " leads out of the folder and is not followed");
      real = *resolved;
    }
    if (state->is_directory) return Enter(key + "/", real);
    if (!state->is_regular || !key.starts_with(prefix_)) return;
    // One file under two keys is one page. Taken for two, one of them would be retired as the other's duplicate: through the link.
    if (state->is_link) return Miss("the link " + path + " leads to " + real + " and is no page of its own; put a redirect page in its place");
    if (key.size() > limits_.key_bytes) return Miss("a key is longer than " + std::to_string(limits_.key_bytes) + " bytes: " + path);
    if (listing_.objects.size() >= limits_.listing_entries) {
      return Miss("more than " + std::to_string(limits_.listing_entries) + " files (limit listing_entries)");
    }
    const auto note = notes_.find(key);
    listing_.objects.push_back(InfoOf(key, *state, note == notes_.end() ? Note{} : note->second));
  }

  Files& files_;
  const std::string root_;
  const std::string state_folder_;
  const std::string_view prefix_;
  const Limits& limits_;
  const std::map<std::string, Note>& notes_;
  std::set<std::string> open_;
  ObjectListing listing_;
};

class DirectoryStore final : public ObjectStore {
 public:
  DirectoryStore(const AdapterContext& context, std::string folder)
      : files_(context.environment->files()), ledger_(context), name_(context.name), folder_(std::move(folder)),
        state_folder_(context.state_folder), limits_(context.limits) {}

  StoreTraits Traits() const override { return {true, true, true, true}; }

  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override {
    if (!cursor.empty()) return Status(Code::kInvalidArgument, "this store lists everything at once and gives no cursor", name_);
    EVENKEEL_ASSIGN_OR_RETURN(const std::string root, Root());
    EVENKEEL_ASSIGN_OR_RETURN(const auto notes, ledger_.ReadAll());
    auto resolved = files_.Resolve(state_folder_);
    const std::string state_folder = resolved.ok() ? *resolved : std::string();
    EVENKEEL_RETURN_IF_ERROR(CheckCanBeListed(root, prefix, state_folder));
    return Walk(files_, root, state_folder, prefix, limits_, notes).Run();
  }

  StatusOr<ObjectInfo> Head(std::string_view key) override {
    EVENKEEL_ASSIGN_OR_RETURN(const Found found, Find(key));
    return found.info;
  }

  StatusOr<Object> Get(std::string_view key) override {
    for (int attempt = 0; attempt < 5; ++attempt) {
      EVENKEEL_ASSIGN_OR_RETURN(const Found found, Find(key));
      auto bytes = files_.Read(found.path, limits_.page_bytes);
      if (bytes.code() == Code::kNotFound) continue;
      if (bytes.code() == Code::kLimitExceeded) {
        return Status(Code::kLimitExceeded, "the page has more than " + std::to_string(limits_.page_bytes) + " bytes (limit page_bytes)",
                      ResourceOf(key));
      }
      if (!bytes.ok()) return bytes.status();
      // The bytes belong to the version only if it is still there after they were read.
      auto after = files_.StatSettled(found.path);
      if (after.ok() && SameState(*after, found.state)) return Object{found.info, *std::move(bytes)};
    }
    return Status(Code::kUnavailable, "the page changes faster than it can be read; try again", ResourceOf(key));
  }

  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override {
    EVENKEEL_RETURN_IF_ERROR(Find(key).status());  // an invalid or missing key makes no state folder
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, ledger_.Lock());
    EVENKEEL_ASSIGN_OR_RETURN(const Found found, Find(key));
    EVENKEEL_RETURN_IF_ERROR(CheckVersion(found, expected));
    EVENKEEL_RETURN_IF_ERROR(ledger_.PassFence(stamp, ResourceOf(key)));
    const Status written = files_.WriteAtomically(found.path, bytes, ledger_.temporary_folder(), [&] { return CheckUnchanged(found); });
    if (!written.ok()) return written;
    return Remember(key, bytes, stamp);
  }

  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view, const WriteStamp& stamp) override {
    EVENKEEL_RETURN_IF_ERROR(CheckKey(key, limits_));
    EVENKEEL_ASSIGN_OR_RETURN(const std::string root, Root());
    const std::string path = root + "/" + std::string(key);
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, ledger_.Lock());
    EVENKEEL_RETURN_IF_ERROR(CheckLandsWithin(path, root));
    EVENKEEL_RETURN_IF_ERROR(ledger_.PassFence(stamp, ResourceOf(key)));
    EVENKEEL_RETURN_IF_ERROR(files_.MakeFolders(path.substr(0, path.rfind('/'))));
    const Status made = files_.CreateExclusively(path, bytes, ledger_.temporary_folder());
    if (made.code() == Code::kAlreadyExists) {
      return Status(Code::kAlreadyExists, "the key is taken; look at what is there before writing", ResourceOf(key));
    }
    if (!made.ok()) return made;
    return Remember(key, bytes, stamp);
  }

  Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) override {
    EVENKEEL_RETURN_IF_ERROR(Find(key).status());
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, ledger_.Lock());
    EVENKEEL_ASSIGN_OR_RETURN(const Found found, Find(key));
    EVENKEEL_RETURN_IF_ERROR(CheckVersion(found, expected));
    EVENKEEL_RETURN_IF_ERROR(ledger_.PassFence(stamp, ResourceOf(key)));
    EVENKEEL_ASSIGN_OR_RETURN(Note note, ledger_.Read(key));
    EVENKEEL_RETURN_IF_ERROR(CheckUnchanged(found));
    // The name is removed, not what a link of that name leads to.
    EVENKEEL_RETURN_IF_ERROR(files_.Remove(found.name));
    // The counter outlives the page, so that its next life has other versions.
    const Status noted = ledger_.Write(key, {note.counter + 1, stamp.operation, ""});
    return noted.ok() ? noted : Status(Code::kUnknownOutcome, noted.message(), ResourceOf(key));
  }

 private:
  struct Found {
    std::string name;  // path by the key
    std::string path;  // behind all links
    FileState state;
    ObjectInfo info;
  };

  std::string ResourceOf(std::string_view key) const { return name_ + ":" + std::string(key); }

  StatusOr<std::string> Root() const {
    auto root = files_.Resolve(folder_);
    if (root.code() == Code::kNotFound) {
      return Status(Code::kNotFound, "the folder " + folder_ + " does not exist; correct \"path\" in the fleet file", name_);
    }
    return root;
  }

  StatusOr<Found> Find(std::string_view key) const {
    EVENKEEL_RETURN_IF_ERROR(CheckKey(key, limits_));
    EVENKEEL_ASSIGN_OR_RETURN(const std::string root, Root());
    Found found;
    found.name = root + "/" + std::string(key);
    auto path = files_.Resolve(found.name);
    if (path.code() == Code::kNotFound) return NoSuchPage(key);
    if (!path.ok()) return path.status();
    if (!IsWithin(*path, root)) return Outside(found.name);
    found.path = *path;
    auto state = files_.StatSettled(found.path);
    if (state.code() == Code::kNotFound || (state.ok() && !state->is_regular)) return NoSuchPage(key);
    if (!state.ok()) return state.status();
    EVENKEEL_ASSIGN_OR_RETURN(const Note note, ledger_.Read(key));
    found.state = *state;
    found.info = InfoOf(std::string(key), *state, note);
    return found;
  }

  // What would hide every page is no short listing, it is a mistake: nobody should plan for a site that looks empty.
  Status CheckCanBeListed(const std::string& root, std::string_view prefix, const std::string& state_folder) const {
    auto pages = files_.Resolve(root + "/" + std::string(prefix.substr(0, prefix.rfind('/') + 1)));
    if (!state_folder.empty() && (IsWithin(root, state_folder) || (pages.ok() && IsWithin(*pages, state_folder)))) {
      return {Code::kInvalidArgument, "the pages lie in the state folder " + state_folder_ + "; give \"state\" a folder of its own", name_};
    }
    auto names = files_.List(root);
    if (names.ok()) return OkStatus();
    return {names.code(), "cannot list the folder " + folder_ + ": " + names.status().message() + "; correct \"path\" in the fleet file or its rights", name_};
  }

  Status NoSuchPage(std::string_view key) const { return {Code::kNotFound, "there is no such page", ResourceOf(key)}; }
  Status Outside(const std::string& path) const {
    return {Code::kPermissionDenied, "a link in " + path + " leads out of the store's folder and is not followed", name_};
  }

  // The deepest folder of the path that exists must lie in the store; what is made below it does then too.
  Status CheckLandsWithin(const std::string& path, const std::string& root) const {
    std::string folder = path;
    do {
      folder.resize(folder.rfind('/'));
      auto real = files_.Resolve(folder);
      if (real.ok()) return IsWithin(*real, root) ? OkStatus() : Outside(path);
      if (real.code() != Code::kNotFound) return real.status();
    } while (folder.size() > root.size());
    return OkStatus();
  }

  Status CheckVersion(const Found& found, const Version& expected) const {
    if (found.info.version == expected) return OkStatus();
    return {Code::kPreconditionFailed, "the page is not the one the plan was made from: somebody else changed it; plan again",
            ResourceOf(found.info.key)};
  }
  Status CheckUnchanged(const Found& found) const {
    auto now = files_.Stat(found.path);
    if (now.ok() && SameState(*now, found.state)) return OkStatus();
    return {Code::kPreconditionFailed, "somebody else changed the page just now; plan again", ResourceOf(found.info.key)};
  }

  // After the effect: settles the new state and notes that it is ours, if it still is.
  StatusOr<ObjectInfo> Remember(std::string_view key, std::string_view bytes, const WriteStamp& stamp) {
    const auto lost = [&](const Status& why) { return Status(Code::kUnknownOutcome, why.message(), ResourceOf(key)); };
    auto note = ledger_.Read(key);
    if (!note.ok()) return lost(note.status());
    ++note->counter;
    note->operation = stamp.operation;
    note->mark.clear();
    const std::string path = folder_ + "/" + std::string(key);
    auto state = files_.StatSettled(path);
    auto now = files_.Read(path, bytes.size());
    const bool ours = state.ok() && now.ok() && *now == bytes;
    if (ours) note->mark = MarkOf(*state);
    if (const Status noted = ledger_.Write(key, *note); !noted.ok()) return lost(noted);
    if (ours) return InfoOf(std::string(key), *state, *note);
    // A stranger came right after us. The write was done; its version is of a state that is gone.
    ObjectInfo gone;
    gone.key = key;
    gone.version = "gone-" + std::to_string(note->counter);
    gone.bytes = bytes.size();
    gone.operation = stamp.operation;
    return gone;
  }

  Files& files_;
  Ledger ledger_;
  std::string name_, folder_, state_folder_;
  Limits limits_;
};

}  // namespace

StatusOr<std::unique_ptr<ObjectStore>> MakeDirectoryStore(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(std::string folder, PathSetting(context, settings));
  return std::unique_ptr<ObjectStore>(std::make_unique<DirectoryStore>(context, std::move(folder)));
}

}  // namespace evenkeel
