// Verdicts: what is true for a booking, why, and what nobody may guess.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evenkeel/booking.h"

namespace evenkeel {

enum class Certainty : std::uint8_t { kCertain, kDerived, kOpen };
std::string_view CertaintyName(Certainty certainty);

// A claim that differs, and that a person has accepted for now: it is shown, and neither drift nor planned.
struct AcceptedClaim {
  Claim claim;
  std::string why;
  std::string by;
  Instant until;

  friend bool operator==(const AcceptedClaim&, const AcceptedClaim&) = default;
};

struct Verdict {
  std::string field;
  std::optional<Value> value;    // nullopt: open, see the question
  std::vector<Claim> supporting; // the claims for it
  std::vector<Claim> against;    // drift
  std::string row;               // the decision row that made it
  std::string why;
  Certainty certainty = Certainty::kCertain;
  std::vector<AcceptedClaim> accepted = {};  // beside `against`
};

struct QuestionOption {
  std::string name;                   // what --decide takes after '='
  std::string does;                   // what choosing it would do
  std::vector<std::string> evidence;  // who says so, where
};
// What the library will not guess.
struct Question {
  std::string id;
  std::string booking;
  std::string about;  // a field's name, "page" or "member"
  std::string text;
  std::vector<QuestionOption> options;
  std::string why;
};

enum class FindingKind : std::uint8_t { kDrift, kBrokenPointer, kResurrection, kLostFeature, kUnreadable, kIncomplete, kDuplicatePage, kNote };
std::string_view FindingKindName(FindingKind kind);
struct Finding {
  FindingKind kind = FindingKind::kNote;
  std::string booking;
  std::string field;
  std::optional<Resource> resource;
  std::string says;    // what the resource says, canonical
  std::string should;  // what the verdict is
  Evidence evidence;
  std::string why;
};

// A person's answer to what a time on a page is for, where the page does not tell.
struct ReferenceRole {
  Resource page;
  Span span;          // of the reference, in the page's bytes
  std::string field;  // the member of the time group it is

  friend bool operator==(const ReferenceRole&, const ReferenceRole&) = default;
};

// A protected feature that no live page of the booking has any more, though one had it.
struct LostFeature {
  std::string feature;
  Resource page;  // that had it last
  RememberedFeatures::Sight last;

  friend bool operator==(const LostFeature&, const LostFeature&) = default;
};

// All that is decided about one booking.
struct Decision {
  Booking booking;
  std::vector<Verdict> verdicts;  // in registry order
  std::optional<Resource> canonical;
  std::string why_canonical;
  std::vector<Resource> duplicates;  // sorted; to be retired
  std::vector<Question> questions;   // by id
  std::vector<LostFeature> lost;     // by feature; nothing is said where a page of the booking could not be read
  std::vector<Finding> findings;     // sorted
  std::vector<ReferenceRole> roles;  // by page and span
  bool read_only = false;            // past, and the policy leaves the past alone

  const Verdict* Find(std::string_view field) const;
};

// Answers given with --decide or kept from before: question id → option name.
using Answers = std::map<std::string, std::string>;

// A row of the decision table. A golden test prints the table as a document.
struct DecisionRow {
  const char* name;
  const char* when;
  const char* then;
};
const std::vector<DecisionRow>& DecisionRows();

// Pure; sorted by booking key.
std::vector<Decision> Decide(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Booking>& bookings,
                             const Answers& answers, const ZoneSource& zones);

}  // namespace evenkeel
