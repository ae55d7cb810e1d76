#include "contract/radicale.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "json/base64.h"

namespace evenkeel::contract {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

// One that nobody listens on now.
int FreePort() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  const bool is_bound = bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 && getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(listener);
  return is_bound ? ntohs(address.sin_port) : 0;
}

bool Answers(int port) {
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  const bool answers = connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(client);
  return answers;
}

constexpr char kProgram[] = "/usr/bin/radicale";

}  // namespace

bool Radicale::IsInstalled() {
  if (access(kProgram, X_OK) == 0) return true;
  std::fprintf(stderr, "radicale is not installed: no test of calendars on a server\n");
  return false;
}

Radicale::Radicale() {
  port_ = FreePort();
  scratch_.Write("users", "test:test\n");
  scratch_.Write("password", "test\n");
  scratch_.Write("config", "[server]\nhosts = 127.0.0.1:" + std::to_string(port_) + "\n[auth]\ntype = htpasswd\nhtpasswd_filename = " + scratch_ / "users" +
                               "\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = " + scratch_ / "collections" + "\n");
  const std::string config = scratch_ / "config", log = scratch_ / "log";
  process_ = fork();
  if (process_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int out = open(log.c_str(), O_WRONLY | O_CREAT, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    unsetenv("LD_PRELOAD");
    execl(kProgram, kProgram, "--config", config.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  for (int waited = 0; waited < 300 && !Answers(port_); ++waited) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(Answers(port_)) << scratch_.Read("log");
}

Radicale::~Radicale() {
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

HttpResponse Radicale::Ask(const std::string& method, const std::string& path, const std::string& body, std::vector<HttpHeader> headers) {
  HttpRequest request;
  request.method = method;
  request.scheme = "http";
  request.authority = "127.0.0.1:" + std::to_string(port_);
  request.path = path;
  request.headers = std::move(headers);
  request.headers.push_back({"Authorization", "Basic " + EncodeBase64("test:test")});
  request.body = body;
  request.direct = true;
  const auto response = transport_->Send(request);
  EXPECT_TRUE(response.ok()) << response.status().ToString();
  return response.ok() ? *response : HttpResponse{};
}

void Radicale::MakeCalendar(const std::string& name, const std::string& shown) {
  const std::string body = "<?xml version=\"1.0\"?><C:mkcalendar xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:set><D:prop><D:displayname>" + shown +
                           "</D:displayname></D:prop></D:set></C:mkcalendar>";
  EXPECT_EQ(Ask("MKCALENDAR", "/test/" + name + "/", body).status, 201);
}

}  // namespace evenkeel::contract
