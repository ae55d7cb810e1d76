// RunProcess: a command line's output, for credential_process.
#pragma once

#include <chrono>
#include <string>

#include "evenkeel/status.h"

namespace evenkeel::aws {

// What /bin/sh -c `command` writes to its output, at most `output_bytes`. Its input and its errors lead nowhere. kInvalidArgument when it
// fails or says more, kUnavailable when it takes longer; then it and what it started are killed. No message has a word of its output.
StatusOr<std::string> RunProcess(const std::string& command, std::chrono::milliseconds timeout, std::size_t output_bytes);

}  // namespace evenkeel::aws
