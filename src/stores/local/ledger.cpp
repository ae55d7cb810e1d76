#include "stores/local/ledger.h"

#include "evenkeel/json.h"
#include "stores/local/names.h"

namespace evenkeel {
namespace {

constexpr std::chrono::seconds kLockTimeout(10);

// Without it a write of ours looks like somebody else's: plans made before are stale, and nothing worse.
Status DamagedNote(const std::string& path, const std::string& why) {
  return Status(Code::kInvalidArgument, "this note of Evenkeel's own writes is damaged (" + why + "); remove the file and plan again", path);
}

StatusOr<Note> NoteOf(const Json& json, const std::string& path) {
  const auto counter = json.find("counter"), operation = json.find("operation"), mark = json.find("mark");
  if (counter == json.end() || !counter->is_number_unsigned() || operation == json.end() || !operation->is_string() ||
      mark == json.end() || !mark->is_string()) {
    return DamagedNote(path, "counter, operation or mark is missing");
  }
  return Note{counter->get<std::uint64_t>(), operation->get<std::string>(), mark->get<std::string>()};
}

std::string PendingMark(const FileState& before) {
  return "pending:" + std::to_string(before.inode) + ":" + std::to_string(before.changed_ns) + ":" + std::to_string(before.bytes);
}

}  // namespace

Ledger::Ledger(const AdapterContext& context)
    : environment_(context.environment),
      folder_(context.state_folder + "/stores/" + FileNameOf(context.name)),
      notes_folder_(folder_ + "/notes"),
      fences_folder_(folder_ + "/fences"),
      temporary_folder_(folder_ + "/temporary") {}

StatusOr<std::unique_ptr<Files::Lock>> Ledger::Lock() {
  for (const std::string& folder : {notes_folder_, fences_folder_, temporary_folder_}) {
    EVENKEEL_RETURN_IF_ERROR(environment_->files().MakeFolders(folder, true));
  }
  return environment_->files().LockExclusively(folder_ + "/lock", kLockTimeout);
}

StatusOr<Json> Ledger::ReadFile(const std::string& path) const {
  auto bytes = environment_->files().Read(path, 1 << 20);
  if (bytes.code() == Code::kNotFound) return Json(nullptr);
  if (!bytes.ok()) return bytes.status();
  auto json = ParseJson(*bytes, path);
  return json.ok() ? json : DamagedNote(path, json.status().message());
}

StatusOr<Note> Ledger::Read(std::string_view key) const {
  const std::string path = notes_folder_ + "/" + FileNameOf(key) + ".json";
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ReadFile(path));
  if (json.is_null()) return Note{};
  return NoteOf(json, path);
}

StatusOr<std::map<std::string, Note>> Ledger::ReadAll() const {
  std::map<std::string, Note> notes;
  auto names = environment_->files().List(notes_folder_);
  if (names.code() == Code::kNotFound) return notes;
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    if (!name.ends_with(".json")) continue;
    const std::string path = notes_folder_ + "/" + name;
    EVENKEEL_ASSIGN_OR_RETURN(const Json json, ReadFile(path));
    if (json.is_null()) continue;
    const auto key = json.is_object() ? json.find("key") : json.end();
    const auto unescaped = key != json.end() && key->is_string() ? UnescapeName(key->get<std::string>()) : std::nullopt;
    if (!unescaped) return DamagedNote(path, "key is missing");
    EVENKEEL_ASSIGN_OR_RETURN(notes[*unescaped], NoteOf(json, path));
  }
  return notes;
}

Status Ledger::Write(std::string_view key, const Note& note) {
  // The key is escaped because JSON cannot hold every byte.
  const Json json = {{"key", EscapeName(key)}, {"counter", note.counter}, {"operation", note.operation}, {"mark", note.mark}};
  return environment_->files().WriteAtomically(notes_folder_ + "/" + FileNameOf(key) + ".json", DumpJson(json) + "\n", temporary_folder_);
}

StatusOr<std::uint64_t> Ledger::Announce(std::string_view key, const WriteStamp& stamp, const FileState& before) {
  // What was announced for this state of the file and never written (a crash, a full disk) must not look written once the file is
  // another one because of this write.
  EVENKEEL_ASSIGN_OR_RETURN(const auto notes, ReadAll());
  for (const auto& [other, note] : notes) {
    if (other != key && CounterAt(note, before) != note.counter) EVENKEEL_RETURN_IF_ERROR(Write(other, {CounterAt(note, before), "", ""}));
  }
  EVENKEEL_ASSIGN_OR_RETURN(const Note note, Read(key));
  const std::uint64_t counter = CounterAt(note, before) + 1;
  EVENKEEL_RETURN_IF_ERROR(Write(key, {counter, stamp.operation, PendingMark(before)}));
  return counter;
}

std::uint64_t Ledger::CounterAt(const Note& note, const FileState& now) {
  return note.counter > 0 && note.mark == PendingMark(now) ? note.counter - 1 : note.counter;
}

Status Ledger::PassFence(const WriteStamp& stamp, const std::string& resource) {
  if (!stamp.fence) return OkStatus();
  const std::string path = fences_folder_ + "/" + FileNameOf(stamp.fence->booking) + ".json";
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ReadFile(path));
  const std::uint64_t seen = json.is_number_unsigned() ? json.get<std::uint64_t>() : 0;
  if (stamp.fence->number < seen) {
    return {Code::kPreconditionFailed,
            "fence " + std::to_string(stamp.fence->number) + " of booking " + stamp.fence->booking + " is older than " +
                std::to_string(seen) + ": somebody else has taken the lease; plan again",
            resource};
  }
  if (stamp.fence->number == seen) return OkStatus();
  return environment_->files().WriteAtomically(path, std::to_string(stamp.fence->number) + "\n", temporary_folder_);
}

}  // namespace evenkeel
