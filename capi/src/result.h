// What a call came to.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "evenkeel/json.h"
#include "handle.h"

struct ek_result : evenkeel::capi::Handle {
  static constexpr evenkeel::capi::Tag kTag = evenkeel::capi::Tag::kResult;

  ek_result(int code, std::string document, std::string page) : Handle(kTag), exit(code), json(std::move(document)), bytes(std::move(page)) {}

  const int exit;
  const std::string json, bytes;
};

namespace evenkeel::capi {

inline std::unique_ptr<ek_result> ResultOf(int exit, const Json& document, std::string bytes = {}) {
  return std::make_unique<ek_result>(exit, DumpJson(document), std::move(bytes));
}

}  // namespace evenkeel::capi
