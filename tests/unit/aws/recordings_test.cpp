// Our requests beside those that awscli and the JavaScript SDK really send, field by field. The recordings are data that may be there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>

#include "http/header_name.h"
#include "aws/uri.h"
#include "http/xml.h"
#include "evenkeel/aws/aws.h"
#include "evenkeel/json.h"
#include "evenkeel/memory_stores.h"

namespace evenkeel::aws {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(EVENKEEL_SOURCE_DIR) / "../shared/aws/recordings";

// What of a request must be the same; bodies of XML without their order.
struct Fields {
  std::string method, path;
  std::multiset<std::string> query, body;
  std::map<std::string, std::string> headers;
  std::string scope;

  friend bool operator==(const Fields&, const Fields&) = default;
};
std::ostream& operator<<(std::ostream& out, const Fields& fields) {
  out << fields.method << " " << fields.path << " scope " << fields.scope << "\n";
  for (const auto& part : fields.query) out << "  query " << part << "\n";
  for (const auto& [name, value] : fields.headers) out << "  " << name << ": " << value << "\n";
  for (const auto& part : fields.body) out << "  body " << part << "\n";
  return out;
}

void AddXml(const XmlElement& element, const std::string& above, std::multiset<std::string>& out) {
  if (element.children.empty()) out.insert(above + element.name + "=" + (element.name == "Path" ? DecodeUri(element.text) : element.text));
  for (const XmlElement& child : element.children) AddXml(child, above + element.name + "/", out);
}

Fields FieldsOf(std::string method, std::string path, const std::string& query, const std::vector<HttpHeader>& headers, const std::string& body) {
  // What a client says of itself, of the connection, and by when; checksums that S3 does not ask for; what is asked of one object alone.
  static const std::set<std::string> kLeftOut = {"host", "connection", "user-agent", "x-amz-user-agent", "amz-sdk-request", "amz-sdk-invocation-id", "authorization", "x-amz-date", "accept-encoding",
                                                 "content-length", "content-md5", "expect", "x-amz-sdk-checksum-algorithm", "x-amz-checksum-crc32", "x-amz-checksum-mode", "cache-control",
                                                 "x-amz-website-redirect-location", "range", "x-amz-meta-a", "x-amz-meta-b", "x-amz-meta-evenkeel-operation"};
  Fields fields;
  fields.method = std::move(method);
  fields.path = std::move(path);
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    const std::string part = query.substr(at, end - at);
    if (!part.starts_with("x-id=") && !part.starts_with("MaxItems=") && !part.starts_with("versionId=")) fields.query.insert(part);
    at = end + 1;
  }
  for (const HttpHeader& header : headers) {
    const std::string name = LowerHeaderName(header.name);
    if (name == "authorization") fields.scope = header.value.substr(header.value.find('/') + 10, header.value.find(',') - header.value.find('/') - 10);
    if (kLeftOut.count(name) == 0) fields.headers[name] = header.value;
  }
  auto xml = ParseXml(body, "body");
  if (xml.ok() && !body.empty()) {
    AddXml(*xml, "", fields.body);
    fields.headers.erase("x-amz-content-sha256");  // of the very bytes
  } else if (!body.empty()) {
    fields.body.insert(body);
  }
  return fields;
}

// Every request that our adapters send; answers as a service that has everything.
class Everything final : public HttpTransport {
 public:
  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    const std::lock_guard lock(mutex_);
    sent.push_back(FieldsOf(request.method, request.path, request.query, request.headers, request.body));
    const std::string etag = "\"5d41402abc4b2a76b9719d911017c592\"";
    if (request.query == "tagging") return HttpResponse{200, {}, "<Tagging><TagSet/></Tagging>"};
    if (request.authority.starts_with("cloudfront.")) return CloudFront(request);
    if (request.method == "DELETE") return HttpResponse{204, {}, ""};
    return HttpResponse{200, {{"ETag", etag}, {"Content-Length", "0"}, {"Content-Type", "application/octet-stream"}}, ""};
  }
  std::vector<Fields> sent;

 private:
  static HttpResponse CloudFront(const HttpRequest& request) {
    if (request.method == "POST") return {201, {}, "<Invalidation><Id>I2J0I21PCUYOIK</Id><Status>InProgress</Status></Invalidation>"};
    if (request.path.ends_with("/distribution") && request.query.find("Marker") == std::string::npos) {
      return {200, {}, "<DistributionList><IsTruncated>true</IsTruncated><NextMarker>m+1</NextMarker></DistributionList>"};
    }
    if (request.path.ends_with("/distribution")) return {200, {}, "<DistributionList><IsTruncated>false</IsTruncated></DistributionList>"};
    return {200, {}, "<Invalidation><Id>I2J0I21PCUYOIK</Id><Status>Completed</Status></Invalidation>"};
  }
  std::mutex mutex_;
};

class RecordingsTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) GTEST_SKIP() << "the recordings are not there: " << kFolder;
    const std::string kind = GetParam() ? "-token.jsonl" : ".jsonl";
    for (const char* name : {"awscli-2.9.19", "js-3.116x"}) {
      std::ifstream file(kFolder / (name + kind));
      for (std::string line; std::getline(file, line);) Add(*ParseJson(line, "recording"));
    }
    ASSERT_GT(recorded_.size(), 20u);
    AdapterRegistry adapters;
    RegisterAwsAdapters(adapters, {transport_, MakeStaticCredentials({"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", GetParam() ? token_ : "", {}})});
    AdapterContext context;
    context.name = "store";
    context.environment = &environment_;
    pages_ = *adapters.pages.at("s3").make(context, {{"bucket", "bkt"}, {"region", region_}, {"path_style", true}});
    edge_ = *adapters.edge.at("cloudfront").make(context, {{"distribution", "EDFDVBD6EXAMPLE"}});
    aliased_ = *adapters.edge.at("cloudfront").make(context, {{"alias", "a.example"}});
  }
  void Add(const Json& json) {
    std::vector<HttpHeader> headers;
    for (const Json& header : json["headers"]) headers.push_back({header[0], header[1]});
    const std::string url = json["url"];
    recorded_.push_back(FieldsOf(json["method"], url.substr(0, url.find('?')), url.find('?') == std::string::npos ? "" : url.substr(url.find('?') + 1), headers, json["body"]));
    const auto& fields = recorded_.back();
    if (fields.headers.count("x-amz-security-token") > 0) token_ = fields.headers.at("x-amz-security-token");
    if (fields.scope.find("/s3/") != std::string::npos) region_ = fields.scope.substr(0, fields.scope.find('/'));
  }
  // Among the recordings there is one that our last request of this method equals.
  void ExpectRecorded(const std::string& method) {
    const auto ours = std::find_if(transport_->sent.rbegin(), transport_->sent.rend(), [&](const Fields& one) { return one.method == method; });
    ASSERT_NE(ours, transport_->sent.rend());
    std::string near;
    for (Fields theirs : recorded_) {
      Fields mine = *ours;
      // awscli names no type for XML, and sends no digest beside what it signs.
      for (const char* optional : {"content-type", "x-amz-content-sha256"}) {
        if (mine.headers.count(optional) == theirs.headers.count(optional)) continue;
        mine.headers.erase(optional);
        theirs.headers.erase(optional);
      }
      if (mine == theirs) return;
      if (theirs.method == method && theirs.path == mine.path) near += testing::PrintToString(theirs);
    }
    ADD_FAILURE() << "ours:\n" << testing::PrintToString(*ours) << "recorded nearest:\n" << near;
  }

  MemoryEnvironment environment_{Instant(std::chrono::seconds(1'780'000'000))};
  std::shared_ptr<Everything> transport_ = std::make_shared<Everything>();
  std::vector<Fields> recorded_;
  std::string token_, region_ = "us-east-1";
  std::unique_ptr<ObjectStore> pages_;
  std::unique_ptr<EdgeCache> edge_, aliased_;
};

TEST_P(RecordingsTest, CloudFront) {
  ASSERT_TRUE(edge_->Invalidate({"/a", "/dir/*", "/sp ace/\xc3\xbc&<x>.html"}, "ref-1").ok());
  ExpectRecorded("POST");
  ASSERT_TRUE(edge_->CountInProgress().ok());
  ExpectRecorded("GET");
  ASSERT_FALSE(aliased_->Invalidate({"/a"}, "r").ok());
  ExpectRecorded("GET");
  ASSERT_EQ(transport_->sent.back().query, std::multiset<std::string>{"Marker=m%2B1"});
}

TEST_P(RecordingsTest, S3) {
  ASSERT_TRUE(pages_->Head("a b+c/\xc3\xbc%~'()*!&=;:@,?#.txt").ok());
  ExpectRecorded("HEAD");
  static_cast<void>(pages_->Get("dir//double/./dot/../x").ok());
  ExpectRecorded("GET");
  ASSERT_TRUE(pages_->Create("k \xc3\xbc.html", "hello", "text/html; charset=utf-8", {"op", {}}).ok());
  ExpectRecorded("PUT");
  ASSERT_TRUE(pages_->Replace("k", "hello", "5d41402abc4b2a76b9719d911017c592", {"op", {}}).ok());
  ExpectRecorded("PUT");
}

INSTANTIATE_TEST_SUITE_P(Kinds, RecordingsTest, testing::Bool(), [](const auto& one) { return std::string(one.param ? "WithToken" : "WithoutToken"); });

}  // namespace
}  // namespace evenkeel::aws
