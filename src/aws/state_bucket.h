// StateBucket: backups and journals as objects of a bucket, under a prefix:
//   backups/<name>                     the exact bytes, percent-encoded where a name is more than letters, digits and - . _ ~ /
//   runs/<run>                         the first line of a journal; which token its other lines have stands in its metadata
//   journals/<run>/<token>/<number>    each other line
// Every object is made once, on the condition that there is none. A line ends with a line break, so that one that came in half is told apart.
// A journal is there as long as its first line is: what is left of one whose removal was cut off, no other journal meets.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/environment.h"
#include "evenkeel/object_store.h"
#include "evenkeel/state_store.h"

namespace evenkeel::aws {

// As the functions of StateStore. Safe to use from several threads.
class StateBucket {
 public:
  // The environment is borrowed. `location`: of the prefix, for people ("s3://bucket/prefix/").
  StateBucket(std::unique_ptr<ObjectStore> objects, std::string prefix, std::string location, Environment& environment)
      : objects_(std::move(objects)), prefix_(std::move(prefix)), location_(std::move(location)), environment_(environment) {}

  Status PutBlob(std::string_view name, std::string_view bytes);
  StatusOr<std::string> GetBlob(std::string_view name);
  Status RemoveBlob(std::string_view name);
  std::string BlobLocation(std::string_view name) const;
  Status Append(std::string_view run, std::uint64_t sequence, std::string_view line);
  StatusOr<StateStore::JournalLines> ReadJournal(std::string_view run);
  StatusOr<std::vector<std::string>> ListJournals();
  Status RemoveJournal(std::string_view run);
  // Whether objects can be listed, made once, read and removed there, with one that is gone afterwards.
  Status Try();
  const std::string& location() const { return location_; }

 private:
  // What is known of a journal: whole lines at least, and its token.
  struct Tail {
    std::string token;
    std::uint64_t lines = 0;
  };

  std::string BlobKey(std::string_view name) const;
  std::string FirstKey(std::string_view run) const;
  std::string LineKey(std::string_view run, const std::string& token, std::uint64_t sequence) const;
  // Of the journal as far as line `sequence` needs it; kPreconditionFailed where the lines before it are not there.
  StatusOr<Tail> FindTail(std::string_view run, std::uint64_t sequence);
  Status WriteLine(const std::string& key, std::string_view line, const std::string& token, std::string_view run, std::uint64_t sequence);
  void Remember(std::string_view run, const Tail* tail);
  StatusOr<std::vector<ObjectInfo>> List(const std::string& prefix);
  Status Torn(std::string_view run, const Object& first, std::uint64_t number);
  Status Remove(const std::string& key);

  const std::unique_ptr<ObjectStore> objects_;
  const std::string prefix_, location_;
  Environment& environment_;
  std::mutex mutex_;
  std::map<std::string, Tail> tails_;
};

}  // namespace evenkeel::aws
