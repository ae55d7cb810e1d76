// What is fuzzed: each target takes any bytes and ends, or stops the process with words when a promise is broken.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace evenkeel::fuzz {

struct Target {
  const char* name;  // its corpus is tests/fuzz/corpus/NAME
  void (*run)(std::string_view bytes);
};

inline void Require(bool kept, const std::string& promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", promise.c_str());
  std::abort();
}

// A page of a Pacific booking: the reading's spans quote their text, reading it again says the same, and so does the reference reader.
void ReadAnyPage(std::string_view bytes);
// The laws of shifting (tests/property/shift_laws.h); the first byte chooses the shifts.
void ShiftAnyPage(std::string_view bytes);
// A fleet file, with adapters that exist by name only.
void ParseAnyFleet(std::string_view bytes);
// A plan, signed anew so that its hash is no wall: what is read is written the same.
void ParseAnyPlan(std::string_view bytes);
// An iCalendar text from a host nobody knows, as a feed: bounded, the same twice, each event once. Where evenkeel::calendar is built.
void ReadAnyCalendar(std::string_view bytes);

inline const std::vector<Target>& Targets() {
  static const std::vector<Target> targets{{"read", ReadAnyPage}, {"shift", ShiftAnyPage}, {"fleet", ParseAnyFleet}, {"plan", ParseAnyPlan},
#ifdef EVENKEEL_WITH_CALENDAR
                                           {"calendar", ReadAnyCalendar},
#endif
  };
  return targets;
}

}  // namespace evenkeel::fuzz
