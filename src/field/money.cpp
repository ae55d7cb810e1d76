#include "field/money.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "text/fold.h"

namespace evenkeel {
namespace {

std::string CurrencyOf(std::string_view mark) {
  struct Row {
    const char* mark;
    const char* currency;
  };
  static constexpr Row kRows[] = {{"$", "USD"}, {"US$", "USD"}, {"\xE2\x82\xAC", "EUR"}, {"\xC2\xA3", "GBP"}, {"\xC2\xA5", "JPY"}};
  for (const Row& row : kRows) {
    if (mark == row.mark) return row.currency;
  }
  if (mark.size() != 3) return {};
  std::string code;
  for (const char c : mark) {
    if (!IsAsciiLetter(c)) return {};
    code += static_cast<char>(c >= 'a' ? c - 0x20 : c);
  }
  return code;
}

// Whether what stands before the decimals is a plain number or one grouped by threes.
bool IsGrouped(std::string_view whole, char group) {
  if (whole.find(group) == std::string_view::npos) return IsDigits(whole);
  std::size_t begin = 0;
  bool first = true;
  while (true) {
    const std::size_t end = std::min(whole.find(group, begin), whole.size());
    const std::string_view part = whole.substr(begin, end - begin);
    if (!IsDigits(part) || (first ? part.size() > 3 : part.size() != 3)) return false;
    if (end == whole.size()) return true;
    begin = end + 1;
    first = false;
  }
}

std::optional<std::int64_t> ReadMinor(std::string_view number) {
  const std::size_t last = number.find_last_of(".,");
  std::string_view whole = number;
  std::string decimals;
  char group = ',';
  if (last != std::string_view::npos && number.size() - last - 1 <= 2) {
    whole = number.substr(0, last);
    decimals = number.substr(last + 1);
    if (!IsDigits(decimals)) return std::nullopt;
    group = number[last] == '.' ? ',' : '.';
  } else if (last != std::string_view::npos) {
    group = number[last];
  }
  if (!IsGrouped(whole, group) || whole.size() > 20) return std::nullopt;
  decimals.resize(2, '0');
  std::string digits;
  for (const char c : whole) {
    if (c != group) digits += c;
  }
  if (digits.size() > 15) return std::nullopt;
  std::int64_t minor = 0;
  for (const char c : digits + decimals) minor = minor * 10 + (c - '0');
  return minor;
}

}  // namespace

std::optional<Money> ReadMoney(std::string_view text) {
  text = TrimSpace(text);
  const bool negative = text.starts_with('-');
  if (negative) text = TrimSpace(text.substr(1));
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = text.find_last_of("0123456789") + 1;
  const std::string_view before = TrimSpace(text.substr(0, begin)), after = TrimSpace(text.substr(end));
  if (!before.empty() && !after.empty()) return std::nullopt;
  Money money;
  const std::string_view mark = before.empty() ? after : before;
  money.currency = CurrencyOf(mark);
  if (!mark.empty() && money.currency.empty()) return std::nullopt;
  const auto minor = ReadMinor(text.substr(begin, end - begin));
  if (!minor) return std::nullopt;
  money.minor = negative ? -*minor : *minor;
  return money;
}

}  // namespace evenkeel
