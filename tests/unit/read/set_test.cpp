// A page set to given values by field: fewest bytes, escaped as the page needs it, in the page's encoding, each result past the second opinion.
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

using std::string_literals::operator""s;

class Setting : public ReadingTest {
 protected:
  // The page set, and behind " ? " what is left to people.
  std::string Set(const std::string& page, const PageTargets& targets) const {
    const auto edits = SetPage(page, Read(page), targets, options_);
    EXPECT_TRUE(edits.ok()) << edits.status().ToString();
    if (!edits.ok()) return {};
    auto after = ApplyEdits(page, edits->edits);
    EXPECT_TRUE(after.ok());
    const Status checked = CheckEdits(page, *after, *edits, options_);
    EXPECT_TRUE(checked.ok()) << checked.ToString() << "\n" << page << "\n" << *after;
    const auto again = SetPage(*after, Read(*after), targets, options_);
    EXPECT_TRUE(again.ok() && again->edits.empty()) << "a second time changes more: " << *after;
    for (const EditNote& note : edits->unsure) *after += " ? " + note.text;
    return *after;
  }
  std::string SetText(const std::string& page, const std::string& field, const std::string& text) const {
    PageTargets targets;
    targets.statements[field] = text;
    return Set(page, targets);
  }
  LocalDateTime At(const char* clock) const { return {options_.date, *ParseMinutes(clock)}; }
};

TEST_F(Setting, StartAndEndInEveryCarrier) {
  PageTargets targets;
  targets.start = At("15:00");
  targets.end = At("18:15");
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"<p>Sail: 4:30–7:30 PM</p>", "<p>Sail: 3:00–6:15 PM</p>"},
           {"<p>Starts 4:30 PM</p><p>Ends 7:30 PM</p>", "<p>Starts 3:00 PM</p><p>Ends 6:15 PM</p>"},
           {"<time itemprop=startDate datetime=\"2026-05-30T16:30:00-07:00\">x</time><time itemprop=endDate datetime=\"2026-05-30T19:30:00-07:00\">y</time>",
            "<time itemprop=startDate datetime=\"2026-05-30T15:00:00-07:00\">x</time><time itemprop=endDate datetime=\"2026-05-30T18:15:00-07:00\">y</time>"},
           {"<meta property=\"event:start_time\" content=\"2026-05-30T16:30\"><meta property=\"event:end_time\" content=\"2026-05-30T19:30\">",
            "<meta property=\"event:start_time\" content=\"2026-05-30T15:00\"><meta property=\"event:end_time\" content=\"2026-05-30T18:15\">"},
           {"<div data-start=\"16:30\" data-end=\"19:30\"></div>", "<div data-start=\"15:00\" data-end=\"18:15\"></div>"},
           {"<script type=application/ld+json>{\"startDate\":\"2026-05-30T16:30:00-07:00\",\"endDate\":\"2026-05-30T19:30:00-07:00\"}</script>",
            "<script type=application/ld+json>{\"startDate\":\"2026-05-30T15:00:00-07:00\",\"endDate\":\"2026-05-30T18:15:00-07:00\"}</script>"}}) {
    EXPECT_EQ(Set(before, targets), after);
  }
}

TEST_F(Setting, TheArrival) {
  PageTargets targets;
  targets.arrival = At("15:45");
  const std::string sail = "<p>Sail 4:30 PM</p>";
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"<p>Arrive by 4:00 PM</p>", "<p>Arrive by 3:45 PM</p>"},
           {"<script type=application/ld+json>{\"checkinTime\":\"2026-05-30T16:00:00-07:00\"}</script>", "<script type=application/ld+json>{\"checkinTime\":\"2026-05-30T15:45:00-07:00\"}</script>"},
           {"<script type=application/ld+json>{\"doorTime\":\"2026-05-30T16:00-07:00\"}</script>", "<script type=application/ld+json>{\"doorTime\":\"2026-05-30T15:45-07:00\"}</script>"},
           {"<script type=application/ld+json>{\"boardingTime\":\"16:00\"}</script>", "<script type=application/ld+json>{\"boardingTime\":\"15:45\"}</script>"},
           {"<meta itemprop=checkinTime content=\"2026-05-30T16:00:00-07:00\">", "<meta itemprop=checkinTime content=\"2026-05-30T15:45:00-07:00\">"},
           {"<div data-arrival=\"16:00\"></div>", "<div data-arrival=\"15:45\"></div>"}}) {
    EXPECT_EQ(Set(sail + before, targets), sail + after);
  }
}

TEST_F(Setting, MomentsOfTheirOwn) {
  const std::string page = "<p>Sail 4:30 PM – 7:30 PM</p><script>const FLIP_UTC = \"2026-05-30T23:30:00Z\", FLIP_BACK_UTC = \"2026-05-31T02:30:00Z\";</script>";
  PageTargets targets;
  targets.start = At("15:30");
  for (const TimeReference& time : Read(page).times) {
    if (time.role == Role::kSwitch) targets.moments[time.span] = At(time.start == 16 * 60 + 30 ? "15:30" : "18:45");
    if (time.role == Role::kStartEnd) targets.moments[time.span] = At("18:00");
  }
  ASSERT_EQ(targets.moments.size(), 3u);
  EXPECT_EQ(Set(page, targets), "<p>Sail 3:30 PM – 6:00 PM</p><script>const FLIP_UTC = \"2026-05-30T22:30:00Z\", FLIP_BACK_UTC = \"2026-05-31T01:45:00Z\";</script>");
}

