#include "read/base64_block.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int ValueOf(char c) {
  if (c == '-') return 62;
  if (c == '_') return 63;
  const std::size_t at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// Symbols [first, last) spell bytes [begin, end): six bits a symbol, eight a byte.
std::size_t FirstSymbol(std::size_t byte) { return byte * 8 / 6; }
std::size_t LastSymbol(std::size_t byte) { return (byte * 8 + 5) / 6; }

std::vector<unsigned char> ValuesOf(std::string_view text) {
  std::vector<unsigned char> values(LastSymbol(text.size()), 0);
  for (std::size_t i = 0; i < text.size() * 8; ++i) {
    const unsigned bit = static_cast<unsigned char>(text[i / 8]) >> (7 - i % 8) & 1u;
    values[i / 6] = static_cast<unsigned char>(values[i / 6] | bit << (5 - i % 6));
  }
  return values;
}

}  // namespace

Base64Block::Base64Block(const GlyphText& url, std::size_t first) {
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (std::size_t i = first; i < url.size(); ++i) {
    char c = url.ascii[i];
    const std::size_t glyph = i;
    if (c == '%' && i + 2 < url.size() && HexValue(url.ascii[i + 1]) >= 0 && HexValue(url.ascii[i + 2]) >= 0) {
      c = static_cast<char>(HexValue(url.ascii[i + 1]) * 16 + HexValue(url.ascii[i + 2]));
      i += 2;
      percent_ = percent_ || c == '+' || c == '/' || c == '=';
    }
    const int value = ValueOf(c);
    if (c == '=') ++padding_;
    if (padding_ != 0 ? c != '=' : value < 0) continue;
    symbols_.push_back(url.Raw(glyph, i + 1));
    if (c == '=') continue;
    url_alphabet_ = url_alphabet_ || c == '-' || c == '_';
    values_.push_back(static_cast<unsigned char>(value));
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text_.push_back(static_cast<char>(bits >> count & 0xFF));
  }
}

Span Base64Block::OnPage(Span decoded) const {
  if (decoded.empty() || decoded.end > text_.size()) return {};
  return {symbols_[FirstSymbol(decoded.begin)].begin, symbols_[LastSymbol(decoded.end) - 1].end};
}

std::string Base64Block::SymbolFor(unsigned value) const {
  char c = value < 64 ? kAlphabet[value] : '=';
  if (url_alphabet_ && value == 62) c = '-';
  if (url_alphabet_ && value == 63) c = '_';
  if (!percent_ || IsAlnum(c) || c == '-' || c == '_') return std::string(1, c);
  return c == '+' ? "%2B" : c == '/' ? "%2F" : "%3D";
}

Base64Rewrite::Base64Rewrite(const Base64Block& block, std::string_view page, const std::vector<Edit>& edits) : block_(block), page_(page), map_(edits) {
  const StatusOr<std::string> after = ApplyEdits(block.text_, edits);
  const std::string& text = after.ok() ? *after : block.text_;
  keeps_length_ = text.size() == block.text_.size();
  MakeSymbols(text);
  for (std::size_t i = 0; i < symbols_.size(); ++i) {
    if (i > 0 && i < block.symbols_.size()) all_ += page.substr(block.symbols_[i - 1].end, block.symbols_[i].begin - block.symbols_[i - 1].end);
    starts_.push_back(all_.size());
    all_ += symbols_[i];
  }
}

// A symbol that still says the same stays as it is written.
void Base64Rewrite::MakeSymbols(const std::string& text) {
  std::vector<unsigned char> values = ValuesOf(text);
  const std::vector<unsigned char>& old = block_.values_;
  constexpr unsigned char kPadding = 64;
  if (keeps_length_ && values.size() == old.size() && !values.empty()) {  // the spare bits of a last symbol are the page's own
    const auto spare = static_cast<unsigned>(values.size() * 6 - text.size() * 8);
    values.back() = static_cast<unsigned char>(values.back() | (old.back() & ((1u << spare) - 1)));
  }
  const bool pads = block_.padding_ != 0 || old.size() % 4 == 0;
  for (std::size_t i = 0; keeps_length_ ? i < block_.padding_ : pads && values.size() % 4 != 0; ++i) values.push_back(kPadding);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const unsigned was = i >= block_.symbols_.size() ? 255u : i < old.size() ? old[i] : kPadding;
    symbols_.push_back(values[i] == was ? std::string(block_.symbols_[i].In(page_)) : block_.SymbolFor(values[i]));
  }
}

// Symbols [first, last) with what stands between them.
std::string Base64Rewrite::Joined(std::size_t first, std::size_t last) const {
  if (first >= last) return {};
  return all_.substr(starts_[first], starts_[last - 1] + symbols_[last - 1].size() - starts_[first]);
}

std::vector<Edit> Base64Rewrite::PageEdits() const {
  const std::vector<Span>& old = block_.symbols_;
  const std::size_t common = std::min(symbols_.size(), old.size());
  const auto differs = [&](std::size_t i) { return symbols_[i] != old[i].In(page_); };
  std::vector<Edit> out;
  if (keeps_length_) {
    for (std::size_t i = 0; i < common; ++i) {
      if (!differs(i)) continue;
      std::size_t last = i + 1;
      while (last < common && differs(last) && old[last].begin == old[last - 1].end) ++last;
      out.push_back({{old[i].begin, old[last - 1].end}, Joined(i, last)});
      i = last - 1;
    }
    return out;
  }
  std::size_t first = 0;
  while (first < common && !differs(first)) ++first;
  if (first == old.size() && first == symbols_.size()) return out;
  const std::size_t at = first < old.size() ? old[first].begin : old.back().end;
  out.push_back({{at, old.back().end}, Joined(first, symbols_.size())});
  return out;
}

Base64Rewrite::Spelled Base64Rewrite::Spell(Span decoded) const {
  const Span now = map_.Forward(decoded);
  const std::size_t first = FirstSymbol(now.begin);
  const std::size_t last = std::min(LastSymbol(now.end), symbols_.size());
  if (first >= last) return {};
  return {starts_[first], Joined(first, last)};
}

}  // namespace evenkeel
