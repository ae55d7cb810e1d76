#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace evenkeel {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// A booking, and a page of its own that could be the booking's by date and guest.
struct Pair {
  Pair() {
    world.Page("g/2026-05-30-jonathan-sunset.html").Can("photo-upload");
    world.Page("g/2026-05-30-jonathan-afternoon.html");
    const Resource sunset = world.sayers[0]->observed.resource, afternoon = world.sayers[1]->observed.resource;
    Booking first = world.booking;
    first.members = {sunset};
    first.candidates = {{afternoon, "2026-05-30 and Jonathan", 0.5}};
    Booking second;
    second.key = "guest-pages:g/2026-05-30-jonathan-afternoon.html";
    second.zone = first.zone;
    second.members = {afternoon};
    second.candidates = {{sunset, "2026-05-30 and Jonathan", 0.5}};
    bookings = {first, second};
  }
  std::vector<Decision> Decided() const { return Decide(world.fleet, world.Observed(), bookings, world.answers, *world.zones); }

  World world;
  std::vector<Booking> bookings;
};

TEST(Candidates, AreAskedAboutOnceAndNeverRetired) {
  Pair pair;
  const std::vector<Decision> decisions = pair.Decided();
  ASSERT_THAT(decisions, SizeIs(2));
  EXPECT_EQ(decisions[0].questions.size() + decisions[1].questions.size(), 1u);
  for (const Decision& decision : decisions) EXPECT_THAT(decision.duplicates, IsEmpty());
}

TEST(Candidates, OtherPartsThemForGood) {
  Pair pair;
  const std::vector<Decision> asked = pair.Decided();
  const Question& question = asked[0].questions.empty() ? asked[1].questions.front() : asked[0].questions.front();
  EXPECT_EQ(question.about, "member");
  pair.world.answers[question.id] = "other";
  for (const Decision& decision : pair.Decided()) EXPECT_THAT(decision.questions, IsEmpty());
  EXPECT_THAT(pair.Decided(), SizeIs(2));
}

TEST(Candidates, SameJoinsThem) {
  Pair pair;
  const std::vector<Decision> asked = pair.Decided();
  const Question& question = asked[0].questions.empty() ? asked[1].questions.front() : asked[0].questions.front();
  pair.world.answers[question.id] = "same";
  const std::vector<Decision> joined = pair.Decided();
  ASSERT_THAT(joined, SizeIs(1));
  EXPECT_EQ(joined.front().booking.key, "xhqgmdh");
  EXPECT_THAT(joined.front().duplicates, SizeIs(1));
  EXPECT_THAT(joined.front().questions, IsEmpty());
}

}  // namespace
}  // namespace evenkeel
