#include "read/beside_dates.h"

namespace evenkeel {
namespace {

class BesideBinder {
 public:
  BesideBinder(const TokenView& view, const std::vector<Placed>& dates, Findings* findings) : view_(view), findings_(*findings) {
    for (const Placed& date : dates) {
      if (findings_.dates[date.index].ref.day != 0 || findings_.dates[date.index].relative != RelativeDay::kNone) dates_.push_back(date);
    }
    claimed_.assign(dates_.size(), 0);
  }

  void Bind(const Placed& time) {
    Mention& mention = findings_.mentions[time.index];
    std::size_t before = kNone;
    std::size_t after = kNone;
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      if (dates_[i].first < time.first) before = i;  // "this Saturday at 4" shares its weekday
      if (after == kNone && dates_[i].first >= time.last) after = i;
    }
    const bool joins_before = before != kNone && Joins(dates_[before].last, time.first, true);
    const bool joins_after = after != kNone && Joins(time.last, dates_[after].first, false);
    std::size_t chosen = kNone;
    if (joins_after && (!joins_before || claimed_[before] != 0)) {
      chosen = after;
      claimed_[after] = 1;
    } else if (joins_before || IsAbove(before, mention)) {
      chosen = before;
    } else if (after != kNone && IsNear(time, dates_[after])) {
      chosen = after;
    }
    if (chosen == kNone) return;
    mention.date = dates_[chosen].index;
    mention.date_beside = true;
    mention.date_joined = chosen == before ? joins_before : joins_after;
    findings_.dates[dates_[chosen].index].touched = mention.date_joined;
  }

 private:
  // Whether only joining words and marks stand at tokens [from, to).
  bool Joins(std::size_t from, std::size_t to, bool date_first) const {
    if (from >= to) return true;
    constexpr std::size_t kTokensMax = 6;
    if (to - from > kTokensMax || (view_[to].newline && !date_first)) return false;
    for (std::size_t i = from; i < to; ++i) {
      if (view_[i].newline && !date_first) return false;
      if (view_[i].kind == TokenKind::kMark) {
        const char mark = view_.text().fold[view_[i].begin];
        if (mark == ';' || mark == '!' || mark == '?' || mark == '.') return false;
        continue;
      }
      const bool joining = view_.IsAnyOf(i, {"on", "the", "of", "at", "from", "between", "starting", "start", "starts", "time", "times", "begins", "beginning"});
      const bool weekday = WeekdayOf(view_.Fold(i)).has_value();
      const bool sign = view_.IsAnyOf(i, {"by", "before", "after", "until", "till", "about", "around"});
      if (!joining && !weekday && !(sign && date_first)) return false;
    }
    return true;
  }

  // A date earlier in the text holds until another comes, unless it is of something else.
  bool IsAbove(std::size_t date, const Mention& mention) const {
    if (date == kNone) return false;
    const DateMention& above = findings_.dates[dates_[date].index];
    if (above.relative != RelativeDay::kNone) return false;
    const Role role = above.label.role;
    const bool others = role == Role::kUnrelated || role == Role::kCutoff;
    return !others || above.label.strength != LabelStrength::kStrong || mention.label.role == role;
  }

  bool IsNear(const Placed& time, const Placed& date) const {
    constexpr std::size_t kGlyphsMax = 60;
    if (findings_.dates[date.index].relative != RelativeDay::kNone) return false;
    return view_[date.first].begin - view_[time.last - 1].end <= kGlyphsMax;
  }

  const TokenView& view_;
  Findings& findings_;
  std::vector<Placed> dates_;
  std::vector<char> claimed_;  // bound by a time in front of it
};

}  // namespace

void BindBeside(const TokenView& view, const std::vector<Placed>& times, const std::vector<Placed>& dates, Findings* findings) {
  BesideBinder binder(view, dates, findings);
  for (const Placed& time : times) binder.Bind(time);
}

}  // namespace evenkeel
