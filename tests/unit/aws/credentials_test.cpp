#include "evenkeel/aws/credentials.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "aws/credential_sources.h"
#include "aws/run_process.h"
#include "evenkeel/memory_stores.h"
#include "scripted_server.h"

namespace evenkeel::aws {
namespace {

using std::chrono::minutes;

const Instant kNow = *ParseInstant("2026-05-30T12:00:00Z");

std::string JsonOf(const std::string& id, const std::string& token_name, const std::string& expires = {}) {
  return R"({"Code":"Success","Version":1,"AccessKeyId":")" + id + R"(","SecretAccessKey":"planted-secret",")" + token_name + R"(":"planted-token")" +
         (expires.empty() ? "" : R"(,"Expiration":")" + expires + "\"") + "}";
}

class CredentialsTest : public testing::Test {
 protected:
  std::unique_ptr<CredentialsProvider> Chain(const std::string& profile = {}) {
    CredentialsOptions options;
    options.profile = profile;
    options.variable = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    return MakeCredentialsChain(options, *transport, environment);
  }
  StatusOr<Credentials> Get(const std::string& profile = {}) { return Chain(profile)->Get(); }
  std::string Id(const std::string& profile = {}) {
    auto got = Get(profile);
    return got.ok() ? got->access_key_id : got.status().ToString();
  }
  void WriteFile(const std::string& path, const std::string& text) {
    ASSERT_TRUE(environment.files().MakeFolders(path.substr(0, path.rfind('/'))).ok());
    ASSERT_TRUE(environment.files().MakeFolders("/tmp").ok());
    ASSERT_TRUE(environment.files().WriteAtomically(path, text, "/tmp").ok());
  }

  MemoryEnvironment environment{kNow};
  std::unique_ptr<HttpTransport> transport = MakeCurlTransport({});
  std::map<std::string, std::string> variables = {{"HOME", "/home/a"}, {"AWS_EC2_METADATA_DISABLED", "true"}};
};

TEST_F(CredentialsTest, WithoutAnyEveryPlaceIsNamed) {
  const auto none = Get();
  EXPECT_EQ(none.code(), Code::kPermissionDenied);
  EXPECT_EQ(none.status().message(),
            "no credentials for AWS. Looked at environment: AWS_ACCESS_KEY_ID is not set; web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set; "
            "shared files: there is neither /home/a/.aws/credentials nor /home/a/.aws/config; container: neither "
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set; instance: AWS_EC2_METADATA_DISABLED is true. Set one of them up, or name a \"profile\" in the fleet file");
}

TEST_F(CredentialsTest, TheEnvironmentComesFirst) {
  WriteFile("/home/a/.aws/credentials", "[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n");
  EXPECT_EQ(Id(), "FILE");
  variables["AWS_ACCESS_KEY_ID"] = "VARIABLE";
  EXPECT_EQ(Get().code(), Code::kInvalidArgument);
  variables["AWS_SECRET_ACCESS_KEY"] = "planted-secret";
  variables["AWS_SESSION_TOKEN"] = "planted-token";
  const auto got = Get();
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->access_key_id, "VARIABLE");
  EXPECT_EQ(got->secret_access_key, "planted-secret");
  EXPECT_EQ(got->session_token, "planted-token");
  EXPECT_FALSE(got->expires);
  EXPECT_EQ(Id("default"), "FILE");  // a profile that is named counts alone
}

TEST_F(CredentialsTest, ProfilesOfBothFiles) {
  WriteFile("/home/a/.aws/credentials", "# mine\n[default]\naws_access_key_id=A\naws_secret_access_key=a b\n\n[ work ]\r\naws_access_key_id = B\r\naws_secret_access_key = b\r\n"
                                        "aws_session_token = t\r\n");
  WriteFile("/home/a/.aws/config", "[profile work]\naws_access_key_id = WRONG\nregion = us-west-2\ns3 =\n  max_concurrent_requests = 2\n"
                                   "[profile only-here]\naws_access_key_id = C\naws_secret_access_key = c\n[profile half]\naws_access_key_id = D\n"
                                   "[profile role]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = default\n[profile bare]\nregion = x\n");
  EXPECT_EQ(Get()->secret_access_key, "a b");
  EXPECT_EQ(Id("work"), "B");
  EXPECT_EQ(Get("work")->session_token, "t");
  EXPECT_EQ(Id("only-here"), "C");
  EXPECT_EQ(Get("half").code(), Code::kInvalidArgument);
  EXPECT_NE(Get("role").status().message().find("aws configure export-credentials"), std::string::npos);
  WriteFile("/home/a/.aws/config", "[profile bare]\nregion = x\n[profile both]\naws_access_key_id = BASE\naws_secret_access_key = s\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = both\n"
                                   "[profile process]\ncredential_process = echo x\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = default\n"
                                   "[profile only-here]\naws_access_key_id = C\naws_secret_access_key = c\n");
  for (const char* role : {"both", "process"}) EXPECT_NE(Get(role).status().message().find("has a role or single sign-on"), std::string::npos) << role;
  EXPECT_NE(Get("bare").status().message().find("has no keys and no credential_process"), std::string::npos);
  EXPECT_NE(Get("nobody").status().message().find("no profile \"nobody\""), std::string::npos);
  variables["AWS_PROFILE"] = "work";
  EXPECT_EQ(Id(), "B");
  WriteFile("/elsewhere", "[work]\naws_access_key_id = E\naws_secret_access_key = e\n");
  variables["AWS_SHARED_CREDENTIALS_FILE"] = "/elsewhere";
  EXPECT_EQ(Id(), "E");
}

