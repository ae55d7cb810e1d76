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

TEST_F(Setting, OnlyTheLettersThatDifferAreReplaced) {
  const auto edit = [&](const std::string& page, const std::string& name) {
    PageTargets targets;
    targets.statements["captain"] = name;
    const auto edits = SetPage(page, Read(page), targets, options_);
    if (!edits.ok() || edits->edits.size() != 1) return std::string("no one edit");
    return std::string(edits->edits[0].span.In(page)) + " -> " + edits->edits[0].replacement;
  };
  EXPECT_EQ(edit("<p>Captain: Gene Ward</p>", "Gene Wood"), "ar -> oo");
  EXPECT_EQ(edit("<p>Captain: Gene</p>", "Gene Ward"), " ->  Ward");
  EXPECT_EQ(edit("<p>Captain: Maria Ward</p>", "Mia Ward"), "ar -> ");
  EXPECT_EQ(edit("<p>Captain: Ann &amp; Bob Lamp</p>", "Ann & Eve Lamp"), "&amp; Bob Lamp -> &amp; Eve Lamp") << "references stay whole";
  EXPECT_EQ(edit("<script type=application/json>{\"captain\":\"Jos\\u00e9\"}</script>", "Jose"), "\\u00e9 -> e");
  EXPECT_EQ(edit("<meta charset=utf-8><p>Captain: José Ward</p>", "Josè Ward"), "é -> è");
}

TEST_F(Setting, PeopleInEveryCarrier) {
  struct Case {
    const char* field;
    const char* before;
    const char* after;
  };
  for (const Case& c : {
           Case{"captain", "<script type=application/ld+json>{\"@type\":\"Event\",\"captain\":\"Gene\"}</script>", "<script type=application/ld+json>{\"@type\":\"Event\",\"captain\":\"Maria Ward\"}</script>"},
           Case{"captain", "<script type=application/ld+json>{\"captain\":{\"@type\":\"Person\",\"name\":\"Captain Gene\"}}</script>",
                "<script type=application/ld+json>{\"captain\":{\"@type\":\"Person\",\"name\":\"Captain Maria Ward\"}}</script>"},
           Case{"captain", "<script type=application/ld+json>{\"performer\":[{\"name\":\"Ann\",\"jobTitle\":\"Deckhand\"},{\"name\":\"Gene\",\"jobTitle\":\"Captain\"}]}</script>",
                "<script type=application/ld+json>{\"performer\":[{\"name\":\"Ann\",\"jobTitle\":\"Deckhand\"},{\"name\":\"Maria Ward\",\"jobTitle\":\"Captain\"}]}</script>"},
           Case{"captain", "<p>Captain: Gene</p><script type=application/ld+json>{\"performer\":{\"name\":\"Gene\"},\"organizer\":{\"name\":\"JADA Sailing\"}}</script>",
                "<p>Captain: Maria Ward</p><script type=application/ld+json>{\"performer\":{\"name\":\"Maria Ward\"},\"organizer\":{\"name\":\"JADA Sailing\"}}</script>"},
           Case{"captain", "<script type=application/json>{\"booking\":{\"captain_name\":\"Gene\"}}</script>", "<script type=application/json>{\"booking\":{\"captain_name\":\"Maria Ward\"}}</script>"},
           Case{"captain", "<script>window.B = {captain: 'Gene', id: 3};</script>", "<script>window.B = {captain: 'Maria Ward', id: 3};</script>"},
           Case{"captain", "<script>const CAPTAIN = `Gene`;</script>", "<script>const CAPTAIN = `Maria Ward`;</script>"},
           Case{"captain", "<p itemscope>With <b itemprop=captain>Gene</b> at the helm</p>", "<p itemscope>With <b itemprop=captain>Maria Ward</b> at the helm</p>"},
           Case{"captain", "<div itemprop=captain itemscope><span itemprop=name>Gene</span></div>", "<div itemprop=captain itemscope><span itemprop=name>Maria Ward</span></div>"},
           Case{"captain", "<meta itemprop=captain content=\"Gene\">", "<meta itemprop=captain content=\"Maria Ward\">"},
           Case{"captain", "<meta name=\"booking:captain\" content='Gene'>", "<meta name=\"booking:captain\" content='Maria Ward'>"},
           Case{"captain", "<div data-captain=\"Gene\"></div>", "<div data-captain=\"Maria Ward\"></div>"},
           Case{"captain", "<div data-captain=Gene></div>", "<div data-captain=Maria&#32;Ward></div>"},
           Case{"captain", "<div data-booking=\"{&quot;captain&quot;:&quot;Gene&quot;}\"></div>", "<div data-booking=\"{&quot;captain&quot;:&quot;Maria Ward&quot;}\"></div>"},
           Case{"crew", "<script type=application/json>{\"crew\":\"Ann and Bob\"}</script>", "<script type=application/json>{\"crew\":\"Maria Ward\"}</script>"},
           Case{"crew", "<div data-crew='Ann'></div>", "<div data-crew='Maria Ward'></div>"},
       }) {
    EXPECT_EQ(SetText(c.before, c.field, "Maria Ward"), c.after);
  }
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"<script type=application/ld+json>{\"partySize\":6}</script>", "<script type=application/ld+json>{\"partySize\":12}</script>"},
           {"<script type=application/ld+json>{\"partySize\":\"6\"}</script>", "<script type=application/ld+json>{\"partySize\":\"12\"}</script>"},
           {"<script>window.B = {\"guest_count\": 6};</script>", "<script>window.B = {\"guest_count\": 12};</script>"},
           {"<div data-guests=6></div>", "<div data-guests=12></div>"},
           {"<p><b itemprop=partySize>6</b> on board</p>", "<p><b itemprop=partySize>12</b> on board</p>"}}) {
    EXPECT_EQ(SetText(before, "guest_count", "12"), after);
  }
}

