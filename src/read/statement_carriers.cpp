// Captain, crew and the number of guests where a page states them for machines: JSON, scripts, microdata, meta, data attributes.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/features.h"
#include "read/json_scan.h"
#include "read/spell.h"
#include "read/words.h"

namespace evenkeel {
namespace {

// The field that a name of a property, variable or attribute means; empty when it means none.
std::string_view FieldOfName(std::string_view name) {
  const std::string compact = CompactName(name);
  const std::string_view n = compact;
  if (Contains({"captain", "captainname", "yourcaptain", "skipper", "skippername"}, n)) return "captain";
  if (Contains({"crew", "crewmember", "crewmembers", "crewnames", "deckhand", "deckhands", "mate", "mates", "firstmate"}, n)) return "crew";
  if (Contains({"guestcount", "guests", "numberofguests", "numguests", "partysize", "headcount", "passengers", "passengercount", "numberofpassengers"}, n)) return "guest_count";
  return {};
}

bool IsCountField(std::string_view field) { return field == "guest_count"; }

// schema.org: somebody at the event, whose part in it the name does not say.
bool IsSomebody(std::string_view key) { return Contains({"performer", "performers", "organizer", "attendee", "attendees", "contributor", "actor", "director"}, key); }
bool IsPartName(std::string_view key) { return Contains({"jobTitle", "roleName", "role", "position"}, key); }

// Whether a text is a name: every word of it is capital, but for the small ones that names have.
bool IsName(const GlyphText& text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kNameMax = 120;
  if (end - begin < 2 || end - begin > kNameMax) return false;
  const char first = text.ascii[begin];
  if (!((first >= 'A' && first <= 'Z') || first == kLetterGlyph)) return false;
  for (std::size_t i = begin + 1; i < end; ++i) {
    if (text.fold[i - 1] != ' ' || text.ascii[i] < 'a' || text.ascii[i] > 'z') continue;
    const std::string_view word = std::string_view(text.fold).substr(i, std::min(text.fold.find(' ', i), end) - i);
    if (!Contains({"and", "de", "del", "della", "da", "di", "du", "la", "le", "van", "von", "der", "den", "y", "e", "bin", "al", "el"}, word)) return false;
  }
  return FieldOfName(text.fold.substr(begin, end - begin)).empty();  // a word for the screen: {captain: "Your captain"}
}

bool IsCount(const GlyphText& text) {
  constexpr std::size_t kDigitsMax = 3;
  return !text.empty() && text.size() <= kDigitsMax && std::all_of(text.fold.begin(), text.fold.end(), IsDigit);
}

class StatementFinder {
 public:
  StatementFinder(const Page& page, Findings* findings, std::vector<Statement>* statements) : page_(page), findings_(*findings), statements_(*statements) {
    for (const Statement& statement : statements_) Take(statement.span);
  }

  void Find() {
    for (const Element& element : page_.elements) {
      if (!element.clone) FromAttributes(element);
    }
    FindItems();
    FromMicrodata();
    for (const RawBlock& raw : page_.raws) {
      if (raw.kind == PieceKind::kRaw && raw.element != kNone && page_.elements[raw.element].name == "script") FromScript(raw);
    }
    TakeSomebodies();
  }

 private:
  // What a value would be a statement of, once the rest of its document or page has been seen.
  struct Candidate {
    Statement statement;
    std::string path;        // JSON: keys from the root
    std::size_t object = 0;  // JSON: the object it is the name in; 0: none
  };

  // The statement that the bytes of `span` make; nullopt when they are no value of the field, or it would be too much work.
  std::optional<Statement> Read(std::string_view field, Span span, ValueSpelling spelling, Carrier carrier, std::string why) {
    constexpr std::size_t kBytesMax = 1000;
    if (span.empty() || span.size() > kBytesMax || findings_.Full()) return std::nullopt;
    findings_.work.Strings(span.size());
    GlyphText text;
    text.Append(page_.bytes, span, SpellingOf(spelling));
    std::size_t begin = 0, end = text.size();
    if (IsCountField(field)) {
      if (!IsCount(text)) return std::nullopt;
    } else {
      while (begin < end && text.fold[begin] == ' ') ++begin;
      while (end > begin && text.fold[end - 1] == ' ') --end;
      for (const std::string_view title : {"captain ", "capt. ", "capt ", "skipper "}) {
        if (text.fold.compare(begin, title.size(), title) == 0) begin += title.size();
      }
      if (begin >= end || spelling == ValueSpelling::kNumber || !IsName(text, begin, end)) return std::nullopt;
    }
    const Span value = text.Raw(begin, end);
    return Statement{std::string(field), DecodeText(page_.bytes, value, SpellingOf(spelling)), value, 0, std::move(why), carrier, spelling};
  }

