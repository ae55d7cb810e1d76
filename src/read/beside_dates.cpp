#include "read/beside_dates.h"

#include <algorithm>
#include <set>

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

  // Notes the dates that this time touches: they are not the next sentence's to give away.
  void NoteTouched(const Placed& time) {
    const auto [before, after] = Around(time);
    if (before != kNone && Joins(dates_[before].last, time.first, true)) touched_.insert(dates_[before].index);
    if (after != kNone && Joins(time.last, dates_[after].first, false)) touched_.insert(dates_[after].index);
  }

  void Bind(const Placed& time) {
    Mention& mention = findings_.mentions[time.index];
    const auto [before, after] = Around(time);
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
  // The last date that begins before the time ("this Saturday at 4" shares its weekday) and the first behind it.
  std::pair<std::size_t, std::size_t> Around(const Placed& time) const {
    const auto begins_before = [](const Placed& date, std::size_t token) { return date.first < token; };
    const auto at = [&](auto found) { return static_cast<std::size_t>(found - dates_.begin()); };
    const std::size_t before = at(std::lower_bound(dates_.begin(), dates_.end(), time.first, begins_before));
    const std::size_t after = at(std::lower_bound(dates_.begin(), dates_.end(), time.last, begins_before));
    return {before == 0 ? kNone : before - 1, after == dates_.size() ? kNone : after};
  }

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
    return above.relative == RelativeDay::kNone && !IsOfOthers(above, mention);
  }

  // A date that is labelled as of something else than the time.
  static bool IsOfOthers(const DateMention& date, const Mention& mention) {
    const Role role = date.label.role;
    const bool others = role == Role::kUnrelated || role == Role::kCutoff;
    return others && date.label.strength == LabelStrength::kStrong && mention.label.role != role;
  }

  // A date further on in the text, if it is not of what is said there: "Sail 4:30 PM. Cancel before 5:00 PM on May 28".
  bool IsNear(const Placed& time, const Placed& date) const {
    constexpr std::size_t kGlyphsMax = 60;
    const DateMention& near = findings_.dates[date.index];
    if (near.relative != RelativeDay::kNone || IsOfOthers(near, findings_.mentions[time.index])) return false;
    if (view_[date.first].begin - view_[time.last - 1].end > kGlyphsMax) return false;
    return touched_.count(date.index) == 0 || !EndsSentence(time.last, date.first);
  }

  bool EndsSentence(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i) {
      const bool stop = view_.IsMark(i, ';') || view_.IsMark(i, '!') || view_.IsMark(i, '?') || (view_.IsMark(i, '.') && view_.Has(i + 1) && view_[i + 1].spaced);
      if (stop) return true;
    }
    return false;
  }

  const TokenView& view_;
  Findings& findings_;
  std::vector<Placed> dates_;  // in the text's order
  std::vector<char> claimed_;      // bound by a time in front of it
  std::set<std::size_t> touched_;  // dates that some time touches, as indices of findings_.dates
};

}  // namespace

void BindBeside(const TokenView& view, const std::vector<Placed>& times, const std::vector<Placed>& dates, Findings* findings) {
  BesideBinder binder(view, dates, findings);
  for (const Placed& time : times) binder.NoteTouched(time);
  for (const Placed& time : times) binder.Bind(time);
}

}  // namespace evenkeel
