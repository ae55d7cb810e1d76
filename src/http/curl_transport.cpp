// HttpTransport over libcurl: a pool of easy handles, each with the connections that it keeps.
#include <curl/curl.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "evenkeel/http_transport.h"
#include "http/header_name.h"

namespace evenkeel {
namespace {

constexpr std::size_t kHeaderBytes = 256u << 10;  // of one answer

struct HandleCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, HandleCloser>;

struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCloser>;

// Handles that wait for work, and how many there are at all.
class HandlePool {
 public:
  explicit HandlePool(std::size_t most) : most_(std::max<std::size_t>(most, 1)) {}

  // nullptr: all were busy until `deadline`, or there is no memory. The one that worked last comes first: its connection is the warmest.
  Handle Take(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_until(lock, deadline, [&] { return !idle_.empty() || count_ < most_; })) return nullptr;
    if (idle_.empty()) {
      Handle made(curl_easy_init());
      if (made != nullptr) ++count_;
      return made;
    }
    Handle handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
  }
  void GiveBack(Handle handle) {
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(std::move(handle));
    }
    freed_.notify_one();
  }

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<Handle> idle_;
  std::size_t count_ = 0;
};

// What comes in while one request is under way.
struct Reply {
  HttpResponse response;
  std::size_t body_max = 0;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

// libcurl's callbacks. They throw nothing: what has no memory ends the transfer.
std::size_t TakeHeader(const char* bytes, std::size_t size, std::size_t count, void* to) noexcept {
  try {
    auto& reply = *static_cast<Reply*>(to);
    std::string_view line(bytes, size * count);
    reply.header_bytes += line.size();
    if (reply.header_bytes > kHeaderBytes) return reply.too_large = true, 0;
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) {  // a status line: what an interim answer said is over
      reply.response.headers.clear();
    } else if (colon != std::string_view::npos) {
      std::string_view value = line.substr(colon + 1);
      while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
      while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
      reply.response.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
    }
    return size * count;
  } catch (...) {
    return 0;
  }
}

std::size_t TakeBody(const char* bytes, std::size_t size, std::size_t count, void* to) noexcept {
  try {
    auto& reply = *static_cast<Reply*>(to);
    if (size * count > reply.body_max - reply.response.body.size()) return reply.too_large = true, 0;
    reply.response.body.append(bytes, size * count);
    return size * count;
  } catch (...) {
    return 0;
  }
}

bool HasControls(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f'; });
}

// What would make two requests of one, or ask another host than it says.
Status CheckRequest(const HttpRequest& request) {
  const auto bad = [&](const char* what) { return Status(Code::kInvalidArgument, std::string("the request's ") + what + " cannot be sent", request.authority); };
  const std::string target = request.path + request.query;
  if (request.method.empty() || request.method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos) return bad("method");
  if (request.scheme != "https" && request.scheme != "http") return bad("scheme");
  if (request.authority.empty() || request.authority.find_first_of("/?#@\\ \t") != std::string::npos || HasControls(request.authority)) return bad("host");
  if (!request.path.starts_with('/') || target.find_first_of(" \t#") != std::string::npos || request.path.find('?') != std::string::npos) return bad("path");
  if (HasControls(target)) return bad("path");
  for (const HttpHeader& header : request.headers) {
    if (header.name.empty() || header.name.find_first_of(": \t") != std::string::npos || HasControls(header.name) || HasControls(header.value)) return bad("header");
  }
  return OkStatus();
}

// nullptr: no memory. An empty value is written "Name;", for "Name:" alone takes a header out, as the last ones do.
HeaderList ListHeaders(const HttpRequest& request) {
  std::vector<std::string> lines = {"Host: " + request.authority, "Expect:", "Accept:"};
  bool has_type = false;
  for (const HttpHeader& header : request.headers) {
    lines.push_back(header.name + (header.value.empty() ? ";" : ": " + header.value));
    has_type |= LowerHeaderName(header.name) == "content-type";
  }
  if (!has_type) lines.push_back("Content-Type:");
  HeaderList list;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) return nullptr;
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

