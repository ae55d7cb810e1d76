// Host: who asked for the look, on the thread that asked.
#pragma once

#include "evenkeel/snapshot.h"

namespace evenkeel {

class Host {
 public:
  explicit Host(const ObserveOptions& options) : options_(options) {}

  // Once it says so it is not asked again.
  bool WantsToStop() { return stopped_ = stopped_ || (options_.keep_going && !options_.keep_going()); }
  void Tell(const PageProgress& progress) const {
    if (options_.on_pages) options_.on_pages(progress);
  }

 private:
  const ObserveOptions& options_;
  bool stopped_ = false;
};

}  // namespace evenkeel
