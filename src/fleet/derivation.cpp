#include "fleet/derivation.h"

#include <algorithm>
#include <iterator>

#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr int kMostAmount = 99'999;  // minutes or hours; more is a slip of the pen

// "30m", "30min", "1h", "1h30m" in minutes.
std::optional<int> ParseAmount(std::string_view text) {
  int total = 0;
  bool any = false;
  while (!text.empty()) {
    int number = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && IsAsciiDigit(text[digits]); ++digits) {
      number = number * 10 + (text[digits] - '0');
      if (number > kMostAmount) return std::nullopt;
    }
    text.remove_prefix(digits);
    const std::string_view unit = text.substr(0, text.find_first_of("0123456789"));
    if (digits == 0 || (unit != "h" && unit != "m" && unit != "min")) return std::nullopt;
    total += unit == "h" ? number * 60 : number;
    text.remove_prefix(unit.size());
    any = true;
  }
  return any ? std::optional<int>(total) : std::nullopt;
}

}  // namespace

std::optional<Derivation> ParseDerivation(std::string_view text) {
  text = TrimSpace(text);
  if (text == "keep") return Derivation{true, "", 0};
  const std::size_t sign = text.find_first_of("+-");
  const std::string base(TrimSpace(text.substr(0, sign)));
  if (base != "start" && std::find(std::begin(kDerivable), std::end(kDerivable), base) == std::end(kDerivable)) return std::nullopt;
  if (sign == std::string_view::npos) return Derivation{false, base, 0};
  const std::optional<int> amount = ParseAmount(TrimSpace(text.substr(sign + 1)));
  if (!amount) return std::nullopt;
  return Derivation{false, base, text[sign] == '-' ? -*amount : *amount};
}

}  // namespace evenkeel