TEST_F(CredentialsTest, AProgramHandsThemOut) {
  WriteFile("/home/a/.aws/config", "[profile p]\ncredential_process = echo '" + JsonOf("P", "SessionToken", "2026-05-30T13:00:00Z") + "'\n"
                                   "[profile fails]\ncredential_process = echo planted-secret; echo planted-secret >&2; exit 3\n"
                                   "[profile talks]\ncredential_process = echo '{\"SecretAccessKey\": planted-secret'\n"
                                   "[profile old]\ncredential_process = echo '" + JsonOf("P", "SessionToken", "2026-05-30T11:00:00Z") + "'\n");
  const auto got = Get("p");
  ASSERT_TRUE(got.ok()) << got.status().ToString();
  EXPECT_EQ(got->session_token, "planted-token");
  EXPECT_EQ(got->expires, kNow + std::chrono::hours(1));
  EXPECT_NE(Get("fails").status().message().find("exit code 3"), std::string::npos);
  EXPECT_EQ(Get("talks").code(), Code::kUnavailable);
  EXPECT_EQ(Get("old").code(), Code::kPermissionDenied);
}

TEST_F(CredentialsTest, AProgramHasItsTime) {
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(RunProcess("sleep 30; echo late", std::chrono::milliseconds(100), 10).code(), Code::kUnavailable);
  EXPECT_EQ(RunProcess("printf early; exec >&-; sleep 30", std::chrono::milliseconds(100), 10).code(), Code::kUnavailable);
  EXPECT_EQ(*RunProcess("printf early; exec >&-; sleep 0.05", std::chrono::seconds(10), 10), "early");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
  EXPECT_EQ(RunProcess("echo 0123456789", std::chrono::seconds(10), 10).code(), Code::kInvalidArgument);
  EXPECT_EQ(*RunProcess("cat; printf ok", std::chrono::seconds(10), 10), "ok");
}

