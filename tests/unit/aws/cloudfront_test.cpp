// CloudFront by the fake: what becomes of invalidations, and what is said of settings and answers that are wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "aws/cloudfront_edge.h"
#include "aws/cloudfront_paths.h"
#include "aws/fake_aws.h"
#include "evenkeel/aws/aws.h"
#include "evenkeel/memory_stores.h"
#include "scripted_transport.h"

namespace evenkeel::aws {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class CloudFrontTest : public testing::Test {
 protected:
  CloudFrontTest() : fake_(FakeAws::Shared()) {
    fake_.Tell({{"forget", true}, {"distributions", {{{"id", "EONE"}, {"aliases", {"queen.example", "*.sail.example"}}}, {{"id", "ETWO"}, {"aliases", {"b.sail.example"}}}}}});
  }
  StatusOr<std::unique_ptr<EdgeCache>> Make(Json settings, std::shared_ptr<CredentialsProvider> keys = FakeAws::Keys()) {
    if (!settings.contains("endpoint")) settings["endpoint"] = fake_.endpoint();
    AdapterRegistry adapters;
    RegisterAwsAdapters(adapters, {nullptr, std::move(keys)});
    AdapterContext context;
    context.name = "cdn";
    context.environment = &environment_;
    return adapters.edge.at("cloudfront").make(context, settings);
  }
  std::unique_ptr<EdgeCache> Open(const Json& settings = {{"distribution", "EONE"}}) {
    auto edge = Make(settings);
    EXPECT_TRUE(edge.ok()) << edge.status().ToString();
    return edge.ok() ? *std::move(edge) : nullptr;
  }
  void Fault(Json fault) {
    fault["service"] = "cloudfront";
    fake_.Tell({{"faults", {fault}}});
  }
  std::string Message(const Status& status) { return std::string(CodeName(status.code())) + " " + status.ToString(); }

  FakeAws& fake_;
  MemoryEnvironment environment_{Instant(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()))};
};

TEST(InvalidationPaths, OnlyWhatIsUnsafeIsEncoded) {
  EXPECT_EQ(EncodeInvalidationPath("/g/a b~\xc3\xbc&'(x)+,;=:@!$_-.*?q=1"), "/g/a%20b%7E%C3%BC&'(x)+,;=:@!$_-.*?q=1");
  EXPECT_EQ(EncodeInvalidationPath("/%41 100% %zz #[]{}|^`\\\"<>"), "/%41%20100%25%20%25zz%20%23%5B%5D%7B%7D%7C%5E%60%5C%22%3C%3E");
}

TEST(InvalidationPaths, EachOnceAndNothingThatAWildcardCovers) {
  EXPECT_THAT(*InvalidationPaths({"/g/b", "/g/a", "/g/b"}, false, "s"), ElementsAre("/g/a", "/g/b"));
  EXPECT_THAT(*InvalidationPaths({"/g/b", "/h*", "/h/x", "/h/y*"}, false, "s"), ElementsAre("/g/b", "/h*"));
}

TEST(InvalidationPaths, FormsOfAPageBecomeOneWildcard) {
  EXPECT_THAT(*InvalidationPaths({"/g/x", "/g/x.html", "/g/x/"}, true, "s"), ElementsAre("/g/x*"));
  EXPECT_THAT(*InvalidationPaths({"/g/x", "/s/x.html"}, true, "s"), ElementsAre("/g/x", "/s/x.html"));
  EXPECT_THAT(*InvalidationPaths({"/", "/index.html"}, true, "s"), ElementsAre("/", "/index.html")) << "never the whole site";
}

