// A server on the loopback that answers by a script, over plain TCP or TLS: what no real server can be made to do.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace evenkeel::aws {

struct ScriptedReply {
  std::string bytes;                    // as they go over the wire: status line, headers, body
  std::chrono::milliseconds delay{0};   // before the first of them
  bool then_close = false;
};
// "HTTP/1.1 200 OK" with Content-Length and the body.
ScriptedReply Answer(int status, const std::string& body, const std::string& headers = {});

// A certificate for one name, signed by itself.
class ServerCertificate {
 public:
  // `name`: "localhost" or "wrong.example", as a DNS name; "127.0.0.1" as an address.
  explicit ServerCertificate(const std::string& name);
  SSL_CTX* context() const { return context_.get(); }
  std::string pem() const { return pem_; }

 private:
  struct Closer {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  std::unique_ptr<SSL_CTX, Closer> context_;
  std::string pem_;
};

class ScriptedServer {
 public:
  // `script` is asked for every whole request (its text up to the end of the body), from several threads. `certificate` is borrowed.
  using Script = std::function<ScriptedReply(const std::string& request)>;
  explicit ScriptedServer(Script script, const ServerCertificate* certificate = nullptr);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  int port() const { return port_; }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> requests() const;
  int connections() const { return connections_; }
  int busy_most() const { return busy_most_; }  // requests under way at once, at most

 private:
  void Accept();
  void Serve(int socket);

  Script script_;
  const ServerCertificate* certificate_;
  int listener_ = -1, port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::atomic<int> connections_{0}, busy_{0}, busy_most_{0};
  std::atomic<bool> stop_{false};
  std::thread acceptor_;
};

}  // namespace evenkeel::aws
