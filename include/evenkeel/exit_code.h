// Exit codes: one number for what a verb came to, the same for the program and for everybody who embeds the library.
#pragma once

#include "evenkeel/evenkeel.h"

namespace evenkeel {
namespace exit_code {

inline constexpr int kDone = 0;           // done, nothing left
inline constexpr int kError = 1;
inline constexpr int kSomethingFound = 2; // audit: drift; plan, verify: apply could change something; find: it exists
inline constexpr int kPersonNeeded = 3;   // a person, an approval or a brake is in the way; shift: unsure times; find: ambiguous
inline constexpr int kConflict = 4;       // another writer came in between
inline constexpr int kWrongUsage = 64;    // EX_USAGE of sysexits.h

}  // namespace exit_code

// What each answer comes to. Pure.
int ExitCodeOf(const Audit& audit);
int ExitCodeOf(const Plan& plan);
int ExitCodeOf(const RunReport& report);
int ExitCodeOf(const FindAnswer& answer);
int ExitCodeOf(const Reserved& reserved);
int ExitCodeOf(const GuardAnswer& answer);
int ExitCodeOf(const Edits& edits);
int ExitCodeOf(const std::vector<Check>& checks);

}  // namespace evenkeel
