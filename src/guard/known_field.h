// A field by the name that a person gave it.
#pragma once

#include <string>

#include "evenkeel/field.h"
#include "evenkeel/status.h"

namespace evenkeel {

// kInvalidArgument: there is none (the nearest is named), or it identifies the booking. The pointer is into `fields`.
StatusOr<const FieldDefinition*> KnownField(const FieldRegistry& fields, const std::string& name);

}  // namespace evenkeel
