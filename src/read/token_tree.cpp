#include "read/token_tree.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {

TokenTree::TokenTree(std::string_view page, const Limits& limits) : page_(page), limits_(limits), tokenizer_(page) {}

bool TokenTree::Doubt(std::string_view why) {
  doubt_ = why;
  return false;
}

// Where the parser may run out of memory, it shall say so. It gives nothing back before the page is read. Of the page's bytes, nodes and
// attributes at most half of this was ever seen to be taken (12 bytes for each that is no UTF-8, some 200 for a node or an attribute); the
// other half is what may be left over in the arena's blocks.
bool TokenTree::IsTooMuch(std::size_t nodes, std::size_t attributes) const {
  constexpr std::size_t kFixed = 4u << 20;
  return kFixed + 24 * page_.size() + 512 * nodes + 384 * attributes > limits_.arena_bytes || nodes > limits_.page_nodes;
}

bool TokenTree::Build(const std::function<bool()>& keep_going) {
  if (page_.find('\0') != std::string_view::npos) return Doubt("NUL");
  if (IsTooMuch(0, 0)) return Doubt("a limit is near");
  stream_.pieces.reserve(16 + page_.size() / 24);
  stream_.attributes.reserve(16 + page_.size() / 64);
  for (std::size_t tokens = 0;; ++tokens) {
    if (tokens % 1024 == 0 && keep_going && !keep_going()) return false;
    const MarkupToken& token = tokenizer_.Next();
    if (token.kind == MarkupKind::kEnd) return Finish();
    token_ = &token;
    if (!Handle(token)) return false;
  }
}

bool TokenTree::Handle(const MarkupToken& token) {
  if (token.kind != MarkupKind::kText) skip_line_end_ = false;
  switch (token.kind) {
    case MarkupKind::kText: return Text(token.span);
    case MarkupKind::kStartTag: {
      const std::optional<Tag> tag = Look(token);
      return tag && StartTag(*tag);
    }
    case MarkupKind::kEndTag: {
      const std::optional<Tag> tag = Look(token);
      return tag && EndTag(*tag);
    }
    case MarkupKind::kComment:
    case MarkupKind::kBogus: return Comment(token);
    case MarkupKind::kDoctype:
      if (phase_ != Phase::kInitial || doctype_) return Doubt("a second DOCTYPE");
      doctype_ = true;
      return true;
    case MarkupKind::kCdata:
    case MarkupKind::kNothing:
    case MarkupKind::kEnd: break;
  }
  return Doubt("bytes without a token");
}

std::optional<TokenTree::Tag> TokenTree::Look(const MarkupToken& token) {
  const std::string_view written = token.name.In(page_);
  const bool end = token.kind == MarkupKind::kEndTag;
  if (token.odd || (end && (token.self_closing || !tokenizer_.attributes().empty()))) {
    Doubt("an odd tag");
    return std::nullopt;
  }
  if (const ElementName* known = FindElementName(written)) return Tag{token, known->name, known->kind};
  const auto is_name = [](char c) { return IsAlnum(c) || c == '-' || c == '_' || c == ':' || c == '.'; };
  if (!std::all_of(written.begin(), written.end(), is_name)) {
    Doubt("an odd name");
    return std::nullopt;
  }
  return Tag{token, written, ElementKind::kUnknown};
}

void TokenTree::Emit(const StreamPiece& piece) { stream_.pieces.push_back(piece); }

// Without a token it is implied.
void TokenTree::EmitOpen(std::string_view name, const MarkupToken* token) {
  StreamPiece& piece = stream_.pieces.emplace_back();
  piece.kind = PieceKind::kOpen;
  piece.name = name;
  for (char& c : piece.name) c = ToLower(c);
  piece.first_attribute = stream_.attributes.size();
  if (token == nullptr) return;
  piece.span = token->span;
  for (const MarkupAttribute& attribute : tokenizer_.attributes()) {
    StreamAttribute& added = stream_.attributes.emplace_back();
    added.name = attribute.name.In(page_);
    for (char& c : added.name) c = ToLower(c);
    added.name_span = attribute.name;
    added.value = attribute.value;
  }
  piece.attribute_count = stream_.attributes.size() - piece.first_attribute;
}

// What the parser records as the end of an element: the end tag that is looked at, if it begins with the element's name.
Span TokenTree::EndSpan(std::string_view name) const {
  if (token_ == nullptr || token_->kind != MarkupKind::kEndTag) return {};
  return EqualsFolded(page_.substr(token_->name.begin, name.size()), name) ? token_->span : Span{};
}

void TokenTree::Push(ElementKind kind, std::string_view name, const MarkupToken* token, bool foreign) {
  Flush();
  ++nodes_;
  EmitOpen(name, token);
  open_.push_back({kind, foreign, name});
  paragraphs_ += kind == ElementKind::kParagraph;
  anchors_ += name == "a";
  formatting_ += kind == ElementKind::kFormatting;
  buttons_ += kind == ElementKind::kButton;
  forms_ += kind == ElementKind::kForm;
  tables_ += kind == ElementKind::kTable;
  selects_ += kind == ElementKind::kSelect;
}

bool TokenTree::Insert(const Tag& tag, bool foreign) {
  if (open_.size() >= limits_.page_depth) return Doubt("a limit is near");
  Push(tag.kind, tag.name, &tag.token, foreign);
  return true;
}

bool TokenTree::InsertVoid(const Tag& tag) {
  if (!Insert(tag)) return false;
  Pop();
  return true;
}

void TokenTree::Pop() {
  Flush();
  const OpenElement element = open_.back();
  open_.pop_back();
  StreamPiece& piece = stream_.pieces.emplace_back();
  piece.kind = PieceKind::kClose;
  piece.name = element.name;
  for (char& c : piece.name) c = ToLower(c);
  piece.span = EndSpan(element.name);
  paragraphs_ -= element.kind == ElementKind::kParagraph;
  anchors_ -= element.name == "a";
  formatting_ -= element.kind == ElementKind::kFormatting;
  buttons_ -= element.kind == ElementKind::kButton;
  forms_ -= element.kind == ElementKind::kForm;
  tables_ -= element.kind == ElementKind::kTable;
  selects_ -= element.kind == ElementKind::kSelect;
}

bool TokenTree::Comment(const MarkupToken& token) {
  if (!open_.empty() && Top().foreign && token.kind == MarkupKind::kBogus) return Doubt("CDATA");
  if (token.odd) return Doubt("a comment without an end");
  Flush();
  ++nodes_;
  if (token.kind == MarkupKind::kBogus) return true;
  const std::string_view bytes = token.span.In(page_);
  const std::size_t tail = bytes.size() >= 7 && bytes.substr(bytes.size() - 3) == "-->" ? 3 : 0;
  StreamPiece piece;
  piece.kind = PieceKind::kComment;
  piece.span = {token.span.begin + 4, token.span.end - tail};
  (phase_ == Phase::kAfterBody ? behind_body_ : phase_ == Phase::kAfterHtml ? behind_html_ : stream_.pieces).push_back(piece);
  return true;
}

bool TokenTree::Finish() {
  token_ = nullptr;
  ImplyUpTo(Phase::kInBody);
  Flush();
  while (open_.size() > 2) Pop();
  Pop();
  stream_.pieces.back().span = body_end_;
  for (const StreamPiece& piece : behind_body_) Emit(piece);
  Pop();
  stream_.pieces.back().span = html_end_;
  for (const StreamPiece& piece : behind_html_) Emit(piece);
  if (IsTooMuch(nodes_, stream_.attributes.size())) return Doubt("a limit is near");
  return true;
}

}  // namespace evenkeel
