// SIGTERM, SIGINT and SIGHUP end the server between two steps; waiting for a file descriptor ends with them.
#pragma once

namespace evenkeel::tool_server {

// Installs the handlers, and ignores SIGPIPE. Once, from main.
void HandleSignals();
bool StopAsked();

enum class Ready { kYes, kNotYet, kNever };
// Whether `descriptor` can be read from (`to_write`: written to) without waiting. With `wait` the answer is kNotYet only after a signal.
Ready IsReady(int descriptor, bool to_write, bool wait);

}  // namespace evenkeel::tool_server
