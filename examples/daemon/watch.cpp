#include "watch.h"

#include <cstdio>
#include <filesystem>

#include "evenkeel/adapters.h"
#include "evenkeel/exit_code.h"

namespace evenkeel::audit_daemon {
namespace {

constexpr const char* kSchema = "evenkeel-daemon.known/1";

Status WriteLines(const std::vector<Json>& lines) {
  for (const Json& line : lines) {
    const std::string text = DumpJson(line) + "\n";
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) break;
  }
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return OkStatus();
  return {Code::kUnavailable, "could not be written", "stdout"};
}

}  // namespace

Watch::Watch(std::string fleet, std::string known)
    : fleet_(std::move(fleet)), known_file_(std::move(known)), environment_(MakeSystemEnvironment()), zones_(MakeSystemZoneSource()) {
  std::error_code ignored;
  if (std::filesystem::is_directory(fleet_, ignored)) fleet_ = (std::filesystem::path(fleet_) / "fleet.json").string();
  RegisterAdapters(adapters_);
}

Status Watch::Load() {
  if (known_file_.empty()) return OkStatus();
  const StatusOr<std::string> text = environment_->files().Read(known_file_, Limits().json_bytes);
  if (text.code() == Code::kNotFound) return OkStatus();
  EVENKEEL_RETURN_IF_ERROR(text.status());
  EVENKEEL_ASSIGN_OR_RETURN(const Json json, ParseJson(*text, known_file_));
  const bool fits = json.is_object() && json.value("schema", Json()) == kSchema && json.contains("known") && json.at("known").is_object();
  if (!fits) return {Code::kInvalidArgument, "is not what an earlier run has written; name another file", known_file_};
  for (const auto& [key, entry] : json.at("known").items()) {
    if (entry.is_object()) known_.emplace(key, entry);
  }
  return OkStatus();
}

StatusOr<Audit> Watch::AuditNow(const std::function<bool()>& keep_going) {
  EVENKEEL_ASSIGN_OR_RETURN(Fleet fleet, OpenFleet(fleet_, adapters_, *environment_, *zones_));
  AuditOptions options;
  options.keep_going = keep_going;
  return AuditFleet(fleet, options);
}

StatusOr<int> Watch::Look(const std::function<bool()>& keep_going) {
  const StatusOr<Audit> audit = AuditNow(keep_going);
  if (!keep_going()) return Status(Code::kPreconditionFailed, "asked to stop");
  const Instant now = environment_->Now();
  Change change = audit.ok() ? Compare(known_, EntriesOf(*audit), now) : CompareFailed(known_, audit.status(), now);
  EVENKEEL_RETURN_IF_ERROR(WriteLines(change.told));
  known_ = std::move(change.known);
  if (!known_file_.empty() && !change.told.empty()) {
    const std::filesystem::path folder = std::filesystem::path(known_file_).parent_path();
    const std::string text = DumpJson({{"schema", kSchema}, {"known", known_}});
    EVENKEEL_RETURN_IF_ERROR(environment_->files().WriteAtomically(known_file_, text, folder.empty() ? "." : folder.string()));
  }
  return audit.ok() ? ExitCodeOf(*audit) : exit_code::kError;
}

}  // namespace evenkeel::audit_daemon
