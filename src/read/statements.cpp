// Labelled values other than times: captain, crew, guests, and how many; and where a redirect leads.
#include <algorithm>

#include "read/bytes.h"
#include "read/features.h"
#include "read/words.h"

namespace evenkeel {
namespace {

struct FieldLabel {
  std::string_view label;  // folded words
  std::string_view field;
};

constexpr FieldLabel kLabels[] = {
    {"captain", "captain"}, {"your captain", "captain"}, {"skipper", "captain"}, {"your skipper", "captain"}, {"capt", "captain"},
    {"crew", "crew"}, {"your crew", "crew"}, {"crew members", "crew"}, {"mates", "crew"}, {"deckhands", "crew"},
    {"guests", "guest_count"}, {"guest count", "guest_count"}, {"number of guests", "guest_count"}, {"party size", "guest_count"},
    {"party of", "guest_count"}, {"passengers", "guest_count"}, {"headcount", "guest_count"},
    {"guest", "guest"}, {"guest name", "guest"}, {"booked by", "guest"}, {"booked for", "guest"}, {"lead guest", "guest"}, {"host", "guest"},
};

std::string_view FieldOf(std::string_view label) {
  while (!label.empty() && (label.back() == ':' || label.back() == ' ')) label.remove_suffix(1);
  while (!label.empty() && label.front() == ' ') label.remove_prefix(1);
  for (const FieldLabel& known : kLabels) {
    if (label == known.label) return known.field;
  }
  return {};
}

bool EndsValue(const GlyphText& text, std::size_t i) {
  const char c = text.fold[i];
  if (c == '\n' || c == ';' || c == '|' || c == kSymbolGlyph || c == '(' || c == '!' || c == '?') return true;
  const bool gap = i + 1 >= text.size() || text.fold[i + 1] == ' ' || text.fold[i + 1] == '\n';
  if (c == '.') {  // "Gene W. Ward", "Capt. Gene" go on
    const bool initial = i >= 2 && text.fold[i - 2] == ' ' && IsAlpha(text.fold[i - 1]);
    return gap && !initial;
  }
  return c == '-' && gap && i > 0 && text.fold[i - 1] == ' ';
}

// Adds the value at glyphs [begin, …) of one text.
void AddValue(std::string_view bytes, const GlyphText& text, std::size_t begin, std::string_view field, std::vector<Statement>* statements) {
  const auto space = [&](std::size_t i) { return text.fold[i] == ' ' || text.fold[i] == '\n'; };
  while (begin < text.size() && space(begin)) ++begin;
  std::size_t end = begin;
  if (field == "guest_count") {
    while (end < text.size() && IsDigit(text.fold[end])) ++end;
    if (end == begin || end - begin > 3 || (end < text.size() && (IsAlpha(text.fold[end]) || text.fold[end] == ':' || text.fold[end] == '-'))) return;
  } else {
    constexpr std::size_t kNameMax = 120;
    const std::size_t reach = std::min(text.size(), begin + 2 * kNameMax);
    while (end < reach && !EndsValue(text, end)) ++end;
    while (end > begin && (space(end - 1) || text.fold[end - 1] == ',')) --end;
    if (end - begin < 2 || end - begin > kNameMax) return;
    if (std::any_of(text.fold.begin() + static_cast<std::ptrdiff_t>(begin), text.fold.begin() + static_cast<std::ptrdiff_t>(end), IsDigit)) return;  // "Capt. Bob will meet you at 4" is a sentence
    const char first = text.ascii[begin];
    if (!((first >= 'A' && first <= 'Z') || first == kLetterGlyph)) return;
  }
  Statement statement;
  statement.field = std::string(field);
  statement.span = text.Raw(begin, end);
  statement.text = DecodeText(bytes, statement.span, Spelling{.entities = true});
  statement.why = "labelled";
  statements->push_back(std::move(statement));
}

// "Captain: Gene", "Crew - Ann and Bob", "<b>Captain</b> Gene", "Party of 6".
void FromLabel(std::string_view bytes, const GlyphText& text, const TokenView& view, std::size_t i, std::vector<Statement>* statements) {
  for (std::size_t count = 3; count >= 1; --count) {
    if (!view.IsWord(i + count - 1)) continue;
    const std::string label = text.fold.substr(view[i].begin, view[i + count - 1].end - view[i].begin);
    const std::string_view field = FieldOf(label);
    if (field.empty()) continue;
    const std::size_t next = i + count;
    if (!view.Has(next)) return;
    const bool starts = i == 0 || view.IsMark(i - 1, '.') || view.IsMark(i - 1, kSymbolGlyph) || view.IsMark(i - 1, '|') || view.IsMark(i - 1, ',') || view[i].newline;
    const bool colon = view.IsMark(next, ':') || (view.IsMark(next, '.') && label == "capt");
    const bool dash = view.IsMark(next, '-') && view[next].spaced && starts;
    const bool broken = starts && text.BreakBefore(view[i + count - 1].end) && view[next].kind != TokenKind::kMark;
    if (label == "party of") {
      AddValue(bytes, text, view[next].begin, field, statements);
    } else if (colon || dash) {
      AddValue(bytes, text, view[next].end, field, statements);
    } else if (broken) {
      AddValue(bytes, text, view[next].begin, field, statements);
    }
    return;
  }
}

// "6 guests", "10 passengers"
void FromCount(std::string_view bytes, const TokenView& view, std::size_t i, std::vector<Statement>* statements) {
  if (view.Digits(i) == 0 || view.Digits(i) > 3 || !view.IsAnyOf(i + 1, {"guests", "passengers", "guest", "passenger"})) return;
  if (!view[i + 1].spaced || (view.IsAdjacent(i) && i > 0)) return;
  const bool limit = i > 0 && view.IsAnyOf(i - 1, {"to", "maximum", "max", "most", "limit", "over", "than", "for"});
  const bool range = i > 0 && view.IsMark(i - 1, '-');
  if (limit || range) return;
  Statement statement;
  statement.field = "guest_count";
  statement.span = view.text().Raw(view[i].begin, view[i].end);
  statement.text = DecodeText(bytes, statement.span, Spelling{.entities = true});
  statement.why = "a number of guests";
  statements->push_back(std::move(statement));
}

}  // namespace

std::vector<Statement> FindTextStatements(std::string_view bytes, const GlyphText& text) {
  std::vector<Statement> statements;
  const TokenView view(text);
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (view.IsWord(i)) FromLabel(bytes, text, view, i, &statements);
    if (view.IsNumber(i)) FromCount(bytes, view, i, &statements);
  }
  std::sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) { return a.span < b.span; });
  statements.erase(std::unique(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) { return a.span.Overlaps(b.span); }), statements.end());
  return statements;
}

