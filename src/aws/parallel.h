// ForEachAtOnce: the same work for many things, several at a time.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace evenkeel::aws {

// Calls work(0) … work(count-1), at most `threads_max` at once, and returns when all are done. Where the system gives fewer threads, with
// fewer. `work` throws nothing.
template <typename Work>
void ForEachAtOnce(std::size_t count, std::size_t threads_max, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> threads;
  try {
    while (threads.size() + 1 < std::min(count, threads_max)) threads.emplace_back(run);
  } catch (const std::system_error&) {  // no more threads
  }
  run();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace evenkeel::aws