TEST_F(Setting, WhatIsNotTheBookingsStaysInEveryCarrier) {
  for (const char* page : {"<script type=application/ld+json>{\"organizer\":{\"name\":\"Gene\"},\"performer\":\"Gene\"}</script>",      // nobody says who that is
                           "<script type=application/ld+json>{\"review\":{\"captain\":\"Gene\"}}</script>", "<script>const T = {captain: 'Your captain', crew: \"Meet the crew\"};</script>",
                           "<script>if (captain == 'Gene') go();</script>", "<script>const captain = 'Gene ' + last;</script>", "<script>const captain = `Gene ${last}`;</script>",
                           "<script>let x = a ? captain : 'Gene';</script>", "<div data-captain=toggle></div>", "<meta name=author content=Gene>",
                           "<script type=application/ld+json>{\"captain\":[\"Gene\",\"Ann\"]}</script>"}) {
    EXPECT_EQ(SetText(page, "captain", "Maria"), page);
  }
  for (const char* page : {"<script type=application/ld+json>{\"maximumAttendeeCapacity\":6}</script>", "<script>let guests = 1;</script>", "<script>const S = {guests: 2};</script>", "<div data-guests=\"1200\"></div>",
                           "<script type=application/ld+json>{\"@type\":\"FoodEstablishmentReservation\",\"partySize\":2}</script>"}) {
    EXPECT_EQ(SetText(page, "guest_count", "9"), page);
  }
}

TEST_F(Setting, HostileValuesInEveryCarrier) {
  const std::string name = "Bo </script><script>\"O'Hara\" \\ & `${x}`";
  const std::string string = "Bo \\u003c/script>\\u003cscript>\\\"O\\u0027Hara\\\" \\\\ & \\u0060\\u0024{x}\\u0060";
  for (const char* head : {"<script type=application/ld+json>{\"captain\":\"", "<script type=application/json>{\"captain\":\"", "<script>var captain = \""}) {
    const std::string tail = head[8] == '>' ? "\";</script>" : "\"}</script>";
    EXPECT_EQ(SetText(head + ("Gene" + tail), "captain", name), head + (string + tail));
  }
  for (const char* page : {"<script>var captain = 'Gene';</script>", "<script>var captain = `Gene`;</script>", "<div data-captain=\"Gene\"></div>", "<div data-captain='Gene'></div>", "<div data-captain=Gene></div>",
                           "<meta name=captain content=Gene>", "<b itemprop=captain>Gene</b>", "<div data-booking='{\"captain\":\"Gene\"}'></div>", "<div data-b=\"{&quot;captain&quot;:&quot;Gene&quot;}\"></div>"}) {
    const std::string after = SetText(page, "captain", name);
    const Reading reading = Read(after);
    ASSERT_EQ(reading.statements.size(), 1u) << after;
    EXPECT_EQ(reading.statements[0].text, name) << after;
    EXPECT_EQ(SetText(after, "captain", "Gene").size(), std::string(page).size()) << "and back";
  }
  EXPECT_EQ(SetText("<script>var x = {\"partySize\": 6};</script>", "guest_count", "1;alert(1)"), "<script>var x = {\"partySize\": 6};</script> ? 6");
  EXPECT_EQ(SetText("<p>Captain: Gene</p><script>var captain = 'Gene';</script>", "captain", "gene (skip)"), "<p>Captain: Gene</p><script>var captain = 'Gene';</script> ? Gene ? Gene");
}

TEST_F(Setting, AccentsInDataAndAttributes) {
  const std::string name = "Zoë 李 \xF0\x9F\x98\x80";
  const std::string script = "<script type=application/ld+json>{\"captain\":\"", end = "\"}</script>", div = "<div data-captain=\"", close = "\"></div>";
  const std::string utf8 = "<meta charset=utf-8>", latin = "<meta charset=windows-1252>";
  EXPECT_EQ(SetText(utf8 + script + "Gene" + end, "captain", name), utf8 + script + name + end);
  EXPECT_EQ(SetText(latin + script + "Gene" + end, "captain", name), latin + script + "Zo\\u00eb \\u674e \\ud83d\\ude00" + end);
  EXPECT_EQ(SetText(utf8 + div + "Gene" + close, "captain", name), utf8 + div + name + close);
  EXPECT_EQ(SetText(latin + div + "Gene" + close, "captain", name), latin + div + "Zo&#235; &#26446; &#128512;" + close);
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
