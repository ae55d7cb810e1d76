// Text: what the parser makes one node of, and which of its bytes the stream names.
#include <algorithm>

#include "read/bytes.h"
#include "read/glyphs.h"
#include "read/markup.h"
#include "read/token_tree.h"

namespace evenkeel {
namespace {

bool IsSpaces(std::string_view text) { return std::all_of(text.begin(), text.end(), IsSpaceByte); }

// Whether the character reference at `at`, if it is one, says the same to everybody.
bool IsPlainReference(std::string_view page, std::size_t at) {
  const char next = at + 1 < page.size() ? page[at + 1] : ' ';
  if (!IsAlnum(next) && next != '#') return true;  // just "&"
  const CodePoint point = DecodeEntity(page, at);
  if (next != '#' && (point.next == at || page[point.next - 1] != ';')) return true;  // a name without a semicolon: there are few, and we know them
  constexpr std::size_t kLengthMax = 10;  // of "&#1114111;" and of "&#x10FFFF;"
  const bool number = next == '#';
  return point.next > at && page[point.next - 1] == ';' && point.value != 0xFFFD && (!number || point.next - at <= kLengthMax);
}

}  // namespace

// Whether the parser reads the letters and digits of `text` as we do.
bool TokenTree::IsCertain(std::string_view text) {
  const auto first = static_cast<std::size_t>(text.data() - page_.data());
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    if (!IsPlainReference(page_.substr(0, first + text.size()), first + at)) return Doubt("an uncertain character reference");
  }
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (IsAlpha(next) || next == '!' || next == '?' || next == '/') return Doubt("what looks like a tag in a text");
  }
  return true;
}

bool TokenTree::Text(Span span) {
  if (phase_ < Phase::kInBody) {
    std::size_t end = span.begin;
    while (end < span.end && IsSpaceByte(page_[end])) ++end;
    if (phase_ >= Phase::kInHead && end > span.begin) AddText({span.begin, end});
    skip_line_end_ = false;
    if (end == span.end) return true;
    if (page_[end] == '&') return Doubt("a character reference before the body");  // of a space?
    span.begin = end;
    ImplyUpTo(Phase::kInBody);
  }
  const std::string_view text = span.In(page_);
  if (phase_ > Phase::kInBody && !IsSpaces(text)) return Doubt("text behind the body");
  if (IsTableContext() && !IsSpaces(text)) return Doubt("text in a table");
  if (!IsCertain(text)) return false;
  if (skip_line_end_ && text[0] == '&') return Doubt("a character reference at the beginning of <pre>");
  AddText(span);
  return true;
}

void TokenTree::AddText(Span span) {
  if (skip_line_end_) {
    skip_line_end_ = false;
    const bool two = page_.substr(span.begin, 2) == "\r\n";
    if (two || page_[span.begin] == '\n' || page_[span.begin] == '\r') span.begin += two ? 2 : 1;
  }
  // Of CR and LF the parser knows the LF.
  if (pending_.empty() && page_.substr(span.begin, 2) == "\r\n" && span.size() >= 2) ++span.begin;
  if (!span.empty()) pending_.push_back(span);
}

// Whether the run spells a letter or a digit.
bool TokenTree::HasLetters(Span run) const {
  const std::string text = DecodeText(page_, run, Spelling{.entities = true});
  return std::any_of(text.begin(), text.end(), IsAlnum);
}

// The text becomes a node where the tree stands now. Of runs with end tags between them that end no element here (</form>, </body>), the
// stream has the first, and the others as far as they say something.
void TokenTree::Flush() {
  if (pending_.empty()) return;
  ++nodes_;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (i > 0 && !HasLetters(pending_[i])) continue;
    StreamPiece& piece = stream_.pieces.emplace_back();
    piece.kind = PieceKind::kText;
    piece.span = pending_[i];
  }
  pending_.clear();
}

// An element whose content is text alone, up to its end tag.
bool TokenTree::TextElement(const Tag& tag) {
  const ElementKind kind = tag.kind;
  const std::string_view name = tag.name;
  if (!Insert(tag)) return false;
  tokenizer_.Enter(kind == ElementKind::kTitle || kind == ElementKind::kTextArea ? TextState::kRcdata
                   : name == "script"                                            ? TextState::kScript
                                                                                 : TextState::kRawText);
  const MarkupToken* next = &tokenizer_.Next();
  Span text;
  if (next->kind == MarkupKind::kText) {
    text = next->span;
    next = &tokenizer_.Next();
  }
  if (next->kind != MarkupKind::kEndTag || !Look(*next)) return Doubt("a text without an end");
  if (!text.empty()) {
    if (kind == ElementKind::kFrame) return Doubt("text in an iframe");
    if (kind == ElementKind::kRaw) {
      if (!RawText(text, name)) return false;
    } else {
      skip_line_end_ = kind == ElementKind::kTextArea;
      if (!IsCertain(text.In(page_)) || (skip_line_end_ && page_[text.begin] == '&')) return Doubt("an uncertain text");
      AddText(text);
    }
  }
  skip_line_end_ = false;
  Pop();
  return true;
}

bool TokenTree::RawText(Span span, std::string_view name) {
  if (page_.substr(span.begin, 2) == "\r\n" && span.size() >= 2) ++span.begin;
  ++nodes_;
  StreamPiece& piece = stream_.pieces.emplace_back();
  piece.kind = PieceKind::kRaw;
  piece.name = name;
  piece.span = CutRawText(page_, span, name);
  if (piece.span.empty()) stream_.pieces.pop_back();
  return true;
}

}  // namespace evenkeel
