// Text that a page spells in base64 (RFC 4648): decoded, and edited back with the fewest symbols changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "read/edit_map.h"
#include "read/glyphs.h"

namespace evenkeel {

class Base64Block {
 public:
  // Decodes the symbols of `url` from glyph `first` on: both alphabets, line breaks and percent signs between them passed
  // over, as far as the first padding.
  Base64Block(const GlyphText& url, std::size_t first);

  const std::string& text() const { return text_; }
  // The page's bytes whose symbols spell `decoded`.
  Span OnPage(Span decoded) const;
  Span OnPage() const { return symbols_.empty() ? Span{} : Span{symbols_.front().begin, symbols_.back().end}; }  // of all of it

 private:
  friend class Base64Rewrite;
  std::string SymbolFor(unsigned value) const;

  std::string text_;
  std::vector<unsigned char> values_;  // of each symbol
  std::vector<Span> symbols_;          // the page's bytes of each, padding included at the end
  std::size_t padding_ = 0;
  bool url_alphabet_ = false;          // - and _ for + and /
  bool percent_ = false;               // + / = are written %2B %2F %3D
};

// A block with edits of its text in place: same alphabet, same escapes, padding and line breaks where they were.
class Base64Rewrite {
 public:
  // Borrows `block` and `page`. `edits` are sorted, disjoint, and count in the block's text.
  Base64Rewrite(const Base64Block& block, std::string_view page, const std::vector<Edit>& edits);

  // The same edits on the page's bytes. Where the length stays, only the symbols that differ; else everything from the first
  // one that does.
  std::vector<Edit> PageEdits() const;
  // Where and how the page spells what was `decoded` before: the offset from the block's first symbol, and the bytes.
  struct Spelled {
    std::size_t offset = 0;
    std::string bytes;
  };
  Spelled Spell(Span decoded) const;

 private:
  void MakeSymbols(const std::string& text);
  std::string Joined(std::size_t first, std::size_t last) const;

  const Base64Block& block_;
  std::string_view page_;
  EditMap map_;
  bool keeps_length_ = false;
  std::vector<std::string> symbols_;  // each as the page will have it
  std::string all_;                   // with what stands between them
  std::vector<std::size_t> starts_;   // of each symbol in all_
};

}  // namespace evenkeel
