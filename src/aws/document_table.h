// DocumentTable: small documents of our own in a DynamoDB table, each an item:
//   kind     the prefix and the kind: the table's hash key (text)
//   id       "=" and the id, percent-encoded; "#" and its hash where that is too long: the table's sort key (text)
//   name     the id, percent-encoded, where `id` is its hash
//   version  drawn anew for each write
//   value    JSON
// Writes are conditional on the version, and reads consistent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/dynamo_table.h"
#include "evenkeel/state_store.h"

namespace evenkeel::aws {

// As the functions of StateStore. Safe to use from several threads.
class DocumentTable {
 public:
  // The table and the environment are borrowed. `prefix` tells the fleets apart that share the table.
  DocumentTable(DynamoTable& table, std::string prefix, Environment& environment)
      : table_(table), prefix_(std::move(prefix)), environment_(environment) {}

  StatusOr<StateDocument> Get(std::string_view kind, std::string_view id);
  StatusOr<StateDocument> Put(std::string_view kind, std::string_view id, const Json& value, const std::optional<Version>& expected);
  Status Delete(std::string_view kind, std::string_view id, const Version& expected);
  StatusOr<std::vector<StateDocument>> List(std::string_view kind);
  // kInvalidArgument: the table has another key than kind and id.
  Status CheckSchema();

 private:
  Json KeyOf(std::string_view kind, std::string_view id) const;
  StatusOr<StateDocument> Read(const Json& item, std::string_view kind) const;

  DynamoTable& table_;
  const std::string prefix_;
  Environment& environment_;
};

// 128 random bits as text: never the same again.
std::string DrawToken(Environment& environment);

}  // namespace evenkeel::aws
