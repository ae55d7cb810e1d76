// The insertion modes of tables: "in table", "in table body", "in row", "in cell", "in caption", "in column group".
#include "read/token_tree.h"

namespace evenkeel {

// Whether the innermost element is one of a table that holds no text.
bool TokenTree::IsTableContext() const {
  const ElementKind kind = Top().kind;
  return kind == ElementKind::kTable || kind == ElementKind::kSection || kind == ElementKind::kRow || kind == ElementKind::kColumns;
}

// A part of a table begins inside a cell or a caption, which it ends.
bool TokenTree::StartTablePart(const Tag& tag) {
  if (tables_ == 0) return Doubt("a part of a table outside a table");
  CloseImplied({});
  if (Top().kind != ElementKind::kCell && Top().kind != ElementKind::kCaption) return Doubt("a cell in an element of another");
  Pop();
  return StartInTable(tag);
}

bool TokenTree::StartInTable(const Tag& tag) {
  while (true) {
    const ElementKind top = Top().kind;
    const bool part = tag.kind == ElementKind::kCaption || tag.kind == ElementKind::kColumns || tag.kind == ElementKind::kColumn || tag.kind == ElementKind::kSection;
    const bool row = tag.kind == ElementKind::kRow;
    if (top == ElementKind::kTable) return StartUnderTable(tag);
    if (top == ElementKind::kColumns && tag.kind == ElementKind::kColumn) return InsertVoid(tag);
    if (tag.kind == ElementKind::kRaw && top != ElementKind::kColumns) return TextElement(tag);
    if (!part && !row && tag.kind != ElementKind::kCell) return Doubt("an element between the cells of a table");
    if (top == ElementKind::kRow && tag.kind == ElementKind::kCell) return Insert(tag);
    if (top == ElementKind::kSection && row) return Insert(tag);
    if (top == ElementKind::kSection && tag.kind == ElementKind::kCell) {
      Push(ElementKind::kRow, "tr", nullptr);
      continue;
    }
    Pop();  // a row before the next, a section or a column group before what is none of its own
  }
}

bool TokenTree::StartUnderTable(const Tag& tag) {
  switch (tag.kind) {
    case ElementKind::kCaption:
    case ElementKind::kColumns:
    case ElementKind::kSection: return Insert(tag);
    case ElementKind::kRaw: return TextElement(tag);
    case ElementKind::kColumn: Push(ElementKind::kColumns, "colgroup", nullptr); return StartInTable(tag);
    case ElementKind::kRow:
    case ElementKind::kCell: Push(ElementKind::kSection, "tbody", nullptr); return StartInTable(tag);
    default: return Doubt("an element between the cells of a table");
  }
}

// Ends what is open inside: cell, row, section.
bool TokenTree::EndInTable(const Tag& tag) {
  CloseImplied({});
  const auto end = [&](ElementKind kind) {
    if (Top().kind == kind && tag.kind != kind) Pop();
  };
  if (tag.kind == ElementKind::kRow || tag.kind == ElementKind::kSection || tag.kind == ElementKind::kTable) end(ElementKind::kCell);
  if (tag.kind == ElementKind::kSection || tag.kind == ElementKind::kTable) end(ElementKind::kRow);
  if (tag.kind == ElementKind::kTable) {
    end(ElementKind::kSection);
    end(ElementKind::kCaption);
    end(ElementKind::kColumns);
  }
  return EndTop(tag.name);
}

}  // namespace evenkeel
