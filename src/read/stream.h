// The seam: one flat stream of elements, text runs and raw blocks with byte offsets.
//
// A feed turns page bytes into a PageStream, and everything that understands pages reads the stream and the bytes, never the
// parser. There are two. gumbo_feed.cpp is the reference: a span in its stream has been checked against the bytes (a tag span
// begins with '<' and its name, a text span spells what the parser read; what could not be checked is counted in `unquoted`
// and left out). token_tree.h makes the same stream, piece by piece, many times as fast, of pages on which it is sure to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/limits.h"
#include "evenkeel/span.h"
#include "evenkeel/status.h"
#include "read/page_work.h"

namespace evenkeel {

struct StreamAttribute {
  std::string name;  // lower case
  Span name_span;
  Span value;        // raw bytes without quotes; empty span where there is no value
};

enum class PieceKind : std::uint8_t { kOpen, kClose, kText, kRaw, kComment };

struct StreamPiece {
  PieceKind kind = PieceKind::kText;
  bool clone = false;             // kOpen: made again by the parser from a tag that was already reported
  std::string name;               // kOpen, kClose, kRaw: element name, lower case
  Span span;                      // tag bytes (empty when implied), or content; a comment's without its delimiters
  std::size_t first_attribute = 0;
  std::size_t attribute_count = 0;
};

struct PageStream {
  std::string engine;
  std::vector<StreamPiece> pieces;  // in the order of the tree
  std::vector<StreamAttribute> attributes;
  PageWork work;             // to read a page with these tags and texts
  std::size_t unquoted = 0;  // text runs whose bytes could not be found
};

// What reads a page's markup.
enum class ReadEngine : std::uint8_t {
  kAuto,   // the tokens, where they leave no doubt; else gumbo
  kGumbo,  // the reference
};

// Feeds a page; PageStream::engine says how: "tokens", or "gumbo" where it was asked for or the tokens left a doubt. The same page
// gives the same pieces, or the same error, either way. kLimitExceeded names the limit; kUnavailable when keep_going says stop.
StatusOr<PageStream> FeedPage(std::string_view page, ReadEngine engine, const Limits& limits, const std::function<bool()>& keep_going);

// The parser's part of it, for a page whose markup has been counted.
StatusOr<PageStream> FeedFromGumbo(std::string_view page, const Limits& limits, const std::function<bool()>& keep_going);

}  // namespace evenkeel
