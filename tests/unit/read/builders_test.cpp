// Pages as site builders, booking platforms and people write them: what moves with a booking, and what stays.
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

struct Moved {
  const char* before;
  int minutes;
  const char* after;
};

class Builders : public ReadingTest {
 protected:
  void ExpectMoved(const std::vector<Moved>& cases) const {
    for (const Moved& c : cases) EXPECT_EQ(Shift(c.before, c.minutes), c.after);
  }
  // Beside a plain statement of the booking, nothing of `page` moves.
  void ExpectStays(const std::vector<std::string>& pages) const {
    const std::string booking = "<p>Saturday, May 30, 2026: sail 4:30 PM – 7:30 PM.</p>", moved = "<p>Saturday, May 30, 2026: sail 5:30 PM – 8:30 PM.</p>";
    for (const std::string& page : pages) EXPECT_EQ(Shift(booking + page, 60), moved + page);
  }
};

TEST_F(Builders, AHalfOfTheDayEndsWithItsElement) {
  ExpectMoved({{"<ul><li><span>11:30 AM</span><b>Departure</b></li></ul>", 60, "<ul><li><span>12:30 PM</span><b>Departure</b></li></ul>"},
               {"<p>Departs <b>11:30 AM</b>sharp</p>", 300, "<p>Departs <b>4:30 PM</b>sharp</p>"},
               {"<p><b>4:30 PM</b>PDT</p>", 60, "<p><b>5:30 PM</b>PDT</p>"}});
}

TEST_F(Builders, DataOfOtherThingsStays) {
  ExpectStays({"<script>{\"officeHours\":{\"start\":\"09:00\",\"end\":\"17:00\"}}</script>",
               "<script>var a = {businessHours: {sat: {open: \"4:30 PM\", close: \"7:30 PM\"}}, openTime: \"09:00\", closeTime: \"16:30\"};</script>",
               "<script type=application/json>{\"forecast\":[{\"startTime\":\"2026-05-30T16:00:00-07:00\",\"endTime\":\"2026-05-30T17:00:00-07:00\"}]}</script>",
               "<script>w = {hourly: [{time: '16:30', temp: 68}], tide: {time: '16:30'}}</script>"});
  ExpectMoved({{"<script>{\"start\":{\"dateTime\":\"2026-05-30T20:30:00\"},\"end\":{\"dateTime\":\"2026-05-30T23:30:00\"}}</script>", 60,
                "<script>{\"start\":{\"dateTime\":\"2026-05-30T21:30:00\"},\"end\":{\"dateTime\":\"2026-05-31T00:30:00\"}}</script>"},
               {"<script>{\"start_timestamp\":1780183800,\"end_timestamp\":1780194600}</script>", 60, "<script>{\"start_timestamp\":1780187400,\"end_timestamp\":1780198200}</script>"},
               {"<script>sunsetSail = {start: \"16:30\", end: \"19:30\"}</script>", 60, "<script>sunsetSail = {start: \"17:30\", end: \"20:30\"}</script>"}});
}

TEST_F(Builders, OtherDaysAndOtherSailsStay) {
  ExpectStays({"<p>Every Tuesday yoga 4:30 PM</p>", "<p>Wednesday beer-can races start at 4:30 PM</p>", "<p>Our Sunday sail leaves at 2:00 PM</p>", "<p>Sunday 4:30 PM</p>",
               "<time class=\"entry-date\" datetime=\"2026-04-02T16:30:00-07:00\">April 2, 2026</time>", "<time datetime=\"2026-05-20T16:30:00-07:00\">May 20, 4:30 PM</time>",
               "<p>Response from owner, May 6, 2026, 4:30 PM</p>", "<p>Also: Morning Sail 9:30 AM – 12:30 PM</p>", "<p>Jazz Brunch Cruise departs 10:00 AM</p>"});
}

TEST_F(Builders, ChatsForecastsAndStampsStay) {
  ExpectStays({"<div class=\"chat-widget\"><span class=\"msg-time\">4:30 PM</span> Hi there!</div>", "<div id=\"weather\">4:30 PM</div>", "<p>Live music at the yacht club from 7:30 PM</p>",
               "<p>Server time 16:30</p>", "<p>Caterer arrives 1:00 PM</p>", "<p>Hotel check-in is after 4 PM</p>", "<p>Orders placed before 4:30 PM ship same day</p>"});
}

