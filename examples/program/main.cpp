#include <csignal>

#include "program.h"

int main(int argc, char** argv) {
  // A reader of our output that goes away must not end `apply` between two steps: the write fails and is reported instead.
  std::signal(SIGPIPE, SIG_IGN);
  return evenkeel::program::RunProgram(std::vector<std::string>(argv + 1, argv + argc));
}
