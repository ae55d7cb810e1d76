// Pages as operators write them, from a seed: one booking's times in many carriers and styles, with what is none of its times between.
#pragma once

#include <random>
#include <string>

#include "evenkeel/zone.h"

namespace evenkeel::property {

// The booking's zone and date, which every instant on the page is computed for.
struct Occasion {
  std::string zone;
  Date date;
};

class PageGenerator {
 public:
  PageGenerator(std::uint64_t seed, Occasion occasion, const ZoneSource& zones) : random_(seed), occasion_(std::move(occasion)), zones_(zones) {}

  std::string Make();

 private:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }
  template <std::size_t size>
  std::string One(const char* const (&of)[size]) { return of[Pick(static_cast<int>(size))]; }

  std::string Gap();
  std::string Clock(int minutes);
  std::string Range();
  std::string LongDate() const;
  Instant At(int minutes) const;      // minutes from the booking's midnight, past 24:00 too
  std::string Offset(int minutes) const;
  std::string Local(int minutes) const;  // "2026-05-30T16:30"
  std::string Compact(int minutes) const;
  std::string Carriers();
  std::string Scripts();
  std::string Others();

  std::mt19937_64 random_;
  Occasion occasion_;
  const ZoneSource& zones_;
  bool lower_ = false;
  std::string line_end_;
  int start_ = 0;
  int end_ = 0;  // past 24:00 for a night sail
};

}  // namespace evenkeel::property
