#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/snapshot.h"
#include "observe/attribute_value.h"
#include "observe/item_path.h"
#include "observe/pointer.h"

namespace evenkeel {
namespace {

const ZoneSource& Zones() {
  static const std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  return *zones;
}
constexpr const char* kZone = "America/Los_Angeles";

const FieldDefinition& Field(const std::string& name) {
  static const FieldRegistry* const registry = new FieldRegistry(FieldRegistry::BuiltIn());
  return *registry->Find(name);
}

StatusOr<Json> Write(const char* field, const Json& old, const char* value) {
  const Date date{date::year{2026}, date::month{5}, date::day{30}};
  return WriteLike(old, Field(field), *ParseValue(Field(field), value), date, kZone, Zones());
}

struct Case {
  const char* field;
  Json old;
  const char* value;
  Json written;  // null: refused
};
class WriteLikeTest : public ::testing::TestWithParam<Case> {};

TEST_P(WriteLikeTest, KeepsTheFormAndSaysTheValue) {
  const StatusOr<Json> written = Write(GetParam().field, GetParam().old, GetParam().value);
  if (GetParam().written.is_null()) {
    EXPECT_EQ(written.code(), Code::kInvalidArgument);
    return;
  }
  ASSERT_TRUE(written.ok()) << written.status().ToString();
  EXPECT_EQ(*written, GetParam().written);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, WriteLikeTest,
    ::testing::Values(
        Case{"start", "16:30", "15:30", "15:30"}, Case{"start", "4:30 PM", "15:30", "3:30 PM"}, Case{"start", "4:30pm", "09:05", "9:05am"},
        Case{"start", 1630, "15:30", 1530}, Case{"start", "1630", "09:30", "0930"}, Case{"start", "16:30:00", "15:30", "15:30:00"},
        Case{"start", "2026-05-30T16:30", "15:30", "2026-05-30T15:30"}, Case{"start", "2026-05-30T16:30:00-07:00", "15:30", "2026-05-30T15:30:00-07:00"},
        Case{"start", "2026-01-30T16:30:00-08:00", "15:30", "2026-05-30T15:30:00-07:00"},
        Case{"start", "2026-05-30T23:30:00Z", "15:30", "2026-05-30T22:30:00Z"}, Case{"start", "2026-05-30T23:30:00+00:00", "17:30", "2026-05-31T00:30:00+00:00"},
        Case{"start", 1780183800, "15:30", 1780180200}, Case{"start", 1780183800000, "15:30", 1780180200000},
        Case{"start", "1780183800", "15:30", "1780180200"}, Case{"start", "20260530T163000", "15:30", "20260530T153000"},
        Case{"start", "soon", "15:30", nullptr}, Case{"start", 16.5, "15:30", nullptr}, Case{"start", nullptr, "15:30", "15:30"},
        Case{"start", 1630, "2026-06-01T00:05", nullptr}, Case{"date", "2026-05-30", "2026-06-01", "2026-06-01"},
        Case{"date", 20260530, "2026-06-01", 20260601}, Case{"date", "5/30/2026", "2026-06-15", "6/15/2026"},
        Case{"date", "5/30/2026", "2026-06-01", nullptr}, Case{"date", "2026-05-30T16:30:00-07:00", "2026-12-01", "2026-12-01T16:30:00-08:00"},
        Case{"crew", "Tom Alder, Inez Park", "Inez Park, Rafael Ito", "Inez Park, Rafael Ito"},
        Case{"crew", "Tom & Inez", "Inez, Tom, Ana", "Tom & Inez & Ana"}, Case{"crew", Json::array({"Tom", "Inez"}), "Inez", Json::array({"Inez"})},
        Case{"guest_count", 6, "8", 8}, Case{"guest_count", "6", "8", "8"}, Case{"guest_count", "six", "8", nullptr},
        Case{"status", "booked", "cancelled", "cancelled"}, Case{"updated", 1780183800, "2026-05-30T22:30:00Z", 1780180200}));

TEST(WriteLike, WhatIsWrittenIsReadBackForEveryMinute) {
  const Date days[] = {{date::year{2026}, date::month{5}, date::day{30}}, {date::year{2026}, date::month{12}, date::day{1}}};
  for (const Json& old : {Json("16:30"), Json("4:30 PM"), Json("1630"), Json("2026-05-30T16:30:00-07:00"), Json("2026-05-30T23:30:00Z"), Json(1780183800), Json("4pm")}) {
    for (const Date& day : days) {
      for (int minutes = 0; minutes < 24 * 60; minutes += 7) {
        const LocalDateTime value{day, minutes};
        const auto written = WriteLike(old, Field("start"), Value(value), day, kZone, Zones());
        ASSERT_TRUE(written.ok()) << old << " " << minutes << " " << written.status().ToString();
        const auto again = ReadAttribute(Field("start"), *written, kZone, Zones());
        ASSERT_TRUE(again.ok());
        EXPECT_TRUE(SameValue(Field("start"), *again, Value(value))) << old << " " << *written;
        EXPECT_EQ(written->is_number(), old.is_number());
      }
    }
  }
}

PageStoreConfig Pages() {
  PageStoreConfig pages;
  pages.store.name = "guest-pages";
  pages.prefix = "g/";
  pages.slug = "{date}-{guest}-{label}";
  pages.public_forms = {"https://queenofsandiego.com/g/{slug}", "https://queenofsandiego.com/g/{slug}.html"};
  return pages;
}

TEST(Pointer, EveryFormNamesThePageAndIsKept) {
  const PageStoreConfig pages = Pages();
  for (const char* form : {"%", "%.html", "g/%.html", "/g/%.html", "g/%", "/g/%", "https://queenofsandiego.com/g/%", "https://queenofsandiego.com/g/%.html",
                           "https://queenofsandiego.com/g/%?from=mail", "https://QueenOfSanDiego.com/g/%.html"}) {
    const auto with = [&](const std::string& slug) {
      std::string text = form;
      return text.replace(text.find('%'), 1, slug);
    };
    const std::string old_slug = "2026-05-30-jonathan-afternoon", new_slug = "2026-05-30-jonathan-sunset";
    EXPECT_EQ(SlugOfPointer(pages, with(old_slug)), old_slug) << form;
    const auto written = WritePointerLike(Json(with(old_slug)), pages, new_slug);
    ASSERT_TRUE(written.ok()) << form << written.status().ToString();
    EXPECT_EQ(*written, with(new_slug));
  }
  EXPECT_EQ(*WritePointerLike(Json(nullptr), pages, "x"), "x");
  EXPECT_EQ(*WritePointerLike(Json("TBD"), pages, "x"), "x");
  EXPECT_EQ(SlugOfPointer(pages, "https://elsewhere.example/g/x.html"), std::nullopt);
  EXPECT_EQ(WritePointerLike(Json(7), pages, "x").code(), Code::kInvalidArgument);
}

TEST(ItemPath, WalksIntoItems) {
  const Attributes attributes = {{"crew", Json::parse(R"([{"role":"captain","name":"Gene"},{"role":"mate","name":"Ana"},{"role":"mate","name":"Bo"}])")},
                                 {"trip", Json::parse(R"({"times":{"start":"15:30"},"stops":["a","b"]})")},
                                 {"a.b", "plain"}};
  EXPECT_EQ(ReadItemPath(attributes, "crew[role=captain].name"), Json("Gene"));
  EXPECT_EQ(ReadItemPath(attributes, "crew[role=mate].name"), Json::array({"Ana", "Bo"}));
  EXPECT_EQ(ReadItemPath(attributes, "crew[1].name"), Json("Ana"));
  EXPECT_EQ(ReadItemPath(attributes, "trip.times.start"), Json("15:30"));
  EXPECT_EQ(ReadItemPath(attributes, "trip.stops[0]"), Json("a"));
  EXPECT_EQ(ReadItemPath(attributes, "a.b"), Json("plain"));
  for (const char* path : {"crew[role=cook].name", "trip.x", "nothing", "crew[9]", "crew[", "trip.times.start.deep"}) {
    EXPECT_EQ(ReadItemPath(attributes, path), std::nullopt) << path;
  }
}

}  // namespace
}  // namespace evenkeel