TEST_F(CredentialsTest, AWebIdentityIsExchanged) {
  ScriptedServer sts([](const std::string&) {
    return Answer(200, "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleWithWebIdentityResult><Credentials>"
                       "<SessionToken>t</SessionToken><SecretAccessKey>s</SecretAccessKey><Expiration>2026-05-30T13:00:00Z</Expiration>"
                       "<AccessKeyId>WEB</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>");
  });
  variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/var/token";
  EXPECT_EQ(Get().code(), Code::kInvalidArgument);  // no role
  variables["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/x";
  EXPECT_EQ(Get().status().resource(), "/var/token");
  WriteFile("/var/token", "planted-token\n");
  variables["AWS_ENDPOINT_URL_STS"] = "http://" + sts.authority();
  const auto got = Get();
  ASSERT_TRUE(got.ok()) << got.status().ToString();
  EXPECT_EQ(got->access_key_id, "WEB");
  EXPECT_EQ(got->expires, kNow + std::chrono::hours(1));
  EXPECT_NE(sts.requests().at(0).find("\r\n\r\nAction=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx&"
                                      "RoleSessionName=evenkeel&WebIdentityToken=planted-token"), std::string::npos) << sts.requests().at(0);
}

TEST_F(CredentialsTest, AContainersServiceIsAskedWithItsToken) {
  ScriptedServer service([](const std::string& request) {
    return request.find("Authorization: planted-token\r\n") != std::string::npos ? Answer(200, JsonOf("BOX", "Token", "2026-05-30T13:00:00Z")) : Answer(401, "planted-token");
  });
  variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://" + service.authority() + "/v2?x=1";
  EXPECT_EQ(Get().code(), Code::kPermissionDenied);
  variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "planted-token";
  EXPECT_EQ(Id(), "BOX");
  EXPECT_TRUE(service.requests().back().starts_with("GET /v2?x=1 "));
  variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/var/token";
  WriteFile("/var/token", "other\n");
  EXPECT_EQ(Get().code(), Code::kPermissionDenied);
  for (const char* far : {"http://example.com/x", "http://169.254.170.3/x", "http://127.0.0.1.example.com/x", "ftp://127.0.0.1/x", "127.0.0.1/x"}) {
    variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = far;
    EXPECT_EQ(Get().code(), Code::kInvalidArgument) << far;
  }
  variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = ".example.com/x";
  EXPECT_EQ(Get().code(), Code::kInvalidArgument);
}

TEST_F(CredentialsTest, AnInstanceIsAskedByTheSecondVersionAlone) {
  std::string role = "web role\n";
  int token_status = 200;
  ScriptedServer metadata([&](const std::string& request) {
    if (request.starts_with("PUT /latest/api/token ") && request.find("X-aws-ec2-metadata-token-ttl-seconds: 21600") != std::string::npos) return Answer(token_status, "session");
    if (request.find("X-aws-ec2-metadata-token: session\r\n") == std::string::npos) return Answer(401, "");
    if (request.starts_with("GET /latest/meta-data/iam/security-credentials/ ")) return Answer(role.empty() ? 404 : 200, role);
    if (request.starts_with("GET /latest/meta-data/iam/security-credentials/web%20role ")) return Answer(200, JsonOf("EC2", "Token", "2026-05-30T13:00:00Z"));
    return Answer(404, "");
  });
  variables.erase("AWS_EC2_METADATA_DISABLED");
  variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://" + metadata.authority();
  EXPECT_EQ(Id(), "EC2");
  role.clear();
  EXPECT_NE(Get().status().message().find("the instance has no role"), std::string::npos);
  token_status = 403;
  EXPECT_NE(Get().status().message().find("no metadata service"), std::string::npos);
}

class RefreshTest : public CredentialsTest {
 protected:
  RefreshTest() : service([this](const std::string&) {
    ScriptedReply reply = Answer(status, JsonOf("KEY" + std::to_string(++count), "Token", FormatInstant(environment.Now() + minutes(60))));
    reply.delay = std::chrono::milliseconds(100);
    return reply;
  }) {
    variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://" + service.authority() + "/";
  }
  std::atomic<int> count = 0, status = 200;
  ScriptedServer service;
};

TEST_F(RefreshTest, FetchedOnceHoweverManyAsk) {
  const auto chain = Chain();
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { good += chain->Get()->access_key_id == "KEY1" ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 8);
  EXPECT_EQ(count, 1);
}

TEST_F(RefreshTest, FetchedAgainBeforeTheyExpire) {
  const auto chain = Chain();
  EXPECT_EQ(chain->Get()->access_key_id, "KEY1");
  environment.SetNow(kNow + minutes(54));
  EXPECT_EQ(chain->Get()->access_key_id, "KEY1");
  environment.SetNow(kNow + minutes(56));
  EXPECT_EQ(chain->Get()->access_key_id, "KEY2");
}

TEST_F(RefreshTest, WhatIsStillGoodServesWhereTheServiceDoesNot) {
  const auto chain = Chain();
  EXPECT_EQ(chain->Get()->access_key_id, "KEY1");
  status = 500;
  environment.SetNow(kNow + minutes(56));
  EXPECT_EQ(chain->Get()->access_key_id, "KEY1");
  environment.SetNow(kNow + minutes(61));
  EXPECT_EQ(chain->Get().code(), Code::kUnavailable);
  status = 200;
  EXPECT_TRUE(chain->Get().ok());
}

TEST_F(RefreshTest, AFailureIsSharedToo) {
  status = 500;
  const auto chain = Chain();
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { failed += chain->Get().code() == Code::kUnavailable ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 8);
  EXPECT_LT(count, 8);
}

// Whatever goes wrong with what was planted, no message has it.
TEST_F(CredentialsTest, NoMessageHasASecret) {
  std::vector<std::string> messages;
  const auto collect = [&](const std::string& profile = {}) {
    const auto got = Get(profile);
    EXPECT_FALSE(got.ok());
    if (!got.ok()) messages.push_back(got.status().ToString());
  };
  for (const std::string& body : std::vector<std::string>{"planted-secret", "{\"planted-secret\"", "{\"AccessKeyId\":\"planted-secret\"}", "<planted-secret>",
                                                          R"({"AccessKeyId":"a","SecretAccessKey":"planted-secret","Expiration":"planted-secret"})"}) {
    for (const int status : {200, 400, 500}) {
      ScriptedServer server([&](const std::string&) { return Answer(status, body); });
      variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://" + server.authority() + "/";
      collect();
      variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/var/token";
      variables["AWS_ROLE_ARN"] = "r";
      variables["AWS_ENDPOINT_URL_STS"] = "http://" + server.authority();
      WriteFile("/var/token", "planted-secret");
      collect();
      variables.erase("AWS_WEB_IDENTITY_TOKEN_FILE");
    }
    WriteFile("/home/a/.aws/config", "[profile p]\ncredential_process = printf '%s' '" + body + "'\n[profile half]\naws_secret_access_key = planted-secret\n");
    collect("p");
    collect("half");
  }
  variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "planted-secret\r\nX: y";
  collect();
  variables["AWS_SECRET_ACCESS_KEY"] = "planted-secret";
  collect();
  EXPECT_GT(messages.size(), 20u);
  for (const std::string& message : messages) EXPECT_EQ(message.find("planted-secret"), std::string::npos) << message;
}

TEST(Sections, AsAwsReadsThem) {
  EXPECT_EQ(ParseSections("stray = 1\n[a]\nx=1\n y=2\n#z=3\n;z=4\n[profile  b ]\nx = a = b \n[open\nx=5\n[a]\nq=6"),
            (Sections{{"a", {{"x", "1"}, {"q", "6"}}}, {"profile b", {{"x", "a = b"}}}}));
}

}  // namespace
}  // namespace evenkeel::aws
