#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "evenkeel/fleet.h"
#include "unit/fleet/adapters.h"

namespace evenkeel {
namespace {

using ::testing::ElementsAre;
using Parts = std::map<std::string, std::string>;

PageStoreConfig Store(const std::string& entry) {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  const auto fleet = ParseFleet(R"({"schema":"evenkeel.fleet/1","zone":"UTC","state":"s","pages":[{"name":"p","adapter":"directory","path":"x",)" + entry + "}]}",
                                "fleet.json", NamedAdapters(), *zones);
  EXPECT_TRUE(fleet.ok()) << fleet.status().ToString();
  return fleet.ok() ? fleet->pages[0] : PageStoreConfig{};
}

TEST(Slug, OfTheIncident) {
  const PageStoreConfig pages = Store(R"("prefix":"g/","slug":"{date}-{guest}-{label}","exclude":["g/staging-","g/*.draft.html"],
      "public":["https://queenofsandiego.com/g/{slug}.html","https://queenofsandiego.com/g/{slug}"])");
  EXPECT_EQ(KeyOfSlug(pages, "2026-05-30-jonathan-sunset"), "g/2026-05-30-jonathan-sunset.html");
  EXPECT_EQ(SlugOfKey(pages, "g/2026-05-30-jonathan-sunset.html"), "2026-05-30-jonathan-sunset");
  for (const char* key : {"g/.html", "g/x.css", "x.html", "g/staging-2026-05-30-jonathan-sunset.html", "g/x.draft.html", "g/a/b.html", "g/"}) {
    EXPECT_EQ(SlugOfKey(pages, key), std::nullopt) << key;
  }
  EXPECT_EQ(SlugOfKey(pages, "g/about.html"), "about");  // a page without the usual shape is still a page
  EXPECT_EQ(PartsOfSlug(pages, "2026-05-30-jonathan-sunset"), (Parts{{"date", "2026-05-30"}, {"guest", "jonathan"}, {"label", "sunset"}}));
  EXPECT_EQ(PartsOfSlug(pages, "2026-05-30-jonathan-golden-hour").at("label"), "golden-hour");
  EXPECT_EQ(PartsOfSlug(pages, "2026-05-30-jonathan"), (Parts{{"date", "2026-05-30"}, {"guest", "jonathan"}}));
  EXPECT_EQ(PartsOfSlug(pages, "2026-02-30-jonathan-sunset"), Parts{});
  EXPECT_EQ(PartsOfSlug(pages, "about"), Parts{});
  EXPECT_THAT(PublicPaths(pages, "a"), ElementsAre("/g/a", "/g/a.html"));
}

TEST(Slug, OtherKeyForms) {
  const PageStoreConfig folders = Store(R"("key":"g/{slug}/index.html")");
  EXPECT_EQ(folders.prefix, "g/");
  EXPECT_EQ(KeyOfSlug(folders, "x"), "g/x/index.html");
  EXPECT_EQ(SlugOfKey(folders, "g/x/index.html"), "x");
  EXPECT_EQ(SlugOfKey(folders, "g/x/y/index.html"), std::nullopt);
  EXPECT_THAT(PublicPaths(folders, "x"), ElementsAre("/g/x/index.html"));

  const PageStoreConfig guests = Store(R"("key":"guests/{guest}.html","public":"https://a.example/{guest}")");
  EXPECT_EQ(SlugOfKey(guests, "guests/ana.html"), "ana");
  EXPECT_EQ(KeyOfSlug(guests, "ana"), "guests/ana.html");
  EXPECT_EQ(PartsOfSlug(guests, "ana"), (Parts{{"guest", "ana"}}));
  EXPECT_THAT(PublicPaths(guests, "ana"), ElementsAre("/ana"));

  const PageStoreConfig dated = Store(R"("key":"{date}/{guest}.html")");
  EXPECT_EQ(SlugOfKey(dated, "2026-05-30/ana.html"), "2026-05-30/ana");
  EXPECT_EQ(KeyOfSlug(dated, "2026-05-30/ana"), "2026-05-30/ana.html");
  EXPECT_EQ(PartsOfSlug(dated, "2026-05-30/ana").at("date"), "2026-05-30");

  const PageStoreConfig turned = Store(R"("slug":"{date}-{guest}","key":"guests/{guest}/{date}.html")");
  EXPECT_EQ(SlugOfKey(turned, "guests/ana/2026-05-30.html"), "2026-05-30-ana");
  EXPECT_EQ(KeyOfSlug(turned, "2026-05-30-ana"), "guests/ana/2026-05-30.html");

  const PageStoreConfig plain = Store(R"("slug":"{slug}")");
  EXPECT_EQ(SlugOfKey(plain, "index.html"), "index");
}

// Every slug comes back from its key, and every key that is a page comes back from its slug.
TEST(Slug, RoundTripsForAnyName) {
  const PageStoreConfig stores[] = {Store(R"("prefix":"g/","slug":"{date}-{guest}-{label}")"), Store(R"("key":"g/{slug}/index.html")"),
                                    Store(R"("key":"guests/{guest}.html")"), Store(R"("prefix":"","slug":"{slug}")"),
                                    Store(R"("key":"a/{date}/{guest}.htm")")};
  std::mt19937 random(20260530);
  const std::string alphabet = "ab-._~{}%0 \xC3\xA9.html";
  for (int i = 0; i < 3000; ++i) {
    std::string name;
    for (unsigned size = 1 + random() % 12; size > 0; --size) name += alphabet[random() % alphabet.size()];
    for (const PageStoreConfig& pages : stores) {
      if (const auto slug = SlugOfKey(pages, KeyOfSlug(pages, name))) {
        EXPECT_EQ(*slug, name);
      }
      if (const auto slug = SlugOfKey(pages, name)) {
        EXPECT_EQ(KeyOfSlug(pages, *slug), name);
      }
    }
    const auto slug = SlugOfKey(stores[0], KeyOfSlug(stores[0], name));
    ASSERT_TRUE(slug) << name;
    EXPECT_EQ(*slug, name);
  }
}

}  // namespace
}  // namespace evenkeel
