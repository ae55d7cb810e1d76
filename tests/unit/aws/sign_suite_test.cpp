// AWS's own suite of Signature Version 4 (Apache 2.0, from awslabs/aws-c-auth), where its folder is present: each case is signed in the
// header and in the query, and canonical request, string to sign and signature are compared.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "aws/sign.h"
#include "aws/uri.h"
#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "read_file.h"

namespace evenkeel::aws {
namespace {

const std::filesystem::path kSuite = std::filesystem::path(EVENKEEL_SOURCE_DIR) / "../shared/aws/sigv4-suite";

struct SuiteCase {
  HttpRequest request;
  std::string token;        // empty: the case has none
  std::string secret, key_id;
  SigningScope scope;
  PathForm path_form;
  bool signs_body, signs_token;
  int expires;  // seconds
};

// The suite's requests have their paths unencoded.
HttpRequest ParseRequest(const std::string& text, PathForm path_form) {
  HttpRequest request;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  request.method = line.substr(0, line.find(' '));
  const std::string target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
  const std::string path = target.substr(0, target.find('?'));
  request.path = path_form == PathForm::kAsSent ? EncodeUriPath(path) : path;
  if (target.find('?') != std::string::npos) request.query = target.substr(target.find('?') + 1);
  while (std::getline(lines, line) && !line.empty()) {
    if (line[0] == ' ') {
      request.headers.back().value += "\n" + line;
    } else if (line.starts_with("Host:")) {
      request.authority = line.substr(5);
    } else {
      request.headers.push_back({line.substr(0, line.find(':')), line.substr(line.find(':') + 1)});
    }
  }
  std::getline(lines, request.body, '\0');
  return request;
}

SuiteCase ReadCase(const std::filesystem::path& folder) {
  const Json context = Json::parse(ReadFile(folder / "context.json"));
  SuiteCase one;
  one.path_form = context["normalize"] ? PathForm::kNormalized : PathForm::kAsSent;
  one.request = ParseRequest(ReadFile(folder / "request.txt"), one.path_form);
  one.key_id = context["credentials"]["access_key_id"];
  one.secret = context["credentials"]["secret_access_key"];
  one.token = context["credentials"].value("token", "");
  one.signs_token = !context.value("omit_session_token", false);
  one.scope = {context["region"], context["service"], *ParseInstant(context["timestamp"].get<std::string>())};
  one.signs_body = context["sign_body"];
  one.expires = context["expiration_in_seconds"];
  return one;
}

void Compare(const SuiteCase& one, const std::filesystem::path& folder, const std::string& form) {
  const std::string canonical = CanonicalRequest(one.request, Sha256Hex(one.request.body), one.path_form);
  EXPECT_EQ(canonical, ReadFile(folder / (form + "-canonical-request.txt")));
  const std::string to_sign = StringToSign(canonical, one.scope);
  EXPECT_EQ(to_sign, ReadFile(folder / (form + "-string-to-sign.txt")));
  EXPECT_EQ(Signature(to_sign, one.secret, one.scope), ReadFile(folder / (form + "-signature.txt")));
}

TEST(SignSuite, InTheHeader) {
  if (!std::filesystem::exists(kSuite)) GTEST_SKIP() << "AWS's suite is not there";
  int count = 0;
  for (const auto& folder : std::filesystem::directory_iterator(kSuite)) {
    if (!folder.is_directory()) continue;
    SCOPED_TRACE(folder.path().filename().string());
    SuiteCase one = ReadCase(folder.path());
    auto& headers = one.request.headers;
    if (one.signs_body) headers.push_back({"X-Amz-Content-Sha256", Sha256Hex(one.request.body)});
    headers.push_back({"X-Amz-Date", BasicInstant(one.scope.at)});
    if (!one.token.empty() && one.signs_token) headers.push_back({"X-Amz-Security-Token", one.token});
    Compare(one, folder.path(), "header");
    // And as the library does it in one go, where a case asks for what it does.
    if (!one.signs_body && one.signs_token && one.path_form == PathForm::kNormalized) {
      HttpRequest request = ParseRequest(ReadFile(folder.path() / "request.txt"), one.path_form);
      SignRequest(request, {one.key_id, one.secret, one.token, {}}, one.scope);
      EXPECT_TRUE(request.headers.back().value.ends_with("Signature=" + ReadFile(folder.path() / "header-signature.txt")));
    }
    ++count;
  }
  EXPECT_EQ(count, 38);
}

TEST(SignSuite, InTheQuery) {
  if (!std::filesystem::exists(kSuite)) GTEST_SKIP() << "AWS's suite is not there";
  for (const auto& folder : std::filesystem::directory_iterator(kSuite)) {
    if (!folder.is_directory()) continue;
    SCOPED_TRACE(folder.path().filename().string());
    SuiteCase one = ReadCase(folder.path());
    std::string& query = one.request.query;
    query += (query.empty() ? "" : "&") + std::string("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=") + BasicInstant(one.scope.at) +
             "&X-Amz-SignedHeaders=" + EncodeUri(SignedHeaderNames(one.request)) + "&X-Amz-Expires=" + std::to_string(one.expires) +
             "&X-Amz-Credential=" + EncodeUri(one.key_id + "/" + CredentialScope(one.scope));
    if (!one.token.empty() && one.signs_token) query += "&X-Amz-Security-Token=" + EncodeUri(one.token);
    Compare(one, folder.path(), "query");
  }
}

}  // namespace
}  // namespace evenkeel::aws
