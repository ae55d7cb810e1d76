// Table: a table of its own on the DynamoDB server of the tests, as a stranger sees it.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "aws/client.h"
#include "aws/dynamo_table.h"
#include "contract/worlds.h"
#include "evenkeel/aws/aws.h"
#include "evenkeel/json.h"

namespace evenkeel::contract {

class Table {
 public:
  // `description`: AttributeDefinitions, KeySchema, …
  explicit Table(Json description) {
    description["BillingMode"] = "PAY_PER_REQUEST";
    Send("CreateTable", std::move(description));
    while (Send("DescribeTable", Json::object())["Table"]["TableStatus"] != "ACTIVE") usleep(1'000);
  }
  ~Table() { Send("DeleteTable", Json::object()); }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  static bool HasServer() { return std::getenv("EVENKEEL_DYNAMODB_ENDPOINT") != nullptr; }
  static std::string Endpoint() { return std::getenv("EVENKEEL_DYNAMODB_ENDPOINT"); }
  static std::shared_ptr<aws::CredentialsProvider> Keys() { return aws::MakeStaticCredentials({"RGWTESTKEY", "RGWTESTSECRET", {}, {}}); }
  const std::string& name() const { return name_; }

  Json Send(const std::string& operation, Json body) {
    const auto transport = MakeCurlTransport({});
    const auto keys = Keys();
    const auto environment = MakeSystemEnvironment();
    aws::Client client("us-east-1", "dynamodb", *transport, *keys, *environment, aws::kDynamoRetries);
    aws::DynamoTable table({name_, "us-east-1", Endpoint(), "table"}, client);
    auto answer = table.Send(operation, std::move(body), "");
    EXPECT_OK(answer);
    return answer.ok() ? *answer : Json::object();
  }

 private:
  static std::string NewName() {
    static std::atomic<int> count = 0;
    return "ek-" + std::to_string(getpid()) + "-" + std::to_string(++count);
  }
  const std::string name_ = NewName();
};

}  // namespace evenkeel::contract
