// The stores as a process sees them: the reference stores behind the simulation's decisions.
#pragma once

#include "simulation/simulation.h"

namespace evenkeel::simulation {

// A fleet of its own for process number `agent`. Borrows the stage.
Fleet OpenStores(Stage& stage, int agent);

}  // namespace evenkeel::simulation
