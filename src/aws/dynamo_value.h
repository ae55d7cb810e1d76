// Attribute values: DynamoDB's typed JSON ({"S": "15:30"}, {"N": "1530"}) and the JSON that the rest of the library reads.
// Source: AWS, "Amazon DynamoDB API Reference", AttributeValue.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/record_store.h"

namespace evenkeel::aws {

// What is read of it; nullopt for what JSON has no place for (B, BS, types to come). A number that neither a 64-bit integer nor a double
// holds to the last digit is the text of its digits. A set is its elements in order; members of a map that cannot be read are left out.
std::optional<Json> DecodeValue(const Json& value);

// `json` in the type that `old` has (nullptr: there was none, and JSON's own type decides). What reads the same stays as it is, to the last
// digit and down to the elements, and so do members of a map that cannot be read. kInvalidArgument: that type cannot hold it.
StatusOr<Json> EncodeValue(const Json& json, const Json* old);

// {"S": …} → "S"; empty for what is no attribute value.
std::string TypeOfValue(const Json& value);

// A number as DynamoDB writes it: "1530", "-0.5".
bool IsNumberText(std::string_view text);

// The same value has the same text: a set's elements have no order of their own.
Json CanonicalValue(const Json& value);

}  // namespace evenkeel::aws
