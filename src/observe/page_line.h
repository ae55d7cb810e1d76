// PageLine: pages on their way from one thread that lists, through several that read, to one that takes them in the order of the listing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "evenkeel/snapshot.h"

namespace evenkeel {

// Safe to use from several threads. It holds `listed_max` pages that nobody has begun to read, and `ahead_max` that are being read or were
// read before one that stands in front of them: whoever would bring more waits. Those who wait go on when it is stopped.
class PageLine {
 public:
  PageLine(std::size_t listed_max, std::size_t ahead_max) : listed_max_(listed_max), ahead_max_(ahead_max) {}

  // Who lists. False: the line was stopped.
  bool Add(ObjectInfo info);
  void EndListing();

  struct Place {
    std::size_t number = 0;
    ObjectInfo info;
  };
  // Who reads: the next page; nullopt: there is none, and there will be none. Each place is given back once; nullopt: no such page any more.
  std::optional<Place> Begin();
  void End(std::size_t number, std::optional<Observed> page);

  // Who takes: what is ready, in order, and how far it is. Waits for it, at most `patience`.
  struct Part {
    std::vector<std::optional<Observed>> pages;
    std::size_t listed = 0;
    bool all_listed = false;
    bool is_last = false;
  };
  // Throws what a thread came to grief by (Fail).
  Part Take(std::chrono::milliseconds patience);

  // Anybody. No page is begun after it.
  void Stop();
  void Fail(std::exception_ptr grief);
  bool IsStopped();

 private:
  bool IsOver() const { return stopped_ || (all_listed_ && waiting_.empty()); }

  const std::size_t listed_max_, ahead_max_;
  std::mutex mutex_;
  std::condition_variable room_, work_, ready_;  // for who lists, who reads, who takes
  std::deque<ObjectInfo> waiting_;
  std::map<std::size_t, std::optional<Observed>> done_;  // by place
  std::size_t begun_ = 0, listed_ = 0, taken_ = 0;
  bool all_listed_ = false, stopped_ = false;
  std::exception_ptr grief_;
};

}  // namespace evenkeel
