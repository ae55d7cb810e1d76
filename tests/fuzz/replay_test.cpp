// Every file of the corpora through its target, in every build: what a fuzzer once found stays found.
#include <gtest/gtest.h>

#include <filesystem>

#include "fuzz/targets.h"
#include "read_file.h"

namespace evenkeel::fuzz {
namespace {

namespace fs = std::filesystem;

class Corpus : public testing::TestWithParam<Target> {};
INSTANTIATE_TEST_SUITE_P(Of, Corpus, testing::ValuesIn(Targets()), [](const auto& target) { return std::string(target.param.name); });

TEST_P(Corpus, KeepsItsPromises) {
  int files = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(EVENKEEL_SOURCE_DIR) / "tests/fuzz/corpus" / GetParam().name)) {
    SCOPED_TRACE(entry.path().string());
    GetParam().run(ReadFile(entry.path()));
    ++files;
  }
  EXPECT_GE(files, 10);
}

}  // namespace
}  // namespace evenkeel::fuzz
