#include "inbox.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "stop.h"

namespace evenkeel::tool_server {

std::optional<Line> Inbox::Next(bool wait) {
  while (lines_.empty() && !closed_) {
    const Ready ready = IsReady(descriptor_, false, wait);
    if (ready == Ready::kNotYet) return std::nullopt;
    if (ready == Ready::kNever) {
      Close();
    } else {
      ReadSome();
    }
  }
  if (lines_.empty()) return std::nullopt;
  Line line = std::move(lines_.front());
  lines_.pop_front();
  return line;
}

void Inbox::ReadSome() {
  std::array<char, 65536> buffer{};
  const ssize_t got = read(descriptor_, buffer.data(), buffer.size());
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) return Close();
  std::string_view rest(buffer.data(), static_cast<std::size_t>(got));
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view piece = rest.substr(0, end);
    passing_ = passing_ || part_.size() + piece.size() > line_bytes_max_;
    if (passing_) {
      part_ = {};
    } else {
      part_ += piece;
    }
    if (end == std::string_view::npos) return;
    lines_.push_back({std::move(part_), passing_});
    part_ = {};
    passing_ = false;
    rest.remove_prefix(end + 1);
  }
}

void Inbox::Close() {
  closed_ = true;
  if (passing_ || !part_.empty()) lines_.push_back({std::move(part_), passing_});
}

}  // namespace evenkeel::tool_server
