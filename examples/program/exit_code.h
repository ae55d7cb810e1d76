// Exit codes of the program, one name for each number of the contract.
#pragma once

namespace evenkeel::program {

inline constexpr int kDone = 0;           // done, nothing left
inline constexpr int kError = 1;
inline constexpr int kSomethingFound = 2; // audit: drift; plan, verify: apply could change something; find: it exists
inline constexpr int kPersonNeeded = 3;   // a person, an approval or a brake is in the way; shift: unsure times; find: ambiguous
inline constexpr int kConflict = 4;       // another writer came in between
inline constexpr int kWrongUsage = 64;    // EX_USAGE of sysexits.h

}  // namespace evenkeel::program
