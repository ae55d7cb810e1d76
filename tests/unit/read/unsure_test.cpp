// What a shift must not move: times of something else stay, and what nobody can be sure of is listed.
#include "json/base64.h"
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

class Unsure : public ReadingTest {
 protected:
  // The page shifted, and behind " ? " each time that is left to people.
  std::string ShiftAndAsk(const std::string& page, int minutes) const {
    const auto edits = ShiftPage(page, Read(page), minutes, options_);
    EXPECT_TRUE(edits.ok()) << edits.status().ToString();
    std::string after = Shift(page, minutes);
    if (!edits.ok()) return after;
    for (const EditNote& note : edits->unsure) after += " ? " + note.text;
    return after;
  }
};

TEST_F(Unsure, RulesOfAZoneStay) {
  const std::string rules = "BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles\r\nBEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nRDATE:20261101T020000\r\nEND:STANDARD\r\n"
                            "BEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
  const std::string head = "BEGIN:VCALENDAR\r\n" + rules + "BEGIN:VEVENT\r\n";
  const std::string before = head + "DTSTART:20260530T163000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const std::string after = head + "DTSTART:20260530T173000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  EXPECT_EQ(ShiftAndAsk(before, 60), after);
  const auto link = [](const std::string& text) { return "<a href=\"data:text/calendar;base64," + EncodeBase64(text) + "\">Add</a>"; };
  EXPECT_EQ(ShiftAndAsk(link(before), 60), link(after));
  const auto percent = [](std::string text) {
    for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) text.replace(at, 2, "%0D%0A");
    return "<a href=\"data:text/calendar," + text + "\">Add</a>";
  };
  EXPECT_EQ(ShiftAndAsk(percent(before), 60), percent(after));
}

TEST_F(Unsure, AGuessIsNotWrittenAsAFact) {
  EXPECT_EQ(ShiftAndAsk("<p>Back at the dock by 7:30</p>", -60), "<p>Back at the dock by 7:30</p> ? 7:30");
  EXPECT_EQ(ShiftAndAsk("<p>Back at the dock by 7:30</p>", 60), "<p>Back at the dock by 8:30</p>");
  EXPECT_EQ(ShiftAndAsk("<p>Evening cruise, 7 to 9</p>", -60), "<p>Evening cruise, 7 to 9</p> ? 7 to 9");
}

TEST_F(Unsure, AnOpenHourStaysWithinWhatItSays) {
  EXPECT_EQ(ShiftAndAsk("<p>We sail at 4</p>", 60), "<p>We sail at 5</p>");
  EXPECT_EQ(ShiftAndAsk("<p>We sail at 4</p>", -60), "<p>We sail at 3</p>");
  EXPECT_EQ(ShiftAndAsk("<p>We sail at 4</p>", 540), "<p>We sail at 4</p> ? 4");
  EXPECT_EQ(ShiftAndAsk("<p>Meet at half past four</p>", 540), "<p>Meet at half past four</p> ? half past four");
  EXPECT_EQ(ShiftAndAsk("<p>Cruise, 4 to 7</p>", 120), "<p>Cruise, 6 to 9</p>");
  EXPECT_EQ(ShiftAndAsk("<p>Cruise, 6 to 9</p>", 60), "<p>Cruise, 6 to 9</p> ? 6 to 9") << "7 to 10 would be read as in the morning";
  EXPECT_EQ(ShiftAndAsk("<p>Cruise, <b>6</b> to <i>9</i></p>", 60), "<p>Cruise, <b>6</b> to <i>9</i></p> ? 6 ? 9");
  EXPECT_EQ(ShiftAndAsk("<p>Arrive at 6, cruise, 6:30 to 9</p>", 60), "<p>Arrive at 6, cruise, 6:30 to 9</p> ? 6 ? 6:30 to 9") << "what depends on it neither";
  EXPECT_EQ(ShiftAndAsk("<p>Cruise, 6 to 9</p><p>Starts 6 PM</p>", 60), "<p>Cruise, 7 to 10 PM</p><p>Starts 7 PM</p>") << "the page says which half";
  EXPECT_EQ(ShiftAndAsk("<p>Cruise, 6 to 9</p><script type=application/ld+json>{\"startDate\":\"2026-05-30T18:00\"}</script>", 60),
            "<p>Cruise, 7 to 10 PM</p><script type=application/ld+json>{\"startDate\":\"2026-05-30T19:00\"}</script>");
  EXPECT_EQ(ShiftAndAsk("<p>Cruise, 6 to 9</p>", -600), "<p>Cruise, 8 to 11</p>") << "right for either half";
  EXPECT_EQ(ShiftAndAsk("<p>We sail at 4</p><p>Start: 4 PM</p>", 540), "<p>We sail at 1</p><p>Start: 1 AM</p>") << "the page says which half";
}

