// Mentions and dates made of machine-written forms.
#include "read/bytes.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

DateMention MakeIsoDate(const GlyphText& text, const IsoMatch& match, const TextSource& source, const Label& label) {
  DateMention date;
  date.ref.span = text.Raw(match.whole.begin, match.whole.end);
  date.ref.year = match.year;
  date.ref.month = match.month;
  date.ref.day = match.day;
  date.ref.carrier = source.carrier;
  date.year_written = true;
  date.hidden = source.hidden;
  date.label = label;
  date.flow = source.flow;
  date.glyph_begin = match.whole.begin;
  date.glyph_end = match.whole.end;
  date.parts.push_back(MakePart(text, PartKind::kYear, 0, match.year_at));
  if (match.month && !match.ordinal) date.parts.push_back(MakePart(text, PartKind::kMonth, 0, match.month_at));
  if (match.day) date.parts.push_back(MakePart(text, PartKind::kDay, 0, match.day_at));
  return date;
}

}  // namespace

void AddIso(const GlyphText& text, const IsoMatch& match, const TextSource& source, const Label& label, Findings* findings) {
  if (!match.has_time()) {
    findings->dates.push_back(MakeIsoDate(text, match, source, label));
    findings->dates.back().source = findings->sources;
    return;
  }
  Mention mention;
  mention.form = MentionForm::kIso;
  mention.ref.span = text.Raw(match.whole.begin, match.whole.end);
  mention.ref.carrier = source.carrier;
  mention.ref.hidden = source.hidden;
  mention.label = label;
  mention.flow = source.flow;
  mention.element = source.element;
  mention.glyph_begin = match.whole.begin;
  mention.glyph_end = match.whole.end;
  mention.source = findings->sources;
  mention.second = match.second;
  mention.spelling = source.spelling;
  mention.offset_minutes = match.offset_minutes;
  mention.utc = match.offset_minutes.has_value();
  mention.start.minutes = match.hour % 24 * 60 + match.minute;
  mention.start.span = text.Raw(match.hour_at.begin, match.minute_at.end);
  if (match.has_date() && match.day) {
    const auto day = date::local_days(Date(date::year(match.year), date::month(match.month), date::day(match.day)));
    mention.written = LocalSeconds(day.time_since_epoch() + std::chrono::hours(match.hour) + std::chrono::minutes(match.minute) + std::chrono::seconds(match.second));
  }
  const auto add = [&](PartKind kind, GlyphRange range) {
    if (!range.empty()) mention.parts.push_back(MakePart(text, kind, 0, range));
  };
  add(PartKind::kYear, match.year_at);
  add(PartKind::kMonth, match.month_at);
  add(PartKind::kDay, match.day_at);
  add(PartKind::kHour, match.hour_at);
  add(PartKind::kMinute, match.minute_at);
  add(PartKind::kSecond, match.second_at);
  if (!match.offset_at.empty()) {
    mention.ref.zone = ToLower(text.ascii.substr(match.offset_at.begin, match.offset_at.end - match.offset_at.begin));
    if (mention.ref.zone == "z") mention.ref.zone = "Z";
    add(PartKind::kOffset, match.offset_at);
  }
  findings->mentions.push_back(std::move(mention));
}

}  // namespace evenkeel
