// Items: what a table holds as our records, and what we keep in each.
//
// An item that we have written has one attribute more, "evenkeel_operations": a text (JSON) with the operation of our last write, the hash of
// everything else as that left it, a number drawn for it, the fences of its bookings, and which attributes we have added. It is changed in the
// one conditional write that changes the rest. Who replaces the whole item without it takes these away, too.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "evenkeel/limits.h"
#include "evenkeel/record_store.h"

namespace evenkeel::aws {

inline constexpr const char* kNoteAttribute = "evenkeel_operations";

struct DynamoNote {
  std::string operation;
  std::string content;  // of the item as that operation left it
  std::string drawn;    // never the same for two writes: what makes our versions unique
  std::map<std::string, std::uint64_t> fences;  // by booking
  std::set<std::string> added;                  // attributes that were not there before us
};

struct DynamoItem {
  Json attributes;  // DynamoDB's JSON, without ours
  Json note_value;  // of ours, as it stands; null when there is none
  DynamoNote note;
  std::string content;  // hash of `attributes`
  bool note_is_foreign = false;  // there is an attribute of that name that is not as we write it

  Version version() const { return "d" + content + "." + note.drawn; }
};

// `item`: an object of attribute values.
DynamoItem ReadItem(Json item);
Json EncodeNote(const DynamoNote& note);

// How records are named and which attributes fields are read from.
struct DynamoNaming {
  std::vector<std::string> key;  // the attributes that tell records apart, in the fleet file's order
  std::set<std::string> mapped;  // the attributes that fields are read from; an item may lack them
  std::string store;
  Limits limits;
};

// One key attribute: its text; several: a JSON array of them. kInvalidArgument: one is missing, or is no text and no number.
StatusOr<std::string> KeyOfItem(const Json& attributes, const DynamoNaming& naming);
// kInvalidArgument, kLimitExceeded: a mapped attribute cannot be read, and the message says which.
StatusOr<Record> RecordOf(const DynamoItem& item, const DynamoNaming& naming);
// The key attributes of a record as attribute values, by the types that the table says; kNotFound when no record can have this key.
StatusOr<Json> KeyValues(std::string_view key, const DynamoNaming& naming, const std::map<std::string, std::string>& types);

}  // namespace evenkeel::aws
