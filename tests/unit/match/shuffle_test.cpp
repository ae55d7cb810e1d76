#include <gtest/gtest.h>

#include <ctime>
#include <random>

#include "unit/match/world.h"

namespace evenkeel {
namespace {

std::string Write(const std::vector<Booking>& bookings) {
  std::string text;
  for (const Booking& booking : bookings) {
    text += "== " + booking.key + " " + booking.guest + " " + (booking.date ? FormatDate(*booking.date) : "-") + "\n";
    for (const auto& [kind, values] : booking.identifiers) {
      for (const std::string& value : values) text += kind + "=" + value + "\n";
    }
    for (const Resource& member : booking.members) text += "m " + member.ToString() + "\n";
    for (const Link& link : booking.links) text += "l " + link.resource.ToString() + " " + link.evidence + " " + std::to_string(link.weight) + "\n";
    for (const Link& link : booking.candidates) text += "c " + link.resource.ToString() + " " + link.evidence + " " + std::to_string(link.weight) + "\n";
  }
  return text;
}

// A world of few names, so that everything collides with everything.
World RandomWorld(unsigned seed, int size) {
  std::mt19937 random(seed);
  World world;
  const auto pick = [&](const std::string& prefix, unsigned of) { return prefix + std::to_string(random() % of); };
  const auto ids = [&] {
    std::vector<Identifier> identifiers;
    if (random() % 2 == 0) identifiers.push_back(World::Id("booking", pick("bkg", 8)));
    if (random() % 6 == 0) identifiers.push_back(World::Id("booking", pick("bkg", 8)));
    if (random() % 2 == 0) identifiers.push_back(World::Id("code", pick("CODE", 8)));
    if (random() % 3 == 0) identifiers.push_back(World::Id("listing", pick("list", 5)));
    return identifiers;
  };
  for (int i = 0; i < size; ++i) {
    const std::string date = "2026-05-0" + std::to_string(1 + random() % 3), guest = pick("guest", 3);
    const std::string slug = date + "-" + guest + "-" + std::to_string(i % 12);
    auto identifiers = ids();
    switch (random() % 5) {
      case 0: {
        if (random() % 5 == 0) identifiers.push_back(World::Id("canonical", "pages:g/" + date + "-" + guest + "-1.html"));
        World::Starts(world.Page(slug + "-" + std::to_string(i), identifiers), 60 * static_cast<int>(random() % 3));
        break;
      }
      case 1: {
        identifiers.push_back(World::Id("page", "pages:g/" + slug + "-" + std::to_string(i - 12) + ".html"));
        identifiers.push_back(World::Id("date", date));
        identifiers.push_back(World::Id("guest", guest));
        World::Starts(world.RecordOf(pick("store", 2), std::to_string(i), identifiers), 60 * static_cast<int>(random() % 3));
        break;
      }
      case 2: world.EventOf(std::to_string(i) + "@x", date, guest + " " + pick("CODE", 8), random() % 2 ? "booking " + pick("bkg", 8) : ""); break;
      case 3: world.CardOf(std::to_string(i), "see " + pick("CODE", 8), {World::Id("booking", pick("bkg", 8)), World::Id("page", "pages:g/" + slug + "-" + std::to_string(i - 1) + ".html")}); break;
      default: world.ListingOf(pick("list", 5) + (random() % 2 ? "" : std::to_string(i)), date, guest); break;
    }
  }
  return world;
}

TEST(MatchShuffle, TheOrderOfInputNeverMatters) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world = RandomWorld(seed, 40);
    // One resource is one entry.
    std::set<Resource> seen;
    std::erase_if(world.snapshot.resources, [&](const Observed& observed) { return !seen.insert(observed.resource).second; });
    const std::string expected = Write(world.Match());
    std::mt19937 random(seed);
    for (int i = 0; i < 5; ++i) {
      std::shuffle(world.snapshot.resources.begin(), world.snapshot.resources.end(), random);
      for (Observed& observed : world.snapshot.resources) std::shuffle(observed.identifiers.begin(), observed.identifiers.end(), random);
      ASSERT_EQ(Write(world.Match()), expected);
    }
  }
}

TEST(MatchShuffle, EveryPageAndRecordIsInExactlyOneBooking) {
  for (unsigned seed = 100; seed <= 140; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world = RandomWorld(seed, 60);
    std::set<Resource> seen, keys_seen;
    std::erase_if(world.snapshot.resources, [&](const Observed& observed) { return !seen.insert(observed.resource).second; });
    std::map<Resource, int> count;
    std::set<std::string> keys;
    for (const Booking& booking : world.Match()) {
      EXPECT_TRUE(keys.insert(booking.key).second) << booking.key;
      if (const auto ids = booking.identifiers.find("booking"); ids != booking.identifiers.end() && ids->second.size() > 1) {
        // Only a card or an event may bring a name of its own along.
        ADD_FAILURE() << "two booking ids in " << booking.key;
      }
      for (const Resource& member : booking.members) ++count[member];
    }
    for (const Observed& observed : world.snapshot.resources) {
      const bool anchors = observed.resource.kind == ResourceKind::kPage || observed.resource.kind == ResourceKind::kRecord;
      EXPECT_LE(count[observed.resource], 1) << observed.resource.ToString();
      EXPECT_GE(count[observed.resource], anchors ? 1 : 0) << observed.resource.ToString();
    }
  }
}

TEST(MatchScale, ManyBookingsAreNearLinear) {
  const auto time_of = [](int bookings) {
    World world;
    for (int i = 0; i < bookings; ++i) {
      const std::string id = "bkg" + std::to_string(100000 + i), slug = "2026-05-0" + std::to_string(1 + i % 9) + "-guest" + std::to_string(i) + "-sail";
      world.Page(slug, {World::Id("booking", id)});
      world.RecordOf("dispatch", id, {World::Id("booking", id), World::Id("listing", "one-for-all"), World::Id("page", "pages:g/" + slug + ".html"), World::Id("date", "2026-05-01"), World::Id("guest", "Guest")});
      world.EventOf(id + "@x", "2026-05-01", "Guest sail", "Booking #" + id + " and some words more about the day");
    }
    const std::clock_t begin = std::clock();  // of this process: a busy machine makes nothing slower by it
    EXPECT_EQ(world.Match().size(), static_cast<std::size_t>(bookings));
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  time_of(500);
  const double small = time_of(2000), large = time_of(16000);
  // Eight times the input: a quadratic step would take sixty-four times as long.
  EXPECT_LT(large, small * 30) << small << " s, then " << large << " s";
}

}  // namespace
}  // namespace evenkeel
