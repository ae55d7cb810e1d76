#include "plan/redirect_page.h"

#include "text/fold.h"

namespace evenkeel {
namespace {

// For text and for attributes in double quotes; "--" cannot end the marker comment.
std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default:
        if (static_cast<unsigned char>(c) >= ' ') escaped += c;
    }
  }
  return escaped;
}

std::string EscapeComment(std::string_view text) {
  std::string escaped;
  for (const char c : Escape(text)) escaped += c == '-' && !escaped.empty() && escaped.back() == '-' ? '_' : c;
  return escaped;
}

// A path's bytes as RFC 3986, section 3.3, lets them stand in a URL. '+' is escaped too: some servers take it for a space.
std::string EncodePath(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/:@!$&()*,;=";
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsAsciiLetter(c) || IsAsciiDigit(c) || kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace

std::string PublicUrl(const PageStoreConfig& pages, std::string_view slug, std::string_view key) {
  const std::string by_key = "/" + EncodePath(key), name = EncodePath(slug);
  if (pages.public_forms.empty()) return by_key;
  std::string url = pages.public_forms.front();
  constexpr std::string_view kSlug = "{slug}";
  for (std::size_t at = url.find(kSlug); at != std::string::npos; at = url.find(kSlug, at + name.size())) url.replace(at, kSlug.size(), name);
  return url.find('{') == std::string::npos ? url : by_key;
}

std::string RedirectPage(std::string_view booking, std::string_view url) {
  const std::string to = Escape(url);
  return "<!DOCTYPE html>\n<!-- evenkeel:redirect booking=" + EscapeComment(booking) +
         " -->\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>This page has moved</title>\n"
         "<link rel=\"canonical\" href=\"" + to + "\">\n<meta http-equiv=\"refresh\" content=\"0; url=" + to +
         "\">\n<meta name=\"robots\" content=\"noindex\">\n</head>\n<body>\n<p>This page has moved. <a href=\"" + to +
         "\">Go to your booking</a>.</p>\n</body>\n</html>\n";
}

}  // namespace evenkeel
