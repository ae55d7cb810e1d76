#include "evenkeel/http_transport.h"
#include "http/header_name.h"

namespace evenkeel {

const std::string* HttpResponse::Find(std::string_view name) const {
  const std::string wanted = LowerHeaderName(name);
  for (const HttpHeader& header : headers) {
    if (LowerHeaderName(header.name) == wanted) return &header.value;
  }
  return nullptr;
}

}  // namespace evenkeel
