// What a shift must not move: times of something else stay, and what nobody can be sure of is listed.
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
  EXPECT_EQ(ShiftAndAsk(head + "DTSTART:20260530T163000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 60), head + "DTSTART:20260530T173000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST_F(Unsure, AGuessIsNotWrittenAsAFact) {
  EXPECT_EQ(ShiftAndAsk("<p>Back at the dock by 7:30</p>", -60), "<p>Back at the dock by 7:30</p> ? 7:30");
  EXPECT_EQ(ShiftAndAsk("<p>Back at the dock by 7:30</p>", 60), "<p>Back at the dock by 8:30</p>");
  EXPECT_EQ(ShiftAndAsk("<p>Evening cruise, 7 to 9</p>", -60), "<p>Evening cruise, 7 to 9</p> ? 7 to 9");
}

}  // namespace
}  // namespace evenkeel
