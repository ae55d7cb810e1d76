#include "read/page.h"

#include <algorithm>
#include <array>
#include <utility>

#include "read/bytes.h"

namespace evenkeel {
namespace {

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& sorted) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// A box that stands in the line without text of its own: what is left and right of it does not run together.
bool IsReplaced(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {"audio", "canvas", "embed", "iframe", "img",   "input",
                                                       "meter", "object", "progress", "select", "svg", "video"};
  return IsOneOf(name, kNames);
}

constexpr std::array<std::string_view, 10> kKnownClasses = {"dt-start", "dtstart", "dt-end", "dtend", "dt-published", "dt-updated", "published", "updated", "value", "value-title"};

std::uint32_t ClassBit(std::string_view name) {
  const auto found = std::find(kKnownClasses.begin(), kKnownClasses.end(), name);
  return found == kKnownClasses.end() ? 0 : 1u << (found - kKnownClasses.begin());
}

std::uint32_t ClassBits(std::string_view list) {
  std::uint32_t bits = 0;
  for (std::size_t at = 0; at < list.size();) {
    while (at < list.size() && IsSpaceByte(list[at])) ++at;
    std::size_t end = at;
    while (end < list.size() && !IsSpaceByte(list[end])) ++end;
    bits |= ClassBit(list.substr(at, end - at));
    at = end;
  }
  return bits;
}

// Builds elements and flows in one pass over the stream.
class PageBuilder {
 public:
  explicit PageBuilder(Page* page) : page_(*page) {}

  void Build() {
    for (const StreamPiece& piece : page_.stream.pieces) {
      switch (piece.kind) {
        case PieceKind::kOpen: Open(piece); break;
        case PieceKind::kClose: Close(piece); break;
        case PieceKind::kText: Text(piece); break;
        case PieceKind::kRaw:
        case PieceKind::kComment: page_.raws.push_back({.kind = piece.kind, .element = Top(), .flow = page_.flows.size(), .span = piece.span, .script = false, .tokens = {}}); break;
      }
    }
    EndFlow();
    while (!open_.empty()) PopElement();
  }

 private:
  std::size_t Top() const { return open_.empty() ? kNone : open_.back(); }

  void Open(const StreamPiece& piece) {
    Element element;
    element.name = piece.name;
    element.parent = Top();
    element.first_attribute = piece.first_attribute;
    element.attribute_count = piece.attribute_count;
    element.open = piece.span;
    element.clone = piece.clone;
    if (const StreamAttribute* classes = page_.FindAttribute(element, "class")) element.classes = ClassBits(classes->value.In(page_.bytes));
    element.hidden = (Top() != kNone && page_.elements[Top()].hidden) || HidesItself(element);
    if (piece.name == "td" || piece.name == "th") element.column = NextColumn();
    if (IsBlockElement(piece.name)) EndFlow();
    element.first_flow = page_.flows.size();
    page_.elements.push_back(std::move(element));
    open_.push_back(page_.elements.size() - 1);
    columns_.push_back(0);
    if (piece.name == "pre") ++preformatted_;
    if (piece.name == "br") {
      if (has_flow_) flow_.text.AppendGlyph('\n', piece.span.begin, piece.span.end);
    } else if (IsReplaced(piece.name)) {
      if (has_flow_) flow_.text.AppendGlyph(U' ', piece.span.begin, piece.span.end);
    } else if (has_flow_) {
      flow_.text.MarkBreak(true);
    }
  }

  void Close(const StreamPiece& piece) {
    if (open_.empty()) return;
    page_.elements[open_.back()].close = piece.span;
    if (IsBlockElement(piece.name)) EndFlow();
    PopElement();
    if (has_flow_) flow_.text.MarkBreak(false);
  }

  void PopElement() {
    page_.elements[open_.back()].last_flow = page_.flows.size() + (has_flow_ ? 1 : 0);
    if (page_.elements[open_.back()].name == "pre") --preformatted_;
    open_.pop_back();
    columns_.pop_back();
  }

  std::size_t NextColumn() {
    if (columns_.empty()) return 0;
    return columns_.back()++;
  }

  void Text(const StreamPiece& piece) {
    const std::string_view bytes = piece.span.In(page_.bytes);
    if (!has_flow_ && TrimSpaces(bytes).empty()) return;
    if (!has_flow_) {
      has_flow_ = true;
      flow_ = Flow();
      flow_.block = BlockAround();
      flow_.hidden = true;
    }
    if (!flow_.runs.empty()) SeparateCells(flow_.runs.back().span.end, piece.span.begin);
    const std::size_t first = flow_.text.size();
    flow_.runs.push_back({first, Top(), piece.span});
    flow_.text.Append(page_.bytes, piece.span, Spelling{.entities = true});
    if (preformatted_ == 0) {
      std::replace(flow_.text.fold.begin() + static_cast<std::ptrdiff_t>(first), flow_.text.fold.end(), '\n', ' ');
      std::replace(flow_.text.ascii.begin() + static_cast<std::ptrdiff_t>(first), flow_.text.ascii.end(), '\n', ' ');
    }
    if (Top() == kNone || !page_.elements[Top()].hidden) flow_.hidden = false;
  }

