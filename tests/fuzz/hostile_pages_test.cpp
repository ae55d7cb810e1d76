// Hostile pages, each at the size its limit allows: an answer, or kLimitExceeded by counted work; never a crash, a hang, or memory without end.
// Prints the time and peak memory of each. The aim is 250 ms and 256 MiB in a Release build (tests/score/hostile.py measures it there); here the
// bounds are wide enough for a debug build on a busy machine: they find what grows with the square of the page. Sanitized builds are not timed.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <fstream>
#include <ostream>

#include "evenkeel/edit.h"
#include "evenkeel/json.h"
#include "sanitized.h"

#ifdef NDEBUG
#define EVENKEEL_OPTIMIZED true
#else
#define EVENKEEL_OPTIMIZED false
#endif

namespace evenkeel {
namespace {

constexpr double kSecondsMax = EVENKEEL_SANITIZED ? 0 : EVENKEEL_OPTIMIZED ? 0.25 : 5;  // 0: not timed
constexpr long kMebibytesMax = 256;
constexpr rlim_t kCpuSecondsMax = 60;

constexpr std::size_t kShare = EVENKEEL_SANITIZED ? 10 : 1;    // sanitized, everything takes ten times as long
constexpr std::size_t kPage = (4u << 20) / kShare;     // Limits::page_bytes

// The page that a recipe of hostile_pages.json describes; tests/score/hostile.py says how.
class Recipe {
 public:
  static std::string Cook(const Json& recipe) {
    std::string page = recipe.is_array() ? Part(recipe, 0, 0) : Part(Json::array({recipe}), 0, 0);
    if (page.size() > kPage) page.resize(kPage);
    return page;
  }

 private:
  static std::string Part(const Json& recipe, std::size_t number, std::size_t room) {
    if (recipe.is_string()) return Numbered(recipe.get<std::string>(), number);
    if (recipe.is_array()) return List(recipe, number);
    if (recipe.contains("fill")) {
      const std::string unit = Part(recipe["fill"], number, 0);
      return Repeat(unit, room / unit.size());
    }
    if (recipe.contains("base64")) return Base64(Part(recipe["base64"], number, 0));
    if (recipe.contains("hex")) return std::string(1, static_cast<char>(std::stoi(recipe["hex"].get<std::string>(), nullptr, 16)));
    const auto written = recipe["times"].get<std::size_t>();
    const std::size_t times = written < 1000 ? written : written / kShare;
    const std::string text = recipe["of"].dump();
    if (text.find("{i}") == std::string::npos && text.find("{time}") == std::string::npos) return Repeat(Part(recipe["of"], 0, 0), times);
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += Part(recipe["of"], i, 0);
    return out;
  }

  static std::string List(const Json& parts, std::size_t number) {
    std::size_t written = 0;
    for (const Json& part : parts) written += Part(part, number, 0).size();
    std::string out;
    for (const Json& part : parts) out += Part(part, number, written < kPage ? kPage - written : 0);
    return out;
  }

  static std::string Numbered(std::string text, std::size_t number) {
    const auto put = [&](std::string_view name, const std::string& value) {
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) text.replace(at, name.size(), value);
    };
    put("{i}", std::to_string(number));
    put("{time}", std::to_string(number % 12 + 1) + ":" + std::to_string(number % 50 + 10) + " PM");
    return text;
  }

  static std::string Repeat(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
  }

  static std::string Base64(std::string_view text) {
    constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
      std::uint32_t bits = 0;
      for (std::size_t k = i; k < i + 3; ++k) bits = bits << 8 | (k < text.size() ? static_cast<unsigned char>(text[k]) : 0u);
      for (std::size_t k = 0; k < 4; ++k) out.push_back(i + k > text.size() ? '=' : kAlphabet[bits >> (18 - 6 * k) & 63u]);
    }
    return out;
  }
};

struct Hostile {
  std::string name;
  Json recipe;
};

