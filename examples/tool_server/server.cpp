#include "server.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evenkeel/documents.h"
#include "evenkeel/exit_code.h"
#include "stop.h"

namespace evenkeel::tool_server {
namespace {

// The newest first: it is offered to a client that asks for one that is not here.
constexpr std::array<const char*, 4> kVersions = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};
constexpr int kParseError = -32700, kInvalidRequest = -32600, kMethodNotFound = -32601, kInvalidParams = -32602;
constexpr std::size_t kWaitingMax = 64;  // messages taken in while a tool works

const char* const kInstructions =
    "Evenkeel keeps the systems that hold pieces of one booking in agreement. Before you create a page: find, with reserve. Before you change one: lease, "
    "then guard with what you are about to deploy; do what it says instead where it refuses. To repair what disagrees: plan, show the plan to a person, then "
    "apply its hash with the ids of the actions which that person has approved. Leave a handoff for the next writer.";

Json Result(const Json& id, Json result) { return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}; }

Json Error(const Json& id, int code, const std::string& message) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", message}}}};
}

bool IsId(const Json& id) { return id.is_string() || id.is_number_integer(); }

// What is wrong with a message that is to be a request or a notification; "" where nothing is.
std::string FaultOf(const Json& message) {
  if (!message.is_object() || message.value("jsonrpc", Json()) != "2.0") return "not a JSON-RPC 2.0 message";
  if (!message.contains("method") || !message.at("method").is_string()) return "a message has a method, which is a text";
  if (message.contains("id") && !IsId(message.at("id"))) return "an id is a text or a whole number";
  if (message.contains("params") && !message.at("params").is_object()) return "params are an object";
  return "";
}

// How the caller goes on after an error, by what its code says.
const char* NextOf(Code code) {
  switch (code) {
    case Code::kOk: return "";
    case Code::kInvalidArgument: return "correct the arguments and call again";
    case Code::kNotFound: return "check the name";
    case Code::kAlreadyExists: return "look at what is there already";
    case Code::kPreconditionFailed: return "somebody else is at work: look again, do not go around it";
    case Code::kUnavailable: return "nothing was done; call again later";
    case Code::kUnknownOutcome: return "look whether it was done before you repeat it";
    case Code::kLimitExceeded: return "pass a smaller input";
    case Code::kPermissionDenied: return "ask a person who has the rights";
    case Code::kUnimplemented: return "this store cannot do that; ask a person";
    case Code::kInternal: return "report this as a bug of Evenkeel";
  }
  return "";
}

Json TextBlock(const std::string& text) { return {{"type", "text"}, {"text", text}}; }

Json ToolError(const Status& status) {
  const std::string next = NextOf(status.code());
  const Json document = ErrorDocument(std::string(CodeName(status.code())), status.message(), status.resource(), next, exit_code::kError);
  return {{"isError", true},
          {"content", Json::array({TextBlock(status.ToString() + "; next: " + next)})},
          {"structuredContent", document}};
}

Json ToolResult(const Answer& answer) {
  return {{"isError", false},
          {"content", Json::array({TextBlock(answer.words), TextBlock(DumpJson(answer.document))})},
          {"structuredContent", answer.document}};
}

const Tool* ToolOf(const std::string& name) {
  for (const Tool& tool : Tools()) {
    if (name == tool.name) return &tool;
  }
  return nullptr;
}

}  // namespace

void Server::Serve() {
  while (!StopAsked() && !outbox_.Lost()) {
    if (waiting_.empty()) {
      const std::optional<Line> line = inbox_.Next(true);
      if (line) Receive(*line);
      if (!line && inbox_.Ended()) return;
      continue;
    }
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    const std::optional<Json> answer = next.complaint ? next.complaint : Respond(next.message);
    if (answer) outbox_.Send(*answer);
  }
}

void Server::Receive(const Line& line) {
  if (line.too_long) return waiting_.push_back({{}, Error(nullptr, kParseError, "the line is longer than what is read; send less at once")});
  if (line.text.find_first_not_of(" \t\r") == std::string::npos) return;
  StatusOr<Json> message = ParseJson(line.text, "the message");
  if (!message.ok()) return waiting_.push_back({{}, Error(nullptr, kParseError, message.status().message())});
  const Json method = message->is_object() ? message->value("method", Json()) : Json();
  if (method == "notifications/cancelled") return Cancel(message->value("params", Json()));
  if (method == "ping" && FaultOf(*message).empty() && message->contains("id")) return outbox_.Send(Result(message->at("id"), Json::object()));
  waiting_.push_back({*std::move(message), std::nullopt});
}

void Server::Cancel(const Json& params) {
  const Json id = params.is_object() ? params.value("requestId", Json()) : Json();
  if (!IsId(id)) return;
  cancelled_ = cancelled_ || current_ == id;
  std::erase_if(waiting_, [&](const Waiting& one) { return one.message.is_object() && one.message.value("id", Json()) == id; });
}