TEST_F(Builders, PlacesInDirectionsAreNoLabels) {
  const std::string sail = "<p>Saturday, May 30, 2026: sail 4:30 PM – 7:30 PM.</p>", moved = "<p>Saturday, May 30, 2026: sail 5:30 PM – 8:30 PM.</p>";
  for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
           {"<p>Please check in at our office at 4:15 PM.</p>", "<p>Please check in at our office at 5:15 PM.</p>"},
           {"<p>Meet in front of the Bali Hai restaurant at 4:15 PM</p>", "<p>Meet in front of the Bali Hai restaurant at 5:15 PM</p>"},
           {"<p>Arrive by ferry by 4:15 PM</p>", "<p>Arrive by ferry by 5:15 PM</p>"},
           {"<p>Returns to the departure dock at 7:30 PM</p>", "<p>Returns to the departure dock at 8:30 PM</p>"}}) {
    EXPECT_EQ(Shift(sail + before, 60), moved + after);
  }
  EXPECT_EQ(Shift("<p>Posted by Ann</p><p>Saturday, May 30, 2026, 4:30 PM to 7:30 PM</p>", 60), "<p>Posted by Ann</p><p>Saturday, May 30, 2026, 5:30 PM to 8:30 PM</p>");
}

TEST_F(Builders, AnItineraryMovesRowByRow) {
  EXPECT_EQ(Shift("<table><tr><th>Time</th><th>What</th></tr><tr><td>4:00 PM</td><td>Boarding</td></tr><tr><td>4:30 PM</td><td>Departure</td></tr><tr><td>6:00 PM</td><td>Switch helm teams</td></tr>"
                  "<tr><td>7:30 PM</td><td>Return to dock</td></tr></table>", 60),
            "<table><tr><th>Time</th><th>What</th></tr><tr><td>5:00 PM</td><td>Boarding</td></tr><tr><td>5:30 PM</td><td>Departure</td></tr><tr><td>6:00 PM</td><td>Switch helm teams</td></tr>"
            "<tr><td>8:30 PM</td><td>Return to dock</td></tr></table>");
}

TEST_F(Builders, PastMidnightEveryPartGoesAlong) {
  ExpectMoved({{"<p>Sat · May 30 · sail 4:30 PM</p>", 18 * 60, "<p>Sun · May 31 · sail 10:30 AM</p>"},
               {"<p>May 30, a Saturday; we sail 4:30 PM</p>", 18 * 60, "<p>May 31, a Sunday; we sail 10:30 AM</p>"},
               {"<p>Saturday, May 30, 2026: sail 4:30 PM</p>", 18 * 60, "<p>Sunday, May 31, 2026: sail 10:30 AM</p>"},
               {"<p>Sat, May 30 8:30 PM – Sat, May 30 11:30 PM</p><p>Boarding 8:00 PM.</p>", 60, "<p>Sat, May 30 9:30 PM – Sun, May 31 12:30 AM</p><p>Boarding 9:00 PM.</p>"},
               {"<p data-start-time=\"20:30\" data-end-date=\"2026-05-30\" data-end-time=\"23:30\">", 60, "<p data-start-time=\"21:30\" data-end-date=\"2026-05-31\" data-end-time=\"00:30\">"},
               {"<add-to-calendar-button startDate=\"2026-05-30\" startTime=\"16:30\" endDate=\"2026-05-30\" endTime=\"19:30\">", 300,
                "<add-to-calendar-button startDate=\"2026-05-30\" startTime=\"21:30\" endDate=\"2026-05-31\" endTime=\"00:30\">"},
               {"<p>Sail Saturday, May 30, 2026, 4:30 PM PDT (7:30 PM EDT)</p>", 300, "<p>Sail Saturday, May 30, 2026, 9:30 PM PDT (12:30 AM EDT)</p>"}});
}

}  // namespace
}  // namespace evenkeel
