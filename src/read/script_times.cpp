// Times in raw blocks: JavaScript, JSON scripts, and comments of both kinds.
#include <algorithm>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/script_scan.h"
#include "read/text_times.h"

namespace evenkeel {
namespace {

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return IsDigit(c); });
}

void CollectComment(std::string_view bytes, Span span, const ReadOptions& options, Findings* findings) {
  if (!HasDigit(span.In(bytes)) && FindFolded(span.In(bytes), "noon") == std::string_view::npos) return;
  GlyphText text;
  text.Append(bytes, span, Spelling{});
  const TextSource source{.bytes = bytes, .carrier = Carrier::kComment, .hidden = true, .day_first = options.day_first};
  const std::size_t first = findings->mentions.size();
  CollectText(text, source, findings);
  for (std::size_t i = first; i < findings->mentions.size(); ++i) {
    findings->mentions[i].label = {Role::kUnrelated, LabelStrength::kStrong, "it stands in a comment"};
  }
}

class ScriptCollector {
 public:
  ScriptCollector(std::string_view bytes, Span span, std::size_t element, const ReadOptions& options, Findings* findings)
      : bytes_(bytes), element_(element), options_(options), findings_(*findings), tokens_(ScanScript(bytes, span)) {}

  void Collect() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      switch (tokens_[i].kind) {
        case ScriptTokenKind::kComment: CollectComment(bytes_, tokens_[i].span, options_, &findings_); break;
        case ScriptTokenKind::kString: String(i); break;
        case ScriptTokenKind::kNumber: Number(i); break;
        case ScriptTokenKind::kName: i = Arguments(i); break;
        case ScriptTokenKind::kMark: break;
      }
    }
  }

 private:
  std::string_view Text(std::size_t i) const { return i < tokens_.size() ? tokens_[i].span.In(bytes_) : std::string_view(); }
  bool IsMark(std::size_t i, char c) const { return i < tokens_.size() && tokens_[i].kind == ScriptTokenKind::kMark && Text(i)[0] == c; }

  // The name a value is given to: `NAME = value`, `NAME: value`, `"key": value`, through calls like Date.parse( and new Date(.
  std::string NameOf(std::size_t i) const {
    constexpr std::size_t kReach = 12;
    for (std::size_t back = 1; back <= kReach && back <= i; ++back) {
      const std::size_t at = i - back;
      const ScriptToken& token = tokens_[at];
      if (token.kind == ScriptTokenKind::kComment) continue;
      if (token.kind == ScriptTokenKind::kMark) {
        const char c = Text(at)[0];
        if (c == ';' || c == '{' || c == '}' || c == ',') return {};
        const bool assigns = c == '=' || c == ':' || c == '<' || c == '>';
        if (assigns && at > 0) return NameBefore(at);
        continue;
      }
      if (token.kind == ScriptTokenKind::kName && !Contains(Text(at))) {
        // A call like setCutoff("…") names its argument too.
        if (at + 1 < tokens_.size() && IsMark(at + 1, '(') && LabelOfName(Text(at)).found()) return std::string(Text(at));
      }
    }
    return {};
  }

  static bool Contains(std::string_view name) {
    return name == "new" || name == "Date" || name == "parse" || name == "UTC" || name == "const" || name == "let" || name == "var";
  }

  std::string NameBefore(std::size_t sign) const {
    std::size_t at = sign;
    while (at > 0 && tokens_[at - 1].kind == ScriptTokenKind::kMark) {
      const char c = Text(at - 1)[0];
      if (c != '=' && c != ')' && c != '(' && c != '!' && c != '<' && c != '>') return {};
      --at;
    }
    if (at == 0 || (tokens_[at - 1].kind != ScriptTokenKind::kName && tokens_[at - 1].kind != ScriptTokenKind::kString)) return {};
    const std::string name(Text(at - 1));
    // `Date.now() < value`: the clock is no name.
    return name == "now" || name == "Date" ? std::string() : name;
  }

  Label LabelFor(std::size_t i) const {
    const std::string name = NameOf(i);
    Label named = LabelOfProperty(name);
    if (named.strength == LabelStrength::kStrong) return named;
    if (const Label said = LabelOfComment(i); said.found()) return said;
    return named;
  }

  // A comment behind the value on its line, or on the line in front of its statement.
  Label LabelOfComment(std::size_t i) const {
    for (std::size_t at = i + 1; at < tokens_.size() && at < i + 12 && !tokens_[at].newline; ++at) {
      if (tokens_[at].kind == ScriptTokenKind::kComment) return FromComment(at);
    }
    std::size_t line = i;
    while (line > 0 && i - line < 24 && !tokens_[line].newline) --line;
    if (line > 0 && tokens_[line - 1].kind == ScriptTokenKind::kComment) return FromComment(line - 1);
    return {};
  }

  Label FromComment(std::size_t at) const {
    Label label = LabelOfText(Text(at));
    if (label.found()) label.why += " in the comment";
    return label.strength == LabelStrength::kNeutral ? Label{} : label;
  }

  TextSource Source() const {
    return {.bytes = bytes_, .carrier = Carrier::kScript, .hidden = true, .element = element_, .day_first = options_.day_first, .spelling = {.json = true}};
  }

  void String(std::size_t i) {
    const Span span = tokens_[i].span;
    const std::string_view text = span.In(bytes_);
    if (text.size() < 3 || text.size() > options_.limits.text_bytes) return;
    const bool digits = HasDigit(text);
    if (!digits && FindFolded(text, "noon") == std::string_view::npos && FindFolded(text, "midnight") == std::string_view::npos) return;
    if (text.find("://") != std::string_view::npos || text.substr(0, 5) == "data:") {
      if (text.find(' ') == std::string_view::npos) return CollectLink(bytes_, span, Spelling{.json = true}, options_, element_, &findings_);
    }
    GlyphText glyphs;
    glyphs.Append(bytes_, span, Spelling{.json = true});
    if (const auto iso = MatchIsoWhole(glyphs.fold); iso && (iso->month != 0 || iso->has_time())) {
      AddIso(glyphs, *iso, Source(), LabelFor(i), &findings_);
      ++findings_.sources;
      return;
    }
    if (AddEpoch(bytes_, span, Carrier::kScript, LabelFor(i), options_, &findings_)) return;
    const std::size_t first = findings_.mentions.size();
    CollectText(glyphs, Source(), &findings_);
    for (std::size_t m = first; m < findings_.mentions.size(); ++m) {
      if (!findings_.mentions[m].label.found()) findings_.mentions[m].label = LabelFor(i);
    }
  }

  void Number(std::size_t i) {
    const Span span = tokens_[i].span;
    if (span.size() == 10 || span.size() == 13) AddEpoch(bytes_, span, Carrier::kScript, LabelFor(i), options_, &findings_);
  }

  // new Date(2026, 4, 30, 16, 30) and Date.UTC(…): returns the last token used.
  std::size_t Arguments(std::size_t i) {
    if (Text(i) != "Date") return i;
    const bool constructor = i > 0 && Text(i - 1) == "new";
    const bool utc = IsMark(i + 1, '.') && Text(i + 2) == "UTC";
    if (!constructor && !utc) return i;
    std::size_t at = i + (utc ? 3 : 1);
    if (!IsMark(at, '(')) return i;
    std::vector<std::size_t> numbers;
    while (numbers.size() < 7 && at + 2 < tokens_.size() && tokens_[at + 1].kind == ScriptTokenKind::kNumber && (IsMark(at + 2, ',') || IsMark(at + 2, ')'))) {
      numbers.push_back(at + 1);
      at += 2;
      if (IsMark(at, ')')) break;
    }
    if (!IsMark(at, ')') || numbers.size() < 4) return i;
    return AddArguments(i, numbers, utc) ? at : i;
  }

  bool AddArguments(std::size_t i, const std::vector<std::size_t>& numbers, bool utc) {
    int value[6] = {0, 0, 0, 0, 0, 0};
    for (std::size_t n = 0; n < numbers.size() && n < 6; ++n) {
      const std::string_view digits = Text(numbers[n]);
      if (digits.size() > 4 || !std::all_of(digits.begin(), digits.end(), IsDigit)) return false;
      for (const char c : digits) value[n] = value[n] * 10 + (c - '0');
    }
    const bool ok = value[0] >= 1970 && value[0] <= 2200 && value[1] <= 11 && value[2] >= 1 &&
                    IsCalendarDay(value[0], static_cast<unsigned>(value[1]) + 1, static_cast<unsigned>(value[2])) && value[3] <= 23 && value[4] <= 59 && value[5] <= 59;
    if (!ok) return false;
    Mention mention;
    mention.form = MentionForm::kArguments;
    mention.month_from_zero = true;
    mention.utc = utc;
    if (utc) mention.offset_minutes = 0;
    mention.ref.span = {tokens_[numbers.front()].span.begin, tokens_[numbers.back()].span.end};
    mention.ref.carrier = Carrier::kScript;
    mention.ref.hidden = true;
    mention.ref.zone = utc ? "Z" : "";
    mention.label = LabelFor(i);
    mention.element = element_;
    mention.second = value[5];
    mention.source = findings_.sources++;
    const auto day = date::local_days(Date(date::year(value[0]), date::month(static_cast<unsigned>(value[1]) + 1), date::day(static_cast<unsigned>(value[2]))));
    mention.written = LocalSeconds(day.time_since_epoch() + std::chrono::hours(value[3]) + std::chrono::minutes(value[4]) + std::chrono::seconds(value[5]));
    constexpr PartKind kKinds[6] = {PartKind::kYear, PartKind::kMonth, PartKind::kDay, PartKind::kHour, PartKind::kMinute, PartKind::kSecond};
    for (std::size_t n = 0; n < numbers.size() && n < 6; ++n) {
      GlyphText digits;
      digits.Append(bytes_, tokens_[numbers[n]].span, Spelling{});
      mention.parts.push_back(MakePart(digits, kKinds[n], 0, {0, digits.size()}));
    }
    mention.start.span = {tokens_[numbers[3]].span.begin, tokens_[numbers[std::min<std::size_t>(numbers.size() - 1, 4)]].span.end};
    findings_.mentions.push_back(std::move(mention));
    return true;
  }

  std::string_view bytes_;
  std::size_t element_;
  const ReadOptions& options_;
  Findings& findings_;
  std::vector<ScriptToken> tokens_;
};

