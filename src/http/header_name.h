// Names of HTTP headers (RFC 9110, section 5.1): ASCII, and their case says nothing.
#pragma once

#include <string>
#include <string_view>

namespace evenkeel {

inline std::string LowerHeaderName(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace evenkeel
