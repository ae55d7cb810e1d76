#include "read/text_times.h"

#include <algorithm>

#include "read/beside_dates.h"
#include "read/bytes.h"
#include "read/prose.h"

namespace evenkeel {
namespace {

// Collects from one text; lives for one call.
class TextCollector {
 public:
  TextCollector(const GlyphText& text, const TextSource& source, Findings* findings)
      : text_(text), source_(source), findings_(*findings), view_(text), taken_(view_.size(), 0), number_(findings->sources++) {}

  void Collect() {
    if (source_.carrier != Carrier::kText) CountWork();
    if (findings_.Full()) return;
    const std::size_t first_mention = findings_.mentions.size();
    CollectIso();
    CollectDates();
    const std::vector<DurationMatch> durations = FindDurations(view_);
    std::vector<ClockMatch> clocks = FindClocks(view_, taken_, durations, findings_.most);
    MarkChoices(view_, &clocks);
    Prose prose(view_, source_.known);
    Label last;
    for (std::size_t i = 0; i < clocks.size() && !findings_.Full(); ++i) {
      const std::size_t low = std::max(i == 0 ? 0 : clocks[i - 1].last, TakenIsoBefore(clocks[i].first));
      const std::size_t high = i + 1 < clocks.size() ? clocks[i + 1].first : view_.size();
      Label label = LabelBeside(view_, clocks[i].first, clocks[i].last, low, high);
      // "Tides: 3:12 AM, 9:47 AM": a list goes on being of other things.
      if (!label.found() && last.role == Role::kUnrelated && last.strength == LabelStrength::kStrong && IsOneList(view_, low, clocks[i].first)) label = last;
      if (clocks[i].doubt.empty() && label.role != Role::kUnrelated) clocks[i].doubt = clocks[i].choice ? "it is one of several to choose from" : prose.DoubtAt(clocks[i].first);
      const bool sails = label.role == Role::kStart || label.role == Role::kStartEnd || !label.found();
      if (sails && clocks[i].doubt.empty() && !clocks[i].weekday && prose.IsOfOtherWeekday(clocks[i].first)) clocks[i].doubt = "the sentence is of another weekday";
      AddClock(clocks[i], label);
      if (i > 0 && IsDatedRange(view_, taken_, clocks[i - 1], clocks[i])) JoinLast();
      last = label;
    }
    for (const DurationMatch& duration : durations) AddDuration(duration);
    CollectYears();
    BindBeside(view_, times_, dates_, &findings_);
    for (std::size_t i = first_mention; i < findings_.mentions.size(); ++i) findings_.mentions[i].source = number_;
  }

 private:
  // What stands in the page's text was counted with its markup.
  void CountWork() { findings_.work.Strings(text_.size() + 2 * static_cast<std::size_t>(std::count_if(text_.fold.begin(), text_.fold.end(), IsDigit))); }

  // Makes the last two mentions the two ends of a range.
  void JoinLast() {
    const std::size_t end = findings_.mentions.size() - 1;
    findings_.mentions[end - 1].partner = end;
    findings_.mentions[end].partner = end - 1;
    findings_.mentions[end].second_half = true;
    findings_.mentions[end].label = findings_.mentions[end - 1].label;
  }

  std::size_t TokenAtGlyph(std::size_t glyph) const {
    const auto found = std::lower_bound(view_.tokens().begin(), view_.tokens().end(), glyph,
                                        [](const Token& token, std::size_t at) { return token.end <= at; });
    return static_cast<std::size_t>(found - view_.tokens().begin());
  }

  std::size_t TakenIsoBefore(std::size_t token) const {
    const auto behind = std::upper_bound(iso_ends_.begin(), iso_ends_.end(), token);
    return behind == iso_ends_.begin() ? 0 : *std::prev(behind);
  }

  void CollectIso() {
    for (std::size_t i = 0; i < view_.size(); ++i) {
      if (view_.Digits(i) != 4 && view_.Digits(i) != 8) continue;
      const std::optional<IsoMatch> match = MatchIso(text_.fold, view_[i].begin, false, false, text_.BreakBefore(view_[i].begin));
      if (!match || !match->has_time()) continue;
      const std::size_t last = TokenAtGlyph(match->whole.end - 1) + 1;
      const Label label = LabelBeside(view_, i, last, iso_ends_.empty() ? 0 : iso_ends_.back(), view_.size());
      AddIso(text_, *match, source_, label, &findings_);
      findings_.mentions.back().source = number_;
      findings_.mentions.back().element = ElementAt(match->whole.begin);
      findings_.mentions.back().ref.hidden = source_.hidden || ElementHidden(match->whole.begin);
      for (std::size_t t = i; t < last; ++t) taken_[t] = 1;
      iso_ends_.push_back(last);
      i = last - 1;
    }
  }

