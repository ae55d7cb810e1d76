// Times in URLs: add-to-calendar links of Google, Outlook, Yahoo and others, and calendars in data: URLs; iCalendar text.
#include <algorithm>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

Label LabelOfParameter(std::string_view key, std::size_t ordinal) {
  const std::string why = "the link's parameter “" + std::string(key) + "”";
  if (key == "dates") return {ordinal == 0 ? Role::kStart : Role::kEnd, LabelStrength::kStrong, why};
  if (Contains({"st", "startdt", "start", "dtstart", "starttime", "start_time", "startdate", "begin", "from", "sdate"}, key)) {
    return {Role::kStart, LabelStrength::kStrong, why};
  }
  if (Contains({"et", "enddt", "end", "dtend", "endtime", "end_time", "enddate", "finish", "to", "edate"}, key)) return {Role::kEnd, LabelStrength::kStrong, why};
  if (Contains({"v", "ver", "t", "ts", "_", "cb", "cache", "rev"}, key)) return {Role::kUnrelated, LabelStrength::kStrong, why};
  Label label = LabelOfName(key);
  if (label.found()) label.why = why;
  return label;
}

void CollectParameter(std::string_view bytes, Span value, const std::string& key, Spelling spelling, const ReadOptions& options, std::size_t element,
                      Findings* findings) {
  GlyphText text;
  text.Append(bytes, value, spelling);
  const TextSource source{.bytes = bytes, .carrier = Carrier::kLink, .hidden = true, .element = element, .day_first = options.day_first, .spelling = spelling};
  std::size_t ordinal = 0;
  bool whole = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::optional<IsoMatch> iso = MatchIso(text.fold, at, false, false);
    const bool boundary = at == 0 || text.fold[at - 1] == '/' || text.fold[at - 1] == ' ';
    if (!iso || !boundary || iso->day == 0) {
      ++at;
      continue;
    }
    const Label label = LabelOfParameter(key, ordinal++);
    if (iso->has_time() || label.role == Role::kStart || label.role == Role::kEnd) {
      AddIso(text, *iso, source, label, findings);
      whole = true;
    }
    at = iso->whole.end;
  }
  if (whole) {
    ++findings->sources;
    return;
  }
  if (Contains({"text", "details", "body", "subject", "title", "desc", "description", "summary", "message", "location", "in_loc"}, key)) {
    CollectText(text, source, findings);
  }
}

bool IsDateProperty(std::string_view name) {
  return Contains({"dtstart", "dtend", "dtstamp", "created", "last-modified", "trigger", "recurrence-id", "due", "completed", "exdate", "rdate"}, name);
}

// DTSTART;TZID=America/Los_Angeles:… (RFC 5545 section 3.2.19). A name that is no IANA zone says nothing here: its rules stand in a
// VTIMEZONE, and the booking's zone is taken.
void NameZone(const GlyphText& text, GlyphRange parameters, const ReadOptions& options, Mention* mention) {
  constexpr std::string_view kName = ";tzid=";
  const std::size_t at = text.fold.find(kName, parameters.begin);
  if (at == std::string::npos || at >= parameters.end || mention->utc || !mention->written || options.zones == nullptr) return;
  const std::size_t first = at + kName.size();
  std::string zone = text.ascii.substr(first, std::min(text.fold.find(';', first), parameters.end) - first);
  if (zone.size() > 1 && zone.front() == '"' && zone.back() == '"') zone = zone.substr(1, zone.size() - 2);
  if (!options.zones->Has(zone)) return;
  mention->ref.zone = zone;
  if (zone == options.zone) return;
  const StatusOr<LocalResolution> there = options.zones->ToInstant(zone, *mention->written);
  if (!there.ok()) return;
  mention->utc = true;
  mention->offset_minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(there->offset).count());
}