TEST_F(Unsure, TheLetterOfTheMorning) {
  EXPECT_EQ(ShiftAndAsk("<p>When: 11a–2p</p>", -60), "<p>When: 10a–1p</p>");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 10a to 1p</p>", 60), "<p>Sail 11a to 2p</p>");
  EXPECT_EQ(ShiftAndAsk("<p>Depart 10a, return 1p</p>", 60), "<p>Depart 11a, return 2p</p>");
  EXPECT_EQ(ShiftAndAsk("<p>Suite 10a, sail 1 PM</p>", 60), "<p>Suite 10a, sail 2 PM</p>");
}

TEST_F(Unsure, ATimeJoinedToWhatIsNotRead) {
  EXPECT_EQ(ShiftAndAsk("<p>Sail 7:00PM/10:00PM</p>", 60), "<p>Sail 7:00PM/10:00PM</p> ? 7:00PM ? 10:00PM") << "a stroke offers a choice as often as it joins a range";
  EXPECT_EQ(ShiftAndAsk("<p>May 30 / 4:30 PM</p>", 60), "<p>May 30 / 5:30 PM</p>");
}

TEST_F(Unsure, TimesToChooseFrom) {
  EXPECT_EQ(ShiftAndAsk("<p>Available start times: 10 AM, 1 PM, 4:30 PM</p>", 60), "<p>Available start times: 10 AM, 1 PM, 4:30 PM</p> ? 10 AM ? 1 PM ? 4:30 PM");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM</p><p>We sail at 10 AM or 4:30 PM</p>", 60), "<p>Sail 5:30 PM</p><p>We sail at 10 AM or 4:30 PM</p> ? 10 AM ? 4:30 PM");
  EXPECT_EQ(ShiftAndAsk("<p>Start times: 1 PM, 4:30 PM</p>", 60), "<p>Start times: 1 PM, 4:30 PM</p> ? 1 PM ? 4:30 PM");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30/7:30 PM</p>", 60), "<p>Sail 4:30/7:30 PM</p> ? 4:30 ? 7:30 PM");
  EXPECT_EQ(ShiftAndAsk("<p>Departures: 10:00 | 13:00 | 16:00</p>", 60), "<p>Departures: 10:00 | 13:00 | 16:00</p> ? 10:00 ? 13:00 ? 16:00");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM PT / 7:30 PM ET</p>", 60), "<p>Sail 5:30 PM PT / 8:30 PM ET</p>") << "one instant";
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM / 16:30</p>", 60), "<p>Sail 5:30 PM / 17:30</p>") << "one time in two writings";
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM, 7:30 PM return</p>", 60), "<p>Sail 5:30 PM, 8:30 PM return</p>") << "each has its word";
}

TEST_F(Unsure, OtherPeoplesSailings) {
  for (const char* text : {"We departed at 1 PM and had a blast.", "Our charter started at 2 PM and the crew was amazing.", "We left at 1 p.m. and came back at 4 p.m., best day ever.",
                           "Last year we sailed at 3 PM.", "Yesterday's trip departed at 4:30 PM", "All boats return by 9 PM.", "Most charters depart at 10 AM.", "Our sunset sails leave at 5:30 PM.",
                           "Every charter begins at 10 AM", "We usually sail at 5 PM.", "We sail daily at 4:30 PM.", "My sail at 1 PM was wonderful",
                           "Captain Gene took us out at 1 PM and brought us back by 4 PM."}) {
    for (const TimeReference& time : ReadLine(text).times) EXPECT_EQ(time.role, Role::kUnknown) << text << ": " << time.why;
  }
  for (const char* text : {"Once everyone has boarded we leave at 4:30 PM.", "We start at 4:30 PM; your crew is great.", "All guests must arrive by 4:30 PM.", "Our boat sails at 4:30 PM.",
                           "The boat must be returned by 4:30 PM.", "Our crew will meet you at 4:30 PM", "You booked the 4:30 PM sail", "Your start was moved to 4:30 PM"}) {
    EXPECT_NE(ReadLine(text).times.at(0).role, Role::kUnknown) << text;
  }
}

