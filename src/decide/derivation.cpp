#include "decide/time_group.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

// "30m", "1h", "1h30m", "90" in minutes.
std::optional<int> ParseAmount(std::string_view text) {
  int total = 0, number = 0;
  bool has_digits = false, has_unit = false;
  for (const char c : text) {
    if (IsAsciiDigit(c) && number < 10000) {
      number = number * 10 + (c - '0');
      has_digits = true;
    } else if ((c == 'h' || c == 'm') && has_digits) {
      total += c == 'h' ? number * 60 : number;
      number = 0;
      has_digits = false;
      has_unit = true;
    } else {
      return std::nullopt;
    }
  }
  if (has_digits) total += number;
  if (!has_digits && !has_unit) return std::nullopt;
  return total;
}

}  // namespace

std::optional<Derivation> ParseDerivation(std::string_view text) {
  text = TrimSpace(text);
  if (text == "keep") return Derivation{true, "", 0};
  const std::size_t sign = text.find_first_of("+-");
  const std::string base(TrimSpace(text.substr(0, sign)));
  if (base != "start" && base != "end" && base != "arrival" && base != "cutoff" && base != "switch") return std::nullopt;
  if (sign == std::string_view::npos) return Derivation{false, base, 0};
  const std::optional<int> amount = ParseAmount(TrimSpace(text.substr(sign + 1)));
  if (!amount) return std::nullopt;
  return Derivation{false, base, text[sign] == '-' ? -*amount : *amount};
}

}  // namespace evenkeel
