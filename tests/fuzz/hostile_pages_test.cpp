// Hostile pages, each at the size its limit allows: an answer, or kLimitExceeded by counted work; never a crash, a hang, or memory without end.
// Prints the time and peak memory of each. The aim is 250 ms and 256 MiB in a Release build, and held there; a debug build is given
// twenty times as long, sanitized ones are not timed.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <functional>
#include <ostream>

#include "evenkeel/edit.h"

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define EVENKEEL_SANITIZED true
#else
#define EVENKEEL_SANITIZED false
#endif
#ifdef NDEBUG
#define EVENKEEL_OPTIMIZED true
#else
#define EVENKEEL_OPTIMIZED false
#endif

namespace evenkeel {
namespace {

constexpr double kSecondsMax = EVENKEEL_SANITIZED ? 0 : EVENKEEL_OPTIMIZED ? 0.25 : 5;  // 0: not timed
constexpr long kMebibytesMax = 256;
constexpr long kMebibytesOfOneText = 384;  // what one text holds is all found before they are counted
constexpr rlim_t kCpuSecondsMax = 60;

constexpr int kShare = EVENKEEL_SANITIZED ? 10 : 1;    // sanitized, everything takes ten times as long
constexpr std::size_t kPage = (4u << 20) / kShare;     // Limits::page_bytes
constexpr int kReferences = 19'900 / kShare;           // below Limits::page_references
constexpr int kDepth = 390;                            // below Limits::page_depth
constexpr int kNodes = 65'000 / kShare;                // below Limits::page_nodes, with text between

std::string Repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}
// As often as it fits into a page.
std::string Fill(std::string_view text, std::string_view before = "", std::string_view after = "") {
  return std::string(before) + Repeat(text, (kPage - before.size() - after.size()) / text.size()) + std::string(after);
}
std::string Numbered(std::string_view before, std::string_view after, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += std::string(before) + std::to_string(i) + std::string(after);
  return out;
}
std::string TimesOfDay(std::string_view before, std::string_view after, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += std::string(before) + std::to_string(i % 12 + 1) + ":" + std::to_string(i % 50 + 10) + " PM" + std::string(after);
  return out;
}

struct Hostile {
  const char* name;
  std::function<std::string()> page;
  long mebibytes_max = kMebibytesMax;
};

void PrintTo(const Hostile& hostile, std::ostream* out) { *out << hostile.name; }

const std::vector<Hostile>& HostilePages() {
  static const std::vector<Hostile> pages{
      // the tree
      {"open b", [] { return Repeat("<b>", 10'000); }},
      {"open div", [] { return Repeat("<div>", 100'000); }},
      {"open svg", [] { return Repeat("<svg>", 300'000); }},
      {"formatting and paragraphs", [] { return Numbered("<b id=", "><p>", 5'000); }},
      {"formatting at the depth allowed", [] { return Repeat(Repeat("<b><i>", kDepth / 2) + "x" + Repeat("</b></i>", kDepth / 2), 60); }},
      {"adoption agency", [] { return Repeat("<a><b><p></a></b>", 12'000); }},
      {"adoption agency, nested", [] { return Repeat("<a>" + Repeat("<b>", 100) + "<p></a></p>" + Repeat("</b>", 100), 300); }},
      {"nested div at the depth allowed", [] { return Repeat(Repeat("<div>", kDepth) + "4:30 PM" + Repeat("</div>", kDepth), 160); }},
      {"nested tables", [] { return Repeat("<table><tr><td>", kDepth / 3) + "4:30 PM"; }},
      {"foster parents", [] { return "<table>" + Repeat("x<tr>4:30 PM<td>", 15'000); }},
      {"one wide table", [] { return "<table><tr>" + Repeat("<th>Start", 300) + "</tr>" + Repeat("<tr>" + TimesOfDay("<td>", "", 60), 330) + "</table>"; }},
      {"end tags", [] { return Repeat("</p>", 300'000); }},
      {"end tags of nothing", [] { return Repeat("</x>", 150'000); }},
      {"unclosed tags", [] { return Fill("<p a"); }},
      {"nested templates", [] { return Repeat("<template>", kDepth) + "4:30 PM"; }},
      {"selects and options", [] { return "<select>" + Repeat("<option>4:30 PM", kReferences); }},
      // attributes
      {"attributes on one tag", [] { return "<p" + Numbered(" a", "=1", 40'000) + ">"; }},
      {"attributes at the number allowed", [] { return Repeat("<p" + Numbered(" a", "=4", 390) + ">", 1'000); }},
      {"one attribute as long as the page", [] { return Fill("4:30-", "<p title=\"", "\">"); }},
      {"attributes as long as is allowed", [] { return Repeat("<p title=\"" + Repeat("4:30 ", 13'000) + "\">", 60); }},
      {"one attribute, many times", [] { return "<p title=\"" + TimesOfDay("", " ", 6'000) + "\">"; }},
      // text
      {"times", [] { return TimesOfDay("<p>", "", kReferences); }},
      {"times in one paragraph", [] { return "<p>" + TimesOfDay("", " ", kReferences); }},
      {"more times than allowed", [] { return Repeat("<p>4:30 PM", 25'000); }},
      {"ranges", [] { return Repeat("4:30–7:30 PM ", kReferences); }},
      {"one chain of dashes", [] { return Repeat("4:30–", 200'000); }},
      {"one chain of colons", [] { return "<p>4" + Repeat(":30", 1'000'000); }},
      {"digits", [] { return Fill("4"); }},
      {"numbers", [] { return Fill("4 "); }},
      {"words that begin times", [] { return Fill("from between half past quarter to "); }},
      {"spelled hours", [] { return Fill("four five six at "); }},
      {"months", [] { return Fill("May "); }},
      {"days of months", [] { return Repeat("May 30, 2026 ", kReferences); }},
      {"days and times", [] { return Repeat("Saturday, May 30, 2026, 4:30 PM ", kReferences / 2); }},
      {"weekdays and times", [] { return Repeat("Saturday 4:30 PM ", kReferences); }},
      {"labelled times", [] { return TimesOfDay("<p>Arrive by ", ", we sail", kReferences); }},
      {"labels without times", [] { return Fill("Arrive by Start: End: "); }},
      {"definition list", [] { return "<dl>" + TimesOfDay("<dt>Start<dd>", "", kReferences); }},
      {"headings and times", [] { return TimesOfDay("<h2>Boarding</h2><p>", "", kReferences); }},
      {"captains", [] { return Repeat("<p>Captain: Gene", kNodes); }},
      {"identifiers", [] { return Numbered("<p>Booking #xhq", "gmdh", kNodes); }},
      {"line ends", [] { return Fill("\r\n4:30 PM?"); }, kMebibytesOfOneText},
      // characters
      {"ampersands", [] { return Fill("&"); }},
      {"entities", [] { return Fill("&nbsp;"); }},
      {"entities of digits", [] { return Repeat("&#52;&#58;&#51;&#48; PM ", kReferences); }},
      {"half entities", [] { return Fill("&#"); }},
      {"NUL", [] { return std::string(kPage, '\0'); }},
      {"0xFF", [] { return std::string(kPage, '\xFF'); }},
      {"less-than", [] { return Fill("<"); }},
      {"combining dashes", [] { return Fill("4\u2013\u2009\u202f"); }},
      // raw blocks
      {"one comment", [] { return Fill("4:30 PM ", "<!--"); }, kMebibytesOfOneText},
      {"comments", [] { return Repeat("<!--4:30 PM-->", kReferences); }},
      {"comment starts", [] { return Fill("<!--"); }},
      {"one style", [] { return Fill("a{b:4:30}", "<style>"); }},
      {"script of quotes", [] { return Fill("\"'`", "<script>"); }},
      {"script of slashes", [] { return Fill("/", "<script>a=", "</script>"); }},
      {"script of dates", [] { return "<script>" + Repeat("new Date(2026,4,30,16,30);", kReferences); }},
      {"script of unfinished dates", [] { return Fill("new Date(2026,", "<script>"); }},
      {"script of templates", [] { return Fill("`${", "<script>"); }},
      {"script of instants", [] { return "<script>" + Repeat("a=\"2026-05-30T23:30:00Z\";", kReferences); }},
      {"script of epochs", [] { return "<script>" + Repeat("startsAt=1780183800;", kReferences); }},
      {"script of names", [] { return Fill("const REPLY_CUTOFF_UTC = ", "<script>"); }},
      {"scripts", [] { return Repeat("<script>a='16:30'</script>", kReferences); }},
      {"script ends", [] { return Fill("</script", "<script>"); }},
      // structured
      {"JSON-LD too deep", [] { return "<script type=application/ld+json>" + Repeat("[", 100'000) + "</script>"; }},
      {"JSON-LD as deep as allowed", [] { return "<script type=application/ld+json>[" + Repeat(Repeat("[", 60) + "{\"startDate\":\"2026-05-30T16:30\"}" + Repeat("]", 60) + ",", 19'000) + "1]</script>"; }},
      {"JSON-LD of escapes", [] { return Fill("\\u0034", "<script type=application/ld+json>{\"startDate\":\"", "\"}</script>"); }},
      {"JSON-LD, unclosed", [] { return Fill("{\"a\":\"", "<script type=application/ld+json>"); }},
      {"microdata", [] { return "<div itemscope itemtype=https://schema.org/Event>" + Repeat("<meta itemprop=startDate content=2026-05-30T16:30>", kReferences) + "</div>"; }},
      {"microdata, nested", [] { return Repeat(Repeat("<div itemscope itemtype=https://schema.org/Event itemprop=subEvent>", kDepth) + "<time itemprop=startDate>4:30 PM</time>" + Repeat("</div>", kDepth), 150); }},
      {"microformats", [] { return "<div class=h-event>" + Repeat("<time class=dt-start datetime=2026-05-30T16:30></time>", kReferences) + "</div>"; }},
      {"value classes", [] { return "<div class=h-event><p class=dt-start>" + Repeat("<b class=value>16:30</b>", kReferences) + "</div>"; }},
      {"calendar links", [] { return Repeat("<a href=\"https://calendar.google.com/calendar/render?dates=20260530T233000Z/20260531T023000Z\"></a>", 9'000); }},
      {"one long link", [] { return Fill("&dates=20260530T233000Z", "<a href=\"https://calendar.google.com/calendar/render?", "\">"); }, kMebibytesOfOneText},
      {"data link, base64", [] { return Fill("QkVHSU46", "<a href=\"data:text/calendar;base64,", "\">"); }},
      {"data link, percent", [] { return Fill("%0ADTSTART%3A", "<a href=\"data:text/calendar,", "\">"); }},
      {"iCalendar", [] { return "BEGIN:VCALENDAR\n" + Repeat("BEGIN:VEVENT\nDTSTART:20260530T233000Z\nEND:VEVENT\n", kReferences) + "END:VCALENDAR\n"; }},
      {"iCalendar, folded", [] { return Fill("\n ", "BEGIN:VCALENDAR\nSUMMARY:x"); }},
  };
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
    cost->shift_seconds = CpuSeconds() - before;
    status = edits.status();
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
  std::string page = hostile.page();
  if (page.size() > kPage) page.resize(kPage);
  const Cost cost = AnswerApart(page);
  std::printf("%-36s %7zu KiB: read %5.0f ms, shift %5.0f ms, %4ld MiB  %s\n", hostile.name, page.size() / 1024, cost.read_seconds * 1000, cost.shift_seconds * 1000,
              cost.mebibytes, cost.answer);
  EXPECT_TRUE(cost.ended) << (cost.answer[0] == '\0' ? "it crashed, or ran for more than a minute" : cost.answer);
  if (kSecondsMax == 0) return;
  EXPECT_LE(cost.read_seconds, kSecondsMax);
  EXPECT_LE(cost.mebibytes, hostile.mebibytes_max);
}

}  // namespace
}  // namespace evenkeel
