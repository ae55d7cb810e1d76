#include "stores/local/entry_file.h"

#include <algorithm>

#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "evenkeel/span.h"
#include "json/json_text.h"
#include "stores/local/names.h"

namespace evenkeel {

struct EntryFile::Text {
  std::string bytes;
  std::string real_path;  // behind links: a rename must not replace the link
  FileState state;
};

// An entry and where it stands.
struct EntryFile::Placed {
  std::string id;
  std::size_t index = 0;
  Span span;
  Json json;
};

EntryFile::EntryFile(const AdapterContext& context, std::string path)
    : files_(&context.environment->files()), ledger_(context), name_(context.name), path_(std::move(path)), limits_(context.limits) {}

StatusOr<EntryFile> EntryFile::From(const AdapterContext& context, const Json& settings, const std::string& list) {
  EVENKEEL_ASSIGN_OR_RETURN(std::string path, PathSetting(context, settings));
  EntryFile file(context, std::move(path));
  file.list_ = list;
  if (const auto named = settings.find("list"); named != settings.end()) {
    if (!named->is_string()) return Status(Code::kInvalidArgument, "\"list\" must name the member that holds the entries", context.name);
    file.list_ = named->get<std::string>();
  }
  const auto fields = settings.find("fields");
  if (fields == settings.end()) return file;
  const bool texts = fields->is_object() && std::all_of(fields->begin(), fields->end(), [](const Json& member) { return member.is_string(); });
  if (!texts) return Status(Code::kInvalidArgument, "\"fields\" must give each attribute the name of a member", context.name);
  for (const auto& [attribute, member] : fields->items()) file.fields_[attribute] = member.get<std::string>();
  return file;
}

std::string EntryFile::MemberOf(const std::string& attribute) const {
  const auto found = fields_.find(attribute);
  return found == fields_.end() ? attribute : found->second;
}

StatusOr<EntryFile::Text> EntryFile::ReadText() const {
  for (int attempt = 0; attempt < 5; ++attempt) {
    auto path = files_->Resolve(path_);
    if (path.code() == Code::kNotFound) {
      return Status(Code::kNotFound, "the file " + path_ + " does not exist; correct \"path\" in the fleet file", name_);
    }
    if (!path.ok()) return path.status();
    EVENKEEL_ASSIGN_OR_RETURN(const FileState before, files_->StatSettled(*path));
    auto bytes = files_->Read(*path, limits_.json_bytes);
    if (bytes.code() == Code::kLimitExceeded) {
      return Status(Code::kLimitExceeded, path_ + " has more than " + std::to_string(limits_.json_bytes) + " bytes (limit json_bytes)", name_);
    }
    if (!bytes.ok()) return bytes.status();
    EVENKEEL_ASSIGN_OR_RETURN(const FileState after, files_->StatSettled(*path));
    if (after == before) return Text{*std::move(bytes), *std::move(path), after};
  }
  return Status(Code::kUnavailable, path_ + " changes faster than it can be read; try again", name_);
}

StatusOr<std::vector<EntryFile::Placed>> EntryFile::Parse(const std::string& text) const {
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ParseJson(text, path_, limits_));
  const auto list = json.is_object() ? json.find(list_) : json.end();
  const auto spans = ElementsOf(text, list_);
  if (list == json.end() || !list->is_array() || !spans || spans->size() != list->size()) {
    return Status(Code::kInvalidArgument, path_ + " has no list \"" + list_ + "\": it should look like { \"" + list_ + "\": [ { \"" +
                                              MemberOf("id") + "\": … } ] }", name_);
  }
  std::vector<Placed> entries;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& entry = (*list)[i];
    const auto id = entry.is_object() ? entry.find(MemberOf("id")) : entry.end();
    if (!entry.is_object() || id == entry.end() || !(id->is_string() || id->is_number_integer()) || *id == "") {
      return Status(Code::kInvalidArgument, path_ + ": entry " + std::to_string(i + 1) + " of \"" + list_ + "\" has no \"" + MemberOf("id") + "\"; give it one", name_);
    }
    entries.push_back({id->is_string() ? id->get<std::string>() : DumpJson(*id), i, (*spans)[i], entry});
  }
  std::sort(entries.begin(), entries.end(), [](const Placed& a, const Placed& b) { return a.id < b.id; });
  const auto twin = std::adjacent_find(entries.begin(), entries.end(), [](const Placed& a, const Placed& b) { return a.id == b.id; });
  if (twin == entries.end()) return entries;
  return Status(Code::kInvalidArgument, path_ + ": two entries of \"" + list_ + "\" have the id " + twin->id + "; give one of them another", name_);
}

