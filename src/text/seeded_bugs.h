// Mistakes that a test program can switch on, one at a time, to see whether the simulator finds them (tests/simulation). Everywhere else
// a mistake is `false` at compile time and leaves no code. Used in .cpp files only: EVENKEEL_BUG(17, "the pointer is not looked at again").
#pragma once

namespace evenkeel {

#ifdef EVENKEEL_SEEDED_BUGS
inline int seeded_bug = 0;
inline void SeedBug(int number) { seeded_bug = number; }
inline bool IsSeeded(int number) { return seeded_bug == number; }
#else
inline void SeedBug(int) {}
constexpr bool IsSeeded(int) { return false; }
#endif

}  // namespace evenkeel

#define EVENKEEL_BUG(number, what) ::evenkeel::IsSeeded(number)
