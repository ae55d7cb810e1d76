// Tags and their attributes: WHATWG HTML, sections 13.2.5.6 to 13.2.5.8 and 13.2.5.32 to 13.2.5.40.
#include <algorithm>
#include <array>

#include "read/bytes.h"
#include "read/tokenizer.h"

namespace evenkeel {
namespace {

constexpr std::uint8_t kSpace = 1;  // also NUL-free: the standard's four spaces, and CR, which is read as LF
constexpr std::uint8_t kEndsName = 2;       // of a tag
constexpr std::uint8_t kEndsAttribute = 4;  // its name
constexpr std::uint8_t kEndsValue = 8;      // without quotes
constexpr std::uint8_t kOddInName = 16;
constexpr std::uint8_t kOddInValue = 32;

constexpr std::array<std::uint8_t, 256> MakeClasses() {
  std::array<std::uint8_t, 256> classes{};
  const auto add = [&](std::string_view bytes, unsigned flags) {
    for (const char c : bytes) classes[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(classes[static_cast<unsigned char>(c)] | flags);
  };
  add(" \t\n\r\f", kSpace | kEndsName | kEndsAttribute | kEndsValue);
  add("/", kEndsName | kEndsAttribute);
  add(">", kEndsName | kEndsAttribute | kEndsValue);
  add("=", kEndsAttribute | kOddInValue);
  add("\"'<", kOddInName | kOddInValue);
  add("`", kOddInValue);
  return classes;
}
constexpr std::array<std::uint8_t, 256> kClasses = MakeClasses();

std::uint8_t ClassOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

// The first byte of a class, from `at` on.
std::size_t FindClass(std::string_view page, std::size_t at, unsigned flags) {
  while (at < page.size() && (ClassOf(page[at]) & flags) == 0) ++at;
  return at;
}

}  // namespace

std::size_t Tokenizer::SkipSpaces(std::size_t at) const {
  while (at < page_.size() && (ClassOf(page_[at]) & kSpace) != 0) ++at;
  return at;
}

const MarkupToken& Tokenizer::Tag(bool close) {
  const std::size_t name = at_ + (close ? 2 : 1);
  token_.name = {name, FindClass(page_, name, kEndsName)};
  const std::size_t end = Attributes(token_.name.end);
  if (end > page_.size()) {  // the page ends in it: it is dropped
    attributes_.clear();
    return Give(MarkupKind::kNothing, page_.size());
  }
  return Give(close ? MarkupKind::kEndTag : MarkupKind::kStartTag, end);
}

// One past the tag's ">"; more than the page has where it is missing.
std::size_t Tokenizer::Attributes(std::size_t at) {
  const std::size_t missing = page_.size() + 1;
  while (true) {
    at = SkipSpaces(at);
    if (at >= page_.size()) return missing;
    if (page_[at] == '>') return at + 1;
    if (page_[at] != '/') {
      at = Attribute(at);
      continue;
    }
    if (at + 1 >= page_.size()) return missing;
    if (page_[at + 1] == '>') {
      token_.self_closing = true;
      return at + 2;
    }
    token_.odd = true;
    ++at;
  }
}

std::size_t Tokenizer::Attribute(std::size_t at) {
  MarkupAttribute attribute;
  if (page_[at] == '=') token_.odd = true;  // it belongs to the name
  attribute.name = {at, FindClass(page_, at + 1, kEndsAttribute)};
  for (std::size_t i = at; i < attribute.name.end; ++i) token_.odd |= (ClassOf(page_[i]) & kOddInName) != 0;
  std::size_t after = SkipSpaces(attribute.name.end);
  if (after < page_.size() && page_[after] == '=') after = Value(SkipSpaces(after + 1), &attribute.value);
  attributes_.push_back(attribute);
  return after;
}

// One past the value that begins at `at`, and its quote.
std::size_t Tokenizer::Value(std::size_t at, Span* value) {
  if (at >= page_.size()) return at;
  if (page_[at] == '"' || page_[at] == '\'') {
    const std::size_t close = page_.find(page_[at], at + 1);
    if (close == std::string_view::npos) return page_.size();
    *value = {at + 1, close};
    if (close + 1 < page_.size() && (ClassOf(page_[close + 1]) & kEndsName) == 0) token_.odd = true;  // nothing between two attributes
    return close + 1;
  }
  if (page_[at] == '>') {
    token_.odd = true;
    return at;
  }
  *value = {at, FindClass(page_, at, kEndsValue)};
  for (std::size_t i = at; i < value->end; ++i) token_.odd |= (ClassOf(page_[i]) & kOddInValue) != 0;
  return value->end;
}

}  // namespace evenkeel