TEST_F(Unsure, PlacesThatSpeakOfOthers) {
  const std::string sail = "<p>Sail 4:30 PM</p>";
  const std::string moved = "<p>Sail 5:30 PM</p>";
  for (const char* rest : {"<div class=\"review\"><p>Departed 4:30 PM, amazing!</p></div>", "<div class=\"customer-testimonials\">Our sail at 1 PM was great</div>",
                           "<div itemprop=review><p itemprop=reviewBody>Left 3 PM</p></div>", "<footer>Hours 9 AM - 5 PM</footer>",
                           "<script type=\"application/ld+json\">{\"@type\":\"Review\",\"reviewBody\":\"We departed at 1 PM and had a blast\"}</script>"}) {
    EXPECT_EQ(ShiftAndAsk(sail + rest, 60), moved + rest) << "unrelated, nothing to ask";
  }
  EXPECT_EQ(ShiftAndAsk(sail + "<section id=faq><p>Boarding is at 1 PM.</p></section>", 60), moved + "<section id=faq><p>Boarding is at 1 PM.</p></section> ? 1 PM");
  EXPECT_EQ(ShiftAndAsk(sail + "<section id=faq><p>When do we depart? Departure is at 4:30 PM.</p></section>", 60),
            moved + "<section id=faq><p>When do we depart? Departure is at 5:30 PM.</p></section>");
  EXPECT_EQ(ShiftAndAsk(sail + "<blockquote>Start at 1 PM</blockquote>", 60), moved + "<blockquote>Start at 1 PM</blockquote> ? 1 PM");
  EXPECT_EQ(ShiftAndAsk(sail + "<details><summary>What time do boats usually return?</summary>By 9 PM</details>", 60),
            moved + "<details><summary>What time do boats usually return?</summary>By 9 PM</details> ? 9 PM");
  EXPECT_EQ(ShiftAndAsk(sail + "<footer>9 AM - 5 PM</footer>", 60), moved + "<footer>9 AM - 5 PM</footer> ? 9 AM - 5 PM");
  EXPECT_EQ(ShiftAndAsk(sail + "<ul><li>10 AM</li><li>1 PM</li><li>4:30 PM</li></ul>", 60), moved + "<ul><li>10 AM</li><li>1 PM</li><li>4:30 PM</li></ul> ? 10 AM ? 1 PM ? 4:30 PM");
  EXPECT_EQ(ShiftAndAsk("<div id=review-booking><p>Sail 4:30 PM</p></div>", 60), "<div id=review-booking><p>Sail 5:30 PM</p></div>") << "a step of the order";
  EXPECT_EQ(ShiftAndAsk("<p>Sail: <del>5:00 PM</del> <ins>4:30 PM</ins></p>", 60), "<p>Sail: <del>5:00 PM</del> <ins>5:30 PM</ins></p>");
  EXPECT_EQ(ShiftAndAsk("<p>Arrival: <s>4:00 PM</s> 3:30 PM</p><p>Sail 4:30 PM</p>", 60), "<p>Arrival: <s>4:00 PM</s> 4:30 PM</p><p>Sail 5:30 PM</p>");
}

TEST_F(Unsure, HalvesOfTheDayThatAreNotRead) {
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM’s slot</p>", -300), "<p>Sail 11:30 AM’s slot</p>");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PMPDT</p>", -300), "<p>Sail 4:30 PMPDT</p> ? 4:30");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM\xE9</p>", -300), "<p>Sail 4:30 PM\xE9</p> ? 4:30");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM\xFF</p>", -300), "<p>Sail 4:30 PM\xFF</p> ? 4:30");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PMs</p>", -300), "<p>Sail 4:30 PMs</p> ? 4:30");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 in the PM</p>", 60), "<p>Sail 4:30 in the PM</p> ? 4:30");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 de la tarde</p>", 60), "<p>Sail 4:30 de la tarde</p> ? 4:30");
}