  void Add(std::optional<Statement> statement) {
    if (statement && Take(statement->span)) statements_.push_back(*std::move(statement));
  }

  // False: some of its bytes are another statement's already.
  bool Take(Span span) {
    const auto behind = taken_.upper_bound(span.begin);
    if (behind != taken_.end() && behind->first < span.end) return false;
    if (behind != taken_.begin() && std::prev(behind)->second > span.begin) return false;
    taken_[span.begin] = span.end;
    return true;
  }

  // ---- attributes ----

  void FromAttributes(const Element& element) {
    for (std::size_t i = 0; i < element.attribute_count; ++i) {
      const StreamAttribute& attribute = page_.stream.attributes[element.first_attribute + i];
      if (attribute.value.empty() || attribute.name.compare(0, 5, "data-") != 0) continue;
      const char first = page_.bytes[attribute.value.begin];
      if (first == '{' || first == '[') {
        const char quote = page_.bytes[attribute.value.begin - 1];
        if (quote == '"' || quote == '\'') FromJson(attribute.value, true, Carrier::kAttribute);
      } else if (const std::string_view field = FieldOfName(std::string_view(attribute.name).substr(5)); !field.empty()) {
        Add(Read(field, attribute.value, ValueSpelling::kAttribute, Carrier::kAttribute, "the attribute " + attribute.name));
      }
    }
    if (element.name != "meta") return;
    const StreamAttribute* content = page_.FindAttribute(element, "content");
    if (content == nullptr) return;
    for (const std::string_view naming : {"name", "property"}) {
      const std::string name = page_.Name(element, naming);
      const std::string_view field = FieldOfName(std::string_view(name).substr(name.find_last_of(":.") + 1));
      if (!field.empty()) Add(Read(field, content->value, ValueSpelling::kAttribute, Carrier::kMeta, "the meta element “" + name + "”"));
    }
  }

  // ---- microdata ----

  void FindItems() {
    items_.assign(page_.elements.size(), kNone);
    for (std::size_t e = 0; e < page_.elements.size(); ++e) {
      const std::size_t parent = page_.elements[e].parent;
      items_[e] = page_.FindAttribute(page_.elements[e], "itemscope") != nullptr ? e : parent == kNone ? kNone : items_[parent];
    }
  }

  void FromMicrodata() {
    std::vector<std::size_t> runs(page_.elements.size(), 0);
    for (const Flow& flow : page_.flows) {
      for (const Flow::Run& run : flow.runs) ++runs[run.element];
    }
    for (const Flow& flow : page_.flows) {
      for (std::size_t r = 0; r < flow.runs.size() && !flow.hidden; ++r) {
        const std::size_t element = flow.runs[r].element;
        if (runs[element] == 1 && !flow.runs[r].span.empty()) FromProperty(element, flow.runs[r].span, ValueSpelling::kMarkup);
      }
    }
    for (std::size_t e = 0; e < page_.elements.size(); ++e) {
      if (page_.elements[e].clone) continue;
      const StreamAttribute* content = page_.FindAttribute(page_.elements[e], "content");
      if (content != nullptr) FromProperty(e, content->value, ValueSpelling::kAttribute);
    }
  }

  void FromProperty(std::size_t element, Span span, ValueSpelling spelling) {
    std::string property = page_.Name(page_.elements[element], "itemprop");
    if (property.empty()) return;
    if (property == "name") {  // of whom the item around it is
      const std::size_t parent = page_.elements[element].parent;
      const std::size_t item = parent == kNone ? kNone : items_[parent];
      if (item != kNone) property = page_.Name(page_.elements[item], "itemprop");
    }
    const std::string_view field = IsSomebody(property) ? "captain" : FieldOfName(property);
    if (field.empty()) return;
    std::optional<Statement> statement = Read(field, span, spelling, Carrier::kMicrodata, "the property “" + property + "”");
    if (IsSomebody(property)) {
      if (statement) somebodies_.push_back(*std::move(statement));
    } else {
      Add(std::move(statement));
    }
  }

  // ---- scripts ----

  void FromScript(const RawBlock& raw) {
    const std::string type = ToLower(page_.AttributeValue(page_.elements[raw.element], "type"));
    if (type.find("json") != std::string::npos) return FromJson(raw.span, false, type.find("ld+json") != std::string::npos ? Carrier::kJsonLd : Carrier::kScript);
    if (!raw.script) return;
    for (std::size_t i = 2; i < raw.tokens.size(); ++i) FromToken(raw.tokens, i);
  }

  bool IsMark(const std::vector<ScriptToken>& tokens, std::size_t i, std::string_view marks) const {
    return i < tokens.size() && tokens[i].kind == ScriptTokenKind::kMark && marks.find(page_.bytes[tokens[i].span.begin]) != std::string_view::npos;
  }