StatusOr<FileEntry> EntryFile::EntryIn(const Text& text, const Placed& placed) const {
  EVENKEEL_ASSIGN_OR_RETURN(const Note note, ledger_.Read(placed.id));
  return EntryOf(placed, Ledger::CounterAt(note, text.state));
}

FileEntry EntryFile::EntryOf(const Placed& placed, std::uint64_t counter) const {
  FileEntry entry{placed.id, placed.json.get<Attributes>(), "f" + Sha256Hex(DumpJson(placed.json)).substr(0, 32) + "." + std::to_string(counter)};
  for (const auto& [attribute, member] : fields_) {
    if (const auto found = placed.json.find(member); found != placed.json.end()) entry.attributes[attribute] = *found;
  }
  return entry;
}

StatusOr<std::vector<FileEntry>> EntryFile::List() const {
  EVENKEEL_ASSIGN_OR_RETURN(const Text text, ReadText());
  EVENKEEL_ASSIGN_OR_RETURN(const auto placed, Parse(text.bytes));
  std::vector<FileEntry> entries;
  for (const Placed& one : placed) {
    EVENKEEL_ASSIGN_OR_RETURN(FileEntry entry, EntryIn(text, one));
    entries.push_back(std::move(entry));
  }
  return entries;
}

StatusOr<EntryFile::Placed> EntryFile::Find(const Text& text, std::string_view id) const {
  EVENKEEL_ASSIGN_OR_RETURN(const auto placed, Parse(text.bytes));
  for (const Placed& one : placed) {
    if (one.id == id) return one;
  }
  return Status(Code::kNotFound, path_ + " has no such entry in \"" + list_ + "\"", name_ + ":" + std::string(id));
}

StatusOr<FileEntry> EntryFile::Get(std::string_view id) const {
  EVENKEEL_ASSIGN_OR_RETURN(const Text text, ReadText());
  EVENKEEL_ASSIGN_OR_RETURN(const Placed placed, Find(text, id));
  return EntryIn(text, placed);
}

// A second opinion on the edit: parsed anew, the document must differ in the named members alone.
Status EntryFile::CheckResult(const std::string& before, const std::string& after, std::size_t index,
                              const std::map<std::string, Json>& members) const {
  EVENKEEL_ASSIGN_OR_RETURN(Json wanted, ParseJson(before, path_, limits_));
  for (const auto& [member, value] : members) wanted[list_][index][member] = value;
  auto result = ParseJson(after, path_, limits_);
  if (result.ok() && *result == wanted) return OkStatus();
  return {Code::kInternal, "the edit of " + path_ + " would not read as planned; nothing was written", name_};
}

StatusOr<FileEntry> EntryFile::Set(std::string_view id, const Attributes& set, const Version& expected, const WriteStamp& stamp) {
  EVENKEEL_RETURN_IF_ERROR(Get(id).status());  // what cannot be done makes no state folder
  EVENKEEL_ASSIGN_OR_RETURN(const auto lock, ledger_.Lock());
  EVENKEEL_ASSIGN_OR_RETURN(const Text text, ReadText());
  EVENKEEL_ASSIGN_OR_RETURN(Placed placed, Find(text, id));
  EVENKEEL_ASSIGN_OR_RETURN(const FileEntry now, EntryIn(text, placed));
  const std::string resource = name_ + ":" + std::string(id);
  if (now.version != expected) {
    return Status(Code::kPreconditionFailed, "the entry is not the one the plan was made from: somebody else changed it; plan again", resource);
  }
  EVENKEEL_RETURN_IF_ERROR(ledger_.PassFence(stamp, resource));
  std::map<std::string, Json> members;
  for (const auto& [attribute, value] : set) members[MemberOf(attribute)] = value;
  const std::string after = SetMembers(text.bytes, placed.span, members);
  EVENKEEL_RETURN_IF_ERROR(CheckResult(text.bytes, after, placed.index, members));
  EVENKEEL_ASSIGN_OR_RETURN(const std::uint64_t counter, ledger_.Announce(id, stamp, text.state));
  EVENKEEL_RETURN_IF_ERROR(files_->WriteAtomically(text.real_path, after, ledger_.temporary_folder(), [&]() -> Status {
    auto state = files_->Stat(text.real_path);
    if (state.ok() && state->inode == text.state.inode && state->changed_ns == text.state.changed_ns && state->bytes == text.state.bytes) return OkStatus();
    return {Code::kPreconditionFailed, "somebody else changed " + path_ + " just now; plan again", resource};
  }));
  for (const auto& [member, value] : members) placed.json[member] = value;
  return EntryOf(placed, counter);
}

}  // namespace evenkeel
