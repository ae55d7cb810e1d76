#include "read/spell.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {
namespace {

enum class Charset { kUnsaid, kUtf8, kOther };

// The label behind "charset=" in a <meta> of the first bytes (WHATWG HTML, section 13.2.3.2: the first 1024, comments passed over). A byte order
// mark counts more; a meta that says UTF-16 means UTF-8.
Charset DeclaredCharset(std::string_view page) {
  if (page.substr(0, 3) == "\xEF\xBB\xBF") return Charset::kUtf8;
  constexpr std::size_t kPrescan = 1024;
  const std::string head = ToLower(page.substr(0, kPrescan));
  for (std::size_t at = head.find('<'); at != std::string::npos; at = head.find('<', at + 1)) {
    if (head.compare(at, 4, "<!--") == 0) {
      at = head.find("-->", at + 2);
      if (at == std::string::npos) break;
      continue;
    }
    if (head.compare(at, 5, "<meta") != 0) continue;
    const std::size_t end = std::min(head.find('>', at), head.size());
    std::size_t label = head.find("charset", at);
    if (label >= end) continue;
    label = head.find('=', label);
    if (label >= end) continue;
    label = head.find_first_not_of(" \t\r\n\f\"'", label + 1);
    if (label >= end) continue;
    const std::string name = head.substr(label, head.find_first_of(" \t\r\n\f\"';>/", label) - label);
    return name.substr(0, 4) == "utf-" || name == "utf8" || name == "unicode-1-1-utf-8" ? Charset::kUtf8 : Charset::kOther;
  }
  return Charset::kUnsaid;
}

bool TakesUtf8(std::string_view page) {
  if (ToUtf8Lossy(page) != page) return false;
  const Charset declared = DeclaredCharset(page);
  const bool shown = std::any_of(page.begin(), page.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return declared == Charset::kUtf8 || (declared == Charset::kUnsaid && shown);
}

}  // namespace

std::string SpellAsMarkup(std::string_view text, std::string_view page) {
  const bool utf8 = TakesUtf8(page);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    if (point.value == '&') {
      out += "&amp;";
    } else if (point.value == '<') {
      out += "&lt;";
    } else if (point.value == '>') {
      out += "&gt;";
    } else if (point.value >= 0x80 && !utf8) {
      out += "&#" + std::to_string(static_cast<unsigned long>(point.value)) + ";";
    } else {
      out.append(text.substr(at, point.next - at));
    }
    at = point.next;
  }
  return out;
}

}  // namespace evenkeel
