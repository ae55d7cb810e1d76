// DynamoTable: one table, its requests, what it says of its keys, and what its refusals mean.
// Source: AWS, "Amazon DynamoDB API Reference" (DescribeTable, GetItem, Query, Scan, UpdateItem, PutItem, DeleteItem, "Common errors").
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "aws/client.h"
#include "evenkeel/record_store.h"

namespace evenkeel::aws {

struct DynamoSettings {
  std::string table;
  std::string region;
  std::string endpoint;  // "http://127.0.0.1:4567"; empty: AWS's own
  std::string store;     // the name the fleet file gives it, for messages
};

// Of DescribeTable. A key is the name of its hash attribute, and perhaps of its sort attribute.
struct DynamoSchema {
  std::vector<std::string> key;
  std::map<std::string, std::string> types;                // of every attribute that stands in a key: S, N or B
  std::map<std::string, std::vector<std::string>> indexes;  // the key of each
  std::uint64_t bytes = 0;                                 // as AWS counted them within the last hours
};

// Safe to use from several threads.
class DynamoTable {
 public:
  // The client is of the same region, and borrowed.
  DynamoTable(DynamoSettings settings, Client& client);

  const DynamoSettings& settings() const { return settings_; }
  // One operation ("GetItem"); `body` needs no TableName. What it answers with 200. What only reads is repeatable; a write is sent once.
  // kPreconditionFailed: the condition does not hold; `refused` (may be nullptr) is then the item as it stands, or null where the answer has none.
  // `key`: of the record, for messages; empty: it is about the table.
  StatusOr<Json> Send(std::string_view operation, Json body, std::string_view key, Json* refused = nullptr);
  // Whether the answer of a Query or Scan says that there is more; `body` then asks for that. `seen`: of the same list, empty at first. An error
  // where it leads to where it was.
  StatusOr<bool> GoOn(Json& answer, Json& body, std::set<std::string>& seen) const;
  // Asked once; a failure is asked again the next time.
  StatusOr<DynamoSchema> Schema();

  std::string ResourceOf(std::string_view key) const { return key.empty() ? settings_.store : settings_.store + ":" + std::string(key); }

 private:
  Status Refusal(const HttpResponse& response, std::string_view operation, std::string_view key) const;

  const DynamoSettings settings_;
  Client& client_;
  HttpRequest blank_;
  std::mutex mutex_;
  std::optional<DynamoSchema> schema_;
};

}  // namespace evenkeel::aws
