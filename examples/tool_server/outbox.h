// Outbox: JSON messages as lines on stdout. Nothing else in the server writes there.
#pragma once

#include "evenkeel/json.h"

namespace evenkeel::tool_server {

class Outbox {
 public:
  explicit Outbox(int descriptor) : descriptor_(descriptor) {}

  // Waits for a slow reader; gives up when it has gone, or when the server is asked to stop meanwhile. After that nothing is written.
  void Send(const Json& message);
  bool Lost() const { return lost_; }

 private:
  int descriptor_;
  bool lost_ = false;
};

}  // namespace evenkeel::tool_server
