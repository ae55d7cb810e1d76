#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evenkeel/field.h"

namespace evenkeel {
namespace {

using ::testing::HasSubstr;

const FieldDefinition& Field(const std::string& name) {
  static const FieldRegistry* const registry = [] {
    auto* made = new FieldRegistry(FieldRegistry::BuiltIn());
    (void)made->Add({.name = "price", .type = FieldType::kMoney, .group = {}, .label = {}, .same_words = {}});
    (void)made->Add({.name = "dock", .type = FieldType::kPlace, .group = {}, .label = {}, .same_words = {}});
    return made;
  }();
  return *registry->Find(name);
}

struct Parsed {
  const char* field;
  const char* text;
  const char* canonical;  // nullptr: refused
};
class ParseValueTest : public ::testing::TestWithParam<Parsed> {};

TEST_P(ParseValueTest, GivesTheCanonicalFormWhichParsesBack) {
  const StatusOr<Value> value = ParseValue(Field(GetParam().field), GetParam().text);
  if (GetParam().canonical == nullptr) {
    EXPECT_EQ(value.code(), Code::kInvalidArgument);
    EXPECT_THAT(value.status().message(), HasSubstr(GetParam().field));
    EXPECT_THAT(value.status().message(), HasSubstr("write"));
    return;
  }
  ASSERT_TRUE(value.ok()) << value.status().ToString();
  EXPECT_EQ(FormatValue(*value), GetParam().canonical);
  const StatusOr<Value> again = ParseValue(Field(GetParam().field), FormatValue(*value));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, *value);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ParseValueTest,
    ::testing::Values(
        Parsed{"start", "3:30 PM", "15:30"}, Parsed{"start", "15:30", "15:30"}, Parsed{"start", "1530", "15:30"},
        Parsed{"start", " 3:30pm ", "15:30"}, Parsed{"start", "3 p.m.", "15:00"}, Parsed{"start", "12 AM", "00:00"},
        Parsed{"start", "12:05 pm", "12:05"}, Parsed{"start", "noon", "12:00"}, Parsed{"start", "930", "09:30"},
        Parsed{"start", "2026-05-30T15:30", "2026-05-30T15:30"}, Parsed{"start", "2026-05-30 3:30 PM", "2026-05-30T15:30"},
        Parsed{"start", "20260530T153000", "2026-05-30T15:30"}, Parsed{"start", "3.30 pm", "15:30"}, Parsed{"start", "3", nullptr},
        Parsed{"start", "15.5", nullptr}, Parsed{"start", "15.50", nullptr}, Parsed{"start", "25:00", nullptr},
        Parsed{"start", "13:00 PM", nullptr}, Parsed{"start", "24:00", nullptr}, Parsed{"start", "12:60", nullptr},
        Parsed{"start", "", nullptr}, Parsed{"start", "later", nullptr}, Parsed{"start", "2026-02-30T15:30", nullptr},
        Parsed{"start", "2026-05-30T15:30:00Z", nullptr}, Parsed{"start", "15:30:20", nullptr},
        Parsed{"date", "2026-05-30", "2026-05-30"}, Parsed{"date", "May 30, 2026", "2026-05-30"},
        Parsed{"date", "Saturday, 30th May 2026", "2026-05-30"}, Parsed{"date", "5/30/2026", "2026-05-30"},
        Parsed{"date", "5/6/2026", nullptr}, Parsed{"date", "2026-02-29", nullptr}, Parsed{"date", "May 2026", nullptr},
        Parsed{"captain", "Gene", "Gene"}, Parsed{"crew", "Gene, Ana", "Ana, Gene"}, Parsed{"crew", "Gene & Ana", "Ana, Gene"},
        Parsed{"crew", "Gene and  Ana; Bo", "Ana, Bo, Gene"}, Parsed{"crew", "Sandy Anders", "Sandy Anders"}, Parsed{"crew", "", ""},
        Parsed{"guest_count", "6", "6"}, Parsed{"guest_count", " -2 ", "-2"}, Parsed{"guest_count", "six", nullptr},
        Parsed{"guest_count", "6.5", nullptr}, Parsed{"guest_count", "99999999999999999999", nullptr},
        Parsed{"duration", "180", "180"}, Parsed{"duration", "3 hours", "180"}, Parsed{"duration", "2.5h", "150"},
        Parsed{"duration", "3h 30m", "210"}, Parsed{"duration", "PT3H30M", "210"}, Parsed{"duration", "3:30", "210"},
        Parsed{"duration", "long", nullptr}, Parsed{"guest", " Jonathan   B. ", "Jonathan B."}, Parsed{"code", " S2FJLN ", "S2FJLN"},
        Parsed{"updated", "2026-05-20T12:00:00Z", "2026-05-20T12:00:00Z"},
        Parsed{"updated", "2026-05-20T12:00:00-07:00", "2026-05-20T19:00:00Z"}, Parsed{"updated", "yesterday", nullptr},
        Parsed{"price", "$1,200", "1200.00 USD"}, Parsed{"price", "1.200,50 EUR", "1200.50 EUR"}, Parsed{"price", "1200.5", "1200.50"},
        Parsed{"price", "-20.05 USD", "-20.05 USD"}, Parsed{"price", "1,2,3", nullptr}, Parsed{"price", "free", nullptr},
        Parsed{"dock", "Pier  7", "Pier 7"}));

struct Comparison {
  const char* field;
  const char* a;
  const char* b;
  bool same;
};
class SameValueTest : public ::testing::TestWithParam<Comparison> {};

TEST_P(SameValueTest, ComparesAsTheTypeSays) {
  const FieldDefinition& field = Field(GetParam().field);
  const StatusOr<Value> a = ParseValue(field, GetParam().a), b = ParseValue(field, GetParam().b);
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_EQ(SameValue(field, *a, *b), GetParam().same);
  EXPECT_EQ(SameValue(field, *b, *a), GetParam().same);
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, SameValueTest,
    ::testing::Values(Comparison{"start", "15:30", "2026-05-30T15:30", true}, Comparison{"start", "15:30", "16:30", false},
                      Comparison{"start", "2026-05-31T15:30", "2026-05-30T15:30", false},
                      Comparison{"captain", "gene", "Capt. Gene", true}, Comparison{"captain", "Gene", "Ana", false},
                      Comparison{"crew", "Ana, Gene", "gene & ANA", true}, Comparison{"crew", "Ana", "Ana, Gene", false},
                      Comparison{"crew", "\xC3\x89mile", "\xC3\xA9mile", true}, Comparison{"guest", "Jonathan  B", "jonathan b", true},
                      Comparison{"code", "S2FJLN", "s2fjln", false}, Comparison{"status", "CANCELED", "cancelled", true},
                      Comparison{"status", "booked", "Confirmed", true}, Comparison{"status", "booked", "cancelled", false},
                      Comparison{"status", "at sea", "ashore", false}, Comparison{"price", "$1,200", "1200", true},
                      Comparison{"price", "1200 EUR", "1200 USD", false}, Comparison{"duration", "3 h", "180", true}));

TEST(SameValue, ValuesOfDifferentTypesDiffer) { EXPECT_FALSE(SameValue(Field("start"), Value(std::string("15:30")), Value(LocalDateTime{{}, 930}))); }

}  // namespace
}  // namespace evenkeel
