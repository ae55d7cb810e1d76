#include "read/durations.h"

#include <optional>

#include "read/bytes.h"

namespace evenkeel {
namespace {

constexpr int kHour = 60;
constexpr int kDay = 24 * kHour;

// A quantity in hundredths, with the tokens it takes.
struct Quantity {
  int hundredths = 0;
  std::size_t last = 0;
  bool digits = false;
};

bool IsGluedNumber(const TokenView& view, std::size_t i) {
  const std::size_t at = view[i].begin;
  if (at == 0 || view[i].spaced) return false;
  const char before = view.text().fold[at - 1];
  return IsAlnum(before) || before == kLetterGlyph || before == '.' || before == ',' || before == ':' || before == '/' || before == '$' || before == '#' ||
         before == '-';
}

std::optional<Quantity> ReadDigits(const TokenView& view, std::size_t i) {
  if (IsGluedNumber(view, i) || view.Digits(i) > 3) return std::nullopt;
  Quantity quantity{view.Number(i) * 100, i + 1, true};
  const bool point = view.IsMark(i + 1, '.') && view.IsAdjacent(i + 1) && view.IsNumber(i + 2) && view.IsAdjacent(i + 2);
  if (!point) return quantity;
  if (view.Digits(i + 2) > 2) return std::nullopt;
  quantity.hundredths += view.Number(i + 2) * (view.Digits(i + 2) == 1 ? 10 : 1);
  quantity.last = i + 3;
  return quantity;
}

// "and a half", "& a half" at i.
std::size_t SkipAndHalf(const TokenView& view, std::size_t i) {
  const bool joined = view.IsAnyOf(i, {"and"}) || view.IsMark(i, '&');
  return joined && view.IsAnyOf(i + 1, {"a"}) && view.IsAnyOf(i + 2, {"half"}) ? i + 3 : i;
}

std::optional<Quantity> ReadQuantity(const TokenView& view, std::size_t i) {
  std::optional<Quantity> quantity;
  if (view.IsNumber(i)) {
    quantity = ReadDigits(view, i);
  } else if (view.IsAnyOf(i, {"half"})) {
    quantity = Quantity{50, view.IsAnyOf(i + 1, {"an", "a"}) || view.IsMark(i + 1, '-') ? i + 2 : i + 1, false};
  } else if (view.IsAnyOf(i, {"a", "an"})) {
    quantity = Quantity{100, i + 1, false};
  } else if (const std::optional<int> word = MinuteWordOf(view.Fold(i))) {
    quantity = Quantity{*word * 100, i + 1, false};
  }
  if (!quantity) return std::nullopt;
  if (const std::size_t behind = SkipAndHalf(view, quantity->last); behind != quantity->last) {
    quantity->hundredths += 50;
    quantity->last = behind;
  }
  return quantity;
}

// Minutes of one unit at i; 0 when none stands there.
int UnitAt(const TokenView& view, std::size_t i, bool digits) {
  if (view.IsAnyOf(i, {"hour", "hours", "hr", "hrs"})) return kHour;
  if (view.IsAnyOf(i, {"minute", "minutes", "min", "mins"})) return 1;
  return digits && view.IsAnyOf(i, {"h"}) ? kHour : 0;
}

// "30 minutes", "and 30 min" behind hours.
int ReadMinutesBehind(const TokenView& view, std::size_t* at) {
  std::size_t i = *at;
  if (view.IsAnyOf(i, {"and"}) || view.IsMark(i, ',')) ++i;
  const std::optional<Quantity> quantity = ReadQuantity(view, i);
  if (!quantity || UnitAt(view, quantity->last, false) != 1) return 0;
  *at = quantity->last + 1;
  return quantity->hundredths / 100;
}

// A distance to something, a rate or a deadline, and not a length.
bool IsDistance(const TokenView& view, const DurationMatch& match) {
  std::size_t after = match.last;
  if (view.IsAnyOf(after, {"or", "and"})) ++after;
  if (view.IsAnyOf(after, {"before", "prior", "ago", "later", "earlier", "after", "ahead", "early", "late", "notice", "advance", "away", "past", "to", "per",
                           "beforehand", "drive", "walk"})) {
    return true;
  }
  if (view.IsAnyOf(after, {"in"}) && view.IsAnyOf(after + 1, {"advance"})) return true;
  return match.first > 0 && (view.IsAnyOf(match.first - 1, {"within", "every", "in", "per", "each", "extra", "additional", "least", "next", "last"}) ||
                             view.IsMark(match.first - 1, '/'));
}

std::optional<DurationMatch> ReadAt(const TokenView& view, std::size_t i) {
  const std::optional<Quantity> quantity = ReadQuantity(view, i);
  if (!quantity) return std::nullopt;
  std::size_t at = quantity->last;
  if (view.IsMark(at, '-') && view.IsAdjacent(at) && view.IsAdjacent(at + 1)) ++at;  // three-hour
  const int unit = UnitAt(view, at, quantity->digits);
  const bool french_clock = view.IsAnyOf(at, {"h"}) && view.Digits(at + 1) == 2 && quantity->hundredths >= 600 && UnitAt(view, at + 2, false) == 0;  // 16 h 30
  if (unit == 0 || french_clock) return std::nullopt;
  DurationMatch match{i, at + 1, quantity->hundredths * unit / 100};
  if (unit == kHour) {
    if (const std::size_t half = SkipAndHalf(view, match.last); half != match.last) {
      match.minutes += kHour / 2;
      match.last = half;
    } else {
      match.minutes += ReadMinutesBehind(view, &match.last);
    }
  }
  return match.minutes > 0 && match.minutes < kDay ? std::optional(match) : std::nullopt;
}

}  // namespace

std::vector<DurationMatch> FindDurations(const TokenView& view) {
  std::vector<DurationMatch> matches;
  for (std::size_t i = 0; i < view.size();) {
    const std::optional<DurationMatch> match = ReadAt(view, i);
    if (match && !IsDistance(view, *match)) matches.push_back(*match);
    i = match ? match->last : i + 1;
  }
  return matches;
}

}  // namespace evenkeel
