// Rivals: the same work done at once by several threads or by several processes.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace evenkeel::contract {

// Runs work(0) … work(count-1) at once and returns their answers in order.
inline std::vector<int> RunThreads(int count, const std::function<int(int)>& work) {
  std::vector<int> answers(static_cast<std::size_t>(count));
  std::atomic<int> waiting{count};
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      for (--waiting; waiting > 0;) std::this_thread::yield();
      answers[static_cast<std::size_t>(i)] = work(i);
    });
  }
  for (std::thread& thread : threads) thread.join();
  return answers;
}

// The same in processes; answers must be 0..255. A process that dies gives -1.
inline std::vector<int> RunProcesses(int count, const std::function<int(int)>& work) {
  int gate[2];
  if (pipe(gate) != 0) return {};
  std::vector<pid_t> children;
  for (int i = 0; i < count; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      char byte;
      close(gate[1]);
      while (read(gate[0], &byte, 1) > 0) {
      }
      _exit(work(i));
    }
    children.push_back(child);
  }
  close(gate[0]);
  close(gate[1]);  // opens the gate: every child reads the end of the pipe
  std::vector<int> answers;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    answers.push_back(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
  return answers;
}

inline int Count(const std::vector<int>& answers, int wanted) {
  int count = 0;
  for (const int answer : answers) count += answer == wanted ? 1 : 0;
  return count;
}

}  // namespace evenkeel::contract
