// The program: one function for each verb, and what they share.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "arguments.h"
#include "console.h"
#include "evenkeel/documents.h"
#include "evenkeel/evenkeel.h"
#include "evenkeel/exit_code.h"

namespace evenkeel::program {

using namespace exit_code;

// A verb gives back its exit code, or the reason it could not do its work (exit code 1). It shows nothing before it has succeeded.
StatusOr<int> RunRead(const Arguments& arguments, Console& console);
StatusOr<int> RunShift(const Arguments& arguments, Console& console);
StatusOr<int> RunDoctor(const Arguments& arguments, Console& console);
StatusOr<int> RunAudit(const Arguments& arguments, Console& console);
StatusOr<int> RunSet(const Arguments& arguments, Console& console);
StatusOr<int> RunAccept(const Arguments& arguments, Console& console);
StatusOr<int> RunPlan(const Arguments& arguments, Console& console);
StatusOr<int> RunShow(const Arguments& arguments, Console& console);
StatusOr<int> RunApply(const Arguments& arguments, Console& console);
StatusOr<int> RunResume(const Arguments& arguments, Console& console);
StatusOr<int> RunRollback(const Arguments& arguments, Console& console);
StatusOr<int> RunRestore(const Arguments& arguments, Console& console);
StatusOr<int> RunVerify(const Arguments& arguments, Console& console);
StatusOr<int> RunFind(const Arguments& arguments, Console& console);
StatusOr<int> RunGuard(const Arguments& arguments, Console& console);
StatusOr<int> RunLease(const Arguments& arguments, Console& console);
StatusOr<int> RunHandoff(const Arguments& arguments, Console& console);
StatusOr<int> RunAttest(const Arguments& arguments, Console& console);

// Who approves and answers: --by, else the user's name.
std::string NameOfPerson(const Arguments& arguments);

// --ttl of a lease or a reservation, else the usual one.
std::chrono::seconds TtlOf(const Arguments& arguments);

// The operating system and one fleet on it.
struct OpenedFleet {
  std::unique_ptr<Environment> environment;
  std::unique_ptr<ZoneSource> zones;
  Fleet fleet;
};
// `path` may be the folder that holds fleet.json.
StatusOr<OpenedFleet> OpenFleetAt(const std::string& path);

// A file's bytes, or stdin's for "-". `what` names it in errors ("the page").
StatusOr<std::string> ReadInput(const std::string& path, std::size_t max_bytes, const char* what);
// Over the file or not at all.
Status WriteOutput(const std::string& path, std::string_view bytes);
StatusOr<Plan> ReadPlan(const std::string& path);

// The plan's notes on stderr, where stdout does not show them: what could not be read or done is never silent.
void NameNotes(const Plan& plan, Console& console);
// One line on stderr for each thing that was not read.
void NameUnread(const std::vector<Unread>& unread, Console& console);

// The program from its words to its exit code.
int RunProgram(const std::vector<std::string>& words);

}  // namespace evenkeel::program
