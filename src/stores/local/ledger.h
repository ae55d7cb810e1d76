// Ledger: what a local adapter remembers of its own writes, under the state folder and never beside the operator's files. Reading it
// creates nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "evenkeel/fleet.h"

namespace evenkeel {

// Of the last write of ours to one resource.
struct Note {
  std::uint64_t counter = 0;  // of our writes to it; never goes back, also not when it is deleted
  std::string operation;
  std::string mark;           // the state that we left; when it is another one now, somebody else wrote since

  friend bool operator==(const Note&, const Note&) = default;
};

// Safe between threads and processes as far as Lock() is held around every read-modify-write.
class Ledger {
 public:
  // Borrows context.environment.
  explicit Ledger(const AdapterContext& context);

  // Excludes every other writer of ours to this store; kUnavailable after ten seconds. Makes the ledger's folders.
  StatusOr<std::unique_ptr<Files::Lock>> Lock();
  // On the state's file system; exists while a lock is held.
  const std::string& temporary_folder() const { return temporary_folder_; }

  // A default Note when we never wrote the resource.
  StatusOr<Note> Read(std::string_view key) const;
  StatusOr<std::map<std::string, Note>> ReadAll() const;
  Status Write(std::string_view key, const Note& note);

  // For a resource that is one entry of a file: our write is noted before the file is replaced, because a counter that is behind could
  // bring an old version back. Until the file is another one than `before` the write has not happened, and CounterAt says so: a crash
  // between the two leaves the entry at its old version. Gives the counter of the version to come.
  StatusOr<std::uint64_t> Announce(std::string_view key, const WriteStamp& stamp, const FileState& before);
  static std::uint64_t CounterAt(const Note& note, const FileState& now);

  // kPreconditionFailed when the stamp's fence is older than one seen. Raises the mark otherwise: call it before the effect.
  Status PassFence(const WriteStamp& stamp, const std::string& resource);

 private:
  StatusOr<Json> ReadFile(const std::string& path) const;

  Environment* environment_;
  std::string folder_;
  std::string notes_folder_;
  std::string fences_folder_;
  std::string temporary_folder_;
};

}  // namespace evenkeel
