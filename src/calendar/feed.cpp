#include "calendar/feed.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "http/redirect.h"
#include "text/fold.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

constexpr int kRedirectsMax = 5;
constexpr std::size_t kValidatorBytes = 1024;

// An ETag or a date that can be sent back.
bool IsValidator(const std::string* value) {
  return value != nullptr && value->size() <= kValidatorBytes && std::none_of(value->begin(), value->end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

std::string_view Beginning(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty() && IsAsciiSpace(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace

StatusOr<HttpResponse> Feed::Send(const HttpRequest& request) const {
  auto response = transport_->Send(request);
  if (response.ok()) return response;
  std::string why = response.status().message();
  // A message may quote what was asked for.
  const bool shows = (request.path.size() > 1 && why.find(request.path) != std::string::npos) ||
                     (!request.query.empty() && why.find(request.query) != std::string::npos);
  if (shows) why = "the request failed";
  switch (response.code()) {
    case Code::kLimitExceeded:
      return Refuse(Code::kLimitExceeded, "the feed has more than " + std::to_string(request.reply_bytes) + " bytes (\"max_bytes\", limit calendar_bytes)");
    case Code::kUnknownOutcome:
      return Refuse(Code::kUnavailable, "no whole answer within " + std::to_string(settings_.request.timeout.count() / 1000) + " s (\"timeout_s\"), or it was cut off: " + why + "; try again");
    case Code::kInvalidArgument:
      return Refuse(Code::kInvalidArgument, why);
    default:
      return Refuse(Code::kUnavailable, why + "; try again");
  }
}

// The last answer of a chain of redirects on one host.
StatusOr<HttpResponse> Feed::Ask() const {
  HttpRequest request = settings_.request;
  request.headers = {{"Accept", "text/calendar, */*;q=0.1"}, {"User-Agent", "evenkeel"}};
  if (!etag_.empty()) request.headers.push_back({"If-None-Match", etag_});
  if (!modified_.empty()) request.headers.push_back({"If-Modified-Since", modified_});
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  for (int hops = 0;; ++hops) {
    EVENKEEL_ASSIGN_OR_RETURN(HttpResponse response, Send(request));
    if (!IsRedirect(response.status)) return response;
    const std::string* location = response.Find("location");
    const auto next = location == nullptr ? std::nullopt : RequestOnward(request, *location);
    if (!next) return Refuse(Code::kInvalidArgument, "it leads on to an address that cannot be asked");
    if (FoldCase(next->authority) != FoldCase(request.authority)) {
      return Refuse(Code::kInvalidArgument, "it leads on to another host, " + ShowText(next->authority.substr(next->authority.rfind('@') + 1)) +
                                                ", which is not asked; where that is right, put its address into the fleet file");
    }
    if (next->scheme == "http" && request.scheme == "https") return Refuse(Code::kInvalidArgument, "it leads on to http://, which is not asked");
    if (hops == kRedirectsMax) return Refuse(Code::kInvalidArgument, "it leads on and on; put the address where the feed is into the fleet file");
    request = *next;
    request.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (request.timeout.count() <= 0) return Refuse(Code::kUnavailable, "no answer in time (\"timeout_s\"); try again");
  }
}

Status Feed::CheckAnswer(const HttpResponse& response) const {
  const std::string answered = "the server answers " + std::to_string(response.status);
  switch (response.status) {
    case 200:
      return OkStatus();
    case 401:
    case 403:
      return Refuse(Code::kPermissionDenied, answered + ": this address may not be read; make a new one where the feed is published, and put it into the fleet file");
    case 404:
    case 410:
      return Refuse(Code::kNotFound, answered + ": the address leads to no feed any more; make a new one where the feed is published, and put it into the fleet file");
    default:
      if (response.status >= 500 || response.status == 429 || response.status == 408) return Refuse(Code::kUnavailable, answered + "; try again later");
      return Refuse(Code::kInvalidArgument, answered + ", which is no feed; correct \"url\"");
  }
}

Status Feed::CheckText(const HttpResponse& response) const {
  const std::string_view text = Beginning(response.body);
  if (text.empty()) return Refuse(Code::kUnavailable, "the answer is empty; a calendar without events is not; try again");
  if (FoldCase(text.substr(0, 15)) != "begin:vcalendar") {
    if (text.front() == '<') {
      return Refuse(Code::kInvalidArgument, "this is a web page, not a calendar; put the address of its iCalendar export (often ending in .ics) into \"url\"");
    }
    return Refuse(Code::kInvalidArgument, "this is no calendar, for it does not begin with BEGIN:VCALENDAR; correct \"url\"");
  }
  const std::string end = FoldCase(TrimSpace(text.substr(text.size() - std::min<std::size_t>(text.size(), 64))));
  if (!end.ends_with("end:vcalendar")) return Refuse(Code::kUnavailable, "the feed was cut off: it does not end with END:VCALENDAR; nothing of it is used; try again");
  return OkStatus();
}

StatusOr<const std::string*> Feed::Read() {
  EVENKEEL_ASSIGN_OR_RETURN(HttpResponse response, Ask());
  if (response.status == 304 && generation_ > 0) return &text_;
  EVENKEEL_RETURN_IF_ERROR(CheckAnswer(response));
  EVENKEEL_RETURN_IF_ERROR(CheckText(response));
  const auto header = [&](const char* name) { return IsValidator(response.Find(name)) ? *response.Find(name) : std::string(); };
  if (generation_ == 0 || text_ != response.body) ++generation_;
  etag_ = header("etag");
  modified_ = header("last-modified");
  text_ = std::move(response.body);
  return &text_;
}

}  // namespace evenkeel
