// The operating system with the host's clock.
#pragma once

#include <memory>

#include "evenkeel.h"
#include "evenkeel/environment.h"

namespace evenkeel::capi {

// `keeps_files`: false where nothing may touch a file; files are in memory then.
std::unique_ptr<Environment> MakeEnvironment(const ek_clock& clock, bool keeps_files);

}  // namespace evenkeel::capi
