// Several times to choose from: "10 AM, 1 PM, 4:30 PM", "10 AM or 1 PM".
#include "read/clock_grammar.h"

namespace evenkeel {
namespace {

// Whether nothing but the marks and words of a list stands at tokens [from, to); *either: one of them offers a choice.
bool IsListed(const TokenView& view, std::size_t from, std::size_t to, bool* either) {
  constexpr std::size_t kTokensMax = 3;
  if (to < from || to - from > kTokensMax) return false;
  for (std::size_t i = from; i < to; ++i) {
    const bool offers = view.IsMark(i, '/') || view.IsAnyOf(i, {"or", "oder", "ou", "o"});
    const bool sign = offers || view.IsMark(i, ',') || view.IsMark(i, '|') || view.IsMark(i, '&') || view.IsMark(i, kSymbolGlyph) || view.IsMark(i, '*') || view.IsAnyOf(i, {"and"});
    if (!sign || view.Ascii(i).front() == kJoinGlyph) return false;
    *either = *either || offers;
  }
  return true;
}

// The same minute on the dial: "4:30 PM / 16:30" is one time.
bool IsSame(const ClockMatch& a, const ClockMatch& b) { return a.start.hour % 12 == b.start.hour % 12 && a.start.minute == b.start.minute; }

// "Start times:", "available slots", "departures at" in front of token i.
bool IsBehindPlural(const TokenView& view, std::size_t i) {
  constexpr std::size_t kReach = 4;
  for (std::size_t at = i; at > 0 && i - at < kReach && !view[at].newline && !view.IsMark(at - 1, '.') && !view.IsMark(at - 1, ';'); --at) {
    if (view.IsAnyOf(at - 1, {"times", "slots", "options", "departures", "sailings", "timeslots", "choices", "available"})) return true;
  }
  return false;
}

constexpr std::size_t kListMax = 8;  // a time is compared with so many before it: "4:30 PM 7:30 PM 16:30 19:30" says two times twice

}  // namespace

void MarkChoices(const TokenView& view, std::vector<ClockMatch>* clocks) {
  for (std::size_t first = 0; first < clocks->size();) {
    std::size_t last = first + 1;
    std::size_t zones = (*clocks)[first].zone_at.empty() ? 0 : 1;
    bool either = false;
    bool same = false;
    for (; last < clocks->size() && IsListed(view, (*clocks)[last - 1].last, (*clocks)[last].first, &either); ++last) {
      zones += (*clocks)[last].zone_at.empty() ? 0 : 1;
      for (std::size_t other = first; other < last && last - first < kListMax; ++other) same = same || IsSame((*clocks)[other], (*clocks)[last]);
    }
    const std::size_t count = last - first;
    const bool choice = count > 2 || (count == 2 && (either || IsBehindPlural(view, (*clocks)[first].first)));
    for (std::size_t i = first; choice && !same && zones < 2 && i < last; ++i) (*clocks)[i].choice = true;  // "4:30 PM PT / 7:30 PM ET" is one instant
    first = last;
  }
}

}  // namespace evenkeel
