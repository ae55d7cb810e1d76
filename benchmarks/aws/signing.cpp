// Signatures of requests for pages, as S3Store makes them.
#include <benchmark/benchmark.h>

#include "aws/sign.h"

namespace evenkeel::aws {
namespace {

HttpRequest PageRequest(int number) {
  HttpRequest request;
  request.authority = "example-site.s3.us-west-2.amazonaws.com";
  request.path = "/g/2026-05-30-guest" + std::to_string(number) + "-sunset.html";
  request.repeatable = true;
  return request;
}

void SignPageRequest(benchmark::State& state) {
  const Credentials credentials{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "", {}};
  const SigningScope scope{"us-west-2", "s3", *ParseInstant("2026-05-21T12:00:00Z")};
  int number = 0;
  for (auto _ : state) {
    HttpRequest request = PageRequest(++number);
    SignRequest(request, credentials, scope);
    benchmark::DoNotOptimize(request.headers.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(SignPageRequest);

}  // namespace
}  // namespace evenkeel::aws
