// Span: a half-open byte range in a page as stored. Bytes, never characters.
#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

namespace evenkeel {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(const Span& other) const { return begin < other.end && other.begin < end; }
  // The bytes it names. Requires end <= bytes.size().
  std::string_view In(std::string_view bytes) const { return bytes.substr(begin, end - begin); }

  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace evenkeel