TEST_F(Unsure, SalesEndOnTheirOwn) {
  for (const char* name : {"salesEnd", "registrationEnd", "sale_start", "presaleStart", "ticketsEnd"}) {
    const std::string page = std::string("<script>const sailStart = \"2026-05-30T16:30:00\", ") + name + " = \"2026-05-30T15:00:00\";</script>";
    std::string after = page;
    after.replace(after.find("16:30"), 5, "17:30");
    EXPECT_EQ(ShiftAndAsk(page, 60), after);
  }
}

TEST_F(Unsure, DataOfOtherThingsThanTheSail) {
  const std::string sail = "<script type=application/ld+json>{\"@type\":\"Event\",\"startDate\":\"2026-05-30T16:30:00-07:00\",\"x\":";
  const std::string moved = "<script type=application/ld+json>{\"@type\":\"Event\",\"startDate\":\"2026-05-30T17:30:00-07:00\",\"x\":";
  for (const char* other : {"{\"@type\":\"FlightReservation\",\"reservationFor\":{\"departureTime\":\"2026-05-30T09:05:00-07:00\"}}}</script>",
                            "{\"subEvent\":{\"@type\":\"Event\",\"startDate\":\"2026-05-30T09:05:00-07:00\"}}}</script>"}) {
    EXPECT_EQ(ShiftAndAsk(sail + other, 60), moved + other + " ? 2026-05-30T09:05:00-07:00");
  }
}

TEST_F(Unsure, TimesWithADateOfTheirOwn) {
  const std::string head = "<h1>Saturday, May 30, 2026</h1><p>Sail: 4:30 – 7:30 PM</p>";
  const std::string moved = "<h1>Saturday, May 30, 2026</h1><p>Sail: 5:30 – 8:30 PM</p>";
  for (const auto& [other, time] : std::vector<std::pair<std::string, std::string>>{
           {"<p>We sailed on May 2, 2026, 4:30–7:30 PM</p>", "4:30–7:30 PM"},
           {"<p>Rain date: May 31, 2026, 4:30 PM</p>", "4:30 PM"},
           {"<h3>Other sails</h3><ul><li>Sun May 31 — 4:30 – 7:30 PM</li></ul>", "4:30 – 7:30 PM"},
       }) {
    EXPECT_EQ(ShiftAndAsk(head + other, 60), moved + other + " ? " + time);
  }
  EXPECT_EQ(ShiftAndAsk("<p>Sat, May 30, 2026, 9 PM – Sun, May 31, 2026, 1 AM</p>", 60), "<p>Sat, May 30, 2026, 10 PM – Sun, May 31, 2026, 2 AM</p>");
}

TEST_F(Unsure, AFurtherEventOfAnotherDay) {
  const std::string other = ",{\"@type\":\"Event\",\"startDate\":\"2026-06-06T16:30:00-07:00\"}]</script>";
  EXPECT_EQ(ShiftAndAsk("<script type=application/ld+json>[{\"@type\":\"Event\",\"startDate\":\"2026-05-30T16:30:00-07:00\"}" + other, 60),
            "<script type=application/ld+json>[{\"@type\":\"Event\",\"startDate\":\"2026-05-30T17:30:00-07:00\"}" + other + " ? 2026-06-06T16:30:00-07:00");
}

TEST_F(Unsure, TheRowSaysMoreThanTheHeaderTime) {
  const std::string page = "<table><tr><th>Time</th><th>Event</th></tr><tr><td>4:30 PM</td><td>Sail</td></tr><tr><td>7:48 PM</td><td>Sunset</td></tr><tr><td>7:30 PM</td><td>Return</td></tr></table>";
  const Reading reading = Read(page);
  EXPECT_THAT(Describe(reading), testing::ElementsAre("4:30 PM | start 16:30", "7:48 PM | unrelated 19:48", "7:30 PM | end -19:30"));
}