  void CollectDates() {
    for (const DateMatch& match : FindDates(view_, source_.day_first, source_.known)) {
      bool free = true;
      for (std::size_t t = match.first; t < match.last; ++t) free = free && taken_[t] == 0;
      if (!free) continue;
      const bool weekday_alone = match.relative != RelativeDay::kNone && match.weekday;  // "this Saturday at 4": the weekday is the time's too
      for (std::size_t t = match.first; t < match.last && !weekday_alone; ++t) taken_[t] = 1;
      dates_.push_back({findings_.dates.size(), match.first, match.last});
      AddDate(match);
      findings_.dates.back().label = LabelBeside(view_, match.first, match.last, 0, view_.size());
    }
  }

  // Years that stand alone in a short text, as headings write them.
  void CollectYears() {
    constexpr std::size_t kTextMax = 120;
    if (text_.size() > kTextMax) return;
    for (std::size_t i = 0; i < view_.size(); ++i) {
      const int year = view_.Digits(i) == 4 ? view_.Number(i) : 0;
      if (year < 1990 || year > 2100 || taken_[i] != 0 || !view_[i].spaced || (view_.IsAdjacent(i + 1) && !view_.IsMark(i + 1, ':'))) continue;
      const bool other = i > 0 && (view_.IsMark(i - 1, kSymbolGlyph) || view_.IsMark(i - 1, ')') || view_.IsAnyOf(i - 1, {"copyright", "since", "est", "established", "in"}));
      if (!other) findings_.years.push_back({year, number_});
    }
  }

  void AddDate(const DateMatch& match) {
    DateMention date;
    const std::size_t begin = view_[match.first].begin;
    const std::size_t end = view_[match.last - 1].end;
    date.ref.span = Close(begin, end);
    date.ref.year = match.year;
    date.ref.month = match.month;
    date.ref.day = match.day;
    date.ref.carrier = source_.carrier;
    date.weekday = match.weekday;
    date.relative = match.relative;
    date.month_word = match.month_word;
    date.two_digit_year = match.two_digit_year;
    date.year_written = match.year != 0;
    date.hidden = source_.hidden;
    date.source = number_;
    date.flow = source_.flow;
    date.glyph_begin = begin;
    date.glyph_end = end;
    const auto add = [&](PartKind kind, GlyphRange range) {
      if (!range.empty()) date.parts.push_back(MakePart(text_, kind, 0, range));
    };
    add(PartKind::kWeekday, match.weekday_at);
    add(PartKind::kMonth, match.month_at);
    add(PartKind::kDay, match.day_at);
    add(PartKind::kOrdinal, match.ordinal_at);
    add(PartKind::kYear, match.year_at);
    findings_.dates.push_back(std::move(date));
  }

  void AddDuration(const DurationMatch& match) {
    constexpr int kLengthMin = 45;  // shorter stretches are no outing's
    if (match.minutes < kLengthMin) return;
    const std::size_t begin = view_[match.first].begin;
    const std::size_t end = view_[match.last - 1].end;
    findings_.durations.push_back({match.minutes, text_.ascii.substr(begin, end - begin), number_, begin, end});
  }

  Span Close(std::size_t begin, std::size_t end) const {
    const Span span = text_.Raw(begin, end);
    if (source_.page == nullptr || source_.flow == kNone) return span;
    return CloseElements(*source_.page, source_.page->flows[source_.flow], end, span);
  }

  std::size_t ElementAt(std::size_t glyph) const {
    if (source_.page == nullptr || source_.flow == kNone) return source_.element;
    return source_.page->flows[source_.flow].ElementAt(glyph);
  }

  static std::size_t FirstGlyph(const Clock& clock) {
    return !clock.hour_at.empty() && clock.phrase_at.empty() ? clock.hour_at.begin : clock.phrase_at.begin;
  }

  // Whether the two clocks stand in elements of their own, beside each other.
  bool AreSeparate(const Clock& a, const Clock& b) const {
    if (source_.page == nullptr || source_.flow == kNone) return false;
    const Span gap{text_.Raw(view_[a.first].begin, view_[a.last - 1].end).end, text_.Raw(view_[b.first].begin, view_[b.last - 1].end).begin};
    if (gap.begin < gap.end && FindFolded(gap.In(source_.bytes), "<meta") != std::string_view::npos) return true;  // it says a time of its own
    const std::size_t first = ElementAt(FirstGlyph(a));
    const std::size_t second = ElementAt(FirstGlyph(b));
    return first != second && !source_.page->IsInside(first, second) && !source_.page->IsInside(second, first);
  }

  Endpoint MakeEndpoint(const Clock& clock) const {
    Endpoint endpoint;
    endpoint.clock = clock;
    endpoint.span = Close(view_[clock.first].begin, view_[clock.last - 1].end);
    return endpoint;
  }

  void AddParts(const Clock& clock, int number, Mention* mention) const {
    const auto add = [&](PartKind kind, GlyphRange range) {
      if (!range.empty()) mention->parts.push_back(MakePart(text_, kind, number, range));
    };
    add(PartKind::kPhrase, clock.phrase_at);
    if (clock.phrase_at.empty()) {
      add(PartKind::kHour, clock.hour_at);
      add(PartKind::kMinute, clock.minute_at);
      add(PartKind::kSecond, clock.second_at);
    }
    add(PartKind::kMeridiem, clock.meridiem_at);
  }

