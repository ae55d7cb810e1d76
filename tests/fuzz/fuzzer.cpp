// One fuzzer: the target that EVENKEEL_FUZZ_TARGET names, driven by libFuzzer.
#include <cstddef>
#include <cstdint>

#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  evenkeel::fuzz::EVENKEEL_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
