// The page a booking keeps. A new ground for preferring a page is a new row in canonical.cpp.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "decide/booking_view.h"

namespace evenkeel {

struct PageChoice {
  std::optional<Resource> canonical;
  std::string why;
  std::vector<Resource> duplicates;  // sorted; safe to retire: the canonical page has every protected feature of theirs
  std::optional<Question> question;
};

PageChoice ChoosePage(const BookingView& view);
const std::vector<DecisionRow>& PageRows();

// Features the page has completely, of those the policy protects.
std::set<std::string> ProtectedFeatures(const Policy& policy, const Reading& reading);

}  // namespace evenkeel
