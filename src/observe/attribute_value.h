// What an attribute of a record, an event or a listing says, whatever form it has.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/field.h"
#include "evenkeel/record_store.h"

namespace evenkeel {

// Null, and texts of nothing but white space, state nothing.
bool IsSilent(const Json& attribute);
// A text as it is; anything else as compact JSON.
std::string TextOfAttribute(const Json& attribute);
// kInvalidArgument: not silent, and not a value of the field's type in any form that is known; with `form`, a name of field/forms.h, not
// in that one.
StatusOr<Value> ReadAttribute(const FieldDefinition& field, const Json& attribute, std::string_view zone, const ZoneSource& zones,
                              std::string_view form = {});

}  // namespace evenkeel
