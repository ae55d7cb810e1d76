#include "http/redirect.h"

#include "http/address.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

std::string HostOf(const HttpRequest& request) {
  std::string host = FoldCase(request.authority);
  const std::string_view port = request.scheme == "https" ? ":443" : ":80";
  if (host.ends_with(port)) host.resize(host.size() - port.size());
  return host;
}

}  // namespace

bool IsRedirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

std::optional<HttpRequest> RequestOnward(const HttpRequest& from, const std::string& location) {
  std::string target = location.substr(0, location.find('#'));
  const std::string here = from.scheme + "://" + from.authority;
  if (target.starts_with("//")) target = from.scheme + ":" + target;
  else if (target.starts_with('/')) target = here + target;
  else if (target.starts_with('?')) target = here + from.path + target;
  else if (target.find("://") == std::string::npos) target = here + from.path.substr(0, from.path.rfind('/') + 1) + target;
  auto there = RequestTo(target);
  if (!there) return std::nullopt;
  HttpRequest next = from;
  next.scheme = there->scheme;
  next.authority = there->authority;
  next.path = there->path;
  next.query = there->query;
  return next;
}

bool IsSameHost(const HttpRequest& one, const HttpRequest& other) { return one.scheme == other.scheme && HostOf(one) == HostOf(other); }

}  // namespace evenkeel
