// Item paths: how a fleet file names a part of a record's item: "start_time", "crew[role=captain].name", "stops[0].time". The
// attribute at the head of a path may hold its structure itself, or as JSON text (a column of a table).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/record_store.h"
#include "evenkeel/status.h"

namespace evenkeel {

// Several elements that fit give a list of their values. nullopt: nothing is there. A plain attribute of the whole name goes first: a
// column may have a dot in its name.
std::optional<Json> ReadItemPath(const Attributes& attributes, std::string_view path);

// The attribute that a value at `path` stands in.
std::string AttributeOfPath(const Attributes& attributes, std::string_view path);

// What that attribute becomes with `value` at `path`. Of JSON text only the bytes of the value change. kNotFound: nothing is there;
// kInvalidArgument: several elements fit, and nobody knows which is meant.
StatusOr<Json> WriteItemPath(const Attributes& attributes, std::string_view path, const Json& value);

}  // namespace evenkeel
