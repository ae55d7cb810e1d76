// The insertion modes "in body" and "in select", and foreign content.
#include <algorithm>

#include "read/bytes.h"
#include "read/token_tree.h"

namespace evenkeel {
namespace {

// Elements that an end tag of another closes as well.
bool IsImplied(ElementKind kind) {
  return kind == ElementKind::kParagraph || kind == ElementKind::kListItem || kind == ElementKind::kDefinition || kind == ElementKind::kOption || kind == ElementKind::kGroup;
}

// Elements through which a list item in front is looked for.
bool IsTransparent(ElementKind kind) {
  return kind == ElementKind::kDivision || kind == ElementKind::kParagraph || kind == ElementKind::kFormatting || kind == ElementKind::kPlain || kind == ElementKind::kUnknown ||
         kind == ElementKind::kNoScript || kind == ElementKind::kOption || kind == ElementKind::kUnsure;
}

}  // namespace

bool TokenTree::StartInBody(const Tag& tag) {
  if (Top().foreign) return StartForeign(tag);
  if (selects_ > 0) return StartInSelect(tag);
  if (IsTableContext()) return StartInTable(tag);
  switch (tag.kind) {
    case ElementKind::kCaption:
    case ElementKind::kColumns:
    case ElementKind::kColumn:
    case ElementKind::kSection:
    case ElementKind::kRow:
    case ElementKind::kCell: return StartTablePart(tag);
    case ElementKind::kHtml:
    case ElementKind::kHead:
    case ElementKind::kBody:
    case ElementKind::kOther: return Doubt("an element with rules of its own");
    case ElementKind::kBlock:
    case ElementKind::kDivision:
    case ElementKind::kUnsure:
    case ElementKind::kParagraph:
    case ElementKind::kHeading:
    case ElementKind::kPre:
    case ElementKind::kForm:
    case ElementKind::kTable:
    case ElementKind::kRule: return StartBlock(tag);
    case ElementKind::kListItem:
    case ElementKind::kDefinition: return StartItem(tag);
    case ElementKind::kFormatting: return StartFormatting(tag);
    default: return StartInline(tag);
  }
}

// An open paragraph ends where a block begins; it is no doubt only if it is the innermost element.
bool TokenTree::EndsParagraph() {
  if (paragraphs_ == 0) return true;
  if (Top().kind != ElementKind::kParagraph) return Doubt("a block in an element of a paragraph");
  Pop();
  return paragraphs_ == 0 || Doubt("a paragraph in another");
}

bool TokenTree::StartBlock(const Tag& tag) {
  const bool unsure = tag.kind == ElementKind::kUnsure || tag.kind == ElementKind::kTable;  // a table only outside quirks mode
  if (unsure && paragraphs_ > 0) return Doubt("an element that may end a paragraph");
  if (tag.kind == ElementKind::kForm && forms_ > 0) return Doubt("a form in a form");
  if (!EndsParagraph()) return false;
  if (tag.kind == ElementKind::kHeading && Top().kind == ElementKind::kHeading) return Doubt("a heading in a heading");
  if (tag.kind == ElementKind::kRule) return InsertVoid(tag);
  skip_line_end_ = tag.kind == ElementKind::kPre;
  return Insert(tag);
}

bool TokenTree::StartInline(const Tag& tag) {
  switch (tag.kind) {
    case ElementKind::kVoid:
    case ElementKind::kMetadata: return InsertVoid(tag);
    case ElementKind::kTitle:
    case ElementKind::kRaw:
    case ElementKind::kTextArea:
    case ElementKind::kFrame: return TextElement(tag);
    case ElementKind::kButton:
      if (buttons_ > 0) return Doubt("a button in a button");
      return Insert(tag);
    case ElementKind::kOption:
    case ElementKind::kGroup:
      if (Top().kind == ElementKind::kOption) Pop();
      return Insert(tag);
    case ElementKind::kSvg:
      if (!Insert(tag, true)) return false;
      if (tag.token.self_closing) Pop();
      return true;
    default: return Insert(tag);
  }
}

// An item of the same list ends where the next begins.
bool TokenTree::StartItem(const Tag& tag) {
  for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
    if (it->kind == tag.kind) {
      CloseImplied(it->name);
      if (Top().kind != tag.kind) return Doubt("a list item in an element of another");
      Pop();
      break;
    }
    if (!IsTransparent(it->kind)) break;
  }
  return EndsParagraph() && Insert(tag);
}