TEST_F(Unsure, OneHalfOfARangeLabelsTheOther) {
  EXPECT_EQ(ShiftAndAsk("<p><b class=\"event-start\">4:30 pm</b> - <b>7:30 pm</b></p>", 60), "<p><b class=\"event-start\">5:30 pm</b> - <b>8:30 pm</b></p>");
}

TEST_F(Unsure, AListToChooseFromIsNoStatement) {
  const std::string list = "<select name=start><option>3:30 PM</option><option selected>4:30 PM</option><option>5:30 PM</option></select>";
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM</p>" + list, 60), "<p>Sail 5:30 PM</p>" + list + " ? 3:30 PM ? 4:30 PM ? 5:30 PM");
  const std::string values = "<select><option value=\"16:30\">early</option><option value=\"17:30\">late</option></select>";
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM</p>" + values, 60), "<p>Sail 5:30 PM</p>" + values + " ? 16:30 ? 17:30");
  EXPECT_EQ(ShiftAndAsk("<p>Sail 4:30 PM</p><select><option>4:30 PM</option></select>", 60), "<p>Sail 5:30 PM</p><select><option>5:30 PM</option></select>");
}

TEST_F(Unsure, HoursAsNumbersOfTheBooking) {
  const std::string sail = "<p>Sail 4:30 PM</p>", moved = "<p>Sail 5:30 PM</p>";
  for (const auto& [other, time] : std::vector<std::pair<std::string, std::string>>{
           {"<script>d.setHours(16, 30);</script>", "16, 30"},
           {"<script>const t = {h: 16, m: 30};</script>", "16, m: 30"},
           {"<script>const t = {hour:16,minute:30};</script>", "16,minute:30"},
           {"<div data-hour=16 data-minute=30></div>", "16 data-minute=30"},
           {"<div data-hour=\"16\"></div>", "16"},
           {"<style>.t::after{content: \"4:30 PM\"}</style>", "4:30 PM"},
           {"<iframe srcdoc=\"&lt;p&gt;Sail 4:30 PM&lt;/p&gt;\"></iframe>", "4:30 PM"}}) {
    EXPECT_EQ(ShiftAndAsk(sail + other, 60), moved + other + " ? " + time);
  }
  for (const char* other : {"<script>d.setHours(0, 0, 0, 0);</script>", "<script>d.setHours(9);</script>", "<div data-hour=9></div>", "<script>const t = {h: 100, m: 30};</script>",
                            "<script>el.style = {h: 3, m: 4};</script>", "<style>.t::after{content: \"\\201C\"}</style>", "<iframe srcdoc=\"<p>Hello</p>\"></iframe>"}) {
    EXPECT_EQ(ShiftAndAsk(sail + other, 60), moved + other);
  }
}

TEST_F(Unsure, RowsOfATimetable) {
  const std::string table = "<table><tr><th>Sail</th><th>Departs</th><th>Returns</th></tr><tr><td>Matinee</td><td>12:30 PM</td><td>3:30 PM</td></tr>"
                            "<tr><td>Sunset</td><td>4:30 PM</td><td>7:30 PM</td></tr></table>";
  EXPECT_EQ(ShiftAndAsk(table + "<p>You depart 4:30 PM</p>", 60), table + "<p>You depart 5:30 PM</p> ? 12:30 PM ? 3:30 PM ? 4:30 PM ? 7:30 PM");
  const auto one = [](const std::string& time) { return "<table><tr><th>Departs</th><th>Returns</th></tr><tr><td>" + time + "</td><td>9:30 PM</td></tr></table>"; };
  EXPECT_THAT(ShiftAndAsk(one("4:30 PM"), 60), testing::HasSubstr("<td>5:30 PM</td><td>10:30 PM</td>"));
  const auto clocks = [](const std::string& start, const std::string& start_24, const std::string& end, const std::string& end_24) {
    return "<ul><li><i class=\"event-start\">" + start + "</i> <i class=\"event-end\">" + end + "</i> <i class=\"event-start\">" + start_24 + "</i> <i class=\"event-end\">" + end_24 + "</i></li></ul>";
  };
  EXPECT_EQ(ShiftAndAsk(clocks("4:30 PM", "16:30", "7:30 PM", "19:30"), 60), clocks("5:30 PM", "17:30", "8:30 PM", "20:30")) << "two times, each on two clocks";
}

