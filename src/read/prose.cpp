#include "read/prose.h"

#include <algorithm>

namespace evenkeel {

std::string_view Prose::DoubtAt(std::size_t token) {
  MoveTo(token);
  return why_;
}

bool Prose::IsOfOtherWeekday(std::size_t token) {
  MoveTo(token);
  return other_weekday_;
}

void Prose::MoveTo(std::size_t token) {
  if (token < end_) return;
  begin_ = token;
  while (begin_ > end_ && !view_[begin_].newline && !IsStop(begin_ - 1)) --begin_;
  end_ = token + 1;
  while (view_.Has(end_) && !view_[end_].newline && !IsStop(end_ - 1)) ++end_;
  why_ = {};
  if (IsQuoted()) why_ = "it stands in a quotation";
  for (std::size_t i = begin_; i < end_ && why_.empty(); ++i) {
    if (!view_.IsWord(i)) continue;
    if (IsPast(i) || IsPraise(i) || IsLongAgo(i)) why_ = "the sentence tells of a sailing that is over";
    if (why_.empty() && IsOfAll(i)) why_ = "the sentence speaks of sailings in general";
  }
  other_weekday_ = false;
  bool its_own = false;
  for (std::size_t i = begin_; i < end_ && known_; ++i) {
    const std::optional<unsigned> weekday = view_.IsWord(i) ? WeekdayOf(view_.Fold(i)) : std::nullopt;
    other_weekday_ = other_weekday_ || weekday.has_value();
    its_own = its_own || weekday == WeekdayOfDate(*known_) || (view_.IsWord(i) && MonthOf(view_.Fold(i))) || view_.IsMark(i, '/');
  }
  other_weekday_ = other_weekday_ && !its_own;
}

// "> can we sail at 5 PM instead?": a line of the mail that is answered.
bool Prose::IsQuoted() const {
  constexpr std::size_t kReach = 64;  // tokens
  std::size_t line = begin_;
  while (line > 0 && begin_ - line < kReach && !view_[line].newline) --line;
  return view_.IsMark(line, '>') && (line == 0 || view_[line].newline);
}

bool Prose::IsStop(std::size_t i) const {
  if (view_.IsMark(i, ';') || view_.IsMark(i, '!') || view_.IsMark(i, '?') || view_.IsMark(i, '|') || view_.IsMark(i, kSymbolGlyph)) return true;
  if (!view_.IsMark(i, '.') && !view_.IsMark(i, ':')) return false;
  if (view_.Has(i + 1) && !view_[i + 1].spaced) return false;
  return i == 0 || !view_.IsAnyOf(i - 1, {"m", "a", "p"});  // 1 p.m. and …
}

// "we departed", "our charter started", "the crew came back"; not "once everyone has boarded".
bool Prose::IsPast(std::size_t verb) const {
  if (view_.IsAnyOf(verb, {"took", "brought", "picked", "dropped"}) && view_.IsAnyOf(verb + 1, {"us", "me"})) return true;
  const bool came_back = view_.IsAnyOf(verb, {"came", "got", "headed", "went"}) && view_.IsAnyOf(verb + 1, {"back", "home", "out", "ashore", "off"});
  if (!came_back && !view_.IsAnyOf(verb, {"departed", "sailed", "returned", "arrived", "boarded", "embarked", "disembarked", "cruised", "docked", "motored", "left", "started",
                                          "began", "finished", "ended"})) {
    return false;
  }
  constexpr std::size_t kReach = 4;
  for (std::size_t i = verb; i > begin_ && verb - i < kReach; --i) {
    const std::size_t at = i - 1;
    if (view_.IsAnyOf(at, {"have", "has", "be", "is", "are", "been", "being", "get", "once", "not", "must", "if", "will", "to", "having"})) return false;
    if (view_.IsAnyOf(at, {"we", "i", "they", "he", "she", "our", "my", "everyone", "boat", "crew", "captain", "skipper", "trip", "cruise", "tour", "charter", "yacht", "catamaran",
                           "party", "group", "family"})) {
      return true;
    }
  }
  return false;
}

// "we had a blast", "our sail at 1 PM was great"
bool Prose::IsPraise(std::size_t i) const {
  const auto is_ours = [&](std::size_t at) { return view_.IsAnyOf(at, {"we", "i", "us", "our", "my"}); };
  const bool felt = view_.IsAnyOf(i, {"loved", "enjoyed"});
  const bool had = view_.IsAnyOf(i, {"had"}) && view_.IsAnyOf(i + 1, {"a", "an", "the", "such", "so"});
  const bool was = view_.IsAnyOf(i, {"was", "were"});
  if (!felt && !had && !was) return false;
  const auto praises = [&](std::size_t at) {
    return view_.IsAnyOf(at, {"blast", "ball", "great", "amazing", "wonderful", "fantastic", "awesome", "perfect", "lovely", "beautiful", "incredible", "unforgettable", "magical",
                              "fun", "best", "good", "excellent", "superb"});
  };
  bool praised = felt;
  for (std::size_t at = i + 1; at < end_ && at < i + 5; ++at) praised = praised || praises(at);
  if (!praised) return false;
  for (std::size_t at = begin_; at < i; ++at) {
    if (is_ours(at)) return true;
  }
  return false;
}

// "yesterday's trip", "last year", "two weeks ago"
bool Prose::IsLongAgo(std::size_t i) const {
  if (view_.IsAnyOf(i, {"yesterday's", "ago"})) return true;
  return view_.IsAnyOf(i, {"last"}) && view_.IsAnyOf(i + 1, {"year", "year's", "week", "week's", "month", "summer", "weekend", "season", "spring", "fall", "winter"});
}

// "we also offer sails at 10 AM"
bool Prose::IsOffer(std::size_t verb) const {
  if (!view_.IsAnyOf(verb, {"offer", "offers", "run", "operate"}) || verb == begin_) return false;
  const std::size_t subject = view_.IsAnyOf(verb - 1, {"also"}) && verb - 1 > begin_ ? verb - 2 : verb - 1;
  return view_.IsAnyOf(subject, {"we", "also", "company"});
}

// "all boats return", "our sunset sails leave", "every charter", "we usually sail", "daily"
bool Prose::IsOfAll(std::size_t i) const {
  if (view_.IsAnyOf(i, {"usually", "typically", "normally", "generally", "daily"})) return true;
  const bool bound = view_.IsAnyOf(i, {"first", "last"}) && !(i > begin_ && view_.IsAnyOf(i - 1, {"your", "my", "our"}));
  if (bound && view_.IsAnyOf(i + 1, {"boat", "sail", "sailing", "departure", "trip", "tour", "cruise", "charter"})) return true;
  const bool each = view_.IsAnyOf(i, {"every", "each", "any"});
  if (each && view_.IsNumber(i + 1) && view_.IsAnyOf(i + 2, {"minutes", "min", "mins", "hours", "hour", "minute"})) return true;
  if (IsOffer(i)) return true;
  if (each && view_.IsAnyOf(i + 1, {"day", "boat", "charter", "cruise", "sailing", "trip", "tour", "sail", "departure"})) return true;
  const bool named = i > begin_ && view_.IsAnyOf(i - 1, {"our", "all", "most", "many", "some", "sunset", "morning", "afternoon", "evening", "private", "public", "these", "other"});
  const bool plural = view_.IsAnyOf(i, {"boats", "charters", "cruises", "sailings", "trips", "tours", "vessels", "excursions", "yachts", "outings", "ferries", "departures"});
  if (!plural && !(named && view_.IsAnyOf(i, {"sails"}))) return false;
  constexpr std::size_t kReach = 5;
  for (std::size_t at = i + 1; at < end_ && at <= i + kReach; ++at) {
    if (view_.IsNumber(at)) return false;
    if (view_.IsAnyOf(at, {"return", "depart", "leave", "sail", "start", "end", "run", "begin", "go", "operate", "are", "last", "board", "meet", "must", "should", "embark", "finish",
                           "come", "dock", "often", "always"})) {
      return true;
    }
  }
  return false;
}

}  // namespace evenkeel