std::vector<Statement> FindStatements(const Page& page, Findings* findings) {
  std::vector<Statement> statements;
  for (std::size_t f = 0; f < page.flows.size(); ++f) {
    const Flow& flow = page.flows[f];
    if (flow.hidden) continue;
    for (Statement& statement : FindTextStatements(page.bytes, flow.text)) {
      findings->work.Strings(statement.span.size());
      statements.push_back(std::move(statement));
    }
    // <dt>Captain</dt><dd>Gene</dd>
    constexpr std::size_t kLabelMax = 30;
    if (f == 0 || page.flows[f - 1].text.size() > kLabelMax || page.flows[f - 1].hidden) continue;
    const std::string_view field = FieldOf(page.flows[f - 1].text.fold);
    const std::string& block = page.elements[flow.block].name;
    const std::string& label_block = page.elements[page.flows[f - 1].block].name;
    const bool pair = block == "dd" || block == "td" || label_block == "th" || label_block == "dt" || label_block == block;
    if (!field.empty() && pair) AddValue(page.bytes, flow.text, 0, field, &statements);
  }
  FindStatementsInCarriers(page, findings, &statements);
  std::sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) { return a.span < b.span; });
  statements.erase(std::unique(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) { return a.span == b.span; }), statements.end());
  return statements;
}

std::string FindRedirect(const Page& page) {
  std::string target;
  for (const Element& element : page.elements) {
    if (element.name != "meta" || !EqualsFolded(page.AttributeValue(element, "http-equiv"), "refresh")) continue;
    const std::string content = page.AttributeValue(element, "content");
    const std::size_t at = FindFolded(content, "url=");
    if (at == std::string_view::npos) continue;
    std::string_view url = TrimSpaces(std::string_view(content).substr(at + 4));
    if (url.size() > 1 && (url[0] == '\'' || url[0] == '"')) url = url.substr(1, url.find(url[0], 1) - 1);
    target = std::string(url);
  }
  for (const RawBlock& raw : page.raws) {
    if (raw.kind != PieceKind::kComment) continue;
    const std::string_view comment = TrimSpaces(raw.span.In(page.bytes));
    constexpr std::string_view kMark = "evenkeel:redirect";
    if (comment.substr(0, kMark.size()) != kMark) continue;
    if (!target.empty()) return target;
    std::string_view rest = TrimSpaces(comment.substr(kMark.size()));
    if (rest.substr(0, 3) == "to=") rest.remove_prefix(3);
    return std::string(rest.substr(0, rest.find(' ')));
  }
  if (target.empty()) return {};
  std::size_t visible = 0;
  for (const Flow& flow : page.flows) visible += flow.hidden ? 0 : flow.text.size();
  constexpr std::size_t kVisibleMax = 400;  // a sentence and a link, no page of its own
  return visible <= kVisibleMax ? target : std::string();
}

}  // namespace evenkeel
