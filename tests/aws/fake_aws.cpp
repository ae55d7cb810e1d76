#include "aws/fake_aws.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http/address.h"

namespace evenkeel::aws {

FakeAws::FakeAws(const std::vector<std::string>& arguments) {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no pipes";
    return;
  }
  std::vector<std::string> words = {"python3", EVENKEEL_SOURCE_DIR "/tests/aws/fake_aws.py", "0"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  stdin_ = in[1];
  for (char c = 0; read(out[0], &c, 1) == 1 && c != '\n';) endpoint_ += c;
  close(out[0]);
  EXPECT_TRUE(endpoint_.starts_with("http://127.0.0.1:")) << "the fake did not start: " << endpoint_;
}

FakeAws::~FakeAws() {
  close(stdin_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

FakeAws& FakeAws::Shared() {
  static FakeAws fake;
  return fake;
}

Json FakeAws::Tell(const Json& wanted) {
  HttpRequest request = RequestTo(endpoint_ + "/_fake").value_or(HttpRequest{});
  request.method = "POST";
  request.body = DumpJson(wanted);
  auto response = MakeCurlTransport({})->Send(request);
  EXPECT_TRUE(response.ok()) << response.status().ToString();
  auto json = response.ok() ? ParseJson(response->body, "fake") : StatusOr<Json>(response.status());
  EXPECT_TRUE(json.ok()) << json.status().ToString();
  return json.ok() ? *json : Json();
}

std::vector<Json> FakeAws::Requests(const std::string& operation) {
  std::vector<Json> found;
  const Json said = Tell(Json::object());
  for (const Json& request : said.value("requests", Json::array())) {
    if (request["operation"] == operation) found.push_back(request);
  }
  return found;
}

std::shared_ptr<CredentialsProvider> FakeAws::Keys() { return MakeStaticCredentials({"ASIAFAKE", "fake-session-key", "fake-session-token", {}}); }

}  // namespace evenkeel::aws
