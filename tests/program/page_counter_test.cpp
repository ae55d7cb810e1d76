#include "page_counter.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace evenkeel::program {
namespace {

using namespace std::chrono_literals;

// What stands in the stream when `tell` has told and the counter is gone.
template <typename Tell>
std::string Said(PageCounter::Way way, Tell tell) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* out = open_memstream(&text, &size);
  {
    PageCounter counter(way, out, PageCounter::Clock::time_point{});
    tell([&](std::chrono::milliseconds at, std::size_t read, std::size_t listed, bool all) { counter.Tell({"pages", read, listed, all}, PageCounter::Clock::time_point{} + at); });
  }
  std::fclose(out);
  std::string said(text, size);
  std::free(text);
  return said;
}

TEST(PageCounter, ATerminalsLineIsWrittenOverAndTakenAway) {
  EXPECT_EQ(Said(PageCounter::Way::kRewrite, [](auto tell) { tell(100ms, 1, 2, true), tell(200ms, 2, 2, true); }), "") << "what is quick shows nothing";
  const std::string line = "\rpages: 10 of at least 1000 pages read", next = "\rpages: 30 of 1200 pages read", blank(line.size() - 1, ' ');
  const std::string padded = next + std::string(line.size() - next.size(), ' ');
  EXPECT_EQ(Said(PageCounter::Way::kRewrite, [](auto tell) { tell(600ms, 10, 1000, false), tell(650ms, 20, 1100, false), tell(800ms, 30, 1200, true), tell(810ms, 1200, 1200, true); }),
            line + padded + "\r" + blank + "\r");
  EXPECT_EQ(Said(PageCounter::Way::kRewrite, [](auto tell) { tell(600ms, 10, 1000, false); }), line + "\r" + blank + "\r") << "a look that ends before";
}

TEST(PageCounter, WhoAsksGetsALineEveryTwoSecondsAndOneAtTheEnd) {
  EXPECT_EQ(Said(PageCounter::Way::kLines, [](auto tell) { tell(1000ms, 5, 9, false), tell(2500ms, 7, 20, true), tell(3000ms, 8, 20, true), tell(3100ms, 20, 20, true); }),
            "pages: 7 of 20 pages read\npages: 20 of 20 pages read\n");
  EXPECT_EQ(Said(PageCounter::Way::kSilent, [](auto tell) { tell(9000ms, 1, 1, true); }), "");
}

}  // namespace
}  // namespace evenkeel::program