void SetBody(CURL* handle, const HttpRequest& request) {
  if (request.method == "HEAD") {
    curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  } else if (!request.body.empty() || request.method == "PUT" || request.method == "POST") {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

Status CheckCode(CURL* handle, CURLcode code, const Reply& reply, const char* words, const HttpRequest& request, const CurlOptions& options) {
  if (code == CURLE_OK) return OkStatus();
  const std::string host = request.authority;
  if (reply.too_large) {
    return {Code::kLimitExceeded, "the answer has more than " + std::to_string(reply.body_max) + " bytes", host};
  }
  // libcurl's own words may show a proxy's address with the password in it.
  const bool has_words = *words != '\0' && std::string_view(words).find('@') == std::string_view::npos;
  const std::string why = has_words ? words : curl_easy_strerror(code);
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
    const std::string setting = options.ca_setting.empty() ? "" : " (" + options.ca_setting + ")";
    return {Code::kInvalidArgument, "the server does not prove to be this host: " + why + "; correct the address, or the file of certificates" + setting, host};
  }
  curl_off_t ready_us = 0;  // 0: it did not come to sending
  curl_easy_getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
  if (ready_us == 0) return {Code::kUnavailable, "could not be reached: " + why, host};
  return {Code::kUnknownOutcome, "no whole answer: " + why, host};
}

class CurlTransport final : public HttpTransport {
 public:
  explicit CurlTransport(CurlOptions options) : options_(std::move(options)), pool_(options_.connections_max) {}

  StatusOr<HttpResponse> Send(const HttpRequest& request) override {
    EVENKEEL_RETURN_IF_ERROR(CheckRequest(request));
    const auto deadline = std::chrono::steady_clock::now() + request.timeout;
    Handle handle = pool_.Take(deadline);
    const HeaderList headers = ListHeaders(request);
    if (handle == nullptr || headers == nullptr) {
      if (handle != nullptr) pool_.GiveBack(std::move(handle));
      return Status(Code::kUnavailable, "every connection was busy; try again, or allow more of them", request.authority);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    auto answer = Perform(handle.get(), request, headers.get(), std::max(left, std::chrono::milliseconds(1)));
    pool_.GiveBack(std::move(handle));
    return answer;
  }

 private:
  StatusOr<HttpResponse> Perform(CURL* handle, const HttpRequest& request, curl_slist* headers, std::chrono::milliseconds timeout) const {
    Reply reply;
    reply.body_max = request.reply_bytes;
    char words[CURL_ERROR_SIZE] = "";
    const std::string url = request.Url();
    curl_easy_reset(handle);  // the connections stay
    SetSafety(handle, request);
    SetBody(handle, request);
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(timeout, options_.connect_timeout).count()));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, TakeHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &reply);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, TakeBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &reply);
    const CURLcode code = curl_easy_perform(handle);
    const Status status = CheckCode(handle, code, reply, words, request, options_);
    long answered = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answered);
    curl_easy_reset(handle);  // nothing of this call is pointed to any more
    if (!status.ok()) return status;
    reply.response.status = static_cast<int>(answered);
    return std::move(reply.response);
  }

  void SetSafety(CURL* handle, const HttpRequest& request) const {
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, request.scheme.c_str());
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, request.repeatable ? 0L : 1L);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    if (!options_.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options_.ca_file.c_str());
    if (request.direct) {
      curl_easy_setopt(handle, CURLOPT_PROXY, "");
    } else if (!options_.proxy.empty()) {
      curl_easy_setopt(handle, CURLOPT_PROXY, options_.proxy.c_str());
    }
  }

  // libcurl counts who uses it.
  struct Library {
    Library() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~Library() { curl_global_cleanup(); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
  };

  const CurlOptions options_;
  Library library_;
  HandlePool pool_;
};

}  // namespace

std::unique_ptr<HttpTransport> MakeCurlTransport(const CurlOptions& options) { return std::make_unique<CurlTransport>(options); }

}  // namespace evenkeel
