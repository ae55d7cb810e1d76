// A JSON file that somebody else keeps: a top object with an array of entries, each with an id. Changes replace single values in its
// text; the order, the formatting and every other member stay as they are.
//
// Versions are the hash of the entry's content and the counter of our own writes to it, kept in the ledger. Our own writes never bring a
// version back; a stranger's A, B, A between two looks is not seen, so unique_versions is false. (The file's own stamps would
// tell, and would make every other entry's change look like a conflict.)
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/fleet.h"
#include "stores/local/ledger.h"

namespace evenkeel {

struct FileEntry {
  std::string id;
  Attributes attributes;  // by our names for them, where "fields" gives some
  Version version;
};

class EntryFile {
 public:
  // settings: "path", "list" (the member that holds the entries, `list` by default), "fields" (our name → the member's name).
  static StatusOr<EntryFile> From(const AdapterContext& context, const Json& settings, const std::string& list);

  // By id. kInvalidArgument: malformed JSON (with line and column), an entry without an id, two with the same.
  StatusOr<std::vector<FileEntry>> List() const;
  StatusOr<FileEntry> Get(std::string_view id) const;
  // Sets attributes (by our names) of an entry.
  StatusOr<FileEntry> Set(std::string_view id, const Attributes& set, const Version& expected, const WriteStamp& stamp);

 private:
  struct Text;
  struct Placed;

  EntryFile(const AdapterContext& context, std::string path);
  std::string MemberOf(const std::string& attribute) const;
  StatusOr<Text> ReadText() const;
  StatusOr<std::vector<Placed>> Parse(const std::string& text) const;
  StatusOr<Placed> Find(const Text& text, std::string_view id) const;
  StatusOr<FileEntry> EntryIn(const Text& text, const Placed& placed) const;
  FileEntry EntryOf(const Placed& placed, std::uint64_t counter) const;
  Status CheckResult(const std::string& before, const std::string& after, std::size_t index, const std::map<std::string, Json>& members) const;

  Files* files_;
  Ledger ledger_;
  std::string name_, path_, list_;
  std::map<std::string, std::string> fields_;
  Limits limits_;
};

}  // namespace evenkeel
