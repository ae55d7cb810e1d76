// A calendar on a server: Radicale, and one that misbehaves by a script.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/radicale.h"
#include "contract/scratch.h"
#include "contract/worlds.h"
#include "evenkeel/calendar_adapters.h"
#include "unit/aws/scripted_transport.h"

namespace evenkeel {
namespace {

using aws::HeaderOf;
using aws::Reply;
using aws::Scripted;
using contract::MakeStore;
using contract::Radicale;
using contract::Scratch;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string CalendarOf(const std::string& events) { return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n" + events + "END:VCALENDAR\r\n"; }

const std::string kSail = CalendarOf(
    "BEGIN:VEVENT\r\nUID:sail@x\r\nDTSTAMP:20260101T000000Z\r\nSEQUENCE:3\r\nDTSTART;TZID=America/Los_Angeles:20260530T163000\r\n"
    "DTEND;TZID=America/Los_Angeles:20260530T193000\r\nX-CREW-NOTE;X-SEEN=yes:two cakes\\, and a long line that has to be folded somewhere behind here\r\n"
    "SUMMARY:Jonathan\r\nATTENDEE;CN=Gene:mailto:gene@example.com\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Cast off\r\nTRIGGER:-PT30M\r\nEND:VALARM\r\nEND:VEVENT\r\n");

EventChange Later() {
  EventChange change;
  change.zone = "America/Los_Angeles";
  change.start = LocalDateTime{{}, 930};
  change.end = LocalDateTime{{}, 1110};
  return change;
}

struct CaldavTest : testing::Test {
  AdapterContext Context() const {
    AdapterContext context = scratch.Context("crew");
    context.zones = zones.get();
    return context;
  }
  std::unique_ptr<Calendar> Open(std::shared_ptr<HttpTransport> way, const Json& settings) const {
    AdapterRegistry adapters;
    RegisterCalendarAdapters(adapters, {std::move(way)});
    return MakeStore(adapters.calendars, "caldav", Context(), settings);
  }

  Scratch scratch;
  std::unique_ptr<ZoneSource> zones = MakeSystemZoneSource();
};

// What goes to a real server, and how often.
class Counting final : public HttpTransport {
 public:
  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    asked.push_back(request.method);
    return way_->Send(request);
  }
  std::vector<std::string> asked;

 private:
  std::unique_ptr<HttpTransport> way_ = MakeCurlTransport({});
};

struct CaldavServerTest : CaldavTest {
  void SetUp() override {
    if (!Radicale::IsInstalled()) GTEST_SKIP();
    server = std::make_unique<Radicale>();
    server->MakeCalendar("crew", "Crew &amp; guests");
    server->MakeCalendar("other", "Other");
    Put("sail.ics", kSail);
  }
  void Put(const std::string& name, const std::string& text) { EXPECT_EQ(server->Ask("PUT", "/test/crew/" + name, text, {{"Content-Type", "text/calendar"}}).status, 201); }
  std::unique_ptr<Calendar> Open(Json settings = {}) {
    settings.update({{"user", "test"}, {"password_file", server->PasswordFile()}, {"past_days", 3660}});
    if (!settings.contains("url")) settings["url"] = server->Url("/test/crew/");
    return CaldavTest::Open(transport, settings);
  }
  std::vector<std::string> Uids(Json settings) {
    const auto listing = Open(std::move(settings))->List();
    EXPECT_OK(listing);
    std::vector<std::string> uids;
    for (const Event& event : listing->events) uids.push_back(event.uid);
    return uids;
  }