  // captain: "Gene"; "partySize": 6. A number behind a bare name is a variable's first value as often as a fact.
  void FromToken(const std::vector<ScriptToken>& tokens, std::size_t i) {
    const ScriptToken& value = tokens[i];
    const ScriptToken& name = tokens[i - 2];
    const bool quoted = name.kind == ScriptTokenKind::kString;
    const bool whole = value.kind == ScriptTokenKind::kString && !value.joined_before && !value.joined_after;
    if ((!quoted && name.kind != ScriptTokenKind::kName) || !IsMark(tokens, i - 1, ":=") || (i > 2 && IsMark(tokens, i - 3, "?"))) return;
    if (!whole && !(value.kind == ScriptTokenKind::kNumber && quoted)) return;
    if (i + 1 < tokens.size() && !tokens[i + 1].newline && !IsMark(tokens, i + 1, ",;})")) return;
    const std::string_view field = FieldOfName(name.span.In(page_.bytes));
    if (field.empty() || (IsCountField(field) && !quoted)) return;
    Add(Read(field, value.span, whole ? ValueSpelling::kString : ValueSpelling::kNumber, Carrier::kScript, "the name “" + std::string(name.span.In(page_.bytes)) + "”"));
  }

  // ---- JSON ----

  void FromJson(Span span, bool in_attribute, Carrier carrier) {
    constexpr std::size_t kDepth = 64;
    constexpr std::size_t kPathMax = 500;  // bytes; nobody's data lies so deep
    std::vector<Candidate> found;
    std::map<std::size_t, std::string_view> parts;  // of a person, by object
    (void)ScanJson(page_.bytes, span, in_attribute, kDepth, [&](const JsonString& value) {
      if (value.path.empty()) return;
      const std::string& key = value.path.back();
      const ValueSpelling spelling = value.number ? ValueSpelling::kNumber : in_attribute ? ValueSpelling::kAttributeString : ValueSpelling::kString;
      if (IsPartName(key)) parts[value.object] = FieldOfName(value.span.In(page_.bytes));
      const bool named = key == "name" && value.path.size() > 1;
      const std::string& of = named ? value.path[value.path.size() - 2] : key;
      std::string_view field = FieldOfName(of);
      if (named && IsCountField(field)) return;
      if (field.empty() && !IsSomebody(of)) return;
      const std::size_t path_bytes = std::accumulate(value.path.begin(), value.path.end(), value.path.size(), [](std::size_t sum, const std::string& step) { return sum + step.size(); });
      if (path_bytes > kPathMax || IsOfSomethingElse(value)) return;
      std::optional<Statement> statement = Read(field.empty() ? "captain" : field, value.span, spelling, carrier, "the property “" + of + "”");
      if (!statement) return;
      if (field.empty()) statement->field.clear();
      Candidate candidate{*std::move(statement), {}, named ? value.object : 0};
      for (const std::string& step : value.path) candidate.path += "/" + step;
      found.push_back(std::move(candidate));
    });
    for (Candidate& candidate : found) {
      const auto part = parts.find(candidate.object);
      if (candidate.object != 0 && part != parts.end() && !part->second.empty() && !IsCountField(part->second)) candidate.statement.field = part->second;
    }
    TakeJson(found);
  }

  // A list of several has no one value to set.
  void TakeJson(const std::vector<Candidate>& candidates) {
    using Place = std::pair<std::string_view, std::string_view>;  // path and field
    std::map<Place, std::set<std::string_view>> texts;
    for (const auto& [statement, path, object] : candidates) texts[{path, statement.field}].insert(statement.text);
    for (const auto& [statement, path, object] : candidates) {
      if (statement.field.empty()) {
        somebodies_.push_back(statement);
        somebodies_.back().field = "captain";
      } else if (texts[{path, statement.field}].size() == 1) {
        Add(statement);
      }
    }
  }

  // "performer": "Gene" is the captain where the page says of Gene that he is.
  void TakeSomebodies() {
    std::string captain;
    for (const Statement& statement : statements_) {
      if (statement.field != "captain") continue;
      if (!captain.empty() && captain != statement.text) return;
      captain = statement.text;
    }
    for (Statement& somebody : somebodies_) {
      if (somebody.text != captain) continue;
      somebody.why += " names the page's captain";
      Add(std::move(somebody));
    }
  }

  const Page& page_;
  Findings& findings_;
  std::vector<Statement>& statements_;
  std::vector<Statement> somebodies_;
  std::map<std::size_t, std::size_t> taken_;  // the statements' bytes: end by begin
  std::vector<std::size_t> items_;            // by element: the innermost with itemscope that it is or lies in, or kNone
};

}  // namespace

void FindStatementsInCarriers(const Page& page, Findings* findings, std::vector<Statement>* statements) { StatementFinder(page, findings, statements).Find(); }

}  // namespace evenkeel
