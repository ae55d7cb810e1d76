#include "aws/run_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <optional>
#include <thread>

extern char** environ;

namespace evenkeel::aws {
namespace {

// The reading end of a pipe whose other end is a child's output.
class Child {
 public:
  static StatusOr<Child> Start(const std::string& command) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return Status(Code::kUnavailable, "no pipe could be made");
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // so that all it starts can be killed with it
    std::string shell = "sh", option = "-c", line = command;
    std::array<char*, 4> arguments = {shell.data(), option.data(), line.data(), nullptr};
    pid_t pid = -1;
    const int failed = posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(ends[1]);
    if (failed != 0) {
      close(ends[0]);
      return Status(Code::kUnavailable, "no process could be started");
    }
    return Child(pid, ends[0]);
  }
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)), output_(std::exchange(other.output_, -1)) {}
  Child& operator=(Child&&) = delete;
  ~Child() {
    if (output_ >= 0) close(output_);
    if (pid_ > 0) {
      kill(-pid_, SIGKILL);
      Wait(0);
    }
  }

  int output() const { return output_; }
  // Its exit code, -1 when a signal ended it or nobody knows; nullopt: it still runs at the deadline.
  std::optional<int> WaitUntil(std::chrono::steady_clock::time_point deadline) {
    for (;;) {
      if (const auto code = Wait(WNOHANG)) return code;
      if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

 private:
  Child(pid_t pid, int output) : pid_(pid), output_(output) {}

  std::optional<int> Wait(int options) {
    int state = 0;
    pid_t waited = -1;
    while ((waited = waitpid(pid_, &state, options)) < 0 && errno == EINTR) {
    }
    if (waited == 0) return std::nullopt;
    pid_ = -1;
    return waited > 0 && WIFEXITED(state) ? WEXITSTATUS(state) : -1;
  }

  pid_t pid_;
  int output_;
};

}  // namespace

StatusOr<std::string> RunProcess(const std::string& command, std::chrono::milliseconds timeout, std::size_t output_bytes) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const Status late(Code::kUnavailable, "it takes longer than " + std::to_string(timeout.count()) + " ms");
  EVENKEEL_ASSIGN_OR_RETURN(Child child, Child::Start(command));
  std::string output;
  std::array<char, 4096> bytes{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd readable = {child.output(), POLLIN, 0};
    const int ready = left.count() > 0 ? poll(&readable, 1, static_cast<int>(left.count())) : 0;
    if (ready == 0) return late;
    const ssize_t got = ready < 0 ? -1 : read(child.output(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Status(Code::kUnavailable, "its output could not be read");
    if (got == 0) break;
    output.append(bytes.data(), static_cast<std::size_t>(got));
    if (output.size() > output_bytes) return Status(Code::kInvalidArgument, "it says more than " + std::to_string(output_bytes) + " bytes");
  }
  const auto exit_code = child.WaitUntil(deadline);
  if (!exit_code) return late;
  if (*exit_code != 0) return Status(Code::kInvalidArgument, "it fails with exit code " + std::to_string(*exit_code) + "; run it by hand to see why");
  return output;
}

}  // namespace evenkeel::aws
