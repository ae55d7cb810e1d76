#include "stop.h"

#include <poll.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>

namespace evenkeel::tool_server {
namespace {

constexpr std::array<int, 3> kSignals = {SIGTERM, SIGINT, SIGHUP};

// A signal handler can reach nothing else.
volatile std::sig_atomic_t stop_asked = 0;
extern "C" void AskToStop(int) { stop_asked = 1; }

}  // namespace

void HandleSignals() {
  struct sigaction action {};
  action.sa_handler = AskToStop;  // without SA_RESTART: waiting ends
  for (const int signal : kSignals) sigaction(signal, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool StopAsked() { return stop_asked != 0; }

Ready IsReady(int descriptor, bool to_write, bool wait) {
  // The signals are held back between the look at the flag and the wait, so that none is missed.
  sigset_t held, before;
  sigemptyset(&held);
  for (const int signal : kSignals) sigaddset(&held, signal);
  sigprocmask(SIG_BLOCK, &held, &before);
  pollfd one{descriptor, static_cast<short>(to_write ? POLLOUT : POLLIN), 0};
  const timespec none{0, 0};
  const int found = ppoll(&one, 1, wait && !StopAsked() ? nullptr : &none, &before);
  const int why = errno;
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (found == 0 || (found < 0 && why == EINTR)) return Ready::kNotYet;
  if (found < 0 || (one.revents & POLLNVAL) != 0 || (to_write && (one.revents & POLLERR) != 0)) return Ready::kNever;
  return Ready::kYes;
}

}  // namespace evenkeel::tool_server
