// Vectors that AWS's public documentation prints, and 52 requests as the official clients sent them (where that folder is present).
#include "aws/sign.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "http/header_name.h"
#include "aws/uri.h"
#include "digest/sha256.h"
#include "evenkeel/json.h"

namespace evenkeel::aws {
namespace {

const std::filesystem::path kRecordings = std::filesystem::path(EVENKEEL_SOURCE_DIR) / "../shared/aws/recordings";
const Credentials kDocumentation = {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", {}, {}};

std::string SignatureOf(HttpRequest request, const Credentials& credentials, const SigningScope& scope) {
  SignRequest(request, credentials, scope);
  const std::string& authorization = request.headers.back().value;
  EXPECT_EQ(request.headers.back().name, "Authorization");
  return authorization.substr(authorization.find("Signature=") + 10);
}

// "Create a signed AWS API request", IAM user guide (in its long-standing edition).
TEST(Sign, TheExampleOfTheIamUserGuide) {
  HttpRequest request{.authority = "iam.amazonaws.com", .query = "Action=ListUsers&Version=2010-05-08"};
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  const SigningScope scope{"us-east-1", "iam", *ParseInstant("2015-08-30T12:36:00Z")};
  SignRequest(request, kDocumentation, scope);
  EXPECT_EQ(request.headers.back().value,
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
            "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

// "Authenticating Requests: Using the Authorization Header", S3 API reference: its four examples.
class SignS3Examples : public testing::Test {
 protected:
  std::string Sign(HttpRequest request) const {
    request.authority = "examplebucket.s3.amazonaws.com";
    return SignatureOf(std::move(request), {"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", {}, {}},
                       {"us-east-1", "s3", *ParseInstant("2013-05-24T00:00:00Z")});
  }
};

TEST_F(SignS3Examples, GetAnObjectsFirstBytes) {
  EXPECT_EQ(Sign({.path = "/test.txt", .headers = {{"Range", "bytes=0-9"}}}), "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST_F(SignS3Examples, PutAnObject) {
  EXPECT_EQ(Sign({.method = "PUT", .path = "/test%24file.text",
                  .headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                  .body = "Welcome to Amazon S3."}),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST_F(SignS3Examples, AParameterWithoutAValue) {
  EXPECT_EQ(Sign({.query = "lifecycle"}), "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST_F(SignS3Examples, ListABucket) {
  EXPECT_EQ(Sign({.query = "max-keys=2&prefix=J"}), "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST(Sign, EveryHeaderIsSigned) {
  HttpRequest request{.authority = "b.s3.amazonaws.com", .headers = {{"X-Amz-Meta-B", "2"}, {"If-Match", "\"e\""}, {"x-amz-meta-a", "1"}}};
  SignRequest(request, {"AKIDEXAMPLE", "secret", "token", {}}, {"us-east-1", "s3", *ParseInstant("2015-08-30T12:36:00Z")});
  EXPECT_NE(request.headers.back().value.find("SignedHeaders=host;if-match;x-amz-content-sha256;x-amz-date;x-amz-meta-a;x-amz-meta-b;"
                                              "x-amz-security-token,"),
            std::string::npos)
      << request.headers.back().value;
  for (const HttpHeader& header : request.headers) EXPECT_EQ(header.value.find("secret"), std::string::npos) << header.name;
}

TEST(Sign, AnAnswersHeaderIsFoundInAnyCase) {
  const HttpResponse response{.status = 200, .headers = {{"etag", "\"1\""}, {"Date", "now"}}, .body = {}};
  ASSERT_NE(response.Find("ETag"), nullptr);
  EXPECT_EQ(*response.Find("ETag"), "\"1\"");
  EXPECT_EQ(response.Find("Location"), nullptr);
}

// One recorded request without what the signature made, and the signature.
struct Recorded {
  HttpRequest request;
  std::set<std::string> signed_names;
  SigningScope scope;
  std::string signature;
};

Recorded Read(const Json& line) {
  Recorded out;
  const std::string url = line["url"];
  out.request.method = line["method"];
  out.request.path = url.substr(0, url.find('?'));
  if (url.find('?') != std::string::npos) out.request.query = url.substr(url.find('?') + 1);
  out.request.body = line["body"];
  for (const auto& header : line["headers"]) {
    const std::string name = LowerHeaderName(header[0].get<std::string>());
    const std::string value = header[1];
    if (name == "host") out.request.authority = value;
    if (name == "host" || name == "authorization") continue;
    out.request.headers.push_back({name, value});
  }
  for (const auto& header : line["headers"]) {
    const std::string value = header[1];
    if (LowerHeaderName(header[0].get<std::string>()) != "authorization") continue;
    const std::string scope = value.substr(value.find('/') + 1);  // "20261122/us-east-1/cloudfront/aws4_request, …"
    const std::size_t region = scope.find('/') + 1, service = scope.find('/', region) + 1;
    out.scope.region = scope.substr(region, service - region - 1);
    out.scope.service = scope.substr(service, scope.find('/', service) - service);
    const std::size_t names = value.find("SignedHeaders=") + 14;
    for (std::size_t at = names, end = value.find(',', names); at < end;) {
      const std::size_t next = std::min(value.find(';', at), end);
      out.signed_names.insert(value.substr(at, next - at));
      at = next + 1;
    }
    out.signature = value.substr(value.find("Signature=") + 10);
  }
  return out;
}

// The clients leave some headers unsigned; ours are the ones that they signed.
TEST(Sign, SignsEveryRecordingAsTheClientDid) {
  if (!std::filesystem::exists(kRecordings)) GTEST_SKIP() << "the recordings are not there";
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(kRecordings)) {
    std::ifstream lines(file.path());
    for (std::string line; std::getline(lines, line); ++count) {
      auto json = ParseJson(line, file.path().filename().string(), Limits{});
      ASSERT_TRUE(json.ok()) << json.status().ToString();
      Recorded recorded = Read(*json);
      Credentials credentials = kDocumentation;
      std::vector<HttpHeader> ours;
      for (const HttpHeader& header : recorded.request.headers) {
        if (header.name == "x-amz-date") {
          const std::string& at = header.value;  // "20261122T032713Z"
          recorded.scope.at = *ParseInstant(at.substr(0, 4) + "-" + at.substr(4, 2) + "-" + at.substr(6, 5) + ":" + at.substr(11, 2) + ":" + at.substr(13));
        } else if (header.name == "x-amz-security-token") {
          credentials.session_token = header.value;
        } else if (header.name == "x-amz-content-sha256" && recorded.scope.service == "s3") {
          EXPECT_EQ(header.value, Sha256Hex(recorded.request.body));
        } else if (recorded.signed_names.contains(header.name)) {
          ours.push_back(header);
        }
      }
      recorded.request.headers = ours;
      EXPECT_EQ(SignatureOf(recorded.request, credentials, recorded.scope), recorded.signature) << file.path().filename() << ": " << line;
    }
  }
  EXPECT_EQ(count, 52);
}

TEST(Uri, EncodingIsUndone) {
  std::string bytes;
  for (int c = 0; c < 256; ++c) bytes.push_back(static_cast<char>(c));
  EXPECT_EQ(DecodeUri(EncodeUri(bytes)), bytes);
  EXPECT_EQ(EncodeUri("a b/ü~+"), "a%20b%2F%C3%BC~%2B");
  EXPECT_EQ(EncodeUriPath("a b/ü"), "a%20b/%C3%BC");
  EXPECT_EQ(DecodeUri("100%"), "100%");
  EXPECT_EQ(DecodeUri("%zz%4"), "%zz%4");
  EXPECT_EQ(DecodeUri("a+b%2"), "a+b%2");
}

}  // namespace
}  // namespace evenkeel::aws
