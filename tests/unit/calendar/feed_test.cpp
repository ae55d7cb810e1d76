// What becomes of a feed on its way: answers that are no feed, and an address that nobody may see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "contract/scratch.h"
#include "contract/worlds.h"
#include "evenkeel/calendar_adapters.h"
#include "unit/aws/scripted_server.h"
#include "unit/aws/scripted_transport.h"

namespace evenkeel {
namespace {

using aws::HeaderOf;
using aws::Reply;
using aws::Scripted;
using contract::MakeStore;
using contract::Scratch;
using testing::HasSubstr;
using testing::Not;

const std::string kFeed =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Sunset sail\r\nSTATUS:CONFIRMED\r\n"
    "DTSTART:20260530T223000Z\r\nDTEND:20260531T013000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
constexpr char kUrl[] = "https://feeds.example/calendar/SECRETPATH/basic.ics?token=SECRETTOKEN";

struct FeedTest : testing::Test {
  FeedTest() {
    transport->answers = [](const HttpRequest&) { return Reply(200, {}, kFeed); };
  }
  AdapterContext Context() const {
    AdapterContext context = scratch.Context("market");
    context.zones = zones.get();
    return context;
  }
  AdapterRegistry Adapters(std::shared_ptr<HttpTransport> way) const {
    AdapterRegistry adapters;
    RegisterCalendarAdapters(adapters, {std::move(way)});
    return adapters;
  }
  std::unique_ptr<Calendar> Open(Json settings = {{"url", kUrl}}) { return MakeStore(Adapters(transport).calendars, "feed", Context(), settings); }
  Status Listed(Json settings = {{"url", kUrl}}) {
    const auto listing = Open(std::move(settings))->List();
    EXPECT_THAT(listing.status().ToString(), Not(HasSubstr("SECRET")));
    return listing.status();
  }
  void Expect(StatusOr<HttpResponse> answer, Code code, const std::string& words) {
    transport->answers = [answer](const HttpRequest&) { return answer; };
    const Status status = Listed();
    EXPECT_EQ(status.code(), code) << status.ToString();
    EXPECT_THAT(status.message(), HasSubstr(words));
    EXPECT_THAT(status.message(), HasSubstr("https://feeds.example/…"));
  }

