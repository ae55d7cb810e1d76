// The three sides of a conflict: read back from the journal, and who wrote theirs.
#pragma once

#include <optional>
#include <string>

#include "evenkeel/apply.h"
#include "evenkeel/json.h"

namespace evenkeel {

// From what ConflictToJson wrote; nullopt where it is none.
std::optional<Conflict> ConflictFromJson(const Json& json);

// Who wrote last, as far as a store tells: the operation that it keeps, else when.
std::string WordsOfWriter(const std::string& operation, const std::optional<Instant>& modified);

}  // namespace evenkeel
