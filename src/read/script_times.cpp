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

// Code as a page holds it: a script's own bytes, or an attribute's, in which characters may be references.
struct Code {
  std::string_view page;
  std::string_view text;              // what is scanned
  const GlyphText* glyphs = nullptr;  // of an attribute: where each character of `text` stands on the page

  Span OnPage(Span span) const { return glyphs == nullptr ? span : glyphs->Raw(span.begin, span.end); }
  Spelling spelling() const { return {.entities = glyphs != nullptr, .json = true}; }
};

class ScriptCollector {
 public:
  ScriptCollector(const Code& code, const std::vector<ScriptToken>& tokens, std::size_t element, const ReadOptions& options, Findings* findings)
      : code_(code), bytes_(code.page), element_(element), options_(options), findings_(*findings), tokens_(tokens) {}

  void Collect() {
    for (std::size_t i = 0; i < tokens_.size() && !findings_.Full(); ++i) {
      switch (tokens_[i].kind) {
        case ScriptTokenKind::kComment: CollectComment(bytes_, OnPage(i), {.entities = code_.glyphs != nullptr}, options_, &findings_); break;
        case ScriptTokenKind::kString: String(i); break;
        case ScriptTokenKind::kNumber: Number(i); break;
        case ScriptTokenKind::kName:
          HourNumbers(i);
          i = Arguments(i);
          break;
        case ScriptTokenKind::kMark: Enter(i); break;
      }
    }
  }

 private:
  std::string_view Text(std::size_t i) const { return i < tokens_.size() ? tokens_[i].span.In(code_.text) : std::string_view(); }
  Span OnPage(std::size_t i) const { return code_.OnPage(tokens_[i].span); }
  bool IsMark(std::size_t i, char c) const { return i < tokens_.size() && tokens_[i].kind == ScriptTokenKind::kMark && Text(i)[0] == c; }