// They are opened again where they are cut short; three of one name may be one too many.
bool TokenTree::StartFormatting(const Tag& tag) {
  if (tag.name == "a" && anchors_ > 0) return Doubt("a link in a link");
  const auto same = [&](const OpenElement& element) { return element.name == tag.name; };
  if (formatting_ > 1 && std::count_if(open_.begin(), open_.end(), same) > 1) return Doubt("formatting three times over");
  return Insert(tag);
}

bool TokenTree::StartInSelect(const Tag& tag) {
  const bool group = tag.kind == ElementKind::kGroup;
  if (!group && tag.kind != ElementKind::kOption) return Doubt("an element in a select");
  if (Top().kind == ElementKind::kOption) Pop();
  if (group && Top().kind == ElementKind::kGroup) Pop();
  return Insert(tag);
}

bool TokenTree::StartForeign(const Tag& tag) {
  const bool drawn = tag.kind == ElementKind::kUnknown || tag.kind == ElementKind::kSvg || tag.kind == ElementKind::kTitle;
  if (!drawn || Top().kind == ElementKind::kTitle) return Doubt("HTML in a drawing");
  if (!Insert(tag, true)) return false;
  if (tag.token.self_closing) Pop();
  return true;
}

void TokenTree::CloseImplied(std::string_view except) {
  while (IsImplied(Top().kind) && Top().name != except) Pop();
}

bool TokenTree::EndTop(std::string_view name) {
  if (!EqualsFolded(Top().name, name)) return Doubt("an end tag of another element");
  Pop();
  return true;
}

bool TokenTree::EndInBody(const Tag& tag) {
  if (Top().foreign) {  // there the parser takes a space for a part of the name
    if (tag.token.span.size() != tag.name.size() + 3) return Doubt("an odd end tag in a drawing");
    return EndTop(tag.name);
  }
  if (selects_ > 0) return EndInSelect(tag);
  switch (tag.kind) {
    case ElementKind::kCaption:
    case ElementKind::kColumns:
    case ElementKind::kSection:
    case ElementKind::kRow:
    case ElementKind::kCell:
    case ElementKind::kTable: return EndInTable(tag);
    case ElementKind::kForm: return EndForm();
    case ElementKind::kBlock:
    case ElementKind::kDivision:
    case ElementKind::kParagraph:
    case ElementKind::kHeading:
    case ElementKind::kPre:
    case ElementKind::kListItem:
    case ElementKind::kDefinition:
    case ElementKind::kButton: CloseImplied(tag.name); break;
    case ElementKind::kPlain:
    case ElementKind::kUnknown:
      while (Top().kind == ElementKind::kOption || Top().kind == ElementKind::kGroup) Pop();
      break;
    default: break;
  }
  return EndTop(tag.name);
}

bool TokenTree::EndInSelect(const Tag& tag) {
  if (tag.kind == ElementKind::kGroup && Top().kind == ElementKind::kOption && open_[open_.size() - 2].kind == ElementKind::kGroup) Pop();
  if (tag.kind == ElementKind::kSelect) {
    while (Top().kind == ElementKind::kOption || Top().kind == ElementKind::kGroup) Pop();
  }
  return EndTop(tag.name);
}

// The parser takes the form out of the open elements and does nothing else: it records no end tag, and the text in front of it goes on.
bool TokenTree::EndForm() {
  CloseImplied({});
  if (Top().kind != ElementKind::kForm) return Doubt("a form that ends inside an element");
  std::vector<Span> text;
  text.swap(pending_);
  Pop();
  stream_.pieces.back().span = {};
  pending_.swap(text);
  return true;
}

}  // namespace evenkeel