bool Server::KeepGoing() {
  while (waiting_.size() < kWaitingMax) {
    const std::optional<Line> line = inbox_.Next(false);
    if (!line) break;
    Receive(*line);
  }
  return !cancelled_ && !StopAsked();
}

std::optional<Json> Server::Respond(const Json& message) {
  if (!message.is_array()) return RespondToOne(message);
  if (message.empty()) return Error(nullptr, kInvalidRequest, "an empty batch");
  Json answers = Json::array();
  for (const Json& one : message) {
    if (std::optional<Json> answer = RespondToOne(one)) answers.push_back(*std::move(answer));
  }
  return answers.empty() ? std::nullopt : std::optional<Json>(std::move(answers));
}

std::optional<Json> Server::RespondToOne(const Json& message) {
  const bool is_answer = message.is_object() && !message.contains("method") && (message.contains("result") || message.contains("error"));
  if (is_answer) return std::nullopt;  // nothing was asked of the client
  if (const std::string fault = FaultOf(message); !fault.empty()) {
    const bool has_id = message.is_object() && message.contains("id") && IsId(message.at("id"));
    return Error(has_id ? message.at("id") : Json(), kInvalidRequest, fault);
  }
  if (!message.contains("id")) return std::nullopt;  // a notification, known or not
  current_ = message.at("id");
  cancelled_ = false;
  Json answer = Dispatch(message.at("method").get<std::string>(), message.value("params", Json::object()), *current_);
  current_.reset();
  return cancelled_ ? std::nullopt : std::optional<Json>(std::move(answer));
}

Json Server::Dispatch(const std::string& method, const Json& params, const Json& id) {
  if (method == "ping") return Result(id, Json::object());
  if (method == "initialize") return Initialize(params, id);
  const bool known = method == "tools/list" || method == "tools/call";
  if (!known) return Error(id, kMethodNotFound, "no method " + method + " here; there are initialize, ping, tools/list and tools/call");
  if (!initialized_) return Error(id, kInvalidRequest, "initialize comes first");
  return method == "tools/list" ? ListTools(params, id) : CallTool(params, id);
}

Json Server::Initialize(const Json& params, const Json& id) {
  if (initialized_) return Error(id, kInvalidRequest, "initialized already");
  const Json asked = params.value("protocolVersion", Json());
  if (!asked.is_string()) return Error(id, kInvalidParams, "protocolVersion is missing");
  initialized_ = true;
  const bool known = std::find(kVersions.begin(), kVersions.end(), asked.get<std::string>()) != kVersions.end();
  return Result(id, {{"protocolVersion", known ? asked : Json(kVersions.front())},
                     {"capabilities", {{"tools", Json::object()}}},
                     {"serverInfo", {{"name", "evenkeel"}, {"title", "Evenkeel"}, {"version", EVENKEEL_VERSION}}},
                     {"instructions", kInstructions}});
}

Json Server::ListTools(const Json& params, const Json& id) const {
  if (params.contains("cursor")) return Error(id, kInvalidParams, "no such cursor: the list of tools has one page");
  Json tools = Json::array();
  for (const Tool& tool : Tools()) {
    tools.push_back({{"name", tool.name},
                     {"title", tool.title},
                     {"description", tool.description},
                     {"inputSchema", SchemaOf(tool.parameters)},
                     {"annotations", {{"readOnlyHint", tool.reads_only}, {"destructiveHint", tool.destructive}, {"openWorldHint", false}}}});
  }
  return Result(id, {{"tools", std::move(tools)}});
}

Json Server::CallTool(const Json& params, const Json& id) {
  const Json name = params.value("name", Json());
  const Tool* tool = name.is_string() ? ToolOf(name.get<std::string>()) : nullptr;
  if (tool == nullptr) return Error(id, kInvalidParams, "no such tool: " + (name.is_string() ? name.get<std::string>() : "its name is missing"));
  const Json arguments = params.value("arguments", Json::object());
  if (!arguments.is_object()) return Error(id, kInvalidParams, "arguments are an object");
  if (const Status fits = CheckArguments(arguments, tool->parameters); !fits.ok()) return Result(id, ToolError(fits));
  steps_ = 0;
  const Json meta = params.value("_meta", Json());
  const Json token = meta.is_object() ? meta.value("progressToken", Json()) : Json();
  const Call call{arguments, [this] { return KeepGoing(); }, [&](const std::string& words) { Progress(token, words); }};
  const StatusOr<Answer> answer = tool->run(session_, call);
  return Result(id, answer.ok() ? ToolResult(*answer) : ToolError(answer.status()));
}

void Server::Progress(const Json& token, const std::string& words) {
  if (!IsId(token)) return;
  outbox_.Send({{"jsonrpc", "2.0"}, {"method", "notifications/progress"}, {"params", {{"progressToken", token}, {"progress", ++steps_}, {"message", words}}}});
}

}  // namespace evenkeel::tool_server
