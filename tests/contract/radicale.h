// Radicale, a CalDAV server of Debian, on this machine alone, for as long as the object lives. Its one user is test with the password test.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "contract/scratch.h"
#include "evenkeel/http_transport.h"

namespace evenkeel::contract {

class Radicale {
 public:
  Radicale();
  ~Radicale();
  Radicale(const Radicale&) = delete;
  Radicale& operator=(const Radicale&) = delete;

  // Where it is not, tests have no server and say so.
  static bool IsInstalled();
  std::string Url(const std::string& path = "/") const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  // The path of a file that holds the password.
  std::string PasswordFile() const { return scratch_ / "password"; }

  // As a stranger does, without a condition. `headers` go with it.
  HttpResponse Ask(const std::string& method, const std::string& path, const std::string& body = "", std::vector<HttpHeader> headers = {});
  // A calendar of the user's: /test/NAME/.
  void MakeCalendar(const std::string& name, const std::string& shown);

 private:
  Scratch scratch_;
  int port_ = 0;
  pid_t process_ = -1;
  std::unique_ptr<HttpTransport> transport_ = MakeCurlTransport({});
};

}  // namespace evenkeel::contract
