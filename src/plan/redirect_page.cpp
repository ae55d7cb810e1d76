#include "plan/redirect_page.h"

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

}  // namespace

std::string PublicUrl(const PageStoreConfig& pages, std::string_view slug, std::string_view key) {
  if (pages.public_forms.empty()) return "/" + std::string(key);
  std::string url = pages.public_forms.front();
  constexpr std::string_view kSlug = "{slug}";
  for (std::size_t at = url.find(kSlug); at != std::string::npos; at = url.find(kSlug, at + slug.size())) url.replace(at, kSlug.size(), slug);
  return url.find('{') == std::string::npos ? url : "/" + std::string(key);
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
