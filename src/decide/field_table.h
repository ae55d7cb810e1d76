// The table that decides one field. A new rule is a new row in field_table.cpp; nothing else needs to know of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "decide/voices.h"

namespace evenkeel {

// What the rows look at.
struct FieldCase {
  const BookingView* view = nullptr;
  const FieldDefinition* field = nullptr;
  std::optional<Claim> instruction;  // a person's `set`
  std::string answer;                // an option of this field's question; empty: not answered
  std::vector<Side> named;           // what the highest authority that speaks says; more than one: equals disagree
  std::optional<std::size_t> level;  // its level
  std::vector<Side> others;          // what those say whom the policy does not name, when none of the named speaks
  // An authority of that level or above which says something that could not be understood; nullptr: none. With the word itself.
  const Observed* garbled = nullptr;
  const Doubt* garbled_word = nullptr;
  std::vector<Side> heard;           // what everybody says, when there is one
};

// What a row decided. Claims for and against are filled in by whoever asked.
struct Ruling {
  std::optional<Value> value;
  std::string row;
  std::string why;
  Certainty certainty = Certainty::kCertain;
  std::optional<Question> question = std::nullopt;
};

FieldCase MakeFieldCase(const BookingView& view, const FieldDefinition& field, const std::vector<Voice>& independent);
// nullopt: nobody speaks, so there is nothing to decide.
std::optional<Ruling> RuleField(const FieldCase& input);
const std::vector<DecisionRow>& FieldRows();

// A person's `set` as the claim that it is; nullopt: none, or its value cannot be read.
std::optional<Claim> InstructionClaim(const BookingView& view, const FieldDefinition& field);
// The question between sides, with the evidence for each and what choosing it does.
Question AskBetween(const BookingView& view, const FieldDefinition& field, const std::vector<Side>& sides, std::string why);
// What an option for the value is called: "15:30" on the booking's own day, "2026-06-01T15:30" on another.
std::string OptionName(const Value& value, const std::optional<Date>& booking_date);
// The side an answer names; nullptr: none.
const Side* SideNamed(const std::vector<Side>& sides, const std::string& answer, const std::optional<Date>& booking_date);

}  // namespace evenkeel