bool IsJsonType(std::string_view type) {
  return FindFolded(type, "json") != std::string_view::npos || FindFolded(type, "importmap") != std::string_view::npos;
}

}  // namespace

bool AddEpoch(std::string_view bytes, Span span, Carrier carrier, const Label& label, const ReadOptions& options, Findings* findings) {
  const std::string_view digits = span.In(bytes);
  if ((digits.size() != 10 && digits.size() != 13) || !std::all_of(digits.begin(), digits.end(), IsDigit)) return false;
  long long value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  const bool millis = digits.size() == 13;
  const long long seconds = millis ? value / 1000 : value;
  constexpr long long kLast = 4'102'444'800;  // the year 2100
  if (seconds < 946'684'800 || seconds > kLast) return false;
  const Instant instant{std::chrono::seconds(seconds)};
  const bool near = options.date && std::chrono::abs(instant - Instant(date::sys_days(*options.date))) < std::chrono::hours(24 * 10);
  if (!label.found() && !near) return false;  // an identifier, more likely than not
  Mention mention;
  mention.form = millis ? MentionForm::kEpochMillis : MentionForm::kEpochSeconds;
  mention.utc = true;
  mention.offset_minutes = 0;
  mention.written = LocalSeconds(instant.time_since_epoch());
  mention.second = static_cast<int>(seconds % 60);
  mention.ref.span = span;
  mention.ref.carrier = carrier;
  mention.ref.hidden = true;
  mention.ref.zone = "Z";
  mention.label = label;
  mention.source = findings->sources++;
  mention.start.span = span;
  GlyphText text;
  text.Append(bytes, span, Spelling{});
  mention.parts.push_back(MakePart(text, PartKind::kEpoch, 0, {0, text.size()}));
  findings->mentions.push_back(std::move(mention));
  return true;
}

Status CollectRawBlocks(const Page& page, const ReadOptions& options, Findings* findings) {
  for (const RawBlock& raw : page.raws) {
    if (raw.kind == PieceKind::kComment) {
      CollectComment(page.bytes, raw.span, options, findings);
      continue;
    }
    if (raw.element == kNone || page.elements[raw.element].name != "script") continue;
    const std::string type = ToLower(page.AttributeValue(page.elements[raw.element], "type"));
    if (IsJsonType(type)) {
      const Carrier carrier = type.find("ld+json") != std::string::npos ? Carrier::kJsonLd : Carrier::kScript;
      EVENKEEL_RETURN_IF_ERROR(CollectJson(page.bytes, raw.span, false, carrier, options, findings));
    } else if (type.empty() || type == "module" || type.find("javascript") != std::string::npos || type.find("ecmascript") != std::string::npos) {
      ScriptCollector(page.bytes, raw.span, raw.element, options, findings).Collect();
    }
  }
  return OkStatus();
}

}  // namespace evenkeel
