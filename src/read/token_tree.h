// TokenTree: a stream from the tokenizer and a stack of open elements, for pages on which that is provably what the parser makes of them.
//
// It follows tree construction (WHATWG HTML, section 13.2.6, as gumbo-parser does it) where elements end in the order in which they began:
// then no element is moved, opened again or left out, and what the parser would insert or end of itself is decided by the top of the stack.
// Implied html, head, body, tbody, tr and colgroup and implied ends of p, li, dd, dt, option, cells and rows are followed too. Everything
// else (misnesting, foster parenting, a second <body>, template, frameset, MathML, ruby, an odd tag, NUL, an unknown character reference,
// text or markup that a limit may forbid) is doubt: nothing of the tree is used, and the whole page goes to the parser.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "evenkeel/limits.h"
#include "read/element_kinds.h"
#include "read/stream.h"
#include "read/tokenizer.h"

namespace evenkeel {

class TokenTree {
 public:
  TokenTree(std::string_view page, const Limits& limits);

  // False: in doubt, or (doubt() is empty) stopped by the host.
  bool Build(const std::function<bool()>& keep_going);
  std::string_view doubt() const { return doubt_; }
  PageStream Take() { return std::move(stream_); }

 private:
  enum class Phase : std::uint8_t { kInitial, kBeforeHead, kInHead, kAfterHead, kInBody, kAfterBody, kAfterHtml };
  struct OpenElement {
    ElementKind kind = ElementKind::kPlain;
    bool foreign = false;
    std::string_view name;  // as written where it is unknown
  };
  // The tag that is looked at.
  struct Tag {
    const MarkupToken& token;
    std::string_view name;
    ElementKind kind;
  };

  bool Doubt(std::string_view why);
  bool IsTooMuch(std::size_t nodes, std::size_t attributes) const;
  bool Handle(const MarkupToken& token);
  std::optional<Tag> Look(const MarkupToken& token);
  bool Finish();

  // token_tree.cpp: the stream.
  void EmitOpen(std::string_view name, const MarkupToken* token);
  Span EndSpan(std::string_view name) const;
  void Push(ElementKind kind, std::string_view name, const MarkupToken* token, bool foreign = false);
  bool Insert(const Tag& tag, bool foreign = false);
  bool InsertVoid(const Tag& tag);
  void Pop();
  void Emit(const StreamPiece& piece);
  const OpenElement& Top() const { return open_.back(); }
  bool Comment(const MarkupToken& token);

  // token_tree_text.cpp
  bool Text(Span span);
  bool IsCertain(std::string_view text);
  void AddText(Span span);
  void Flush();
  bool HasLetters(Span run) const;
  bool TextElement(const Tag& tag);
  bool RawText(Span span, std::string_view name);

  // token_tree_head.cpp: what stands before the body.
  bool StartTag(const Tag& tag);
  bool StartInHead(const Tag& tag);
  bool EndTag(const Tag& tag);
  bool EndBody(const Tag& tag);
  void ImplyUpTo(Phase phase);

  // token_tree_body.cpp
  bool StartInBody(const Tag& tag);
  bool StartBlock(const Tag& tag);
  bool StartInline(const Tag& tag);
  bool StartInSelect(const Tag& tag);
  bool StartForeign(const Tag& tag);
  bool StartItem(const Tag& tag);
  bool StartFormatting(const Tag& tag);
  bool EndsParagraph();
  bool EndInBody(const Tag& tag);
  bool EndInSelect(const Tag& tag);
  bool EndForm();
  bool EndTop(std::string_view name);
  void CloseImplied(std::string_view except);

  // token_tree_table.cpp
  bool IsTableContext() const;
  bool StartTablePart(const Tag& tag);
  bool StartInTable(const Tag& tag);
  bool StartUnderTable(const Tag& tag);
  bool EndInTable(const Tag& tag);

  std::string_view page_;
  const Limits& limits_;
  Tokenizer tokenizer_;
  const MarkupToken* token_ = nullptr;  // null at the page's end
  Phase phase_ = Phase::kInitial;
  std::string_view doubt_;
  PageStream stream_;
  std::vector<OpenElement> open_;
  std::vector<Span> pending_;  // text that is not yet in the tree
  std::vector<StreamPiece> behind_body_, behind_html_;  // comments
  Span body_end_, html_end_;
  std::size_t nodes_ = 0;
  std::size_t paragraphs_ = 0, anchors_ = 0, formatting_ = 0, buttons_ = 0, forms_ = 0, tables_ = 0, selects_ = 0;  // open ones
  bool doctype_ = false;
  bool skip_line_end_ = false;  // of the text that comes next
};

}  // namespace evenkeel