  std::unique_ptr<Radicale> server;
  std::shared_ptr<Counting> transport = std::make_shared<Counting>();
};

TEST_F(CaldavServerTest, AChangeKeepsEveryLineThatItDoesNotName) {
  const auto before = server->Ask("GET", "/test/crew/sail.ics");
  auto calendar = Open();
  const Event event = *calendar->Get("sail@x");
  const auto moved = calendar->Update("sail@x", Later(), event.version, {"op", {}});
  ASSERT_OK(moved);
  EXPECT_EQ(moved->start, (LocalDateTime{Date(date::year{2026} / 5 / 30), 930}));
  EXPECT_NE(moved->version, event.version);
  std::string wanted = before.body, now = server->Ask("GET", "/test/crew/sail.ics").body;
  const auto replace = [](std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  replace(wanted, "20260530T163000", "20260530T153000");
  replace(wanted, "20260530T193000", "20260530T183000");
  replace(wanted, "SEQUENCE:3", "SEQUENCE:4");
  replace(wanted, "DTSTAMP:20260101T000000Z", now.substr(now.find("DTSTAMP:"), 24));
  EXPECT_EQ(now, wanted) << "alarms, attendees and properties that nobody knows stay, in their order";
  EXPECT_THAT(now, HasSubstr("X-CREW-NOTE;X-SEEN=yes:two cakes\\,"));
  EXPECT_EQ(server->Ask("GET", "/test/crew/").status, server->Ask("GET", "/test/other/").status);
  EXPECT_EQ(calendar->List()->events.size(), 1u) << "what was tried on the server is not there";
}

TEST_F(CaldavServerTest, TheCalendarIsFoundFromItsServer) {
  server->Ask("PUT", "/test/other/o.ics", CalendarOf("BEGIN:VEVENT\r\nUID:o\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260530T100000Z\r\nEND:VEVENT\r\n"), {{"Content-Type", "text/calendar"}});
  EXPECT_THAT(Uids({{"url", server->Url("/")}, {"calendar", "Crew & guests"}}), ElementsAre("sail@x"));
  EXPECT_THAT(Uids({{"url", server->Url("/test/")}, {"calendar", "other"}}), ElementsAre("o"));
  EXPECT_THAT(Uids({{"url", server->Url("/.well-known/caldav")}, {"calendar", "crew"}}), ElementsAre("sail@x"));
  const auto several = Open({{"url", server->Url("/")}})->List();
  EXPECT_EQ(several.code(), Code::kInvalidArgument);
  EXPECT_THAT(several.status().message(), testing::AllOf(HasSubstr("several calendars"), HasSubstr("Other"), HasSubstr("Crew & guests")));
  EXPECT_THAT(Open({{"url", server->Url("/")}, {"calendar", "crw"}})->List().status().message(), HasSubstr("no calendar is called crw; name one"));
  EXPECT_EQ(Open({{"url", server->Url("/test/none/")}})->List().code(), Code::kNotFound);
}

TEST_F(CaldavServerTest, WhatHasNotChangedIsNotAskedForAgain) {
  auto calendar = Open();
  Put("second.ics", CalendarOf("BEGIN:VEVENT\r\nUID:second\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260530T100000Z\r\nEND:VEVENT\r\n"));
  EXPECT_EQ(calendar->List()->events.size(), 2u);
  EXPECT_THAT(transport->asked, ElementsAre("PROPFIND", "REPORT", "REPORT"));
  transport->asked.clear();
  EXPECT_EQ(calendar->List()->events.size(), 2u);
  EXPECT_THAT(transport->asked, ElementsAre("REPORT")) << "sync-collection says that nothing has changed";
  Put("third.ics", CalendarOf("BEGIN:VEVENT\r\nUID:third\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260530T100000Z\r\nEND:VEVENT\r\n"));
  server->Ask("DELETE", "/test/crew/second.ics");
  const auto listing = calendar->List();
  ASSERT_EQ(listing->events.size(), 2u);
  EXPECT_EQ(listing->events[1].uid, "third");
}

TEST_F(CaldavServerTest, ASpanOfDaysIsListedAndSeriesAreWhole) {
  Put("old.ics", CalendarOf("BEGIN:VEVENT\r\nUID:old\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20010530T100000Z\r\nEND:VEVENT\r\n"));
  Put("weekly.ics", CalendarOf("BEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260530T100000Z\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n"));
  const auto listing = Open()->List();
  ASSERT_EQ(listing->events.size(), 2u) << "the old one is past";
  EXPECT_TRUE(listing->events[1].recurring);
  auto calendar = Open();
  EXPECT_EQ(calendar->Update("weekly", Later(), calendar->Get("weekly")->version, {"op", {}}).code(), Code::kInvalidArgument);
  EXPECT_OK(calendar->Get("old"));
}

TEST_F(CaldavServerTest, AnEventIsFoundByItsWholeUidWhereverItIs) {
  for (int i = 1; i <= 20; ++i) {
    Put(std::to_string(i) + ".ics", CalendarOf("BEGIN:VEVENT\r\nUID:" + std::to_string(i) + "\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260530T100000Z\r\nSUMMARY:" + std::to_string(i) + "\r\nEND:VEVENT\r\n"));
  }
  auto calendar = Open();
  EXPECT_EQ(calendar->Get("1")->summary, "1");
  EXPECT_EQ(calendar->List()->events.size(), 21u);
  const std::string text = server->Ask("GET", "/test/crew/1.ics").body;
  server->Ask("DELETE", "/test/crew/1.ics");
  Put("elsewhere.ics", text);
  EXPECT_EQ(calendar->Get("1")->summary, "1") << "somebody has moved it since the listing";
}

TEST_F(CaldavServerTest, AWrongPasswordSaysWhichFile) {
  scratch.Write("wrong", "tset\n");
  Json settings = {{"url", server->Url("/test/crew/")}, {"user", "test"}, {"password_file", "wrong"}};
  const auto listing = CaldavTest::Open(transport, settings)->List();
  EXPECT_EQ(listing.code(), Code::kPermissionDenied);
  EXPECT_THAT(listing.status().message(), testing::AllOf(HasSubstr("does not take the password of test"), HasSubstr(scratch / "wrong"), Not(HasSubstr("tset"))));
  settings["password_file"] = "none";
  EXPECT_THAT(CaldavTest::Open(transport, settings)->List().status().ToString(), HasSubstr("cannot be read (\"password_file\")"));
}

// A server of one event by a script.
struct CaldavFaultTest : CaldavTest {
  CaldavFaultTest() {
    transport->answers = [this](const HttpRequest& request) { return Answer(request); };
    scratch.Write("password", "SECRET\r\nnot this");
  }
  static HttpResponse Multi(const std::string& inside) { return Reply(207, {}, "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">" + inside + "</D:multistatus>"); }
  static std::string Ok(const std::string& href, const std::string& properties) {
    return "<D:response><D:href>" + href + "</D:href><D:propstat><D:prop>" + properties + "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>";
  }
  std::string Event(bool with_data) const { return Ok("/c/a.ics", "<D:getetag>" + etag + "</D:getetag>" + (with_data ? "<C:calendar-data>" + text + "</C:calendar-data>" : "")); }

  StatusOr<HttpResponse> Answer(const HttpRequest& request) {
    EXPECT_EQ(HeaderOf(request, "authorization"), "Basic bWU6U0VDUkVU");
    if (request.method == "PROPFIND") return Multi(Ok("/c/", "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"));
    if (request.method == "REPORT" && request.body.find("calendar-multiget") == std::string::npos) return Multi(Event(false));
    if (request.method == "REPORT") return Multi(Event(true));
    if (request.method == "GET") return Reply(200, {{"ETag", etag}}, text);
    if (request.path != "/c/a.ics") return on_probe(request);
    return on_put(request);
  }
  StatusOr<HttpResponse> Take(const HttpRequest& request) {
    if (HeaderOf(request, "if-match") != etag) return Reply(412);
    text = request.body;
    etag = "\"2\"";
    return Reply(204);
  }
  std::unique_ptr<Calendar> Open(Json more = Json::object()) {
    Json settings = {{"url", "https://dav.example/c/"}, {"user", "me"}, {"password_file", "password"}};
    settings.update(more);
    return CaldavTest::Open(transport, settings);
  }
  StatusOr<evenkeel::Event> Move() {
    auto calendar = Open();
    const auto event = calendar->Get("sail@x");
    EXPECT_OK(event);
    return calendar->Update("sail@x", Later(), event->version, {"op", {}});
  }
  // Every answer is this one.
  Status Listed(StatusOr<HttpResponse> answer) {
    transport->answers = [answer](const HttpRequest&) { return answer; };
    const Status status = Open()->List().status();
    EXPECT_THAT(status.ToString(), Not(HasSubstr("SECRET")));
    return status;
  }
  std::vector<std::string> Paths(const std::string& method) const {
    std::vector<std::string> paths;
    for (const HttpRequest& request : transport->requests) {
      if (request.method == method) paths.push_back(request.path);
    }
    return paths;
  }

  std::string text = kSail, etag = "\"1\"";
  std::function<StatusOr<HttpResponse>(const HttpRequest&)> on_probe = [](const HttpRequest& request) {
    return Reply(request.method == "DELETE" ? 204 : HeaderOf(request, "if-match").empty() ? 201 : 412);
  };
  std::function<StatusOr<HttpResponse>(const HttpRequest&)> on_put = [this](const HttpRequest& request) { return Take(request); };
  std::shared_ptr<Scripted> transport = std::make_shared<Scripted>();
};

TEST_F(CaldavFaultTest, WithoutSyncEveryLookAsksForTagsAlone) {
  auto calendar = Open();
  EXPECT_EQ(calendar->List()->events.size(), 1u);
  EXPECT_EQ(calendar->List()->events.size(), 1u);
  EXPECT_EQ(Paths("REPORT").size(), 3u) << "tags, the event, and tags again";
  EXPECT_OK(Move());
}

TEST_F(CaldavFaultTest, AServerThatKeepsNoConditionIsNotWrittenTo) {
  on_probe = [](const HttpRequest&) { return Reply(204); };
  const auto moved = Move();
  EXPECT_EQ(moved.code(), Code::kUnimplemented);
  EXPECT_THAT(moved.status().message(), HasSubstr("whatever condition it is given"));
  EXPECT_EQ(text, kSail);
  ASSERT_EQ(Paths("DELETE").size(), 1u);
  const std::string probe = Paths("DELETE").front();
  EXPECT_THAT(probe, testing::StartsWith("/c/evenkeel-probe-"));
  EXPECT_THAT(Paths("PUT"), ElementsAre(probe, probe)) << "what was tried is taken away again";
}

TEST_F(CaldavFaultTest, AServerThatCannotBeTriedIsNotWrittenTo) {
  const auto expect = [&](StatusOr<HttpResponse> answer, Code code, const std::string& words) {
    on_probe = [answer](const HttpRequest& request) -> StatusOr<HttpResponse> { return request.method == "DELETE" ? StatusOr<HttpResponse>(Reply(404)) : answer; };
    const auto moved = Move();
    EXPECT_EQ(moved.code(), code) << moved.status().ToString();
    EXPECT_THAT(moved.status().message(), HasSubstr(words));
  };
  expect(Reply(404), Code::kPermissionDenied, "could not be tried, so nothing was written");
  expect(Reply(403), Code::kPermissionDenied, "me may not do that");
  expect(Reply(503), Code::kUnavailable, "try again later");
  expect(Status(Code::kUnknownOutcome, "cut off"), Code::kUnavailable, "could not be tried");
  expect(Status(Code::kLimitExceeded, "large"), Code::kUnavailable, "could not be tried");
  const std::size_t removals = Paths("DELETE").size();
  expect(Status(Code::kUnavailable, "refused"), Code::kUnavailable, "could not be tried");
  EXPECT_EQ(Paths("DELETE").size(), removals) << "nothing was sent, and nothing is there";
  on_probe = [](const HttpRequest& request) { return Reply(request.method == "DELETE" ? 403 : HeaderOf(request, "if-match").empty() ? 201 : 412); };
  EXPECT_THAT(Move().status().message(), HasSubstr("remove https://dav.example/c/evenkeel-probe-"));
  EXPECT_EQ(text, kSail);
}

TEST_F(CaldavFaultTest, WithoutAStrongTagNothingIsWritten) {
  for (const auto& [tag, words] : {std::pair{"W/\"1\"", "a weak ETag"}, {"", "no ETag"}}) {
    etag = tag;
    const auto moved = Move();
    EXPECT_EQ(moved.code(), Code::kUnimplemented);
    EXPECT_THAT(moved.status().message(), HasSubstr(words));
  }
  EXPECT_TRUE(Paths("PUT").empty());
}

TEST_F(CaldavFaultTest, WhatBecameOfALostWriteIsNotGuessed) {
  on_put = [this](const HttpRequest& request) -> StatusOr<HttpResponse> {
    Take(request).status();
    return Status(Code::kUnknownOutcome, "cut off");
  };
  EXPECT_EQ(Move().code(), Code::kUnknownOutcome);
  for (const int status : {500, 502, 504}) {
    on_put = [status](const HttpRequest&) { return Reply(status); };
    EXPECT_EQ(Move().code(), Code::kUnknownOutcome) << status;
  }
  on_put = [](const HttpRequest&) { return Status(Code::kLimitExceeded, "the answer is too large"); };
  EXPECT_EQ(Move().code(), Code::kUnknownOutcome) << "it was sent";
  on_put = [this](const HttpRequest& request) {
    auto answer = Take(request);
    text = CalendarOf("BEGIN:VEVENT\r\nUID:sail@x\r\nDTSTART:20260530T100000Z\r\nEND:VEVENT\r\n");
    return answer;
  };
  EXPECT_EQ(Move().code(), Code::kUnknownOutcome) << "the server made something else of it, or somebody else did";
}

TEST_F(CaldavFaultTest, WhatTheServerRefusesIsNamed) {
  const auto expect = [&](int status, Code code, const std::string& words) {
    on_put = [status](const HttpRequest&) { return Reply(status); };
    const auto moved = Move();
    EXPECT_EQ(moved.code(), code) << status;
    EXPECT_THAT(moved.status().message(), HasSubstr(words));
  };
  expect(412, Code::kPreconditionFailed, "somebody else changed it");
  expect(404, Code::kPreconditionFailed, "plan again");
  expect(403, Code::kPermissionDenied, "me may not do that");
  expect(423, Code::kUnavailable, "try again later");
  expect(429, Code::kUnavailable, "try again later");
  expect(409, Code::kInvalidArgument, "409");
  EXPECT_EQ(text, kSail);
}

TEST_F(CaldavFaultTest, AnswersThatAreNoneAreNamed) {
  EXPECT_THAT(Listed(Reply(200, {}, "<html>")).message(), HasSubstr("this is no CalDAV server"));
  EXPECT_EQ(Listed(Reply(207, {}, "{}")).code(), Code::kUnavailable);
  EXPECT_THAT(Listed(Reply(207, {}, "<html><body>busy</body></html>")).message(), HasSubstr("none of WebDAV's"));
  EXPECT_THAT(Listed(Reply(207, {}, "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")).message(), HasSubstr("DOCTYPE"));
  EXPECT_EQ(Listed(Multi("")).code(), Code::kNotFound);
  EXPECT_THAT(Listed(Multi(Ok("https://elsewhere.example/c/", ""))).message(), HasSubstr("on another host"));
  EXPECT_THAT(Listed(Multi(Ok("/c/", "<D:resourcetype><D:collection/></D:resourcetype>"))).message(), HasSubstr("this is no calendar"));
  EXPECT_THAT(Listed(Multi(Ok("/c/", "<C:calendar-home-set><D:href>https://elsewhere.example/</D:href></C:calendar-home-set>"))).message(), HasSubstr("on another host, elsewhere.example"));
  EXPECT_EQ(Listed(Reply(401)).code(), Code::kPermissionDenied);
  EXPECT_EQ(Listed(Reply(405)).code(), Code::kInvalidArgument);
  EXPECT_EQ(Listed(Reply(503)).code(), Code::kUnavailable);
  EXPECT_EQ(Listed(Status(Code::kUnknownOutcome, "late")).code(), Code::kUnavailable);
  EXPECT_THAT(Listed(Status(Code::kLimitExceeded, "large")).message(), HasSubstr("more than 8388608 bytes"));
}

TEST_F(CaldavFaultTest, ThePasswordStaysOnTheHost) {
  for (const char* location : {"https://elsewhere.example/c/", "//elsewhere.example/", "http://dav.example/c/"}) {
    transport->requests.clear();
    EXPECT_THAT(Listed(Reply(301, {{"Location", location}})).message(), HasSubstr("which is not asked"));
    EXPECT_EQ(transport->requests.size(), 1u);
  }
  EXPECT_THAT(Listed(Reply(301, {{"Location", "/c/"}})).message(), HasSubstr("on and on"));
}

TEST_F(CaldavFaultTest, WhatCannotBeReadIsNamedAndTheRestGoesOn) {
  text = CalendarOf("BEGIN:VEVENT\r\nDTSTART:20260530T100000Z\r\nEND:VEVENT\r\n");
  auto listing = Open()->List();
  ASSERT_OK(listing);
  EXPECT_FALSE(listing->complete);
  EXPECT_THAT(listing->why_incomplete, testing::AllOf(HasSubstr("https://dav.example/c/a.ics"), HasSubstr("has no UID")));
  text = "no calendar";
  EXPECT_THAT(Open()->List()->why_incomplete, HasSubstr("https://dav.example/c/a.ics"));
  transport->answers = [this](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.body.find("calendar-multiget") != std::string::npos) return Multi(Event(true) + Ok("/c/b.ics", "<C:calendar-data>" + text + "</C:calendar-data>"));
    if (request.method == "REPORT") return Multi(Event(false) + Ok("/c/b.ics", "<D:getetag>1</D:getetag>") + Ok("/c/c.ics", "<D:getetag>1</D:getetag>"));
    return Answer(request);
  };
  text = kSail;
  listing = Open()->List();
  EXPECT_TRUE(listing->events.empty());
  EXPECT_THAT(listing->why_incomplete, testing::AllOf(HasSubstr("several events have the UID sail@x"), HasSubstr("/c/c.ics: the server does not send it")));
  EXPECT_THAT(Open()->Get("sail@x").status().message(), HasSubstr("two events have this UID"));
}

TEST_F(CaldavFaultTest, WhatTheServerDoesNotSendIsNotTakenForGone) {
  const auto refused = [](const std::string& href, const std::string& status) { return "<D:response><D:href>" + href + "</D:href><D:status>\n  HTTP/1.1 " + status + "\n</D:status></D:response>"; };
  std::string tags, texts;
  transport->answers = [&](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.method != "REPORT") return Answer(request);
    return Multi(request.body.find("calendar-multiget") == std::string::npos ? Event(false) + tags : Event(true) + texts);
  };
  const auto expect = [&](bool complete, const std::string& words) {
    const auto listing = Open()->List();
    ASSERT_OK(listing);
    EXPECT_EQ(listing->events.size(), 1u);
    EXPECT_EQ(listing->complete, complete);
    EXPECT_THAT(listing->why_incomplete, HasSubstr(words));
  };
  tags = refused("/c/", "507 Insufficient Storage");
  expect(false, "https://dav.example/c/: the server does not list all of it (507)");
  tags = refused("/c/b.ics", "404 Not Found");
  expect(true, "");
  tags = Ok("/c/b.ics", "<D:getetag>1</D:getetag>");
  texts = refused("/c/b.ics", "500 Internal Server Error");
  expect(false, "b.ics: the server does not send it");
  texts = refused("/c/%62.ics", "410 Gone");
  expect(true, "");
}

TEST_F(CaldavFaultTest, OneLargeEventHidesNoOther) {
  transport->answers = [this](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.body.find("calendar-multiget") == std::string::npos && request.method == "REPORT") {
      std::string tags = Event(false);
      for (const char* name : {"b", "c", "d", "e"}) tags += Ok(std::string("/c/") + name + ".ics", "<D:getetag>1</D:getetag>");
      return Multi(tags);
    }
    if (request.method != "REPORT") return Answer(request);
    const bool has_large = request.body.find("/c/c.ics") != std::string::npos;
    return has_large ? StatusOr<HttpResponse>(Status(Code::kLimitExceeded, "large")) : Multi(Event(true));
  };
  const auto listing = Open()->List();
  ASSERT_OK(listing);
  EXPECT_EQ(listing->events.size(), 1u);
  EXPECT_THAT(listing->why_incomplete, HasSubstr("c.ics: the server does not send it, or it has more than max_bytes"));
}

// The clock of tomorrow.
class Tomorrow final : public Environment {
 public:
  explicit Tomorrow(Environment& today) : today_(today) {}
  Instant Now() override { return today_.Now() + date::days(days); }
  void Sleep(std::chrono::milliseconds duration) override { today_.Sleep(duration); }
  std::uint64_t Random() override { return today_.Random(); }
  Files& files() override { return today_.files(); }
  int days = 0;

