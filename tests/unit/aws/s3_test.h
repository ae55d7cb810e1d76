// A bucket whose answers a test writes.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "aws/s3_store.h"
#include "evenkeel/memory_stores.h"
#include "scripted_transport.h"

namespace evenkeel::aws {

inline HttpResponse Refused(int status, const std::string& code) { return Reply(status, {}, "<Error><Code>" + code + "</Code><Message>planted-secret</Message></Error>"); }
inline const HttpResponse kNoTags = Reply(200, {}, "<Tagging><TagSet/></Tagging>");
inline const HttpResponse kThere = Reply(200, {{"ETag", "\"e1\""}, {"Content-Length", "0"}});

class S3StoreTest : public testing::Test {
 protected:
  S3StoreTest() {
    settings.bucket = "bkt";
    settings.region = "us-west-2";
    settings.store = "pages";
  }
  ObjectStore& Store() {
    if (store == nullptr) store = MakeS3Store({settings, limits, transport, MakeStaticCredentials({"AKIDEXAMPLE", "planted-secret", "planted-token", {}}), &environment});
    return *store;
  }
  void Answer(Answers answers) { transport->answers = std::move(answers); }
  std::size_t Sent(std::string_view method) const {
    return static_cast<std::size_t>(std::count_if(transport->requests.begin(), transport->requests.end(), [&](const auto& one) { return one.method == method; }));
  }

  S3Settings settings;
  Limits limits;
  MemoryEnvironment environment;
  std::shared_ptr<Scripted> transport = std::make_shared<Scripted>();
  std::unique_ptr<ObjectStore> store;
};

}  // namespace evenkeel::aws
