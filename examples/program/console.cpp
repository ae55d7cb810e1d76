#include "console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace evenkeel::program {
namespace {

constexpr std::size_t kNarrowest = 60, kWidest = 160;

// https://no-color.org: any value that is not empty.
TextStyle StyleOf(int descriptor) {
  TextStyle style;
  if (isatty(descriptor) == 0) return style;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  style.colour = (no_colour == nullptr || *no_colour == '\0') && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = std::clamp<std::size_t>(size.ws_col, kNarrowest, kWidest);
  return style;
}

}  // namespace

Console::Console(bool json) : json_(json), out_style_(StyleOf(STDOUT_FILENO)), note_style_(StyleOf(STDERR_FILENO)) {}

void Console::Show(const Json& document, const Sheet& sheet) { ShowBytes(json_ ? DumpJsonPretty(document) : ToText(sheet, out_style_)); }

void Console::ShowBytes(std::string_view bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  if (json_ && !bytes.ends_with('\n')) std::fputc('\n', stdout);
}

void Console::Note(const Words& words) {
  Sheet sheet;
  sheet.Add(0, words);
  TextStyle style = note_style_;
  style.width = std::string::npos / 2;  // one note, one line
  std::fputs(ToText(sheet, style).c_str(), stderr);
}

Status Console::Finish() {
  const bool failed = std::ferror(stdout) != 0;
  if (std::fflush(stdout) == 0 && !failed) return OkStatus();
  return {Code::kUnavailable, std::string("not all of it could be written (") + std::strerror(errno) + "); make room and run it again", "stdout"};
}

}  // namespace evenkeel::program
