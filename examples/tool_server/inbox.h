// Inbox: the lines of stdin, each at most so long. A line that is longer is passed over to its end and reported.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>

namespace evenkeel::tool_server {

struct Line {
  std::string text;       // without its newline
  bool too_long = false;  // then `text` is empty
};

class Inbox {
 public:
  Inbox(int descriptor, std::size_t line_bytes_max) : descriptor_(descriptor), line_bytes_max_(line_bytes_max) {}

  // The next line; with `wait`, until there is one. nullopt: none yet, or none any more (Ended).
  std::optional<Line> Next(bool wait);
  // Nothing can come any more: stdin was closed and every line taken.
  bool Ended() const { return closed_ && lines_.empty(); }

 private:
  void ReadSome();
  void Close();

  int descriptor_;
  std::size_t line_bytes_max_;
  std::string part_;        // the line that has not ended yet
  bool passing_ = false;    // it is too long already
  std::deque<Line> lines_;
  bool closed_ = false;
};

}  // namespace evenkeel::tool_server