TEST(InvalidationPaths, WhatCloudFrontNeverTakesIsNotSent) {
  EXPECT_EQ(InvalidationPaths({"g/x"}, false, "s").code(), Code::kInvalidArgument);
  EXPECT_EQ(InvalidationPaths({}, false, "s").code(), Code::kInvalidArgument);
  EXPECT_EQ(InvalidationPaths({"/" + std::string(4'000, 'x')}, false, "s").code(), Code::kInvalidArgument);
  std::vector<std::string> many;
  for (int i = 0; i < 3'001; ++i) many.push_back("/" + std::to_string(i));
  EXPECT_EQ(InvalidationPaths(many, false, "s").code(), Code::kInvalidArgument);
  std::vector<std::string> wild;
  for (int i = 10; i < 26; ++i) wild.push_back("/" + std::to_string(i) + "*");
  EXPECT_EQ(InvalidationPaths(wild, false, "s").code(), Code::kInvalidArgument);
}

TEST_F(CloudFrontTest, APathIsSentAsGuestsAskForIt) {
  ASSERT_TRUE(Open()->Invalidate({"/g/a b", "/g/x&y"}, "run-1/a").ok());
  const auto requests = fake_.Requests("CreateInvalidation");
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_THAT(requests[0]["body"].get<std::string>(), HasSubstr("<Quantity>2</Quantity><Items><Path>/g/a%20b</Path><Path>/g/x&amp;y</Path></Items>"));
  EXPECT_THAT(requests[0]["body"].get<std::string>(), HasSubstr("<CallerReference>run-1/a</CallerReference>"));
}

TEST_F(CloudFrontTest, ALostReplyLeavesOneInvalidation) {
  Fault({{"operation", "CreateInvalidation"}, {"kind", "lost_reply"}});
  const auto edge = Open();
  EXPECT_EQ(edge->Invalidate({"/g/a"}, "r").code(), Code::kUnknownOutcome);
  EXPECT_EQ(fake_.Requests("CreateInvalidation").size(), 1u) << "not sent again by itself";
  EXPECT_TRUE(*edge->WasAccepted("r"));
  const auto first = edge->Invalidate({"/g/a"}, "r"), again = Open()->Invalidate({"/g/a"}, "r");
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(*first, *again);
}

TEST_F(CloudFrontTest, AnAttemptThatDidNothingIsKnown) {
  Fault({{"operation", "CreateInvalidation"}, {"kind", "cut_off"}});
  const auto edge = Open();
  EXPECT_EQ(edge->Invalidate({"/g/a"}, "r").code(), Code::kUnknownOutcome);
  EXPECT_FALSE(*edge->WasAccepted("r"));
}

TEST_F(CloudFrontTest, AReferenceForOtherPathsIsRefusedByWhicheverName) {
  for (const char* code : {"InvalidationBatchAlreadyExists", "InvalidArgument"}) {
    fake_.Tell({{"settings", {{"reuse_code", code}}}});
    const std::string reference = std::string("r-") + code;
    ASSERT_TRUE(Open()->Invalidate({"/g/a"}, reference).ok());
    EXPECT_EQ(Open()->Invalidate({"/g/b"}, reference).code(), Code::kAlreadyExists) << code;
  }
  Fault({{"operation", "CreateInvalidation"}, {"kind", "error"}, {"status", 400}, {"code", "InvalidArgument"}});
  EXPECT_EQ(Open()->Invalidate({"/g/a"}, "never-used").code(), Code::kInvalidArgument);
}

TEST_F(CloudFrontTest, WhenTooMuchIsInProgressNothingIsDone) {
  fake_.Tell({{"settings", {{"paths_max", 2}, {"invalidation_s", 3600}}}});
  const auto edge = Open({{"distribution", "ETWO"}});
  ASSERT_TRUE(edge->Invalidate({"/g/a", "/g/b"}, "r1").ok());
  const Status busy = edge->Invalidate({"/g/c"}, "r2").status();
  EXPECT_EQ(busy.code(), Code::kLimitExceeded) << busy.ToString();
  EXPECT_FALSE(*edge->WasAccepted("r2"));
  EXPECT_EQ(*edge->CountInProgress(), 1u);
  EXPECT_EQ(*Open({{"distribution", "ETWO"}, {"wait", false}})->CountInProgress(), 0u);
  const auto later = Open({{"distribution", "ETWO"}});
  EXPECT_EQ(*later->CountInProgress(), 0u);
  EXPECT_TRUE(*later->WasAccepted("r1"));
  EXPECT_EQ(*later->CountInProgress(), 1u) << "who asks for what another process made waits for it";
  fake_.Tell({{"settings", {{"clock_offset_s", 7200}}}});
  EXPECT_EQ(*edge->CountInProgress(), 0u);
  fake_.Tell({{"settings", {{"clock_offset_s", 0}}}});
}

TEST_F(CloudFrontTest, WhatIsNotAmongTheNewestIsLookedForAsFarBackAsItCanBe) {
  const Instant begin = environment_.Now();
  ASSERT_TRUE(Open({{"distribution", "ETWO"}})->Invalidate({"/g/a"}, "the-first").ok());
  const auto other = Open({{"distribution", "ETWO"}});
  for (int i = 0; i < 105; ++i) ASSERT_TRUE(other->Invalidate({"/g/b"}, "other-" + std::to_string(i)).ok());
  EXPECT_FALSE(*Open({{"distribution", "ETWO"}})->WasAccepted("the-first")) << "among the newest hundred";
  EXPECT_TRUE(*Open({{"distribution", "ETWO"}})->WasAcceptedSince("the-first", begin));
  const std::size_t lists = fake_.Requests("ListInvalidations").size(), gets = fake_.Requests("GetInvalidation").size();
  EXPECT_FALSE(*Open({{"distribution", "ETWO"}})->WasAcceptedSince("the-first", begin + std::chrono::hours(1))) << "it is older";
  EXPECT_EQ(fake_.Requests("ListInvalidations").size(), lists + 1);
  EXPECT_EQ(fake_.Requests("GetInvalidation").size(), gets) << "older ones are not looked at";
}

TEST_F(CloudFrontTest, AListThatLeadsToWhereItWasIsAnError) {
  const std::string round = "<InvalidationList><NextMarker>m</NextMarker><IsTruncated>true</IsTruncated><Quantity>0</Quantity></InvalidationList>";
  Fault({{"operation", "ListInvalidations"}, {"kind", "body"}, {"body", round}, {"times", -1}});
  const Status status = Open()->WasAcceptedSince("r", environment_.Now()).status();
  EXPECT_THAT(Message(status), AllOf(HasSubstr("unavailable"), HasSubstr("the list of invalidations is cut off without saying where it goes on")));
  EXPECT_LE(fake_.Requests("ListInvalidations").size(), 2u);
  const std::string distributions = "<DistributionList><NextMarker>m</NextMarker><IsTruncated>true</IsTruncated><Quantity>0</Quantity></DistributionList>";
  Fault({{"operation", "ListDistributions"}, {"kind", "body"}, {"body", distributions}, {"times", -1}});
  EXPECT_THAT(Message(Open({{"alias", "queen.example"}})->Invalidate({"/a"}, "r").status()), HasSubstr("the list of distributions is cut off"));
}

TEST_F(CloudFrontTest, ThrottlingIsWaitedForWhereNothingIsChanged) {
  Fault({{"operation", "ListInvalidations"}, {"kind", "error"}, {"status", 400}, {"code", "Throttling"}, {"times", 2}});
  EXPECT_TRUE(Open()->WasAccepted("r").ok());
  Fault({{"operation", "CreateInvalidation"}, {"kind", "error"}, {"status", 400}, {"code", "Throttling"}});
  EXPECT_EQ(Open()->Invalidate({"/g/a"}, "throttled").code(), Code::kLimitExceeded) << "the engine asks again later";
  Fault({{"operation", "CreateInvalidation"}, {"kind", "error"}, {"status", 503}, {"code", "ServiceUnavailable"}});
  EXPECT_EQ(Open()->Invalidate({"/g/a"}, "throttled").code(), Code::kUnknownOutcome);
}

TEST_F(CloudFrontTest, AnAnswerWithoutAnIdLeavesItOpen) {
  for (const std::string& body : {std::string(5u << 20, ' '), std::string(), std::string("<Invalidation/>"), std::string("<!DOCTYPE x><Invalidation><Id>I1</Id></Invalidation>"), std::string("<html>")}) {
    Fault({{"operation", "CreateInvalidation"}, {"kind", "body"}, {"body", body}});
    EXPECT_EQ(Open()->Invalidate({"/g/a"}, "odd").code(), Code::kUnknownOutcome) << body.substr(0, 80);
  }
}

TEST_F(CloudFrontTest, ADistributionIsFoundByAlias) {
  fake_.Tell({{"settings", {{"page", 1}}}});  // one distribution a page
  for (const auto& [alias, id] : {std::pair("Queen.Example", "EONE"), std::pair("x.sail.example", "EONE"), std::pair("b.sail.example", "ETWO"), std::pair("etwo.cloudfront.net", "ETWO")}) {
    ASSERT_TRUE(Open({{"alias", alias}})->Invalidate({"/g/a"}, std::string("by-") + alias).ok()) << alias;
    EXPECT_THAT(fake_.Requests("CreateInvalidation").back()["target"].get<std::string>(), HasSubstr(std::string("/") + id + "/")) << alias;
  }
  const auto edge = Open({{"alias", "queen.example"}});
  const std::size_t before = fake_.Requests("ListDistributions").size();
  EXPECT_FALSE(*edge->WasAccepted("none"));
  EXPECT_FALSE(*edge->WasAccepted("none"));
  EXPECT_EQ(fake_.Requests("ListDistributions").size(), before + 2) << "looked for once, on both pages";
}

TEST_F(CloudFrontTest, AnAliasOfNobodyOrOfSeveralIsAnError) {
  EXPECT_THAT(Message(Open({{"alias", "nobody.example"}})->Invalidate({"/g/a"}, "r").status()),
              AllOf(HasSubstr("invalid_argument"), HasSubstr("\"nobody.example\""), HasSubstr("queen.example"), HasSubstr("correct \"alias\"")));
  fake_.Tell({{"distributions", {{{"id", "ETHREE"}, {"aliases", {"*.sail.example"}}}}}});
  EXPECT_THAT(Message(Open({{"alias", "x.sail.example"}})->Invalidate({"/g/a"}, "r").status()), AllOf(HasSubstr("EONE, ETHREE"), HasSubstr("give the id of one")));
}

TEST_F(CloudFrontTest, WhatIsRefusedSaysWhatToDo) {
  EXPECT_THAT(Message(Open({{"distribution", "ENONE"}})->Invalidate({"/a"}, "r").status()), AllOf(HasSubstr("invalid_argument"), HasSubstr("\"ENONE\""), HasSubstr("correct \"distribution\"")));
  Fault({{"operation", "CreateInvalidation"}, {"kind", "error"}, {"status", 403}, {"code", "AccessDenied"}});
  EXPECT_THAT(Message(Open()->Invalidate({"/a"}, "r").status()), AllOf(HasSubstr("permission_denied"), HasSubstr("cloudfront:CreateInvalidation")));
  const auto with = [&](const char* access, const char* secret, const char* token) {
    return Message((*Make({{"distribution", "EONE"}}, MakeStaticCredentials({access, secret, token, {}})))->Invalidate({"/a"}, "r").status());
  };
  EXPECT_THAT(with("AKIDNOBODY", "planted", ""), AllOf(HasSubstr("permission_denied"), HasSubstr("not known there"), Not(HasSubstr("planted"))));
  EXPECT_THAT(with("AKIDFAKE", "planted", ""), AllOf(HasSubstr("permission_denied"), Not(HasSubstr("planted"))));
  fake_.Tell({{"keys", {{"ASIAOLD", {{"secret", "s"}, {"token", "t"}, {"expired", true}}}}}});
  EXPECT_THAT(with("ASIAOLD", "s", "t"), AllOf(HasSubstr("permission_denied"), HasSubstr("renew them")));
}

TEST_F(CloudFrontTest, AClockThatIsOffIsLearned) {
  fake_.Tell({{"settings", {{"clock_offset_s", 3600}}}});
  EXPECT_TRUE(Open()->Invalidate({"/g/a"}, "skewed").ok());
  EXPECT_EQ(fake_.Requests("CreateInvalidation").size(), 1u);
  fake_.Tell({{"settings", {{"clock_offset_s", 0}}}});
}

TEST_F(CloudFrontTest, WrongSettingsAreNamed) {
  const auto message = [&](const Json& settings) { return Message(Make(settings).status()); };
  EXPECT_THAT(message(Json::object()), HasSubstr("either \"distribution\""));
  EXPECT_THAT(message({{"distribution", "E1"}, {"alias", "a.example"}}), HasSubstr("either \"distribution\""));
  EXPECT_THAT(message({{"distribution", "arn:aws:cloudfront::1:distribution/E1"}}), HasSubstr("an id of capitals and digits"));
  EXPECT_THAT(message({{"alias", "https://a.example"}}), HasSubstr("a host's name alone"));
  EXPECT_THAT(message({{"distribution", "E1"}, {"check", true}}), HasSubstr("\"check\" needs \"url\""));
  EXPECT_THAT(message({{"distribution", "E1"}, {"url", "https://a.example"}}), HasSubstr("\"url\" is for \"check\""));
  EXPECT_THAT(message({{"distribution", "E1"}, {"check", true}, {"url", "https://a.example/g/"}}), HasSubstr("a site alone"));
  EXPECT_THAT(message({{"distribution", "E1"}, {"check", "yes"}}), HasSubstr("\"check\" must be true or false"));
  EXPECT_THAT(message({{"distribution", "E1"}, {"endpoint", "nowhere"}}), HasSubstr("\"endpoint\" must be an address"));
}

TEST_F(CloudFrontTest, WhatGuestsAreServedIsAskedOfTheSite) {
  EXPECT_EQ(Open()->Serve("/g/x").code(), Code::kUnimplemented);
  const auto edge = Open({{"distribution", "EONE"}, {"check", true}, {"url", fake_.endpoint()}});
  const auto leads = [](int status, const std::string& where) { return Json{{"status", status}, {"headers", {{"Location", where}}}}; };
  fake_.Tell({{"site", {{"/g/a%20b", "new"}, {"/g/old", leads(301, "/g/a%20b")}, {"/g/far", leads(302, "https://elsewhere.example/")}, {"/g/round", leads(302, "/g/round")},
                        {"/g/gone", {{"status", 403}}}, {"/g/ill", {{"status", 502}}}}}});
  EXPECT_EQ(**edge->Serve("/g/a b"), "new");
  EXPECT_EQ(**edge->Serve("/g/old"), "new");
  EXPECT_EQ(*edge->Serve("/g/none"), std::nullopt);
  EXPECT_EQ(*edge->Serve("/g/gone"), std::nullopt);
  EXPECT_THAT(Message(edge->Serve("/g/far").status()), HasSubstr("it leads to another host"));
  EXPECT_THAT(Message(edge->Serve("/g/round").status()), HasSubstr("it leads on and on"));
  EXPECT_THAT(Message(edge->Serve("/g/ill").status()), AllOf(HasSubstr("unavailable"), HasSubstr("502")));
}

TEST(CloudFrontServe, ALookHasOneTimeWhereverItIsLed) {
  MemoryEnvironment environment;
  const auto transport = std::make_shared<Scripted>();
  transport->answers = [&](const HttpRequest&) {
    environment.Sleep(std::chrono::seconds(13));
    return Reply(302, {{"Location", "/on"}});
  };
  CloudFrontParts parts;
  parts.settings.distribution = "E1";
  parts.settings.url = "https://x.org";
  parts.transport = transport;
  parts.credentials = MakeStaticCredentials({"AKIDEXAMPLE", "s", "", {}});
  parts.environment = &environment;
  const Status status = MakeCloudFrontEdge(parts)->Serve("/g/x").status();
  EXPECT_EQ(status.code(), Code::kUnavailable);
  EXPECT_THAT(status.ToString(), HasSubstr("it took more than 30 s"));
  std::vector<std::int64_t> timeouts_ms;
  for (const HttpRequest& request : transport->requests) timeouts_ms.push_back(request.timeout.count());
  EXPECT_THAT(timeouts_ms, ElementsAre(30'000, 17'000, 4'000));
}

TEST_F(CloudFrontTest, DoctorSaysWhatIsThere) {
  const auto said = [&](const Json& settings) {
    std::string out;
    for (const Check& check : Open(settings)->Examine()) out += (check.passed ? "+ " : "- ") + check.what + ": " + check.detail + "\n";
    return out;
  };
  EXPECT_THAT(said({{"distribution", "EONE"}, {"check", true}, {"url", "https://queen.example"}}),
              AllOf(HasSubstr("+ distribution: EONE is enabled and deployed"), HasSubstr("+ aliases: it serves queen.example"), HasSubstr("+ readable: "), HasSubstr("+ writable: not tried")));
  EXPECT_THAT(said({{"distribution", "ETWO"}, {"check", true}, {"url", "https://queen.example"}}), HasSubstr("- aliases: it does not serve queen.example but b.sail.example"));
  EXPECT_THAT(said({{"alias", "none.example"}}), HasSubstr("- distribution: cdn: no distribution of the account serves"));
  fake_.Tell({{"distributions", {{{"id", "EOFF"}, {"enabled", false}}}}});
  EXPECT_THAT(said({{"distribution", "EOFF"}}), HasSubstr("- distribution: EOFF is disabled"));
  Fault({{"operation", "ListInvalidations"}, {"kind", "error"}, {"status", 403}, {"code", "AccessDenied"}});
  EXPECT_THAT(said({{"distribution", "EONE"}}), HasSubstr("- readable: cdn: the credentials may not do this (403 AccessDenied); it needs cloudfront:ListInvalidations"));
  EXPECT_TRUE(fake_.Requests("CreateInvalidation").empty());
}

}  // namespace
}  // namespace evenkeel::aws
