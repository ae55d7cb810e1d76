// Server: JSON-RPC 2.0 and the Model Context Protocol over an inbox and an outbox, one request at a time. While a tool works, what
// comes meanwhile is looked through for cancellations and pings; a ping is answered at once, between two actions.
//
// Source: the specification's pages of 2024-11-05, 2025-03-26 (which has batches), 2025-06-18 and 2025-11-25: lifecycle, ping,
// cancellation, progress, tools.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "inbox.h"
#include "outbox.h"
#include "tools.h"

namespace evenkeel::tool_server {

class Server {
 public:
  Server(Session& session, Inbox& inbox, Outbox& outbox) : session_(session), inbox_(inbox), outbox_(outbox) {}

  // Until stdin is closed and everything asked is answered, stdout has lost its reader, or a signal asks for the end.
  void Serve();

 private:
  struct Waiting {
    Json message;
    std::optional<Json> complaint;  // the answer, where the line was no message
  };
  void Receive(const Line& line);
  void Cancel(const Json& params);
  bool KeepGoing();  // asked by a tool that works
  // nullopt: nothing to say to a notification, to an answer, or to a request that was cancelled.
  std::optional<Json> Respond(const Json& message);
  std::optional<Json> RespondToOne(const Json& message);
  Json Dispatch(const std::string& method, const Json& params, const Json& id);
  Json Initialize(const Json& params, const Json& id);
  Json ListTools(const Json& params, const Json& id) const;
  Json CallTool(const Json& params, const Json& id);
  void Progress(const Json& token, const std::string& words);

  Session& session_;
  Inbox& inbox_;
  Outbox& outbox_;
  std::deque<Waiting> waiting_;
  bool initialized_ = false;
  std::optional<Json> current_;  // the id of the request that is being worked on
  bool cancelled_ = false;
  int steps_ = 0;                // progress told of it
};

}  // namespace evenkeel::tool_server
