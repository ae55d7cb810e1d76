#include "outbox.h"

#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>

#include "stop.h"

namespace evenkeel::tool_server {

void Outbox::Send(const Json& message) {
  const std::string line = DumpJson(message) + "\n";
  std::string_view rest = line;
  while (!rest.empty() && !lost_) {
    const Ready ready = IsReady(descriptor_, true, true);
    lost_ = ready == Ready::kNever || (ready == Ready::kNotYet && StopAsked());
    if (ready != Ready::kYes) continue;
    // A pipe that can be written to takes PIPE_BUF bytes without waiting.
    const ssize_t put = write(descriptor_, rest.data(), std::min<std::size_t>(rest.size(), PIPE_BUF));
    if (put > 0) {
      rest.remove_prefix(static_cast<std::size_t>(put));
    } else if (errno != EINTR && errno != EAGAIN) {
      lost_ = true;
    }
  }
}

}  // namespace evenkeel::tool_server
