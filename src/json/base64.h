// Base64 (RFC 4648 section 4, with padding): bytes that are not UTF-8 inside a JSON document.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace evenkeel {

std::string EncodeBase64(std::string_view bytes);
// nullopt: not canonical base64 (wrong length, foreign character, stray bits).
std::optional<std::string> DecodeBase64(std::string_view text);

// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
bool IsUtf8(std::string_view bytes);

}  // namespace evenkeel