  Scratch scratch;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
  std::shared_ptr<Scripted> transport = std::make_shared<Scripted>();
};

TEST_F(FeedTest, AnswersThatAreNoFeedAreNamed) {
  Expect(Reply(200, {{"Content-Type", "text/html"}}, "\n<!doctype html><title>Log in</title>"), Code::kInvalidArgument, "this is a web page, not a calendar");
  Expect(Reply(200, {}, "{\"error\": \"SECRET\"}"), Code::kInvalidArgument, "this is no calendar");
  Expect(Reply(200, {}, ""), Code::kUnavailable, "the answer is empty");
  Expect(Reply(200, {}, kFeed.substr(0, kFeed.size() - 16)), Code::kUnavailable, "cut off");
  Expect(Reply(200, {}, kFeed.substr(0, 90)), Code::kUnavailable, "nothing of it is used");
  Expect(Reply(200, {}, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n"), Code::kInvalidArgument, "VEVENT is open");
  Expect(Reply(204), Code::kInvalidArgument, "204");
  Expect(Reply(304), Code::kInvalidArgument, "304");
  Expect(Reply(200, {{"Content-Encoding", "gzip"}}, "\x1f\x8b\x08 bomb"), Code::kInvalidArgument, "this is no calendar");
  Expect(Reply(401), Code::kPermissionDenied, "may not be read");
  Expect(Reply(403), Code::kPermissionDenied, "may not be read");
  Expect(Reply(404), Code::kNotFound, "leads to no feed any more");
  Expect(Reply(410), Code::kNotFound, "make a new one");
  Expect(Reply(429), Code::kUnavailable, "try again later");
  Expect(Reply(503), Code::kUnavailable, "try again later");
  Expect(Status(Code::kUnavailable, "could not be reached: refused"), Code::kUnavailable, "could not be reached");
  Expect(Status(Code::kUnknownOutcome, "no whole answer to /calendar/SECRETPATH/basic.ics"), Code::kUnavailable, "within 30 s");
  Expect(Status(Code::kLimitExceeded, "the answer has more than 5 bytes"), Code::kLimitExceeded, "more than 8388608 bytes");
  Expect(Status(Code::kInvalidArgument, "the server does not prove to be this host"), Code::kInvalidArgument, "does not prove");
}

TEST_F(FeedTest, RedirectsStayOnTheHost) {
  const auto to = [](int status, const std::string& location) { return Reply(status, {{"Location", location}}); };
  Expect(to(302, "https://elsewhere.example/x?SECRET"), Code::kInvalidArgument, "another host, elsewhere.example, which is not asked");
  Expect(to(302, "//elsewhere.example/x"), Code::kInvalidArgument, "another host, elsewhere.example,");
  Expect(to(301, "https://user:SECRET@elsewhere.example/x"), Code::kInvalidArgument, "another host, elsewhere.example,");
  Expect(to(307, "http://feeds.example/x"), Code::kInvalidArgument, "it leads on to http://");
  Expect(to(308, "/calendar/SECRETPATH/basic.ics"), Code::kInvalidArgument, "leads on and on");
  Expect(to(303, "ftp://x/"), Code::kInvalidArgument, "an address that cannot be asked");
  Expect(Reply(302), Code::kInvalidArgument, "an address that cannot be asked");
  Expect(to(302, "https://one@SECRET@elsewhere.example/x"), Code::kInvalidArgument, "another host, elsewhere.example,");
  Expect(to(302, "https://\x1b[31m" + std::string(5000, 'e') + "/x"), Code::kInvalidArgument, "another host, ?[31meee");
  Expect(to(302, "https://feeds.example:444/x"), Code::kInvalidArgument, "another host, feeds.example:444,");
  EXPECT_EQ(transport->requests.back().authority, "feeds.example");

  transport->answers = [&](const HttpRequest& request) { return request.path == "/new.ics" ? Reply(200, {}, kFeed) : to(301, "/new.ics?v=2#top"); };
  EXPECT_TRUE(Listed().ok());
  EXPECT_EQ(transport->requests.back().query, "v=2");
  transport->answers = [&](const HttpRequest& request) { return request.path == "/calendar/SECRETPATH/next.ics" ? Reply(200, {}, kFeed) : to(301, "next.ics"); };
  EXPECT_TRUE(Listed().ok());
  transport->answers = [&](const HttpRequest& request) { return request.query == "again" ? Reply(200, {}, kFeed) : to(301, "?again"); };
  EXPECT_TRUE(Listed().ok());
  EXPECT_EQ(transport->requests.back().path, "/calendar/SECRETPATH/basic.ics");
}

// All hops share the one timeout, and a server cannot make its answer one that can never be asked for again.
TEST_F(FeedTest, WhatTheServerSaysOfItsAnswerIsBounded) {
  transport->answers = [&](const HttpRequest& request) {
    if (request.query != "v") return Reply(301, {{"Location", "?v"}});
    return Reply(200, {{"ETag", "\"a\x01\""}, {"Last-Modified", std::string(100'000, 'x')}}, kFeed);
  };
  const auto calendar = Open();
  ASSERT_TRUE(calendar->List().ok());
  EXPECT_LE(transport->requests.at(1).timeout, transport->requests.at(0).timeout);
  ASSERT_TRUE(calendar->List().ok());
  EXPECT_EQ(HeaderOf(transport->requests.back(), "if-none-match"), "");
  EXPECT_EQ(HeaderOf(transport->requests.back(), "if-modified-since"), "");
}

TEST_F(FeedTest, WhatHasNotChangedIsNotSentAgain) {
  transport->answers = [](const HttpRequest& request) {
    if (HeaderOf(request, "if-none-match") == "\"one\"") return Reply(304);
    return Reply(200, {{"ETag", "\"one\""}, {"Last-Modified", "Sat, 30 May 2026 22:00:00 GMT"}}, kFeed);
  };
  const auto calendar = Open();
  const auto first = calendar->List();
  ASSERT_TRUE(first.ok());
  const auto again = calendar->Get("a");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->version, first->events.at(0).version);
  ASSERT_EQ(transport->requests.size(), 2u);
  EXPECT_EQ(HeaderOf(transport->requests[0], "if-none-match"), "");
  EXPECT_EQ(HeaderOf(transport->requests[1], "if-modified-since"), "Sat, 30 May 2026 22:00:00 GMT");

  // A failure in between takes nothing away, and the next whole answer counts.
  transport->answers = [](const HttpRequest&) { return Reply(200, {}, kFeed.substr(0, 60)); };
  EXPECT_EQ(calendar->List().code(), Code::kUnavailable);
  transport->answers = [](const HttpRequest&) { return Reply(200, {}, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR"); };
  EXPECT_TRUE(calendar->List()->events.empty());
  EXPECT_EQ(calendar->Get("a").code(), Code::kNotFound);
}

TEST_F(FeedTest, SettingsAreCheckedAndNeverShown) {
  const auto refuses = [&](Json settings, const std::string& words) {
    const auto made = Adapters(transport).calendars.at("feed").make(Context(), settings);
    EXPECT_EQ(made.code(), Code::kInvalidArgument) << settings;
    EXPECT_THAT(made.status().message(), HasSubstr(words));
    EXPECT_THAT(made.status().ToString(), Not(HasSubstr("SECRET")));
  };
  refuses(Json::object(), "\"url\"");
  refuses({{"url", 5}}, "\"url\"");
  refuses({{"url", "http://feeds.example/SECRET"}}, "https://");
  refuses({{"url", "http://localhost.evil.example/SECRET"}}, "https://");
  refuses({{"url", "file:///SECRET"}}, "https://");
  refuses({{"url", "https://user:SECRET@feeds.example/"}}, "without a user");
  refuses({{"url", "https://feeds.example/SECRET x"}}, "without blanks");
  refuses({{"url", kUrl}, {"insecure", "yes"}}, "\"insecure\"");
  refuses({{"url", kUrl}, {"timeout_s", 0}}, "\"timeout_s\" must be a number from 1 to 600");
  refuses({{"url", kUrl}, {"max_bytes", -1}}, "\"max_bytes\"");
  refuses({{"url", kUrl}, {"past_days", 99999}}, "\"past_days\"");
  EXPECT_TRUE(Listed({{"url", "webcal://feeds.example/c.ics#x"}, {"max_bytes", 1000}, {"timeout_s", 5}}).ok());
  EXPECT_EQ(transport->requests.back().Url(), "https://feeds.example/c.ics");
  EXPECT_EQ(transport->requests.back().reply_bytes, 1000u);
  EXPECT_EQ(transport->requests.back().timeout, std::chrono::seconds(5));
  for (const char* url : {"http://localhost:8080/c.ics", "http://127.0.0.1/c.ics", "http://[::1]:80/c.ics"}) EXPECT_TRUE(Listed({{"url", url}}).ok()) << url;
  EXPECT_TRUE(Listed({{"url", "http://feeds.example/c.ics"}, {"insecure", true}}).ok());
}

TEST_F(FeedTest, TheListingOfAFeedIsReadAndNeverWritten) {
  const auto listing = MakeStore(Adapters(transport).listings, "feed", Context(), {{"url", kUrl}});
  const auto page = listing->List();
  ASSERT_TRUE(page.ok()) << page.status().ToString();
  EXPECT_TRUE(page->complete);
  const Attributes expected = {{"id", "a"}, {"title", "Sunset sail"}, {"date", "2026-05-30"}, {"start", "15:30"}, {"end", "18:30"}, {"status", "confirmed"}};
  EXPECT_EQ(page->entries.at(0).attributes, expected);
  EXPECT_FALSE(listing->Traits().writable);
  EXPECT_EQ(listing->RecordAttested("a", {}, page->entries[0].version, {"op", {}}).code(), Code::kUnimplemented);
  EXPECT_EQ(listing->Get("none").code(), Code::kNotFound);

  transport->answers = [](const HttpRequest&) {
    return Reply(200, {}, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:all\nDTSTART;VALUE=DATE:20260530\nEND:VEVENT\n"
                          "BEGIN:VEVENT\nUID:odd\nDTSTART;TZID=Mars/Olympus:20260530T163000\nEND:VEVENT\nEND:VCALENDAR\n");
  };
  const auto odd = listing->List();
  ASSERT_TRUE(odd.ok());
  ASSERT_EQ(odd->entries.size(), 2u);
  EXPECT_EQ(odd->entries[1].attributes, (Attributes{{"id", "odd"}, {"title", ""}}));
  EXPECT_EQ(odd->entries[0].attributes.at("date"), Json("2026-05-30"));
  EXPECT_EQ(odd->entries[0].attributes.count("start"), 0u);
  EXPECT_FALSE(odd->complete);
  EXPECT_THAT(odd->why_incomplete, HasSubstr("the event at line 8 (odd) is in a zone that is not known (Mars/Olympus); its times are not read"));
}

// The same over a real connection.
struct FeedServer : FeedTest {
  Status From(const aws::ScriptedReply& reply, Json settings = Json::object(), const aws::ServerCertificate* certificate = nullptr) {
    aws::ScriptedServer server([&](const std::string& request) {
      EXPECT_THAT(request, Not(HasSubstr("Accept-Encoding")));  // nothing is unpacked, so that nothing small becomes large
      return reply;
    }, certificate);
    settings["url"] = (certificate == nullptr ? "http://" : "https://") + server.authority() + "/SECRET.ics";
    const auto calendar = MakeStore(Adapters(nullptr).calendars, "feed", Context(), settings);
    const auto listing = calendar->List();
    EXPECT_THAT(listing.status().ToString(), Not(HasSubstr("SECRET")));
    return listing.status();
  }
};

TEST_F(FeedServer, HugeSlowAndCutOffAnswersAreBounded) {
  EXPECT_TRUE(From(aws::Answer(200, kFeed)).ok());
  EXPECT_EQ(From(aws::Answer(200, kFeed), {{"max_bytes", 100}}).code(), Code::kLimitExceeded);
  aws::ScriptedReply slow = aws::Answer(200, kFeed);
  slow.delay = std::chrono::milliseconds(2500);
  const Status late = From(slow, {{"timeout_s", 1}});
  EXPECT_EQ(late.code(), Code::kUnavailable);
  EXPECT_THAT(late.message(), HasSubstr("within 1 s"));
  aws::ScriptedReply cut = aws::Answer(200, kFeed);
  cut.bytes.resize(cut.bytes.size() - 50);
  cut.then_close = true;
  EXPECT_EQ(From(cut).code(), Code::kUnavailable);
}

// Sets a variable of the environment for one test.
struct Variable {
  Variable(const char* variable, const std::string& value) : name(variable) { setenv(name, value.c_str(), 1); }
  ~Variable() { unsetenv(name); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  const char* name;
};

TEST_F(FeedServer, AServerProvesItsName) {
  const aws::ServerCertificate own("127.0.0.1"), other("wrong.example");
  const Status unknown = From(aws::Answer(200, kFeed), Json::object(), &own);
  EXPECT_EQ(unknown.code(), Code::kInvalidArgument);
  EXPECT_THAT(unknown.message(), HasSubstr("SSL_CERT_FILE"));
  const auto trusting = [&](const aws::ServerCertificate& certificate) {
    scratch.Write("certificate.pem", certificate.pem());
    const Variable file("SSL_CERT_FILE", scratch / "certificate.pem");
    return From(aws::Answer(200, kFeed), Json::object(), &certificate);
  };
  EXPECT_TRUE(trusting(own).ok()) << trusting(own).ToString();
  EXPECT_EQ(trusting(other).code(), Code::kInvalidArgument);
}

// What http:// brings from this machine is not shown to a proxy on its way.
TEST_F(FeedServer, ThisMachineIsAskedWithoutAProxy) {
  aws::ScriptedServer proxy([](const std::string&) { return aws::Answer(200, kFeed); });
  const Variable variable("http_proxy", "http://" + proxy.authority());
  EXPECT_TRUE(From(aws::Answer(200, kFeed)).ok());
  EXPECT_TRUE(proxy.requests().empty());
}

}  // namespace
}  // namespace evenkeel
