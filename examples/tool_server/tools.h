// The tools: a table of names, parameters and functions.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "parameters.h"
#include "session.h"

namespace evenkeel::tool_server {

// What a caller asked for. `arguments` fit the tool's parameters.
struct Call {
  Json arguments;
  std::function<bool()> keep_going;                    // false: it was cancelled, or the server is to stop
  std::function<void(const std::string&)> progress;    // one line for people
};
// What it came to: the program's document of the same name, and in one sentence what to do with it.
struct Answer {
  Json document;
  std::string words;
};
struct Tool {
  const char* name;
  const char* title;
  const char* description;
  std::vector<Parameter> parameters;
  bool reads_only;   // nothing is changed, not even a note
  bool destructive;  // it may take something away
  StatusOr<Answer> (*run)(Session& session, const Call& call);
};
// In the order in which a writer needs them. Static.
std::span<const Tool> Tools();

StatusOr<Answer> CallFind(Session& session, const Call& call);
StatusOr<Answer> CallGuard(Session& session, const Call& call);
StatusOr<Answer> CallLease(Session& session, const Call& call);
StatusOr<Answer> CallHandoff(Session& session, const Call& call);
StatusOr<Answer> CallAudit(Session& session, const Call& call);
StatusOr<Answer> CallPlan(Session& session, const Call& call);
StatusOr<Answer> CallShow(Session& session, const Call& call);
StatusOr<Answer> CallApply(Session& session, const Call& call);

}  // namespace evenkeel::tool_server