 private:
  Environment& today_;
};

TEST_F(CaldavFaultTest, AFailedLookLeavesNothingThatLooksNew) {
  Tomorrow clock(scratch.environment());
  AdapterContext context = Context();
  context.environment = &clock;
  bool fails = false;
  transport->answers = [&](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.method == "PROPFIND") return Multi(Ok("/c", "<D:resourcetype><C:calendar/></D:resourcetype><D:sync-token>t</D:sync-token>"));
    if (request.body.find("sync-collection") != std::string::npos) return Multi("");
    return fails ? StatusOr<HttpResponse>(Reply(503)) : Answer(request);
  };
  AdapterRegistry adapters;
  RegisterCalendarAdapters(adapters, {transport});
  const Json settings = {{"url", "https://dav.example/c"}, {"user", "me"}, {"password_file", "password"}};
  auto calendar = MakeStore(adapters.calendars, "caldav", context, settings);
  EXPECT_OK(calendar->List());
  clock.days = 1;
  fails = true;
  EXPECT_EQ(calendar->List().code(), Code::kUnavailable);
  fails = false;
  text = CalendarOf("");
  etag = "\"7\"";
  EXPECT_TRUE(calendar->List()->events.empty()) << "not yesterday's";
}

TEST_F(CaldavFaultTest, AnswersMayBeWrittenInOtherWays) {
  transport->answers = [this](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.method == "PROPFIND") return Multi(Ok("https://dav.example:443/c", "<D:resourcetype><C:calendar/></D:resourcetype>"));
    if (request.body.find("calendar-multiget") != std::string::npos) return Multi(Ok("/c/%61.ics", "<D:getetag>" + etag + "</D:getetag><C:calendar-data>" + text + "</C:calendar-data>"));
    return Answer(request);
  };
  const auto listing = Open()->List();
  EXPECT_TRUE(listing->complete) << listing->why_incomplete;
  EXPECT_OK(Move());
  EXPECT_THAT(Paths("DELETE").front(), testing::StartsWith("/c/evenkeel-probe-"));
}