void PrintTo(const Hostile& hostile, std::ostream* out) { *out << hostile.name; }

std::vector<Hostile> HostilePages() {
  std::ifstream file(EVENKEEL_SOURCE_DIR "/tests/fuzz/hostile_pages.json");
  std::vector<Hostile> pages;
  for (const Json& page : Json::parse(file)) pages.push_back({page["name"].get<std::string>(), page["page"]});
  return pages;
}

struct Cost {
  bool ended = false;  // by itself, with an answer or a limit
  double read_seconds = 0, shift_seconds = 0;
  long mebibytes = 0;
  char answer[200] = {};
};

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

void Answer(const std::string& page, Cost* cost) {
  const auto zones = MakeSystemZoneSource();
  ReadOptions options;
  options.zone = "America/Los_Angeles";
  options.zones = zones.get();
  options.date = ParseDate("2026-05-30");
  (void)zones->ToInstant(options.zone, LocalSeconds{});  // the zone is read from disk once
  const double begin = CpuSeconds();
  const auto reading = ReadPage(page, options);
  cost->read_seconds = CpuSeconds() - begin;
  Status status = reading.status();
  std::string answer = reading.ok() ? std::to_string(reading->times.size()) + " times" : status.message();
  if (reading.ok()) {
    const double before = CpuSeconds();
    const auto edits = ShiftPage(page, *reading, 60, options);
    status = edits.status();
    if (edits.ok()) status = CheckEdits(page, ApplyEdits(page, edits->edits).value(), *edits, options);
    cost->shift_seconds = CpuSeconds() - before;
    answer += edits.ok() ? ", " + std::to_string(edits->moved.size()) + " moved" : ", " + status.message();
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  cost->mebibytes = usage.ru_maxrss / 1024;
  cost->ended = status.ok() || status.code() == Code::kLimitExceeded || (reading.ok() && status.code() == Code::kInternal);
  std::snprintf(cost->answer, sizeof cost->answer, "%s", answer.c_str());
}

// In a process of its own, so that its peak memory is its own. Not ended: it crashed.
Cost AnswerApart(const std::string& page) {
  Cost cost;
  int ends[2];
  if (pipe(ends) != 0) return cost;
  const pid_t child = fork();
  if (child == 0) {
    const rlimit cpu{kCpuSecondsMax, kCpuSecondsMax};  // a hang ends as a crash
    setrlimit(RLIMIT_CPU, &cpu);
    Answer(page, &cost);
    const bool written = write(ends[1], &cost, sizeof cost) == static_cast<ssize_t>(sizeof cost);
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  if (read(ends[0], &cost, sizeof cost) != static_cast<ssize_t>(sizeof cost)) cost = Cost();
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return cost;
}

class HostilePage : public testing::TestWithParam<Hostile> {};
INSTANTIATE_TEST_SUITE_P(Of, HostilePage, testing::ValuesIn(HostilePages()), [](const auto& each) {
  std::string name = each.param.name;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

TEST_P(HostilePage, IsAnsweredWithinLimits) {
  const Hostile& hostile = GetParam();
  const std::string page = Recipe::Cook(hostile.recipe);
  const Cost cost = AnswerApart(page);
  std::printf("%-36s %7zu KiB: read %5.0f ms, shift %5.0f ms, %4ld MiB  %s\n", hostile.name.c_str(), page.size() / 1024, cost.read_seconds * 1000, cost.shift_seconds * 1000,
              cost.mebibytes, cost.answer);
  EXPECT_TRUE(cost.ended) << (cost.answer[0] == '\0' ? "it crashed, or ran for more than a minute" : cost.answer);
  if (kSecondsMax == 0) return;
  EXPECT_LE(cost.read_seconds, kSecondsMax);
  EXPECT_LE(cost.shift_seconds, kSecondsMax);
  EXPECT_LE(cost.mebibytes, kMebibytesMax);
}

}  // namespace
}  // namespace evenkeel
