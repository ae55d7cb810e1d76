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

// Outlook's allday=true and Yahoo's dur=allday: whatever clock stands in the link, it names days.
bool IsAllDay(const GlyphText& url) {
  for (const char* sign : {"allday=true", "allday=1", "dur=allday"}) {
    const std::size_t at = url.fold.find(sign);
    if (at != std::string::npos && at > 0 && (url.fold[at - 1] == '&' || url.fold[at - 1] == '?' || url.fold[at - 1] == ';')) return true;
  }
  return false;
}

void CollectParameter(std::string_view bytes, Span value, const std::string& key, Spelling spelling, bool all_day, const ReadOptions& options, std::size_t element,
                      Findings* findings) {
  constexpr std::size_t kDayMin = 8;  // 20260530
  const bool prose = Contains({"text", "details", "body", "subject", "title", "desc", "description", "summary", "message", "location", "in_loc"}, key);
  if (findings->Full() || (!prose && value.size() < kDayMin)) return;
  GlyphText text;
  text.Append(bytes, value, spelling);
  const TextSource source{.bytes = bytes, .carrier = Carrier::kLink, .hidden = true, .element = element, .day_first = options.day_first, .spelling = spelling};
  std::size_t ordinal = 0;
  bool whole = false;
  for (std::size_t at = 0; at < text.size();) {
    const bool boundary = at == 0 || text.fold[at - 1] == '/' || text.fold[at - 1] == ' ';
    std::optional<IsoMatch> iso = boundary ? MatchIso(text.fold, at, false, false) : std::nullopt;
    if (iso && all_day && iso->hour * 60 + iso->minute == 0) iso->hour = -1;
    if (!iso || iso->day == 0) {
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
  if (prose) CollectText(text, source, findings);
}

bool IsDateProperty(std::string_view name) {
  return Contains({"dtstart", "dtend", "dtstamp", "created", "last-modified", "trigger", "recurrence-id", "due", "completed", "exdate", "rdate"}, name);
}

// DTSTART;TZID=America/Los_Angeles:… (RFC 5545 section 3.2.19). A name that is no IANA zone says nothing here: its rules stand in a
// VTIMEZONE, and the booking's zone is taken.
void NameZone(const GlyphText& text, GlyphRange parameters, const ReadOptions& options, Mention* mention) {
  constexpr std::string_view kName = ";tzid=";
  const std::string_view names = std::string_view(text.fold).substr(0, parameters.end);
  const std::size_t at = names.find(kName, parameters.begin);
  if (at == std::string_view::npos || mention->utc || !mention->written || options.zones == nullptr) return;
  const std::size_t first = at + kName.size();
  std::string zone = text.ascii.substr(first, std::min(names.find(';', first), parameters.end) - first);
  if (zone.size() > 1 && zone.front() == '"' && zone.back() == '"') zone = zone.substr(1, zone.size() - 2);
  if (!options.zones->Has(zone)) return;
  mention->ref.zone = zone;
  if (zone == options.zone) return;
  const StatusOr<LocalResolution> there = options.zones->ToInstant(zone, *mention->written);
  if (!there.ok()) return;
  mention->utc = true;
  mention->offset_minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(there->offset).count());
}

// Whether a calendar's rules of a zone stand around what follows line `name`:`value` (RFC 5545 section 3.6.5); `before`: around that line.
bool IsInZoneRules(std::string_view name, std::string_view value, bool before) {
  if (name == "begin") return Contains({"vtimezone", "standard", "daylight"}, value);
  return before && !(name == "end" && value == "vtimezone");
}

void CollectCalendarLines(const GlyphText& text, const TextSource& source, const ReadOptions& options, Findings* findings) {
  bool zone_rules = false;
  for (std::size_t at = 0; at < text.size() && !findings->Full();) {
    std::size_t end = std::min(text.fold.find('\n', at), text.size());
    while (end + 1 < text.size() && text.fold[end + 1] == ' ') end = std::min(text.fold.find('\n', end + 1), text.size());  // folded lines
    const std::string_view line = std::string_view(text.fold).substr(at, end - at);
    const std::size_t name_end = at + std::min(line.find_first_of(":;"), line.size());
    const std::size_t colon = at + std::min(line.find(':'), line.size());
    const std::string name = text.fold.substr(at, name_end - at);
    std::size_t value_end = end;
    while (value_end > colon && text.fold[value_end - 1] == ' ') --value_end;
    if (colon < value_end) zone_rules = IsInZoneRules(name, std::string_view(text.fold).substr(colon + 1, value_end - colon - 1), zone_rules);
    if (colon < value_end && IsDateProperty(name)) {
      const auto iso = MatchIso(std::string_view(text.fold).substr(0, value_end), colon + 1, false, false);
      const std::size_t known = findings->mentions.size();
      const Label label = zone_rules ? Label{Role::kUnrelated, LabelStrength::kStrong, "it says since when a zone's clocks run so"} : LabelOfProperty(name);
      if (iso) AddIso(text, *iso, source, label, findings);
      if (findings->mentions.size() > known) NameZone(text, {name_end, colon}, options, &findings->mentions.back());
      ++findings->sources;
    } else if (colon < value_end && value_end - colon <= options.limits.text_bytes && Contains({"summary", "description", "comment"}, name)) {
      GlyphText words;
      Spelling inner = source.spelling;
      inner.ical = true;
      words.Append(source.bytes, text.Raw(colon + 1, value_end), inner);
      CollectText(words, source, findings);
    }
    at = end + 1;
  }
}

// Moves what was found in a block's text onto the page's bytes; the parts stay in the block.
template <typename Found>
void PlaceOnPage(const Base64Block& block, std::size_t index, Found* found) {
  found->block = index;
  found->in_block = found->ref.span;
  found->ref.span = block.OnPage(found->in_block);
}

void CollectBase64Calendar(const GlyphText& url, std::size_t first, const ReadOptions& options, Findings* findings) {
  const std::size_t index = findings->blocks.size();
  const std::size_t mentions = findings->mentions.size();
  const std::size_t dates = findings->dates.size();
  findings->blocks.emplace_back(url, first);
  const Base64Block& block = findings->blocks.back();
  CollectCalendar(block.text(), {0, block.text().size()}, Spelling{}, Carrier::kLink, options, findings);
  for (std::size_t i = mentions; i < findings->mentions.size(); ++i) {
    Mention& mention = findings->mentions[i];
    PlaceOnPage(block, index, &mention);
    mention.start.span = block.OnPage(mention.start.span);
    if (mention.end) mention.end->span = block.OnPage(mention.end->span);
  }
  for (std::size_t i = dates; i < findings->dates.size(); ++i) PlaceOnPage(block, index, &findings->dates[i]);
}

void CollectDataCalendar(std::string_view bytes, const GlyphText& url, Spelling spelling, const ReadOptions& options, Findings* findings) {
  const std::size_t comma = url.fold.find(',');
  if (comma == std::string::npos || comma + 1 >= url.size()) return;
  if (url.fold.substr(0, comma).find("base64") != std::string::npos) {
    return CollectBase64Calendar(url, comma + 1, options, findings);
  }
  spelling.percent = true;
  CollectCalendar(bytes, url.Raw(comma + 1, url.size()), spelling, Carrier::kLink, options, findings);
}

}  // namespace

