// Percent-encoding (RFC 3986) as AWS wants it signed.
#pragma once

#include <string>
#include <string_view>

namespace evenkeel::aws {

// Every byte but letters, digits and - . _ ~ becomes %XX.
std::string EncodeUri(std::string_view bytes);
// The same, but slashes stay.
std::string EncodeUriPath(std::string_view path);
// %XX become bytes; a '%' that begins no such triple stays, and so does '+'.
std::string DecodeUri(std::string_view text);

}  // namespace evenkeel::aws
