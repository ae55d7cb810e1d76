#include "http/address.h"

#include <algorithm>

namespace evenkeel {

std::optional<HttpRequest> RequestTo(std::string_view url) {
  HttpRequest request;
  const std::size_t colon = std::min(url.find("://"), url.size());
  request.scheme = url.substr(0, colon);
  if (request.scheme != "http" && request.scheme != "https") return std::nullopt;
  const std::string_view rest = url.substr(colon + 3);
  const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
  const std::size_t query = std::min(rest.find('?'), rest.size());
  request.authority = rest.substr(0, path);
  if (path < query) request.path = rest.substr(path, query - path);
  if (query < rest.size()) request.query = rest.substr(query + 1);
  if (request.authority.empty()) return std::nullopt;
  return request;
}

}  // namespace evenkeel