void CollectLink(std::string_view bytes, Span span, Spelling spelling, const ReadOptions& options, std::size_t element, Findings* findings) {
  // No URL is that long but one that holds a picture, and a calendar for one booking is not either.
  if (span.size() > 8 * options.limits.text_bytes) return;
  const std::string_view head = span.In(bytes).substr(0, 24);
  if (FindFolded(head, "data:") == 0 && FindFolded(head, "data:text/cal") != 0) return;
  GlyphText url;
  url.Append(bytes, span, spelling);
  if (url.fold.compare(0, 13, "data:text/cal") == 0) {
    CollectDataCalendar(bytes, url, spelling, options, findings);
    return;
  }
  std::size_t at = url.fold.find_first_of("?#");
  Spelling inner = spelling;
  inner.percent = true;
  const bool all_day = IsAllDay(url);
  while (at != std::string::npos && at < url.size()) {
    const std::size_t first = at + 1;
    const std::size_t last = std::min(url.fold.find_first_of("&#?", first), url.size());
    const std::size_t sign = first + std::min(std::string_view(url.fold).substr(first, last - first).find('='), last - first);
    if (sign + 1 < last) CollectParameter(bytes, url.Raw(sign + 1, last), url.fold.substr(first, sign - first), inner, all_day, options, element, findings);
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
