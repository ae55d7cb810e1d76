// The state store as a process sees it.
#pragma once

#include <memory>

#include "simulation/simulation.h"

namespace evenkeel::simulation {

// Borrows the stage.
std::unique_ptr<StateStore> OpenState(Stage& stage, int agent);

}  // namespace evenkeel::simulation
