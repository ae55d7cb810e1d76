// One line into a run's journal, for what is no step of its machine: a restored page, a person's word.
#pragma once

#include <string>
#include <string_view>

#include "apply/journal.h"
#include "evenkeel/fleet.h"

namespace evenkeel {

// Reads the journal, appends, and brings the head up to date; whoever else appends meanwhile is waited for.
Status AppendLine(Fleet& fleet, const std::string& run, std::string_view kind, const Json& body);

// Appends one line and brings the head up to date; like the line with which a machine stops, it says whether the run is at rest, for the head to
// say it. False: another process was faster, or the reply was lost: read again. kNotFound: the run was removed meanwhile.
StatusOr<bool> AppendWithHead(Fleet& fleet, Journal& journal, std::string_view kind, Json body);

}  // namespace evenkeel