  // Follows the objects and lists that the code opens and closes, and the names they are given to.
  void Enter(std::size_t i) {
    const char c = Text(i)[0];
    if (c == '{' || c == '[') {
      const bool given = i > 1 && (IsMark(i - 1, ':') || IsMark(i - 1, '='));
      const bool listed = !scopes_.empty() && c == '{' && (IsMark(i - 1, '[') || IsMark(i - 1, ','));
      constexpr std::size_t kNameMax = 64;
      std::string name = given ? NameBefore(i - 1) : listed ? scopes_.back().name : std::string();
      if (name.size() > kNameMax) name.clear();
      const bool others = (!scopes_.empty() && scopes_.back().others) || IsNameOfOthers(name);
      scopes_.push_back({std::move(name), others});
    } else if ((c == '}' || c == ']') && !scopes_.empty()) {
      scopes_.pop_back();
    }
  }

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
    if (!scopes_.empty() && scopes_.back().others) return {Role::kUnrelated, LabelStrength::kStrong, "it stands in data of something else"};
    Label named = LabelOfProperty(name, name.empty() || scopes_.empty() ? std::string_view() : std::string_view(scopes_.back().name));
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
    return {.bytes = bytes_, .carrier = Carrier::kScript, .hidden = true, .element = element_, .day_first = options_.day_first, .spelling = code_.spelling()};
  }

  void String(std::size_t i) {
    const Span span = OnPage(i);
    const std::string_view text = Text(i);
    if (text.size() < 3 || text.size() > options_.limits.text_bytes) return;
    const bool digits = HasDigit(text);
    if (!digits && FindFolded(text, "noon") == std::string_view::npos && FindFolded(text, "midnight") == std::string_view::npos) return;
    if (text.find("://") != std::string_view::npos || text.substr(0, 5) == "data:") {
      if (text.find(' ') == std::string_view::npos) return CollectLink(bytes_, span, code_.spelling(), options_, element_, &findings_);
    }
    GlyphText glyphs;
    glyphs.Append(bytes_, span, code_.spelling());
    const std::size_t first_mention = findings_.mentions.size();
    const std::size_t first_date = findings_.dates.size();
    if (const auto iso = MatchIsoWhole(glyphs.fold); iso && (iso->month != 0 || iso->has_time())) {
      AddIso(glyphs, *iso, Source(), LabelFor(i), &findings_);
      ++findings_.sources;
    } else if (IsWhole(i) && AddEpoch(bytes_, span, Carrier::kScript, LabelFor(i), options_, &findings_)) {
      return;
    } else {
      CollectText(glyphs, Source(), &findings_);
      for (std::size_t m = first_mention; m < findings_.mentions.size(); ++m) {
        if (!findings_.mentions[m].label.found()) findings_.mentions[m].label = LabelFor(i);
      }
    }
    if (IsWhole(i)) return;
    for (std::size_t m = first_mention; m < findings_.mentions.size(); ++m) {
      if (IsPieced(i, glyphs, findings_.mentions[m])) findings_.mentions[m].doubt = "it is put together from pieces";
    }
    for (std::size_t d = first_date; d < findings_.dates.size(); ++d) {
      const DateMention& date = findings_.dates[d];
      if (Touches(i, glyphs, date.glyph_begin, date.glyph_end)) findings_.dates[d].label = {Role::kUnrelated, LabelStrength::kStrong, "it is put together from pieces"};
    }
  }

  // ---- strings put together from pieces: "16" + ":30", `${day}T16:30` ----

  bool IsPlus(std::size_t i) const { return IsMark(i, '+'); }
  bool JoinedBefore(std::size_t i) const { return tokens_[i].joined_before || (i > 0 && IsPlus(i - 1)); }
  bool JoinedAfter(std::size_t i) const { return tokens_[i].joined_after || IsPlus(i + 1); }
  bool IsWhole(std::size_t i) const { return !JoinedBefore(i) && !JoinedAfter(i); }

  // Another string that ends (begins) so that no time goes on across the seam.
  bool EndsApart(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == ScriptTokenKind::kString && !Text(i).empty() && !IsAlnum(Text(i).back()) && Text(i).back() != ':' && Text(i).back() != '-';
  }
  bool BeginsApart(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == ScriptTokenKind::kString && !Text(i).empty() && (Text(i)[0] == ',' || Text(i)[0] == '.' || Text(i)[0] == '<' || Text(i)[0] == '!');
  }

  bool Touches(std::size_t i, const GlyphText& text, std::size_t begin, std::size_t end) const {
    const bool front = JoinedBefore(i) && begin == 0 && !(i >= 2 && IsPlus(i - 1) && EndsApart(i - 2));
    return front || (JoinedAfter(i) && end >= text.size() && !(IsPlus(i + 1) && BeginsApart(i + 2)));
  }

  // A time at the seam may be half of one. With its meridiem or its offset behind it, it is whole.
  bool IsPieced(std::size_t i, const GlyphText& text, const Mention& mention) const {
    std::size_t end = mention.glyph_end;
    while (end < text.size() && text.fold[end] == ' ') ++end;  // " PM" may follow
    const Clock& last = mention.end ? mention.end->clock : mention.start.clock;
    const bool closed = mention.form == MentionForm::kClock ? last.meridiem != Meridiem::kNone : mention.offset_minutes.has_value();
    return Touches(i, text, mention.glyph_begin, closed ? mention.glyph_end - 1 : end);
  }

  void Number(std::size_t i) {
    const Span span = OnPage(i);
    if (span.size() == 10 || span.size() == 13) AddEpoch(bytes_, span, Carrier::kScript, LabelFor(i), options_, &findings_);
  }

  bool IsNumber(std::size_t i) const { return i < tokens_.size() && tokens_[i].kind == ScriptTokenKind::kNumber; }

  // setHours(16, 30), setHours(16); {h: 16, m: 30}
  void HourNumbers(std::size_t i) {
    const std::string_view name = Text(i);
    if (name == "setHours" && IsMark(i + 1, '(') && IsNumber(i + 2)) {
      const bool minutes = IsMark(i + 3, ',') && IsNumber(i + 4);
      AddHourNumbers(bytes_, OnPage(i + 2), minutes ? std::optional(OnPage(i + 4)) : std::nullopt, Carrier::kScript, element_, &findings_);
    }
    const bool hour = name == "h" || name == "hour" || name == "hours" || name == "hh";
    if (!hour || !IsMark(i + 1, ':') || !IsNumber(i + 2) || !IsMark(i + 3, ',') || !IsMark(i + 5, ':') || !IsNumber(i + 6)) return;
    const std::string_view next = Text(i + 4);
    if (next != "m" && next != "min" && next != "minute" && next != "minutes" && next != "mm") return;
    AddHourNumbers(bytes_, OnPage(i + 2), OnPage(i + 6), Carrier::kScript, element_, &findings_);
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
    if (!IsMark(at, ')') || numbers.size() < 3) return i;
    std::vector<Span> spans;
    for (const std::size_t number : numbers) spans.push_back(OnPage(number));
    return AddDateArguments(bytes_, spans, utc, element_, LabelFor(i), &findings_) ? at : i;
  }

  struct Scope {
    std::string name;  // that the object or list is given to
    bool others = false;
  };

  Code code_;
  std::string_view bytes_;
  std::vector<Scope> scopes_;
  std::size_t element_;
  const ReadOptions& options_;
  Findings& findings_;
  const std::vector<ScriptToken>& tokens_;
};

bool IsJsonType(std::string_view type) {
  return FindFolded(type, "json") != std::string_view::npos || FindFolded(type, "importmap") != std::string_view::npos;
}

}  // namespace

void CollectHandler(std::string_view bytes, Span value, std::size_t element, const ReadOptions& options, Findings* findings) {
  GlyphText glyphs;
  glyphs.Append(bytes, value, Spelling{.entities = true});
  const std::vector<ScriptToken> tokens = ScanScript(glyphs.ascii, {0, glyphs.size()}, 5 * options.limits.page_nodes);
  ScriptCollector({bytes, glyphs.ascii, &glyphs}, tokens, element, options, findings).Collect();
}

Status CollectRawBlocks(const Page& page, const ReadOptions& options, Findings* findings) {
  for (const RawBlock& raw : page.raws) {
    if (raw.kind == PieceKind::kComment) {
      CollectComment(page.bytes, raw.span, {}, options, findings);
      continue;
    }
    if (raw.element == kNone) continue;
    if (page.elements[raw.element].name == "style") CollectStyle(page.bytes, raw, options, findings);
    if (page.elements[raw.element].name != "script") continue;
    const std::string type = ToLower(page.AttributeValue(page.elements[raw.element], "type"));
    if (IsJsonType(type)) {
      const Carrier carrier = type.find("ld+json") != std::string::npos ? Carrier::kJsonLd : Carrier::kScript;
      EVENKEEL_RETURN_IF_ERROR(CollectJson(page.bytes, raw.span, false, carrier, options, findings));
    } else if (raw.script) {
      ScriptCollector({page.bytes, page.bytes}, raw.tokens, raw.element, options, findings).Collect();
    }
  }
  return OkStatus();
}

}  // namespace evenkeel
