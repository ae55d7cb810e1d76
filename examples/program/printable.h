// Text from pages and stores made safe and measurable for people: what is shown can neither move the cursor nor turn the line around.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace evenkeel::program {

// Control characters (C0, DEL, C1), bidirectional and invisible format characters, line separators and bytes that are not UTF-8
// become visible escapes: \n, \x1b, \u202e. Everything else stays.
std::string Printable(std::string_view text);

// Columns on a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji, else 1. `text` is UTF-8.
std::size_t DisplayWidth(std::string_view text);

// At most `columns` wide, with an ellipsis where something was cut. Never cuts inside a character.
std::string Shorten(std::string_view text, std::size_t columns);

// One word for a POSIX shell: quoted only where it must be.
std::string ShellWord(std::string_view text);

// "3 pages", "1 page". `plural` where it is not noun + "s".
std::string Count(std::size_t number, std::string_view noun, std::string_view plural = {});

}  // namespace evenkeel::program
