#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "evenkeel/http_transport.h"
#include "scripted_server.h"

namespace evenkeel::aws {
namespace {

using std::chrono::milliseconds;

HttpRequest To(const ScriptedServer& server, const std::string& method = "GET") {
  HttpRequest request;
  request.method = method;
  request.scheme = "http";
  request.authority = server.authority();
  request.repeatable = method == "GET" || method == "HEAD";
  return request;
}

class CurlTransportTest : public testing::Test {
 protected:
  std::unique_ptr<HttpTransport> transport = MakeCurlTransport({});
};

TEST_F(CurlTransportTest, SendsBytesAsTheyAre) {
  ScriptedServer server([](const std::string&) { return Answer(200, "body", "ETag: \"e\"\r\nX-Two:  a \r\nx-two: b\r\n"); });
  HttpRequest request = To(server, "PUT");
  request.path = "/bkt/a//./b/../%2e%2E/'()*!~";
  request.query = "prefix=a%20b&empty&x-id=Put";
  request.headers = {{"X-Amz-Meta-A", "1"}, {"X-Empty", ""}};
  request.body = std::string("a\0b", 3);
  const auto answer = transport->Send(request);
  ASSERT_TRUE(answer.ok()) << answer.status().ToString();
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "body");
  EXPECT_EQ(answer->headers, (std::vector<HttpHeader>{{"Content-Length", "4"}, {"ETag", "\"e\""}, {"X-Two", "a"}, {"x-two", "b"}}));
  EXPECT_EQ(server.requests().at(0), "PUT /bkt/a//./b/../%2e%2E/'()*!~?prefix=a%20b&empty&x-id=Put HTTP/1.1\r\nHost: " + server.authority() +
                                         "\r\nX-Amz-Meta-A: 1\r\nX-Empty:\r\nContent-Length: 3\r\n\r\n" + request.body);
}

TEST_F(CurlTransportTest, EveryMethodHasTheBodyItShould) {
  ScriptedServer server([](const std::string& request) {
    return request.starts_with("HEAD") ? ScriptedReply{"HTTP/1.1 200 X\r\nContent-Length: 5000\r\n\r\n"} : Answer(204, "");
  });
  for (const char* method : {"GET", "HEAD", "DELETE", "PUT", "POST"}) {
    const auto answer = transport->Send(To(server, method));
    ASSERT_TRUE(answer.ok()) << method << ": " << answer.status().ToString();
    EXPECT_EQ(server.requests().back().find("Content-Length: 0") != std::string::npos, *method == 'P') << server.requests().back();
  }
}

TEST_F(CurlTransportTest, WhatOnlyReadsKeepsItsConnection) {
  ScriptedServer server([](const std::string&) { return Answer(200, "x"); });
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(transport->Send(To(server)).ok());
  EXPECT_EQ(server.connections(), 1);
}

// libcurl would send a PUT again by itself where a kept connection breaks; then a lost reply would look like somebody else's write.
TEST_F(CurlTransportTest, AWriteIsSentOnceWhateverHappens) {
  ScriptedServer server([](const std::string& request) { return request.starts_with("PUT") ? ScriptedReply{{}, {}, true} : Answer(200, "x"); });
  ASSERT_TRUE(transport->Send(To(server)).ok());
  EXPECT_EQ(transport->Send(To(server, "PUT")).code(), Code::kUnknownOutcome);
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST_F(CurlTransportTest, AReadOutlivesAConnectionThatWasClosedMeanwhile) {
  std::atomic<int> count = 0;
  ScriptedServer server([&](const std::string&) { return ++count == 2 ? ScriptedReply{{}, {}, true} : Answer(200, "x"); });
  ASSERT_TRUE(transport->Send(To(server)).ok());
  const auto second = transport->Send(To(server));
  ASSERT_TRUE(second.ok()) << second.status().ToString();
  EXPECT_EQ(server.requests().size(), 3u);
}

TEST_F(CurlTransportTest, ARedirectIsAnAnswerLikeAnyOther) {
  ScriptedServer other([](const std::string&) { return Answer(200, "theirs"); });
  ScriptedServer server([&](const std::string&) { return Answer(307, "", "Location: http://" + other.authority() + "/\r\n"); });
  const auto answer = transport->Send(To(server));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 307);
  EXPECT_TRUE(other.requests().empty());
}

TEST_F(CurlTransportTest, AShortBodyIsNoAnswer) {
  ScriptedServer server([](const std::string&) { return ScriptedReply{"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf", {}, true}; });
  EXPECT_EQ(transport->Send(To(server)).code(), Code::kUnknownOutcome);
}

TEST_F(CurlTransportTest, ASlowAnswerEndsWithItsTime) {
  ScriptedServer server([](const std::string&) {
    ScriptedReply reply = Answer(200, "x");
    reply.delay = milliseconds(30'000);
    return reply;
  });
  HttpRequest request = To(server, "PUT");
  request.timeout = milliseconds(200);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(transport->Send(request).code(), Code::kUnknownOutcome);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(CurlTransportTest, AnAnswerHasItsBounds) {
  ScriptedServer server([](const std::string& request) {
    return request.find("/headers") != std::string::npos ? Answer(200, "", "X: " + std::string(90'000, 'x') + "\r\n" + "Y: " + std::string(90'000, 'y') + "\r\n" +
                                                                               "Z: " + std::string(90'000, 'z') + "\r\n")
                                                         : Answer(200, std::string(1000, 'x'));
  });
  HttpRequest request = To(server);
  request.reply_bytes = 1000;
  EXPECT_TRUE(transport->Send(request).ok());
  request.reply_bytes = 999;
  EXPECT_EQ(transport->Send(request).code(), Code::kLimitExceeded);
  request.path = "/headers";
  EXPECT_FALSE(transport->Send(request).ok());
}

TEST_F(CurlTransportTest, NothingWasSentWhereNobodyListens) {
  HttpRequest request;
  {
    ScriptedServer gone([](const std::string&) { return Answer(200, ""); });
    request = To(gone, "PUT");
  }
  const auto refused = transport->Send(request);
  EXPECT_EQ(refused.code(), Code::kUnavailable);
  EXPECT_EQ(refused.status().resource(), request.authority);
  request.authority = "nobody.invalid";
  EXPECT_EQ(transport->Send(request).code(), Code::kUnavailable);
}

TEST_F(CurlTransportTest, WhatCouldBeTwoRequestsIsNotSent) {
  ScriptedServer server([](const std::string&) { return Answer(200, ""); });
  const auto code = [&](auto change) {
    HttpRequest request = To(server);
    change(request);
    return transport->Send(request).code();
  };
  EXPECT_EQ(code([](HttpRequest& r) { r.headers = {{"X", "a\r\nY: b"}}; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.headers = {{"X\n", "a"}}; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.headers = {{"X", std::string("a\0b", 3)}}; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.path = "/a b"; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.path = "/a\nb"; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.path = "no/slash"; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.query = "a#b"; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.authority = "user@" + r.authority; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.authority += "/x"; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.scheme = "file"; }), Code::kInvalidArgument);
  EXPECT_EQ(code([](HttpRequest& r) { r.method = "GET /x"; }), Code::kInvalidArgument);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(CurlTransportTest, OnlySoManyAreAskedAtOnce) {
  ScriptedServer server([](const std::string&) {
    ScriptedReply reply = Answer(200, "x");
    reply.delay = milliseconds(50);
    return reply;
  });
  CurlOptions options;
  options.connections_max = 3;
  transport = MakeCurlTransport(options);
  std::vector<std::thread> threads;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 12; ++i) threads.emplace_back([&] { answered += transport->Send(To(server)).ok() ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, 12);
  EXPECT_LE(server.connections(), 3);
  EXPECT_EQ(server.busy_most(), 3);
  // Who gets no turn in his time has sent nothing.
  options.connections_max = 1;
  transport = MakeCurlTransport(options);
  std::thread busy([&] { static_cast<void>(transport->Send(To(server))); });
  while (server.requests().size() < 13) std::this_thread::sleep_for(milliseconds(1));
  HttpRequest impatient = To(server, "PUT");
  impatient.timeout = milliseconds(1);
  EXPECT_EQ(transport->Send(impatient).code(), Code::kUnavailable);
  busy.join();
}

TEST_F(CurlTransportTest, AProxyIsAskedInTheHostsPlaceUnlessDirect) {
  ScriptedServer proxy([](const std::string&) { return Answer(200, "by proxy"); });
  ScriptedServer server([](const std::string&) { return Answer(200, "direct"); });
  CurlOptions options;
  options.proxy = "http://" + proxy.authority();
  transport = MakeCurlTransport(options);
  HttpRequest request = To(server);
  EXPECT_EQ(transport->Send(request)->body, "by proxy");
  EXPECT_TRUE(proxy.requests().at(0).starts_with("GET http://" + server.authority() + "/ HTTP/1.1")) << proxy.requests().at(0);
  request.direct = true;
  EXPECT_EQ(transport->Send(request)->body, "direct");
}

TEST_F(CurlTransportTest, AProxysPasswordIsInNoMessage) {
  ScriptedServer server([](const std::string&) { return Answer(200, "direct"); });
  for (const char* proxy : {"ftp://ann:planted@127.0.0.1:1", "http://ann:planted@127.0.0.1:1", "http://ann:planted@[x", "http://ann:planted@127.0.0.1:99999", "http://ann:planted@nowhere.invalid:1"}) {
    CurlOptions options;
    options.proxy = proxy;
    transport = MakeCurlTransport(options);
    const auto refused = transport->Send(To(server));
    EXPECT_FALSE(refused.ok()) << proxy;
    EXPECT_EQ(refused.status().ToString().find("planted"), std::string::npos) << refused.status().ToString();
  }
}

class TlsTest : public testing::Test {
 protected:
  void Serve(const std::string& name, bool is_trusted) {
    certificate.emplace(name);
    server = std::make_unique<ScriptedServer>([](const std::string&) { return Answer(200, "x"); }, &*certificate);
    CurlOptions options;
    options.connect_timeout = milliseconds(1000);
    if (is_trusted) {
      options.ca_file = testing::TempDir() + "/evenkeel-ca-" + std::to_string(server->port()) + ".pem";
      std::ofstream(options.ca_file) << certificate->pem();
    }
    transport = MakeCurlTransport(options);
    request.authority = "localhost:" + std::to_string(server->port());
    request.repeatable = true;
    file = options.ca_file;
  }
  void TearDown() override {
    if (!file.empty()) std::filesystem::remove(file);
  }

  std::optional<ServerCertificate> certificate;
  std::unique_ptr<ScriptedServer> server;
  std::unique_ptr<HttpTransport> transport;
  HttpRequest request;
  std::string file;
};

TEST_F(TlsTest, AHostThatProvesItsNameIsAsked) {
  Serve("localhost", true);
  for (int i = 0; i < 3; ++i) {
    const auto answer = transport->Send(request);
    ASSERT_TRUE(answer.ok()) << answer.status().ToString();
    EXPECT_EQ(answer->body, "x");
  }
  EXPECT_EQ(server->connections(), 1);
}

TEST_F(TlsTest, AnotherNameIsNot) {
  Serve("wrong.example", true);
  const auto answer = transport->Send(request);
  EXPECT_EQ(answer.code(), Code::kInvalidArgument);
  EXPECT_EQ(answer.status().resource(), request.authority);
  EXPECT_TRUE(server->requests().empty());
}

TEST_F(TlsTest, NorIsOneThatNobodyVouchesFor) {
  Serve("localhost", false);
  EXPECT_EQ(transport->Send(request).code(), Code::kInvalidArgument);
  EXPECT_TRUE(server->requests().empty());
}

TEST_F(TlsTest, NorIsOneWithoutTls) {
  Serve("localhost", true);
  ScriptedServer plain([](const std::string&) { return Answer(200, "x"); });
  request.authority = "localhost:" + std::to_string(plain.port());
  EXPECT_EQ(transport->Send(request).code(), Code::kUnavailable);
}

// Node has a server that offers HTTP/2; where there is no node, the full tier's tests show it.
TEST_F(TlsTest, Http2IsSpokenWhereItIsOffered) {
  if (std::system("command -v node openssl >/dev/null") != 0) GTEST_SKIP() << "there is no node to offer it";
  const std::string folder = testing::TempDir() + "/evenkeel-http2-" + std::to_string(getpid());
  std::filesystem::create_directory(folder);
  file = folder + "/ca.pem";
  ASSERT_EQ(std::system(("cd '" + folder + "' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out ca.pem -days 1 "
                         "-subj /CN=test -addext subjectAltName=DNS:localhost 2>/dev/null").c_str()), 0);
  std::ofstream(folder + "/server.js") << R"(
const fs = require('fs');
const server = require('http2').createSecureServer({key: fs.readFileSync('key.pem'), cert: fs.readFileSync('ca.pem'), allowHTTP1: true});
server.on('request', (request, response) => { response.setHeader('X-Host', request.authority || request.headers[':authority']); response.end(request.httpVersion); });
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
server.on('session', session => session.on('close', () => process.exit()));
setTimeout(() => process.exit(1), 20000);
)";
  FILE* node = popen(("cd '" + folder + "' && exec node server.js").c_str(), "r");
  ASSERT_NE(node, nullptr);
  int port = 0;
  ASSERT_EQ(std::fscanf(node, "%d", &port), 1);
  CurlOptions options;
  options.ca_file = file;
  transport = MakeCurlTransport(options);
  request.authority = "localhost:" + std::to_string(port);
  const auto answer = transport->Send(request);
  ASSERT_TRUE(answer.ok()) << answer.status().ToString();
  EXPECT_EQ(answer->body, "2.0");
  ASSERT_NE(answer->Find("X-Host"), nullptr);
  EXPECT_EQ(*answer->Find("X-Host"), request.authority);
  transport = nullptr;  // closes the connection, which ends the server
  EXPECT_EQ(pclose(node), 0);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace evenkeel::aws
