// FakeAws: the fake of AWS's services (fake_aws.py) as a process of the test's own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "evenkeel/aws/credentials.h"
#include "evenkeel/json.h"

namespace evenkeel::aws {

class FakeAws {
 public:
  // `arguments` as on its command line. Where it does not start, the endpoint is empty and the test has failed.
  explicit FakeAws(const std::vector<std::string>& arguments = {});
  ~FakeAws();
  FakeAws(const FakeAws&) = delete;
  FakeAws& operator=(const FakeAws&) = delete;

  // One for all tests of the program.
  static FakeAws& Shared();

  const std::string& endpoint() const { return endpoint_; }
  // What fake_aws.py says under POST /_fake; the answer is that of GET.
  Json Tell(const Json& wanted);
  // The requests so far whose operation is this one ("CreateInvalidation").
  std::vector<Json> Requests(const std::string& operation);

  static std::shared_ptr<CredentialsProvider> Keys();

 private:
  int process_ = -1, stdin_ = -1;
  std::string endpoint_;
};

}  // namespace evenkeel::aws