TEST_F(CaldavFaultTest, ACalendarIsLookedForWhereServersSayIt) {
  const auto found = [&](const std::function<StatusOr<HttpResponse>(const HttpRequest&)>& propfind) {
    transport->answers = [&, propfind](const HttpRequest& request) { return request.method == "PROPFIND" ? propfind(request) : Answer(request); };
    return Open({{"url", "https://dav.example/"}})->List().status();
  };
  const std::string tasks = "<D:resourcetype><C:calendar/></D:resourcetype><C:supported-calendar-component-set><C:comp name=\"VTODO\"/></C:supported-calendar-component-set>";
  const std::string events = "<D:resourcetype><C:calendar/></D:resourcetype><C:supported-calendar-component-set><C:comp name=\"VEVENT\"/></C:supported-calendar-component-set>";
  const std::string home = "<C:calendar-home-set><D:href>/home/</D:href></C:calendar-home-set>";
  for (const int status : {403, 404, 405}) {
    EXPECT_OK(found([&](const HttpRequest& request) {
      if (request.path == "/") return Reply(status);
      return request.path == "/home/" ? Multi(Ok("/t/", tasks) + Ok("/c/", events)) : Multi(Ok("/me/", home));
    }));
  }
  EXPECT_OK(found([&](const HttpRequest& request) {
    if (request.path == "/") return Multi(Ok("/", "<D:resourcetype><D:collection/></D:resourcetype>"));
    return request.path == "/home/" ? Multi(Ok("/c/", events)) : Multi(Ok("/me/", home));
  }));
  const Status elsewhere = found([&](const HttpRequest&) { return Multi(Ok("/", "<C:calendar-home-set><D:href>https://p7.example/1/</D:href></C:calendar-home-set>")); });
  EXPECT_THAT(elsewhere.message(), HasSubstr("on another host, p7.example; put that address"));
  EXPECT_THAT(found([&](const HttpRequest& request) { return request.path == "/home/" ? Multi(Ok("/t/", tasks)) : Multi(Ok("/", home)); }).message(), HasSubstr("has no calendar there"));
}

