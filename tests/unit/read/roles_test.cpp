// What a time is for.
#include "unit/read/reading_fixture.h"

namespace evenkeel {
namespace {

using Roles = ReadingTest;
using testing::ElementsAre;

TEST_F(Roles, FromWordsBeside) {
  EXPECT_THAT(Describe(ReadLine("Arrive by 4, we sail at 4:30 PM and return by 7:30 PM.")), ElementsAre("4 | arrival 16:00", "4:30 PM | start 16:30", "7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("4:00 PM boarding, 4:30 PM departure")), ElementsAre("4:00 PM | arrival 16:00", "4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("RSVP by Monday 8:00 PM PT")), ElementsAre("Monday 8:00 PM PT | cutoff 20:00"));
  EXPECT_THAT(Describe(ReadLine("Please be on the dock by 4:15 PM. Back at the dock by 7:30 PM.")), ElementsAre("4:15 PM | arrival 16:15", "7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Upload until 9 PM")), ElementsAre("9 PM | cutoff 21:00"));
}

TEST_F(Roles, FromRequestsDistancesAndLines) {
  EXPECT_THAT(Describe(ReadLine("Order platters before 10 AM on May 29.")), ElementsAre("10 AM | cutoff 10:00"));
  EXPECT_THAT(Describe(ReadLine("Arrive 15 minutes before 4:30 PM")), ElementsAre("4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Back at the dock no later than 7:30 PM")), ElementsAre("7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("A 4:30pm start and a 7:30pm finish")), ElementsAre("4:30pm | start 16:30", "7:30pm | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Departs at 1630 and returns at 1930")), ElementsAre("1630 | start 16:30", "1930 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Upload your photos until midnight")), ElementsAre("midnight | cutoff 00:00"));
  EXPECT_THAT(Describe(ReadLine("Boarding begins at 4:15 PM")), ElementsAre("4:15 PM | arrival 16:15"));
  EXPECT_THAT(Describe(ReadLine("3 hours, 4:30 PM–7:30 PM, up to 6 guests")), ElementsAre("4:30 PM–7:30 PM | start_end 16:30-19:30")) << "a length is no opening hours";
  EXPECT_THAT(Describe(Read("<p>Time: 4:30 PM<br>Return: 7:30 PM</p>")), ElementsAre("4:30 PM | start 16:30", "7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(Read("<p>4:30 PM – sail<br>7:30 PM – back</p>")), ElementsAre("4:30 PM | start 16:30", "7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(Read("<h3>Boarding</h3><p>4:00 PM</p><h3>Return</h3><p>7:30 PM</p>")), ElementsAre("4:00 PM | arrival 16:00", "7:30 PM | end -19:30"));
}

TEST_F(Roles, AListOfOtherThingsGoesOn) {
  for (const char* text : {"Tides: 3:12 AM 4.8 ft, 9:47 AM 0.3 ft", "Bus 992 leaves at 3:52 PM and 4:07 PM"}) {
    for (const TimeReference& time : ReadLine(text).times) EXPECT_EQ(time.role, Role::kUnrelated) << text << ": " << time.why;
  }
}

TEST_F(Roles, OfAChangeTheNewTimeIsTheBookings) {
  EXPECT_THAT(Describe(ReadLine("Moved from 3:30 PM to 4:30 PM")), ElementsAre("3:30 PM | unrelated 15:30", "4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("The sail is from 3:30 PM to 4:30 PM")), ElementsAre("from 3:30 PM to 4:30 PM | start_end 15:30-16:30"));
}

TEST_F(Roles, OfWhatWasAndWhatIsNow) {
  EXPECT_THAT(Describe(ReadLine("Was 5:00 PM, now 4:30 PM")), ElementsAre("5:00 PM | unrelated 17:00", "4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Saturday, May 30: was 5:00 PM → now 4:30 PM PT")), ElementsAre("5:00 PM | unrelated 17:00", "4:30 PM PT | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("now 4:30 PM (was 5:00 PM)")), ElementsAre("4:30 PM | start 16:30", "5:00 PM | unrelated 17:00"));
  EXPECT_THAT(Describe(ReadLine("Arrival was 4:00 PM, now 3:30 PM. Sail 4:30 PM")), ElementsAre("4:00 PM | unrelated 16:00", "3:30 PM | arrival 15:30", "4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Original start 5:00 PM, new start 4:30 PM")), ElementsAre("5:00 PM | unrelated 17:00", "4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Time changed: 5:00 PM → 4:30 PM")), ElementsAre("5:00 PM | unrelated 17:00", "4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Rescheduled: 5 PM -> 4:30 PM")), ElementsAre("5 PM | unrelated 17:00", "4:30 PM | start 16:30"));
  EXPECT_THAT(Describe(ReadLine("Time changed: 4:30 PM – 7:30 PM")), ElementsAre("4:30 PM – 7:30 PM | unknown 16:30-19:30")) << "a change or a range";
  EXPECT_THAT(Describe(ReadLine("Sail rescheduled: 4:30–7:30 PM")), ElementsAre("4:30–7:30 PM | start_end 16:30-19:30"));
  EXPECT_THAT(Describe(ReadLine("Our start was moved, we sail at 4:30 PM")), ElementsAre("4:30 PM | start 16:30"));
}

TEST_F(Roles, FromWordsOfOtherLanguages) {
  EXPECT_THAT(Describe(ReadLine("Départ à 16h30, retour à 19h30")), ElementsAre("16h30 | start 16:30", "19h30 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Abfahrt: 16.30 Uhr, Rückkehr: 19.30 Uhr")), ElementsAre("16.30 Uhr | start 16:30", "19.30 Uhr | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Embarque 16:00, salida 16:30, regreso 19:30")), ElementsAre("16:00 | arrival 16:00", "16:30 | start 16:30", "19:30 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("ETD 1630 ETA 1930")), ElementsAre("1630 | start 16:30", "1930 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Sonnenuntergang 19:48 Uhr")), ElementsAre("19:48 Uhr | unrelated 19:48"));
  EXPECT_THAT(ReadLine("Départ : 16h30").times.at(0).why, testing::HasSubstr("départ"));
}

TEST_F(Roles, OneInstantInTwoZones) {
  EXPECT_THAT(Describe(ReadLine("Departure 4:30 PM Pacific (7:30 PM Eastern)")), ElementsAre("4:30 PM Pacific | start 16:30", "7:30 PM Eastern | start 16:30"));
  EXPECT_EQ(FormatDate(*ReadLine("Sail May 31, 2026, 1:00 AM ET").times.at(0).date), "2026-05-30") << "on the booking's wall it is the evening before";
}

TEST_F(Roles, OpenHoursLieNearTheOthers) {
  EXPECT_THAT(Describe(ReadLine("We leave at five sharp and return by eight.")), ElementsAre("five | start 17:00", "eight | end -20:00")) << "the first eight after the start";
  EXPECT_THAT(Describe(ReadLine("Doors 4, sail 4:30, home 7:30")), ElementsAre("4 | arrival 16:00", "4:30 | start 16:30", "7:30 | end -19:30"));
  EXPECT_THAT(Describe(ReadLine("Arrive by 9, we sail at 9:30 PM")), ElementsAre("9 | arrival 21:00", "9:30 PM | start 21:30"));
}

TEST_F(Roles, OfOthersStayUnrelated) {
  for (const char* text : {"Sunset 7:48 PM", "Golden hour at 7:10 PM", "Office hours: Mon–Fri 9:00 AM – 5:00 PM", "Parking is free until 6 PM", "High tide 3:12 PM",
                           "Last updated 4:30 PM", "Open daily 9 AM – 5 PM", "The fireworks begin at 9 PM", "Text us until 9 PM", "The cafe opens at 7:30 AM", "Customer support 8:00 AM-8:00 PM ET",
                           "The trolley runs every 15 minutes from 5 AM to midnight", "Reviewed by Anna, 11:04 AM", "Hotel check-out is at 11 AM", "Printed 4:31 PM"}) {
    const Reading reading = ReadLine(text);
    ASSERT_EQ(reading.times.size(), 1u) << text;
    EXPECT_EQ(reading.times[0].role, Role::kUnrelated) << text << ": " << reading.times[0].why;
  }
}

TEST_F(Roles, FromStructure) {
  EXPECT_THAT(Describe(Read("<dl><dt>Arrival</dt><dd>4:00 PM</dd><dt>Departs</dt><dd>4:30 PM</dd><dt>Time</dt><dd>4:30 PM – 7:30 PM</dd></dl>")),
              ElementsAre("4:00 PM | arrival 16:00", "4:30 PM | start 16:30", "4:30 PM – 7:30 PM | start_end 16:30-19:30"));
  EXPECT_THAT(Describe(Read("<table><tr><th>Arrival</th><th>Start</th><th>End</th></tr><tr><td>4:00 PM</td><td>4:30 PM</td><td>7:30 PM</td></tr></table>")),
              ElementsAre("4:00 PM | arrival 16:00", "4:30 PM | start 16:30", "7:30 PM | end -19:30"));
  EXPECT_THAT(Describe(Read("<ul><li><b>4:00 PM</b> Arrive at the dock</li><li><b>4:30 PM</b> We cast off</li></ul>")),
              ElementsAre("4:00 PM | arrival 16:00", "4:30 PM | start 16:30"));
}

TEST_F(Roles, LoneAndAmbiguous) {
  EXPECT_THAT(Describe(ReadLine("4:30 PM")), ElementsAre("4:30 PM | start 16:30"));
  const Reading reading = Read("<p>Sail starts 4:30 PM</p><p>Cake 6:15 PM</p><p>See you 4:30 PM</p>");
  EXPECT_THAT(Describe(reading), ElementsAre("4:30 PM | start 16:30", "6:15 PM | unknown 18:15", "4:30 PM | start 16:30"));
  for (const TimeReference& time : reading.times) EXPECT_NE(time.why, "") << time.text;
}

TEST_F(Roles, FromTheNameOfAConstant) {
  for (const char* name : {"SAIL_OVER_UTC", "pastSail", "SAIL_DONE", "AFTER_SAIL_UTC"}) {
    const Reading reading = Read("<p>4:30–7:30 PM</p><script>const " + std::string(name) + " = '2026-05-31T02:30:00Z';</script>");
    EXPECT_EQ(reading.times.at(1).role, Role::kSwitch) << name << ": " << reading.times[1].why;
  }
  EXPECT_EQ(Read("<script>const SAIL_UTC = '2026-05-30T23:30:00Z';</script>").times.at(0).role, Role::kStart);
  EXPECT_EQ(Read("<script>const LOCKS_AT = '2026-05-26T03:00:00Z';</script>").times.at(0).role, Role::kCutoff);
}

TEST_F(Roles, AnInstantOfAnotherDayIsNoStartForItsClock) {
  const Reading reading = Read("<p>4:30–7:30 PM. Reply by Monday 8:00 PM.</p>"
                               "<script>const GATE = '2026-05-12T23:30:00Z', FINAL = '2026-05-26T03:00:00Z', OFF = '2026-05-30T23:30:00Z';</script>");
  EXPECT_EQ(reading.times.at(2).role, Role::kUnknown) << reading.times[2].why;
  EXPECT_EQ(reading.times.at(3).role, Role::kCutoff) << reading.times[3].why;
  EXPECT_EQ(reading.times.at(4).role, Role::kStart) << reading.times[4].why;
}

TEST_F(Roles, WeekdayOfACutoffTakesTheInstantsDate) {
  const Reading with = Read("<p>Reply by Monday 8:00 PM PT</p><script>const CUTOFF = '2026-05-19T03:00:00Z'</script>");
  EXPECT_EQ(FormatDate(*with.times.at(0).date), "2026-05-18");
  const Reading without = Read("<p>Reply by Monday 8:00 PM PT</p>");
  EXPECT_EQ(FormatDate(*without.times.at(0).date), "2026-05-25") << "the last Monday before the sail";
}

}  // namespace
}  // namespace evenkeel
