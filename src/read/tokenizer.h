// Tokenizer: where the tags, texts and comments of a page stand, by the rules of the standard (WHATWG HTML, section 13.2.5).
//
// It gives byte ranges and nothing else: no byte is copied, decoded or changed, and no memory is taken for a token (the list of a tag's
// attributes is kept from tag to tag). Character references, line endings, NUL and bytes that are no UTF-8 move no boundary between
// tokens, so they stay in the ranges; DecodeEntity and GlyphText read them. A byte order mark belongs to no token.
//
// What follows a start tag depends on the tree (13.2.6), which the tokenizer does not know: its user says so with Enter and AllowCdata.
// Threads: an instance for each. No errors: every page has tokens.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "evenkeel/span.h"

namespace evenkeel {

enum class MarkupKind : std::uint8_t {
  kText,
  kStartTag,
  kEndTag,
  kComment,  // <!-- -->
  kBogus,    // a comment by mistake: <?xml ?>, <!x>, </ x>
  kDoctype,
  kCdata,
  kNothing,  // bytes without a token: "</>", or a tag that the page's end cuts off
  kEnd
};

// What the text behind a start tag is.
enum class TextState : std::uint8_t { kData, kRcdata, kRawText, kScript, kPlainText };

struct MarkupAttribute {
  Span name;
  Span value;  // without quotes; empty where there is none
};

struct MarkupToken {
  MarkupKind kind = MarkupKind::kEnd;
  Span span;                  // all of it, delimiters included
  Span name;                  // of a tag
  Span content;               // of a comment or CDATA section
  bool self_closing = false;  // ends with "/>"
  bool odd = false;           // a tag in which the standard sees an error: quotes or "<" in names, "=" without a name, …; a comment without an end
};

class Tokenizer {
 public:
  // Borrows `page`.
  explicit Tokenizer(std::string_view page);

  // The next token; kEnd again and again behind the last. The ranges of all tokens but kEnd cover the page without a gap.
  const MarkupToken& Next();
  // Of the tag that Next gave last, in the page's order. Doubled ones are there as well: the first counts (IsRepeated).
  std::span<const MarkupAttribute> attributes() const { return attributes_; }
  // Whether an earlier attribute of the tag has the name of this one.
  bool IsRepeated(std::size_t attribute) const;
  // After a start tag: what its content is. It ends at the tag's own end tag; kPlainText never ends.
  void Enter(TextState state);
  // Whether <![CDATA[ begins a section (in SVG and MathML) and not a bogus comment.
  void AllowCdata(bool allowed) { cdata_ = allowed; }

 private:
  const MarkupToken& Give(MarkupKind kind, std::size_t end);
  const MarkupToken& Text();
  const MarkupToken& RawText();
  const MarkupToken& Tag(bool close);
  const MarkupToken& Declaration();
  const MarkupToken& Comment();
  const MarkupToken& Bogus(std::size_t content);
  bool BeginsMarkup(std::size_t at) const;
  bool EndsRawText(std::size_t at) const;
  std::size_t FindRawEnd(std::size_t at) const;
  std::size_t FindScriptEnd(std::size_t at) const;
  std::size_t FindEscapedEnd(std::size_t at, bool* ended) const;
  bool IsName(std::size_t at, std::string_view lower) const;
  std::size_t Attributes(std::size_t at);
  std::size_t Attribute(std::size_t at);
  std::size_t Value(std::size_t at, Span* value);
  std::size_t SkipSpaces(std::size_t at) const;

  std::string_view page_;
  std::size_t at_ = 0;
  TextState state_ = TextState::kData;
  Span raw_name_;  // whose end tag ends the raw text
  bool cdata_ = false;
  MarkupToken token_;
  std::vector<MarkupAttribute> attributes_;
};

}  // namespace evenkeel