TEST_F(CaldavFaultTest, ANumberThatCannotGrowStays) {
  text.replace(text.find("SEQUENCE:3"), 10, "SEQUENCE:2147483647");
  EXPECT_OK(Move());
  EXPECT_THAT(text, HasSubstr("SEQUENCE:2147483647\r\n"));
}

TEST_F(CaldavFaultTest, AnEmptyPasswordIsNotSent) {
  scratch.Write("password", "\nSECRET\n");
  EXPECT_THAT(Open()->List().status().message(), HasSubstr("is empty; put the password of me there"));
  EXPECT_TRUE(transport->requests.empty());
}

TEST_F(CaldavFaultTest, AForgottenSyncTokenIsNoFault) {
  bool is_forgotten = false;
  int status = 403;
  transport->answers = [&](const HttpRequest& request) -> StatusOr<HttpResponse> {
    if (request.method == "PROPFIND") return Multi(Ok("/c/", "<D:resourcetype><C:calendar/></D:resourcetype><D:sync-token>t&amp;1</D:sync-token>"));
    if (request.body.find("sync-collection") == std::string::npos) return Answer(request);
    EXPECT_THAT(request.body, HasSubstr("<D:sync-token>t&amp;1</D:sync-token>"));
    return is_forgotten ? Reply(status, {}, "<D:error xmlns:D=\"DAV:\"><D:valid-sync-token/></D:error>") : Multi("");
  };
  auto calendar = Open();
  EXPECT_EQ(calendar->List()->events.size(), 1u);
  is_forgotten = true;
  text = CalendarOf("");
  etag = "\"9\"";
  EXPECT_TRUE(calendar->List()->events.empty());
  status = 501;
  EXPECT_OK(calendar->List());
}

