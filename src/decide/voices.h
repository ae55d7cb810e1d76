// Voices: what each system says of one field, and who is heard before whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/booking_view.h"

namespace evenkeel {

// A value and who says it. Claims are in the order of the speakers.
struct Side {
  Value value;
  std::vector<Claim> claims;
};

// One system's word on a field.
struct Voice {
  const Observed* source = nullptr;
  std::optional<std::size_t> level;  // index into the policy's authority; nullopt: not named there
  std::vector<Claim> says;           // what it says in the first place: of a page the visible text, of an event its properties
  std::vector<Claim> all;            // and everything else it says of the field
};

// Levels of authority for a field: its own entry, else "*". nullptr: the policy names nobody.
const std::vector<std::vector<std::string>>* AuthorityOf(const Policy& policy, std::string_view field);
std::optional<std::size_t> LevelOf(const Policy& policy, std::string_view field, std::string_view store);

// Everybody who speaks of the field, in the order of the resources.
std::vector<Voice> VoicesOf(const BookingView& view, std::string_view field);
// Without the copies (`from`) of systems that speak themselves: a copy is no independent claim.
std::vector<Voice> IndependentVoices(const BookingView& view, const std::vector<Voice>& voices);
// What a resource says in the first place of a field; empty: nothing.
std::vector<Claim> PrimaryClaims(const Observed& observed, std::string_view field);

// Claims put together by value. A claim that says less (a time without a date) joins the first that it agrees with.
std::vector<Side> SidesOf(const FieldDefinition& field, const std::vector<Claim>& claims);

}  // namespace evenkeel
