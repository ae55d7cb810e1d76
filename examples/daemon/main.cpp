// audit_daemon FLEET [--every SECONDS] [--once] [--known FILE]
//
// Audits the fleet every so many seconds (300) and writes one JSON line to stdout for each thing that is new or gone; --once does it once, for
// cron, and gives the exit code of `evenkeel audit`. --known keeps what was told between two processes. SIGTERM and SIGINT end it cleanly.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <initializer_list>
#include <optional>
#include <string>

#include "evenkeel/exit_code.h"
#include "watch.h"

namespace {

struct Options {
  std::string fleet, known;
  long every_s = 300;
  bool once = false;
};

std::optional<Options> Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool has_value = i + 1 < argc;
    if (word == "--once") {
      options.once = true;
    } else if (word == "--known" && has_value) {
      options.known = argv[++i];
    } else if (word == "--every" && has_value) {
      char* end = nullptr;
      options.every_s = std::strtol(argv[++i], &end, 10);
      if (*end != '\0' || options.every_s < 1 || options.every_s > 24 * 60 * 60) return std::nullopt;
    } else if (word.starts_with("-") || !options.fleet.empty()) {
      return std::nullopt;
    } else {
      options.fleet = word;
    }
  }
  return options.fleet.empty() ? std::nullopt : std::optional<Options>(options);
}

// The signals that end it are held back and asked for: between two store calls of an audit, and while it waits.
class Signals {
 public:
  Signals() {
    sigemptyset(&ends_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&ends_, signal);
    sigprocmask(SIG_BLOCK, &ends_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  // Whether one came within this time. It is taken.
  bool Came(long seconds) {
    const timespec time{seconds, 0};
    came_ = came_ || sigtimedwait(&ends_, nullptr, &time) > 0;
    return came_;
  }

 private:
  sigset_t ends_;
  bool came_ = false;
};

int Fail(const evenkeel::Status& status) {
  std::fprintf(stderr, "audit_daemon: %s\n", status.ToString().c_str());
  return evenkeel::exit_code::kError;
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = Parse(argc, argv);
  if (!options) {
    std::fputs("usage: audit_daemon FLEET [--every SECONDS] [--once] [--known FILE]\n", stderr);
    return evenkeel::exit_code::kWrongUsage;
  }
  Signals signals;
  evenkeel::audit_daemon::Watch watch(options->fleet, options->known);
  if (const evenkeel::Status loaded = watch.Load(); !loaded.ok()) return Fail(loaded);
  while (true) {
    const evenkeel::StatusOr<int> found = watch.Look([&] { return !signals.Came(0); });
    if (signals.Came(0)) return evenkeel::exit_code::kDone;
    if (!found.ok()) return Fail(found.status());
    if (options->once) return *found;
    if (signals.Came(options->every_s)) return evenkeel::exit_code::kDone;
  }
}
