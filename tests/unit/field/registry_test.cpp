#include <gtest/gtest.h>

#include "evenkeel/field.h"
#include "text/nearest.h"

namespace evenkeel {
namespace {

TEST(FieldRegistry, HasEveryFieldOfTheDesign) {
  const FieldRegistry registry = FieldRegistry::BuiltIn();
  for (const char* name : {"booking", "listing", "date", "start", "end", "arrival", "cutoff", "switch", "duration", "guest", "captain",
                           "crew", "guest_count", "page", "code", "status", "updated"}) {
    EXPECT_NE(registry.Find(name), nullptr) << name;
  }
  EXPECT_EQ(registry.fields().size(), 17u);
  EXPECT_EQ(registry.Find("Start"), nullptr);
}

TEST(FieldRegistry, WhatIdentifiesIsNeverDecided) {
  const FieldRegistry registry = FieldRegistry::BuiltIn();
  for (const FieldDefinition& field : registry.fields()) {
    EXPECT_FALSE(field.identifies && field.decided) << field.name;
    EXPECT_FALSE(field.label.empty()) << field.name;
  }
  EXPECT_TRUE(registry.Find("date")->decided);
  EXPECT_FALSE(registry.Find("page")->decided);
}

TEST(FieldRegistry, TimesAreOneGroup) {
  const FieldRegistry registry = FieldRegistry::BuiltIn();
  for (const char* name : {"start", "end", "arrival", "cutoff", "switch", "duration"}) EXPECT_EQ(registry.Find(name)->group, "time") << name;
  EXPECT_EQ(registry.Find("captain")->group, "");
}

TEST(FieldRegistry, TakesNewFieldsAndRefusesTakenNames) {
  FieldRegistry registry = FieldRegistry::BuiltIn();
  EXPECT_TRUE(registry.Add({.name = "dock", .type = FieldType::kPlace, .group = {}, .label = {}, .same_words = {}}).ok());
  EXPECT_EQ(registry.Find("dock")->label, "dock");
  EXPECT_EQ(registry.Add({.name = "dock", .type = FieldType::kText, .group = {}, .label = {}, .same_words = {}}).code(),
            Code::kAlreadyExists);
  EXPECT_EQ(registry.Add({.name = "start", .type = FieldType::kText, .group = {}, .label = {}, .same_words = {}}).code(),
            Code::kAlreadyExists);
}

TEST(FieldRegistry, NamesTheNearest) {
  const FieldRegistry registry = FieldRegistry::BuiltIn();
  EXPECT_EQ(registry.Nearest("strat"), "start");
  EXPECT_EQ(registry.Nearest("guest-count"), "guest_count");
  EXPECT_EQ(registry.Nearest("capitan"), "captain");
  EXPECT_EQ(registry.Nearest("zzzzzz"), "");
}

TEST(NearestName, CountsSwapsAsOneEditAndKnowsPrefixes) {
  EXPECT_EQ(EditDistance("athority", "authority", 3), 1u);
  EXPECT_EQ(EditDistance("form", "from", 3), 1u);
  EXPECT_EQ(EditDistance("kitten", "sitting", 2), 3u);
  EXPECT_EQ(NearestName("form", {"name", "from", "path"}), "from");
  EXPECT_EQ(NearestName("retire_count", {"retire_count_max", "retire_share_max"}), "retire_count_max");
  EXPECT_EQ(NearestName("x", {"from"}), "");
}

}  // namespace
}  // namespace evenkeel