  Mention MakeMention(std::size_t first, std::size_t last, const Label& label, std::string_view doubt) const {
    Mention mention;
    mention.glyph_begin = view_[first].begin;
    mention.glyph_end = view_[last - 1].end;
    mention.ref.span = Close(mention.glyph_begin, mention.glyph_end);
    mention.ref.carrier = source_.carrier;
    mention.ref.hidden = source_.hidden || ElementHidden(mention.glyph_begin);
    mention.label = label;
    mention.doubt = doubt;
    mention.flow = source_.flow;
    mention.element = ElementAt(mention.glyph_begin);
    mention.form = MentionForm::kClock;
    mention.spelling = source_.spelling;
    return mention;
  }

  bool ElementHidden(std::size_t glyph) const {
    if (source_.page == nullptr || source_.flow == kNone) return false;
    const std::size_t element = ElementAt(glyph);
    return element != kNone && element < source_.page->elements.size() && source_.page->elements[element].hidden;
  }

  void AddZoneAndWeekday(const ClockMatch& match, Mention* mention) const {
    if (!match.zone_at.empty()) {
      mention->ref.zone = text_.ascii.substr(match.zone_at.begin, match.zone_at.end - match.zone_at.begin);
      mention->parts.push_back(MakePart(text_, PartKind::kZone, 0, match.zone_at));
    }
    mention->weekday = match.weekday;
    mention->weekday_range = match.weekday_range;
    if (!match.weekday_at.empty()) mention->parts.push_back(MakePart(text_, PartKind::kWeekday, 0, match.weekday_at));
  }

  void AddClock(const ClockMatch& match, const Label& label) {
    if (match.end && AreSeparate(match.start, *match.end)) {
      AddSeparate(match, label);
      return;
    }
    Mention mention = MakeMention(match.first, match.last, label, match.doubt);
    mention.start = MakeEndpoint(match.start);
    AddParts(match.start, 0, &mention);
    if (match.end) {
      mention.end = MakeEndpoint(*match.end);
      AddParts(*match.end, 1, &mention);
    }
    AddZoneAndWeekday(match, &mention);
    mention.lasts = match.lasts;
    times_.push_back({findings_.mentions.size(), match.first, match.last});
    findings_.mentions.push_back(std::move(mention));
  }

  void AddSeparate(const ClockMatch& match, const Label& label) {
    const std::size_t index = findings_.mentions.size();
    Mention start = MakeMention(std::max(match.first, match.start.first), match.start.last, label, match.doubt);
    start.start = MakeEndpoint(match.start);
    AddParts(match.start, 0, &start);
    start.partner = index + 1;
    Mention end = MakeMention(match.end->first, match.last, label, match.doubt);
    end.start = MakeEndpoint(*match.end);
    AddParts(*match.end, 0, &end);
    end.partner = index;
    end.second_half = true;
    AddZoneAndWeekday(match, &end);
    if (!match.weekday_at.empty() && match.weekday_at.begin < start.glyph_begin) {
      end.parts.pop_back();
      end.weekday.reset();
      start.weekday = match.weekday;
      start.parts.push_back(MakePart(text_, PartKind::kWeekday, 0, match.weekday_at));
      start.glyph_begin = match.weekday_at.begin;
      start.ref.span = Close(start.glyph_begin, start.glyph_end);
    }
    start.weekday_range = match.weekday_range;
    times_.push_back({index, match.first, match.last});
    times_.push_back({index + 1, match.first, match.last});
    findings_.mentions.push_back(std::move(start));
    findings_.mentions.push_back(std::move(end));
  }

  const GlyphText& text_;
  const TextSource& source_;
  Findings& findings_;
  TokenView view_;
  std::vector<char> taken_;
  std::vector<std::size_t> iso_ends_;
  std::vector<Placed> times_, dates_;
  std::size_t number_;
};

}  // namespace

Part MakePart(const GlyphText& text, PartKind kind, int endpoint, GlyphRange range) {
  return {kind, endpoint, text.ascii.substr(range.begin, range.end - range.begin), text.RawEach(range.begin, range.end)};
}

Span CloseElements(const Page& page, const Flow& flow, std::size_t last, Span span) {
  const std::size_t inner = flow.ElementAt(last - 1);
  for (std::size_t e = inner; e != kNone && e != flow.block; e = page.elements[e].parent) {
    const Element& element = page.elements[e];
    if (element.open.empty() || element.open.begin < span.begin) break;
    if (element.close.empty() || element.close.begin < span.end) break;
    // Only when nothing but space is left of it.
    bool rest = false;
    for (std::size_t g = last; !rest && g < flow.text.size() && flow.text.end[g] <= element.close.begin; ++g) rest = rest || flow.text.fold[g] != ' ';
    if (rest) break;
    span.end = element.close.end;
  }
  return span;
}

void CollectText(const GlyphText& text, const TextSource& source, Findings* findings) {
  TextCollector(text, source, findings).Collect();
}

}  // namespace evenkeel