  // Rows and cells outside a table are no elements (WHATWG HTML section 13.2.6.4.7), yet what they hold is no one word.
  void SeparateCells(std::size_t begin, std::size_t end) {
    constexpr std::size_t kTagsMax = 256;  // bytes
    if (begin >= end || end - begin > kTagsMax) return;
    const std::string_view gap = page_.bytes.substr(begin, end - begin);
    const bool row = FindFolded(gap, "<tr") != std::string_view::npos;
    const bool cell = FindFolded(gap, "<td") != std::string_view::npos || FindFolded(gap, "<th") != std::string_view::npos;
    if (row || cell) flow_.text.AppendGlyph(row ? U'\n' : U' ', begin, end);
  }

  std::size_t BlockAround() const {
    for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
      if (IsBlockElement(page_.elements[*it].name)) return *it;
    }
    return open_.empty() ? 0 : open_.front();
  }

  void EndFlow() {
    if (!has_flow_) return;
    has_flow_ = false;
    page_.flows.push_back(std::move(flow_));
  }

  bool HidesItself(const Element& element) const {
    if (element.name == "template" || element.name == "noscript") return true;
    if (page_.FindAttribute(element, "hidden") != nullptr) return true;
    const StreamAttribute* style = page_.FindAttribute(element, "style");
    if (style == nullptr) return false;
    std::string compact;
    for (const char c : style->value.In(page_.bytes)) {
      if (!IsSpaceByte(c)) compact.push_back(ToLower(c));
    }
    return compact.find("display:none") != std::string::npos || compact.find("visibility:hidden") != std::string::npos;
  }

  Page& page_;
  std::vector<std::size_t> open_;
  std::vector<std::size_t> columns_;  // beside open_: cells seen so far
  std::size_t preformatted_ = 0;      // open <pre> elements: line ends count in them
  Flow flow_;
  bool has_flow_ = false;
};

}  // namespace

bool IsBlockElement(std::string_view name) {
  constexpr std::array<std::string_view, 60> kNames = {
      "address", "article",  "aside",   "blockquote", "body",    "button", "caption", "center",  "dd",     "details", "dialog", "dir",
      "div",     "dl",       "dt",      "fieldset",   "figcaption", "figure", "footer", "form",  "frameset", "h1",    "h2",     "h3",
      "h4",      "h5",       "h6",      "head",       "header",  "hgroup", "hr",      "html",    "legend", "li",      "main",   "menu",
      "nav",     "ol",       "optgroup", "option",    "p",       "plaintext", "pre",  "search",  "section", "select", "summary", "table",
      "tbody",   "td",       "template", "textarea",  "tfoot",   "th",     "thead",   "title",   "tr",     "ul",      "xmp",    "zzz"};
  return IsOneOf(name, kNames);
}

std::size_t Flow::ElementAt(std::size_t glyph) const {
  auto found = std::upper_bound(runs.begin(), runs.end(), glyph, [](std::size_t at, const Run& run) { return at < run.glyph; });
  return found == runs.begin() ? block : std::prev(found)->element;
}

const StreamAttribute* Page::FindAttribute(const Element& element, std::string_view name) const {
  for (std::size_t i = 0; i < element.attribute_count; ++i) {
    const StreamAttribute& attribute = stream.attributes[element.first_attribute + i];
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

std::string Page::AttributeValue(const Element& element, std::string_view name) const {
  const StreamAttribute* attribute = FindAttribute(element, name);
  return attribute == nullptr ? std::string() : DecodeText(bytes, attribute->value, Spelling{.entities = true});
}

std::string Page::Name(const Element& element, std::string_view name) const {
  constexpr std::size_t kNameMax = 256;
  const StreamAttribute* attribute = FindAttribute(element, name);
  if (attribute == nullptr || attribute->value.size() > kNameMax) return {};
  return DecodeText(bytes, attribute->value, Spelling{.entities = true});
}

bool Page::HasClass(const Element& element, std::string_view name) { return (element.classes & ClassBit(name)) != 0; }

bool Page::IsInside(std::size_t inner, std::size_t outer) const {
  while (inner != kNone && inner > outer) inner = elements[inner].parent;
  return inner == outer;
}

namespace {

// Scripts are scanned once for everything that reads them.
Status ScanScripts(const Limits& limits, Page* page) {
  const std::size_t tokens_max = 5 * limits.page_nodes;
  std::size_t tokens = 0;
  for (RawBlock& raw : page->raws) {
    if (raw.kind != PieceKind::kRaw || raw.element == kNone || page->elements[raw.element].name != "script") continue;
    const std::string type = ToLower(page->AttributeValue(page->elements[raw.element], "type"));
    const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
    raw.script = type.empty() || type == "module" || has("javascript") || has("ecmascript");
    if (raw.script) raw.tokens = ScanScript(page->bytes, raw.span, tokens_max - tokens);
    tokens += raw.tokens.size();
    if (tokens > tokens_max) return Status(Code::kLimitExceeded, "the page's scripts have more than " + std::to_string(tokens_max) + " tokens (5 x page_nodes)");
  }
  return OkStatus();
}

}  // namespace

StatusOr<Page> BuildPage(std::string_view bytes, PageStream stream, const Limits& limits) {
  Page page;
  page.bytes = bytes;
  page.stream = std::move(stream);
  PageBuilder(&page).Build();
  const std::size_t text_max = 8 * limits.text_bytes;
  for (const Flow& flow : page.flows) {
    if (flow.text.size() > text_max) return Status(Code::kLimitExceeded, "a paragraph of the page has more than " + std::to_string(text_max) + " characters (8 x text_bytes)");
  }
  EVENKEEL_RETURN_IF_ERROR(ScanScripts(limits, &page));
  return page;
}

}  // namespace evenkeel
