#include "read/iso.h"

#include "read/bytes.h"
#include "read/date_grammar.h"

namespace evenkeel {
namespace {

class IsoReader {
 public:
  IsoReader(std::string_view fold, std::size_t at, bool parted, bool ordinal) : fold_(fold), at_(at), parted_(parted), ordinal_(ordinal) {
    match_.whole = {at, at};
  }

  std::optional<IsoMatch> Read(bool space, bool clock) {
    if ((ordinal_ && ReadOrdinal()) || ReadDate()) {
      Accept();
      const std::size_t after_date = at_;
      const bool t = Is('t') && !match_.ordinal;
      if ((t || (space && Is(' ') && !match_.basic && !match_.ordinal)) && ++at_ && ReadTime()) {
        ReadOffset();
        Accept();
      } else {
        at_ = after_date;
        match_.hour = -1;
      }
    } else {
      if (!clock || !ReadTime()) return std::nullopt;
      ReadOffset();
      Accept();
    }
    return IsWhole() ? std::optional(match_) : std::nullopt;
  }

 private:
  bool Is(char c) const { return at_ < fold_.size() && fold_[at_] == c; }
  void Accept() { match_.whole.end = at_; }

  int Take(std::size_t count, GlyphRange* range) {
    if (at_ + count > fold_.size()) return -1;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!IsDigit(fold_[at_ + i])) return -1;
      value = value * 10 + (fold_[at_ + i] - '0');
    }
    *range = {at_, at_ + count};
    at_ += count;
    return value;
  }

  bool ReadDate() {
    const std::size_t first = at_;
    match_.year = Take(4, &match_.year_at);
    const bool dash = Is('-');
    if (dash) ++at_;
    const int month = match_.year > 0 ? Take(2, &match_.month_at) : -1;
    int day = -1;
    if (month > 0 && (!dash || Is('-'))) {
      if (dash) ++at_;
      day = Take(2, &match_.day_at);
    }
    if (day < 0 && dash && month > 0 && month <= 12 && !Is('-')) day = 0;  // 1973-09
    const bool ok = match_.year >= 1583 && match_.year <= 2200 && month >= 1 && month <= 12 && day >= 0 &&
                    (day == 0 || IsCalendarDay(match_.year, static_cast<unsigned>(month), static_cast<unsigned>(day)));
    if (!ok) {
      at_ = first;
      match_.year = 0;
      return false;
    }
    match_.month = static_cast<unsigned>(month);
    match_.day = static_cast<unsigned>(day);
    match_.basic = !dash;
    return true;
  }

  // 2013-034
  bool ReadOrdinal() {
    const std::size_t first = at_;
    const int year = Take(4, &match_.year_at);
    const bool dash = Is('-') && ++at_;
    const int day = dash ? Take(3, &match_.day_at) : -1;
    const Date date = date::sys_days(date::year(year) / 1 / 1) + date::days(day - 1);
    if (year < 1583 || year > 2200 || day < 1 || static_cast<int>(date.year()) != year || (at_ < fold_.size() && IsDigit(fold_[at_]))) {
      at_ = first;
      match_.year_at = match_.day_at = {};
      return false;
    }
    match_.ordinal = true;
    match_.year = year;
    match_.month = static_cast<unsigned>(date.month());
    match_.day = static_cast<unsigned>(date.day());
    return true;
  }

  bool ReadTime() {
    const int hour = Take(2, &match_.hour_at);
    if (hour < 0 || hour > 24) return false;
    const bool colon = Is(':');
    if (colon) ++at_;
    const int minute = Take(2, &match_.minute_at);
    if (minute < 0 || minute > 59) return false;
    if (colon == match_.basic && match_.has_date() && match_.basic) return false;
    int second = 0;
    const std::size_t before = at_;
    if (!colon || Is(':')) {
      if (colon) ++at_;
      second = Take(2, &match_.second_at);
      if (second < 0) {
        at_ = before;
        match_.second_at = {};
        second = 0;
      }
    }
    if (second > 59 || (hour == 24 && (minute || second))) return false;
    if (Is('.') && at_ + 1 < fold_.size() && IsDigit(fold_[at_ + 1])) {
      ++at_;
      while (at_ < fold_.size() && IsDigit(fold_[at_])) ++at_;
    }
    if (!colon && !match_.has_date()) return false;
    match_.hour = hour;
    match_.minute = minute;
    match_.second = second;
    return true;
  }

  void ReadOffset() {
    const std::size_t first = at_;
    if (Is('z')) {
      ++at_;
      match_.offset_minutes = 0;
      match_.offset_at = {first, at_};
      return;
    }
    // In a URL a literal '+' reads as a space.
    const bool minus = Is('-');
    if (!minus && !Is('+') && !(Is(' ') && at_ + 5 < fold_.size() && fold_[at_ + 3] == ':')) return;
    ++at_;
    GlyphRange digits;
    const int hours = Take(2, &digits);
    const bool colon = hours >= 0 && Is(':');
    if (colon) ++at_;
    int minutes = hours >= 0 ? Take(2, &digits) : -1;
    if (minutes < 0 && !colon) minutes = 0;  // "-08"
    if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 14 * 60) {
      at_ = first;
      return;
    }
    match_.offset_minutes = (minus ? -1 : 1) * (hours * 60 + minutes);
    match_.offset_at = {first, at_};
  }

  bool IsWhole() const {
    const std::size_t begin = match_.whole.begin;
    const std::size_t end = match_.whole.end;
    if (!parted_ && begin > 0 && (IsAlnum(fold_[begin - 1]) || fold_[begin - 1] == kLetterGlyph || fold_[begin - 1] == '_')) return false;
    if (!parted_ && begin > 1 && (fold_[begin - 1] == '-' || fold_[begin - 1] == '.') && IsAlnum(fold_[begin - 2])) return false;
    if (end >= fold_.size()) return true;
    const char after = fold_[end];
    if (IsAlnum(after) || after == kLetterGlyph || after == '_') return false;
    const bool more = end + 1 < fold_.size() && IsAlnum(fold_[end + 1]);
    return !((after == '-' || after == '.' || after == ':') && more);
  }

  std::string_view fold_;
  std::size_t at_;
  bool parted_;
  bool ordinal_;
  IsoMatch match_;
};

}  // namespace

std::optional<IsoMatch> MatchIso(std::string_view fold, std::size_t at, bool space, bool clock, bool parted) {
  return IsoReader(fold, at, parted, false).Read(space, clock);
}

std::optional<IsoMatch> MatchIsoWhole(std::string_view fold, bool ordinal) {
  std::size_t first = 0;
  std::size_t last = fold.size();
  while (first < last && fold[first] == ' ') ++first;
  while (last > first && fold[last - 1] == ' ') --last;
  if (last - first == 4) {  // a year alone
    IsoMatch year;
    for (std::size_t i = first; i < last; ++i) {
      if (!IsDigit(fold[i])) return std::nullopt;
      year.year = year.year * 10 + (fold[i] - '0');
    }
    if (year.year < 1583 || year.year > 2200) return std::nullopt;
    year.whole = year.year_at = {first, last};
    return year;
  }
  std::optional<IsoMatch> match = IsoReader(fold.substr(0, last), first, false, ordinal).Read(true, true);
  if (!match || match->whole.end != last) return std::nullopt;
  return match;
}

}  // namespace evenkeel
