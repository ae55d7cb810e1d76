// Weak evidence: date and guest, and whether the times agree.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "match/cores.h"

namespace evenkeel {

// Cores by date and one word of the guest's name, so that nothing is compared with everything.
class Occasions {
 public:
  explicit Occasions(const Cores& cores);

  // Cores of this date whose guest has this first word.
  const std::set<std::size_t>& Find(const Date& date, const std::string& first_word) const;
  // Cores of this date with the guest's first or last word among the words. At most `kMostFits` + 1.
  std::set<std::size_t> FindNamed(const Date& date, const std::vector<std::string>& words) const;

 private:
  std::map<std::pair<Date, std::string>, std::set<std::size_t>> by_first_;
  std::map<std::pair<Date, std::string>, std::set<std::size_t>> by_any_;
  std::set<std::size_t> none_;
};

// Minutes of every start that the core states.
std::set<int> StartsOf(const Cores& cores, std::size_t root);
bool Meet(const std::set<int>& a, const std::set<int>& b);

// Pages that nothing names, pages that name two, and canonical links: who may be who.
void DoubtContradictions(const FleetConfig& fleet, Cores& cores);
void DoubtBlankPages(const FleetConfig& fleet, const Occasions& occasions, Cores& cores);

}  // namespace evenkeel
