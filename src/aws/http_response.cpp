#include "aws/header_name.h"
#include "evenkeel/aws/http_transport.h"

namespace evenkeel::aws {

const std::string* HttpResponse::Find(std::string_view name) const {
  const std::string wanted = LowerHeaderName(name);
  for (const HttpHeader& header : headers) {
    if (LowerHeaderName(header.name) == wanted) return &header.value;
  }
  return nullptr;
}

}  // namespace evenkeel::aws