TEST_F(Setting, PeopleAndGuests) {
  EXPECT_EQ(SetText("<p>Captain: Gene</p>", "captain", "Maria Ward"), "<p>Captain: Maria Ward</p>");
  EXPECT_EQ(SetText("<dl><dt>Crew</dt><dd>Ann and Bob</dd></dl>", "crew", "Ann and Eve"), "<dl><dt>Crew</dt><dd>Ann and Eve</dd></dl>");
  EXPECT_EQ(SetText("<p>Party of 6</p>", "guest_count", "8"), "<p>Party of 8</p>");
  EXPECT_EQ(SetText("<p>6 guests</p>", "guest_count", "10"), "<p>10 guests</p>");
  EXPECT_EQ(SetText("<p>Captain: Gene</p>", "captain", "Gene"), "<p>Captain: Gene</p>");
}

TEST_F(Setting, HostileValuesAreText) {
  EXPECT_EQ(SetText("<p>Captain: Gene</p>", "captain", "Bo <script>alert"), "<p>Captain: Bo &lt;script&gt;alert</p>");
  EXPECT_EQ(SetText("<p>Captain: Gene</p>", "captain", "Al & \"Bo\" O'Hara"), "<p>Captain: Al &amp; \"Bo\" O'Hara</p>");
  EXPECT_EQ(SetText("<p>Captain: Gene</p>", "captain", "Bo &lt Al"), "<p>Captain: Bo &amp;lt Al</p>");
  EXPECT_EQ(SetText("<p>Captain: Gene</p>", "captain", "Bo</p></script>"), "<p>Captain: Bo&lt;/p&gt;&lt;/script&gt;</p>");
}

TEST_F(Setting, WhatWouldNotBeReadSoIsLeft) {
  EXPECT_EQ(SetText("<p>Captain: Gene</p><p>6 guests</p>", "captain", "<script>alert(1)</script>"), "<p>Captain: Gene</p><p>6 guests</p> ? Gene");
  EXPECT_EQ(SetText("<p>Captain: Gene</p>", "captain", "Gene (Skip) Ward"), "<p>Captain: Gene</p> ? Gene");
  EXPECT_EQ(SetText("<p>Party of 6</p>", "guest_count", "many"), "<p>Party of 6</p> ? 6");
}

TEST_F(Setting, AccentsInThePagesEncoding) {
  const std::string name = "Zoë Núñez 李";
  const std::string numbers = "Zo&#235; N&#250;&#241;ez &#26446;";
  for (const char* head : {"<meta charset=utf-8>", "<meta charset='UTF-8'>", "<meta http-equiv=Content-Type content=\"text/html; charset=utf-8\">", "\xEF\xBB\xBF", "\xEF\xBB\xBF<meta charset=windows-1252>",
                           "<!-- <meta charset=iso-8859-1> --><meta charset=utf-8>"}) {
    EXPECT_EQ(SetText(head + "<p>Captain: Gene</p>"s, "captain", name), head + "<p>Captain: "s + name + "</p>");
  }
  for (const char* head : {"<meta charset=windows-1252>", "<meta charset=\"ISO-8859-1\">", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">", "<meta charset=shift_jis>", ""}) {
    EXPECT_EQ(SetText(head + "<p>Captain: Gene</p>"s, "captain", name), head + "<p>Captain: "s + numbers + "</p>");
  }
  EXPECT_EQ(SetText("<p>Caf\xE9</p><p>Captain: Gene</p>", "captain", name), "<p>Caf\xE9</p><p>Captain: " + numbers + "</p>");
  EXPECT_EQ(SetText("<p>Café</p><p>Captain: Gene</p>", "captain", name), "<p>Café</p><p>Captain: " + name + "</p>");
}

TEST_F(Setting, BytesThatAreNoTextStay) {
  for (const std::string& head : {"\xEF\xBB\xBF<p>x</p>\r\n"s, "<meta charset=windows-1252>\r<p>Caf\xE9 \x96</p>\r"s, "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>\n<p>\xFC</p>\n"s,
                                  "<p>a\0b</p>\n"s, "<p>\xFF\xC3</p>\r\n\n\r"s}) {
    EXPECT_EQ(Shift(head + "<p>Sail 4:30 PM</p>\r\n", -60), head + "<p>Sail 3:30 PM</p>\r\n");
    EXPECT_EQ(SetText(head + "<p>Captain: Gene</p>\r\n<p>x</p>\r", "captain", "Bo"), head + "<p>Captain: Bo</p>\r\n<p>x</p>\r");
  }
}

TEST_F(Setting, WideEncodingsAreRefused) {
  for (const std::string& page : {"\xFF\xFE<\0p\0>\0"s, "\xFE\xFF\0<\0p\0>"s, "<\0p\0>\0" "4\0:\0" "3\0" "0\0"s}) {
    const auto reading = ReadPage(page, options_);
    ASSERT_EQ(reading.code(), Code::kInvalidArgument);
    EXPECT_NE(reading.status().message().find("convert it to UTF-8"), std::string::npos) << reading.status().ToString();
  }
}

}  // namespace
}  // namespace evenkeel