TEST_F(Unsure, ARangeOfSomethingElse) {
  const std::string sail = "<p>Start: 2 PM</p><p>End: 5 PM</p>", moved = "<p>Start: 3 PM</p><p>End: 6 PM</p>";
  EXPECT_EQ(ShiftAndAsk(sail + "<p>Bar Lounge 9 AM–5 PM</p>", 60), moved + "<p>Bar Lounge 9 AM–5 PM</p>");
  EXPECT_EQ(ShiftAndAsk(sail + "<p>Lounge: 9 AM–5 PM</p>", 60), moved + "<p>Lounge: 9 AM–5 PM</p> ? 9 AM–5 PM") << "its end is the sail's, its start is not";
  EXPECT_EQ(ShiftAndAsk(sail + "<p>Reply between 9 a.m. and 5 p.m.</p>", 60), moved + "<p>Reply between 9 a.m. and 5 p.m.</p> ? between 9 a.m. and 5 p.m.");
  EXPECT_EQ(ShiftAndAsk("<h1>Depart 4:30 PM</h1><h3>Tides</h3><table><tr><th>Time</th><th>Height</th></tr><tr><td>4:30 PM</td><td>5 ft</td></tr></table>", 60),
            "<h1>Depart 5:30 PM</h1><h3>Tides</h3><table><tr><th>Time</th><th>Height</th></tr><tr><td>4:30 PM</td><td>5 ft</td></tr></table> ? 4:30 PM");
}

TEST_F(Unsure, TheMailThatIsAnswered) {
  const std::string quoted = "\n\nOn Fri, May 1, 2026 at 2:05 PM Ann wrote:\n&gt; can we sail at 5 PM?\n</pre>";
  EXPECT_EQ(ShiftAndAsk("<pre>Date: May 30, 2026\nDeparture: 4:30 PM" + quoted, 60), "<pre>Date: May 30, 2026\nDeparture: 5:30 PM" + quoted + " ? 5 PM");
  EXPECT_EQ(ShiftAndAsk("<pre>Date: May 30, 2026\nDeparture: 4:30 PM" + quoted, 1080), "<pre>Date: May 31, 2026\nDeparture: 10:30 AM" + quoted + " ? 5 PM");
}

TEST_F(Unsure, WhatStandsBetweenTwoTimes) {
  EXPECT_EQ(ShiftAndAsk("<p>From 4:30 PM (gate opens) to 7:30 PM</p>", 60), "<p>From 4:30 PM (gate opens) to 7:30 PM</p> ? 4:30 PM ? 7:30 PM") << "the brackets are of the first";
  EXPECT_EQ(ShiftAndAsk("<p itemscope>4:30pm – <meta itemprop=\"endDate\" content=\"2026-05-30T19:30\">7:30pm</p>", 60),
            "<p itemscope>5:30pm – <meta itemprop=\"endDate\" content=\"2026-05-30T20:30\">8:30pm</p>");
  EXPECT_EQ(ShiftAndAsk("<tr><th>Depart</th><td>4:30 PM</td></tr><tr><th>Return</th><td>7:30 PM</td></tr>", 60),
            "<tr><th>Depart</th><td>5:30 PM</td></tr><tr><th>Return</th><td>8:30 PM</td></tr>") << "cells without a table are no elements";
  EXPECT_EQ(ShiftAndAsk("<x-countdown end-date=\"2026-05-30T16:30:00-07:00\"></x-countdown><p>We sail at 4:30 PM</p>", 60),
            "<x-countdown end-date=\"2026-05-30T17:30:00-07:00\"></x-countdown><p>We sail at 5:30 PM</p>");
}

TEST_F(Unsure, ASentenceIsNoName) {
  EXPECT_EQ(ShiftAndAsk("<p>We sail at 4:30 PM. Capt. Bob will meet you at 4 PM.</p>", 60), "<p>We sail at 5:30 PM. Capt. Bob will meet you at 5 PM.</p>");
}

}  // namespace
}  // namespace evenkeel
