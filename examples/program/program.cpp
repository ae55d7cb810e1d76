#include "program.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include <evenkeel/adapters.h>

namespace evenkeel::program {
namespace {

using VerbFunction = StatusOr<int> (*)(const Arguments&, Console&);
constexpr std::array<std::pair<const char*, VerbFunction>, 18> kVerbs = {{{"read", RunRead},
                                                                          {"shift", RunShift},
                                                                          {"doctor", RunDoctor},
                                                                          {"audit", RunAudit},
                                                                          {"set", RunSet},
                                                                          {"accept", RunAccept},
                                                                          {"plan", RunPlan},
                                                                          {"show", RunShow},
                                                                          {"apply", RunApply},
                                                                          {"resume", RunResume},
                                                                          {"rollback", RunRollback},
                                                                          {"restore", RunRestore},
                                                                          {"verify", RunVerify},
                                                                          {"find", RunFind},
                                                                          {"guard", RunGuard},
                                                                          {"lease", RunLease},
                                                                          {"handoff", RunHandoff},
                                                                          {"attest", RunAttest}}};

int Fail(Console& console, const Json& document) {
  const std::string resource = document.at("resource").is_string() ? document.at("resource").get<std::string>() + ": " : "";
  const std::string next = document.at("next").is_string() ? "; " + document.at("next").get<std::string>() : "";
  console.Note({{"evenkeel: ", Tone::kBad}, {resource + document.at("message").get<std::string>() + next}});
  if (console.json()) console.Show(document, {});
  return document.at("exit").get<int>();
}

int Fail(Console& console, const Status& status) {
  return Fail(console, ErrorDocument(std::string(CodeName(status.code())), status.message(), status.resource(), "", kError));
}

int RunVerb(const Arguments& arguments, Console& console) {
  const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const auto& entry) { return arguments.verb == entry.first; });
  const StatusOr<int> exit_code = verb->second(arguments, console);
  if (!exit_code.ok()) return Fail(console, exit_code.status());
  if (const Status written = console.Finish(); !written.ok()) {
    console.Note({{"evenkeel: ", Tone::kBad}, {written.ToString()}});
    return kError;
  }
  return *exit_code;
}

Status OfSystem(Code code, const std::string& message, const std::string& path) { return {code, message, path}; }

}  // namespace

int RunProgram(const std::vector<std::string>& words) {
  const auto parsed = ParseArguments(words);
  if (const Help* help = std::get_if<Help>(&parsed)) {
    std::fputs(help->text.c_str(), stdout);
    return std::fflush(stdout) == 0 ? kDone : kError;
  }
  if (const WrongUsage* wrong = std::get_if<WrongUsage>(&parsed)) {
    Console console(WantsJson(words));
    const int exit_code = Fail(console, ErrorDocument("wrong_usage", wrong->message, "", wrong->next, kWrongUsage));
    return console.Finish().ok() ? exit_code : kError;
  }
  const Arguments& arguments = std::get<Arguments>(parsed);
  Console console(arguments.json);
  return RunVerb(arguments, console);
}

std::string NameOfPerson(const Arguments& arguments) {
  if (!arguments.by.empty()) return arguments.by;
  for (const char* name : {"SUDO_USER", "USER", "LOGNAME"}) {
    if (const char* user = std::getenv(name); user != nullptr && *user != '\0') return user;
  }
  return "unknown";
}

std::chrono::seconds TtlOf(const Arguments& arguments) {
  return arguments.ttl_minutes ? std::chrono::minutes(*arguments.ttl_minutes) : kLeaseTtl;
}

StatusOr<OpenedFleet> OpenFleetAt(const std::string& path) {
  std::error_code ignored;
  const std::string file = std::filesystem::is_directory(path, ignored) ? (std::filesystem::path(path) / "fleet.json").string() : path;
  OpenedFleet opened{MakeSystemEnvironment(), MakeSystemZoneSource(), {}};
  AdapterRegistry registry;
  RegisterAdapters(registry);
  EVENKEEL_ASSIGN_OR_RETURN(opened.fleet, OpenFleet(file, registry, *opened.environment, *opened.zones));
  return opened;
}

StatusOr<std::string> ReadInput(const std::string& path, std::size_t max_bytes, const char* what) {
  if (path != "-") {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return OfSystem(Code::kInvalidArgument, std::string("is a folder; name ") + what + " itself", path);
    StatusOr<std::string> bytes = MakeSystemEnvironment()->files().Read(path, max_bytes);
    if (bytes.code() != Code::kNotFound) return bytes;
    return OfSystem(Code::kNotFound, std::string("no such file; name ") + what + ", or - to pass it on stdin", path);
  }
  std::string bytes;
  std::array<char, 65536> buffer{};
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
    bytes.append(buffer.data(), got);
    if (bytes.size() > max_bytes) {
      return OfSystem(Code::kLimitExceeded, "is larger than " + std::to_string(max_bytes) + " bytes, the limit of what is read; pass a smaller file", "stdin");
    }
  }
  if (std::ferror(stdin) != 0) return OfSystem(Code::kUnavailable, std::string("could not be read to its end; pass ") + what + " as a file", "stdin");
  return bytes;
}

Status WriteOutput(const std::string& path, std::string_view bytes) {
  std::error_code ignored;
  const auto kind = std::filesystem::status(path, ignored).type();
  if (kind == std::filesystem::file_type::directory) return OfSystem(Code::kInvalidArgument, "is a folder; name a file in it", path);
  // A device or a pipe is written to; renaming a file over it would destroy it.
  if (kind != std::filesystem::file_type::regular && kind != std::filesystem::file_type::not_found) {
    std::ofstream stream(path, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return stream.flush() ? OkStatus() : OfSystem(Code::kUnavailable, "could not be written; name another file", path);
  }
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    return OfSystem(Code::kNotFound, "its folder does not exist; create it first", path);
  }
  return MakeSystemEnvironment()->files().WriteAtomically(path, bytes, folder.empty() ? "." : folder.string());
}

StatusOr<Plan> ReadPlan(const std::string& path) {
  const std::string name = path == "-" ? "stdin" : path;
  const auto about = [&](const Status& status) { return Status(status.code(), status.message(), status.resource().empty() ? name : status.resource()); };
  StatusOr<std::string> text = ReadInput(path, Limits().json_bytes, "the plan file");
  if (text.code() == Code::kNotFound) return OfSystem(Code::kNotFound, "no such file; make the plan with evenkeel plan FLEET --out " + path, path);
  if (!text.ok()) return about(text.status());
  StatusOr<Json> json = ParseJson(*text, name);
  if (!json.ok()) return about(json.status());
  StatusOr<Plan> plan = PlanFromJson(*json);
  if (!plan.ok()) return Status(plan.code(), plan.status().message(), name);
  return plan;
}

void NameNotes(const Plan& plan, Console& console) {
  for (const BookingPlan& booking : plan.bookings) {
    for (const std::string& why : booking.unproven) console.Note({{"not proven: ", Tone::kBad}, {why}});
    for (const std::string& note : booking.notes) console.Note({{"note: ", Tone::kWarn}, {note}});
  }
  NameUnread(plan.unread, console);
}

void NameUnread(const std::vector<Unread>& unread, Console& console) {
  for (const Unread& one : unread) {
    const std::string name = one.store + (one.resource.empty() ? "" : ":" + one.resource);
    console.Note({{"not read: ", Tone::kBad}, {(one.why.starts_with(name) ? "" : name + ": ") + one.why}});
  }
}

}  // namespace evenkeel::program
