// Reasons: several causes of one fault, told in one text that stays readable however many there are.
#pragma once

#include <string>
#include <string_view>

namespace evenkeel {

// Adds `why` behind "; ", each reason once. What would make the text longer than a person reads (2000 bytes) becomes "and more", once.
void AddReason(std::string& reasons, std::string_view why);

// A foreign text as a message shows it: no control bytes, and no more than its beginning (80 bytes, whole characters).
std::string ShowText(std::string_view text);

}  // namespace evenkeel
