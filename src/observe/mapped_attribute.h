// A record's field through its mapping: where it stands, what stands there means, and how another value is written there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/fleet.h"

namespace evenkeel {

struct MappedAttribute {
  std::string path;  // of the mapping's paths, the one that holds something; else the first that is there
  Json value;        // as it stands
};
std::optional<MappedAttribute> FindMapped(const Attributes& attributes, const FieldMapping& mapping);

// What the store's own words mean ("CXL" → "cancelled"), each element of a list by itself; anything else as it is.
Json MeaningOf(const FieldMapping& mapping, const Json& attribute);

// The store's own words for the value, in the form of the old ones. kInvalidArgument when the mapping has none for it.
StatusOr<Json> WriteMapped(const FieldMapping& mapping, const Json& old_attribute, const FieldDefinition& field, const Value& value,
                           const Date& date, std::string_view zone, const ZoneSource& zones);

}  // namespace evenkeel