void CollectCalendarLines(const GlyphText& text, const TextSource& source, const ReadOptions& options, Findings* findings) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.fold.find('\n', at), text.size());
    while (end + 1 < text.size() && text.fold[end + 1] == ' ') end = std::min(text.fold.find('\n', end + 1), text.size());  // folded lines
    const std::size_t name_end = std::min(text.fold.find_first_of(":;", at), end);
    const std::size_t colon = std::min(text.fold.find(':', at), end);
    const std::string name = text.fold.substr(at, name_end - at);
    std::size_t value_end = end;
    while (value_end > colon && text.fold[value_end - 1] == ' ') --value_end;
    if (colon < value_end && IsDateProperty(name)) {
      const auto iso = MatchIso(std::string_view(text.fold).substr(0, value_end), colon + 1, false, false);
      const std::size_t known = findings->mentions.size();
      if (iso) AddIso(text, *iso, source, LabelOfProperty(name), findings);
      if (findings->mentions.size() > known) NameZone(text, {name_end, colon}, options, &findings->mentions.back());
      ++findings->sources;
    } else if (colon < value_end && Contains({"summary", "description", "comment"}, name) && !source.base64) {
      GlyphText words;
      Spelling inner = source.spelling;
      inner.ical = true;
      words.Append(source.bytes, text.Raw(colon + 1, value_end), inner);
      CollectText(words, source, findings);
    }
    at = end + 1;
  }
}

int Base64Value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (IsDigit(c)) return c - '0' + 52;
  return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

// Every decoded byte knows the four characters that spell it.
GlyphText DecodeBase64(std::string_view bytes, Span span) {
  GlyphText text;
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t first = span.begin;
  const auto flush = [&](std::size_t end) {
    for (int i = 0; i + 1 < count; ++i) text.AppendGlyph((bits >> (16 - 8 * i)) & 0xFF, first, end);
    bits = 0;
    count = 0;
  };
  for (std::size_t i = span.begin; i < span.end; ++i) {
    const int value = Base64Value(bytes[i]);
    if (value < 0) continue;
    if (count == 0) first = i;
    bits |= static_cast<std::uint32_t>(value) << (18 - 6 * count);
    if (++count == 4) flush(i + 1);
  }
  flush(span.end);
  return text;
}

void CollectBase64Calendar(std::string_view bytes, Span span, const ReadOptions& options, Findings* findings) {
  const GlyphText text = DecodeBase64(bytes, span);
  const TextSource source{.bytes = bytes, .carrier = Carrier::kLink, .hidden = true, .day_first = options.day_first, .base64 = true};
  CollectCalendarLines(text, source, options, findings);
}

void CollectDataCalendar(std::string_view bytes, const GlyphText& url, Spelling spelling, const ReadOptions& options, Findings* findings) {
  const std::size_t comma = url.fold.find(',');
  if (comma == std::string::npos || comma + 1 >= url.size()) return;
  if (url.fold.substr(0, comma).find("base64") != std::string::npos) {
    return CollectBase64Calendar(bytes, url.Raw(comma + 1, url.size()), options, findings);
  }
  spelling.percent = true;
  CollectCalendar(bytes, url.Raw(comma + 1, url.size()), spelling, Carrier::kLink, options, findings);
}

}  // namespace

void CollectLink(std::string_view bytes, Span span, Spelling spelling, const ReadOptions& options, std::size_t element, Findings* findings) {
  GlyphText url;
  url.Append(bytes, span, spelling);
  if (url.fold.compare(0, 13, "data:text/cal") == 0) {
    CollectDataCalendar(bytes, url, spelling, options, findings);
    return;
  }
  std::size_t at = url.fold.find_first_of("?#");
  Spelling inner = spelling;
  inner.percent = true;
  while (at != std::string::npos && at < url.size()) {
    const std::size_t first = at + 1;
    const std::size_t last = std::min(url.fold.find_first_of("&#?", first), url.size());
    const std::size_t sign = std::min(url.fold.find('=', first), last);
    if (sign + 1 < last) CollectParameter(bytes, url.Raw(sign + 1, last), url.fold.substr(first, sign - first), inner, options, element, findings);
    at = last;
  }
}

void CollectCalendar(std::string_view bytes, Span span, Spelling spelling, Carrier carrier, const ReadOptions& options, Findings* findings) {
  GlyphText text;
  text.Append(bytes, span, spelling);
  const TextSource source{.bytes = bytes, .carrier = carrier, .hidden = carrier != Carrier::kText, .day_first = options.day_first, .spelling = spelling};
  CollectCalendarLines(text, source, options, findings);
}

}  // namespace evenkeel
