// Fields: the things a system can say of a booking, as data. The registry is open: a fleet adds its own.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

enum class FieldType : std::uint8_t {
  kText,           // compared after white space and letter case are folded
  kInteger,
  kPeople,         // a set of names, compared as a set, case folded
  kDate,
  kLocalDateTime,  // a wall-clock time in the booking's zone, with a date where one is stated
  kInstant,
  kMoney,
  kCode,           // an identifier, compared exactly
  kPlace,          // compared like text
};
std::string_view FieldTypeName(FieldType type);  // "local_date_time"

struct Money {
  std::int64_t minor = 0;  // hundredths
  std::string currency;    // ISO 4217, may be empty

  friend bool operator==(const Money&, const Money&) = default;
};

using People = std::set<std::string>;
using Value = std::variant<std::string, std::int64_t, People, Date, LocalDateTime, Instant, Money>;

struct FieldDefinition {
  std::string name;
  FieldType type = FieldType::kText;
  bool identifies = false;  // takes part in matching and is never planned
  bool decided = true;      // gets a verdict, and is planned to where it is stated
  std::string group;        // members are decided together; "time" is anchored by start
  std::string label;        // for people: "guest count"
  // Texts that mean the same, the canonical one first: systems have their own words for one state. Compared like text.
  std::vector<std::vector<std::string>> same_words;

  friend bool operator==(const FieldDefinition&, const FieldDefinition&) = default;
};

// The built-in fields and whatever a fleet adds. Immutable after the fleet is parsed; safe to share.
class FieldRegistry {
 public:
  // booking listing date start end arrival cutoff switch duration guest captain crew guest_count page code status updated
  // booking, listing, code and guest identify. date is decided (a changed date is planned to the other systems) though matching
  // uses it, too. page and updated are neither: a pointer's verdict is the canonical page. duration counts minutes.
  static FieldRegistry BuiltIn();

  // kAlreadyExists when the name is taken.
  Status Add(FieldDefinition field);
  // nullptr when there is no such field. Borrowed from the registry.
  const FieldDefinition* Find(std::string_view name) const;
  const std::vector<FieldDefinition>& fields() const { return fields_; }
  // The known name nearest to a misspelt one; empty when none is near.
  std::string Nearest(std::string_view name) const;

 private:
  std::vector<FieldDefinition> fields_;
};

// Reads what a person or a system wrote ("3:30 PM", "15:30", "1530", "2026-05-30", "Gene, Ana", "$1,200"). Canonical forms of
// FormatValue parse back to an equal value. kInvalidArgument says which forms the type takes.
StatusOr<Value> ParseValue(const FieldDefinition& field, std::string_view text);
// The canonical text, the one that JSON documents carry: "15:30", "2026-05-30T15:30", "Ana, Gene", "6".
std::string FormatValue(const Value& value);
// Whether two systems say the same. Times without a date compare by the clock alone.
bool SameValue(const FieldDefinition& field, const Value& a, const Value& b);

}  // namespace evenkeel