TEST_F(CaldavTest, SettingsAreChecked) {
  AdapterRegistry adapters;
  RegisterCalendarAdapters(adapters);
  const auto refused = [&](const Json& settings) { return adapters.calendars.at("caldav").make(Context(), settings).status().message(); };
  EXPECT_THAT(refused(Json::object()), HasSubstr("it needs \"url\""));
  EXPECT_THAT(refused({{"url", "http://dav.example/"}}), HasSubstr("must begin with https://"));
  EXPECT_THAT(refused({{"url", "https://me:secret@dav.example/"}}), HasSubstr("without a user and a password"));
  EXPECT_THAT(refused({{"url", "https://dav.example/"}, {"user", "me"}}), HasSubstr("belong together"));
  EXPECT_THAT(refused({{"url", "https://dav.example/"}, {"user", "a:b"}, {"password_file", "p"}}), HasSubstr("without a colon"));
  EXPECT_THAT(refused({{"url", "https://dav.example/"}, {"calendar", 3}}), HasSubstr("must be a text"));
  EXPECT_THAT(refused({{"url", "https://dav.example/?token=3"}}), HasSubstr("without a query"));
  EXPECT_TRUE(adapters.calendars.at("caldav").remote) << "two machines that write to it share their state";
}

}  // namespace
}  // namespace evenkeel
