// tool_server FLEET: serves one fleet over stdin and stdout until stdin is closed.
#include <cstdio>

#include <unistd.h>

#include "evenkeel/exit_code.h"
#include "server.h"
#include "stop.h"

int main(int argc, char** argv) {
  using namespace evenkeel::tool_server;
  if (argc != 2 || argv[1][0] == '-') {
    std::fputs("usage: tool_server FLEET    a server of the Model Context Protocol over stdin and stdout for this fleet file\n", stderr);
    return evenkeel::exit_code::kWrongUsage;
  }
  HandleSignals();
  Session session(argv[1]);
  if (const auto fleet = session.Open(); !fleet.ok()) {
    std::fprintf(stderr, "tool_server: %s\n", fleet.status().ToString().c_str());
    return evenkeel::exit_code::kError;
  }
  Inbox inbox(STDIN_FILENO, evenkeel::Limits().json_bytes);
  Outbox outbox(STDOUT_FILENO);
  Server(session, inbox, outbox).Serve();
  return evenkeel::exit_code::kDone;
}
