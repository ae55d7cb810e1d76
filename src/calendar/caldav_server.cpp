#include "calendar/caldav_server.h"

#include <algorithm>

#include "http/redirect.h"
#include "json/base64.h"
#include "text/fold.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

constexpr int kRedirectsMax = 5;
constexpr std::uint64_t kPasswordBytes = 4096;
constexpr const char* kProperties =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
    "<D:propfind xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop><D:resourcetype/><D:displayname/><D:sync-token/>"
    "<D:current-user-principal/><D:current-user-privilege-set/><C:calendar-home-set/><C:supported-calendar-component-set/></D:prop></D:propfind>";

bool IsCalendar(const DavResource& resource) {
  const XmlElement* type = resource.properties.Find("resourcetype");
  return type != nullptr && type->Find("calendar") != nullptr;
}

// A list of tasks is a calendar, too, and says what it holds.
bool HoldsEvents(const DavResource& resource) {
  const XmlElement* set = resource.properties.Find("supported-calendar-component-set");
  return set == nullptr || set->children.empty() || std::any_of(set->children.begin(), set->children.end(), [](const XmlElement& one) {
    return std::any_of(one.attributes.begin(), one.attributes.end(), [](const auto& attribute) { return attribute.first == "name" && attribute.second == "VEVENT"; });
  });
}

// The href inside a property.
std::string LinkOf(const DavResource& resource, std::string_view property) {
  const XmlElement* link = resource.properties.Find(property);
  return link == nullptr ? std::string() : std::string(TrimSpace(link->TextOf("href")));
}

std::string NameOf(const DavResource& resource) {
  const std::string shown(TrimSpace(resource.properties.TextOf("displayname")));
  if (!shown.empty()) return shown;
  std::string_view path = resource.path;
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path.substr(path.rfind('/') + 1));
}

bool IsCalled(const DavResource& resource, const std::string& name) {
  std::string_view path = resource.path;
  while (path.ends_with('/')) path.remove_suffix(1);
  return NameOf(resource) == name || path.substr(path.rfind('/') + 1) == name;
}

// "HTTP/1.1 404 Not Found"; 200 where nothing is said.
int StatusIn(const XmlElement& element) {
  const std::string text(TrimSpace(element.TextOf("status")));
  const std::size_t space = text.find(' ');
  return space == std::string::npos || text.size() < space + 4 ? 200 : std::atoi(text.substr(space + 1, 3).c_str());
}

}  // namespace

DavText TagOf(std::string_view etag) {
  DavText tag;
  etag = TrimSpace(etag);
  tag.weak = etag.starts_with("W/") || etag.starts_with("w/");
  if (tag.weak) etag.remove_prefix(2);
  if (etag.size() > 1 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
  tag.etag = etag;
  return tag;
}

std::string CaldavServer::Place() const { return PlaceOf(path_.value_or(settings_.request.path)); }

HttpRequest CaldavServer::Request(const char* method, const std::string& path) const {
  HttpRequest request = settings_.request;
  request.method = method;
  request.path = path;
  request.query.clear();
  request.headers = {{"User-Agent", "evenkeel"}};
  return request;
}

StatusOr<HttpResponse> CaldavServer::Send(HttpRequest request) const {
  if (!settings_.user.empty()) {
    auto password = environment_->files().Read(settings_.password_file, kPasswordBytes);
    if (!password.ok()) return Status(password.code(), "the password of " + settings_.user + " cannot be read (\"password_file\"): " + password.status().ToString(), settings_.store);
    std::string line = password->substr(0, password->find_first_of("\r\n"));
    if (line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
    if (line.empty()) return Status(Code::kInvalidArgument, "the first line of " + settings_.password_file + " (\"password_file\") is empty; put the password of " + settings_.user + " there", settings_.store);
    request.headers.push_back({"Authorization", "Basic " + EncodeBase64(settings_.user + ":" + line)});
  }
  auto response = transport_->Send(request);
  if (response.ok()) return response;
  const std::string& why = response.status().message();
  switch (response.code()) {
    case Code::kLimitExceeded:
      if (!request.repeatable) return Refuse(Code::kUnknownOutcome, why);
      return Refuse(Code::kLimitExceeded, "an answer has more than " + std::to_string(request.reply_bytes) + " bytes (\"max_bytes\", limit calendar_bytes)");
    case Code::kUnknownOutcome:
      if (!request.repeatable) return Refuse(Code::kUnknownOutcome, why);
      return Refuse(Code::kUnavailable, "no whole answer within " + std::to_string(settings_.request.timeout.count() / 1000) + " s (\"timeout_s\"): " + why + "; try again");
    case Code::kInvalidArgument:
      return Refuse(Code::kInvalidArgument, why);
    default:
      return Refuse(Code::kUnavailable, why + "; try again");
  }
}

// Only to the same host, and never from https:// to http://: the password goes with it.
StatusOr<HttpResponse> CaldavServer::SendOnward(HttpRequest request) const {
  for (int hops = 0;; ++hops) {
    EVENKEEL_ASSIGN_OR_RETURN(HttpResponse response, Send(request));
    const std::string* location = response.Find("location");
    if (!IsRedirect(response.status) || location == nullptr) return response;
    const auto next = RequestOnward(request, *location);
    if (!next || !IsSameHost(*next, request)) {
      return Refuse(Code::kInvalidArgument, "it leads on to " + ShowText(*location) + ", which is not asked; where that is right, put that address into the fleet file");
    }
    if (hops == kRedirectsMax) return Refuse(Code::kInvalidArgument, "it leads on and on; put the calendar's own address into the fleet file");
    request = *next;
  }
}

Status CaldavServer::Refusal(const HttpResponse& response) const {
  const std::string answered = "the server answers " + std::to_string(response.status);
  switch (response.status) {
    case 401:
      return Refuse(Code::kPermissionDenied, answered + ": " + (settings_.user.empty() ? "it wants to know who asks; put \"user\" and \"password_file\" into the fleet file"
                                                                                       : "it does not take the password of " + settings_.user + "; put the right one into " + settings_.password_file));
    case 403:
      return Refuse(Code::kPermissionDenied, answered + ": " + (settings_.user.empty() ? "who does not say who asks (\"user\", \"password_file\")" : settings_.user) + " may not do that there");
    case 404:
    case 410:
      return Refuse(Code::kNotFound, answered + ": there is no such calendar or event; correct \"url\" where it was the calendar");
    default:
      if (response.status >= 500 || response.status == 429 || response.status == 408 || response.status == 423) return Refuse(Code::kUnavailable, answered + "; try again later");
      return Refuse(Code::kInvalidArgument, answered + "; is \"url\" the address of a CalDAV calendar?");
  }
}

StatusOr<DavAnswer> CaldavServer::Answer(const HttpRequest& request, const HttpResponse& response) const {
  if (response.status != 207) return response.status / 100 == 2 ? Refuse(Code::kInvalidArgument, "this is no CalDAV server: it answers a question of WebDAV with " + std::to_string(response.status)) : Refusal(response);
  EVENKEEL_ASSIGN_OR_RETURN(const XmlElement root, ParseXml(response.body, Place()));
  if (root.name != "multistatus") return Refuse(Code::kUnavailable, "the server's answer is none of WebDAV's; try again");
  DavAnswer answer;
  answer.sync_token = TrimSpace(root.TextOf("sync-token"));
  for (const XmlElement& one : root.children) {
    if (one.name != "response") continue;
    const auto there = RequestOnward(request, std::string(TrimSpace(one.TextOf("href"))));
    if (!there || !IsSameHost(*there, request)) return Refuse(Code::kInvalidArgument, "the server names something on another host");
    DavResource resource{there->path, StatusIn(one), {}};
    for (const XmlElement& group : one.children) {
      const XmlElement* properties = group.name == "propstat" && StatusIn(group) / 100 == 2 ? group.Find("prop") : nullptr;
      if (properties != nullptr) resource.properties.children.insert(resource.properties.children.end(), properties->children.begin(), properties->children.end());
    }
    answer.resources.push_back(std::move(resource));
  }
  return answer;
}

StatusOr<DavAnswer> CaldavServer::Propfind(const std::string& path, const char* depth) const {
  HttpRequest request = Request("PROPFIND", path);
  request.headers.push_back({"Depth", depth});
  request.headers.push_back({"Content-Type", "application/xml; charset=utf-8"});
  request.body = kProperties;
  request.repeatable = true;
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, SendOnward(request));
  return Answer(request, response);
}

StatusOr<DavResource> CaldavServer::Choose(const std::vector<DavResource>& calendars) const {
  std::vector<DavResource> fit;
  std::string names;
  for (const DavResource& one : calendars) {
    if (!IsCalendar(one) || !HoldsEvents(one)) continue;
    names += (names.empty() ? "" : ", ") + ShowText(NameOf(one));
    if (settings_.calendar.empty() || IsCalled(one, settings_.calendar)) fit.push_back(one);
  }
  if (fit.size() == 1) return fit.front();
  if (names.empty()) return Refuse(Code::kNotFound, "the user has no calendar there");
  return Refuse(Code::kInvalidArgument, (fit.empty() ? "no calendar is called " + settings_.calendar : std::string("there are several calendars")) + "; name one in \"calendar\": " + names);
}

StatusOr<DavResource> CaldavServer::Describe(const std::string& path) const {
  EVENKEEL_ASSIGN_OR_RETURN(const DavAnswer answer, Propfind(path, "0"));
  if (answer.resources.empty() || answer.resources.front().status != 200) return Refuse(Code::kNotFound, "the server tells nothing of " + PlaceOf(path));
  return answer.resources.front();
}

StatusOr<DavResource> CaldavServer::Follow(const DavResource& resource, std::string_view property) const {
  const auto onward = RequestOnward(Request("PROPFIND", resource.path), LinkOf(resource, property));
  if (onward && IsSameHost(*onward, settings_.request)) return DavResource{onward->path, 200, {}};
  return Refuse(Code::kInvalidArgument, "the user's calendars are on another host, " + (onward ? ShowText(onward->authority) : std::string("which cannot be asked")) + "; put that address into \"url\"");
}

// From what "url" names to the calendar: itself, or by the user's principal and its home.
StatusOr<DavResource> CaldavServer::Descend(DavResource resource) const {
  const bool is_it = IsCalendar(resource) && settings_.calendar.empty();
  if (is_it) return resource;
  if (LinkOf(resource, "calendar-home-set").empty() && !LinkOf(resource, "current-user-principal").empty()) {
    EVENKEEL_ASSIGN_OR_RETURN(const DavResource principal, Follow(resource, "current-user-principal"));
    EVENKEEL_ASSIGN_OR_RETURN(resource, Describe(principal.path));
  }
  if (LinkOf(resource, "calendar-home-set").empty()) {
    return Refuse(Code::kInvalidArgument, std::string("this is no calendar, and the server does not say where the user's are") +
                                              (settings_.user.empty() ? " (it may want \"user\" and \"password_file\")" : "") + "; put the calendar's own address into \"url\"");
  }
  EVENKEEL_ASSIGN_OR_RETURN(const DavResource home, Follow(resource, "calendar-home-set"));
  EVENKEEL_ASSIGN_OR_RETURN(const DavAnswer calendars, Propfind(home.path, "1"));
  return Choose(calendars.resources);
}

StatusOr<DavResource> CaldavServer::FindCalendar() {
  if (path_) {
    auto found = Describe(*path_);
    if (found.code() != Code::kNotFound) return found;
    path_.reset();  // it may have moved
  }
  const auto from = [this](const std::string& path) -> StatusOr<DavResource> {
    EVENKEEL_ASSIGN_OR_RETURN(DavResource resource, Describe(path));
    return Descend(std::move(resource));
  };
  auto found = from(settings_.request.path);
  if (!found.ok() && found.code() != Code::kUnavailable && settings_.request.path == "/") {
    auto known = from("/.well-known/caldav");
    if (known.ok()) found = std::move(known);
  }
  if (!found.ok()) return found;
  if (!found->path.ends_with('/')) found->path += '/';
  path_ = found->path;
  return found;
}

StatusOr<DavAnswer> CaldavServer::Report(const std::string& body, const char* depth) {
  HttpRequest request = Request("REPORT", path_.value_or(settings_.request.path));
  request.headers.push_back({"Depth", depth});
  request.headers.push_back({"Content-Type", "application/xml; charset=utf-8"});
  request.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + body;
  request.repeatable = true;
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, Send(request));
  return Answer(request, response);
}

StatusOr<DavText> CaldavServer::Get(const std::string& path) {
  HttpRequest request = Request("GET", path);
  request.headers.push_back({"Accept", "text/calendar"});
  request.repeatable = true;
  EVENKEEL_ASSIGN_OR_RETURN(HttpResponse response, Send(request));
  if (response.status != 200) return Refusal(response);
  const std::string* etag = response.Find("etag");
  DavText text = TagOf(etag == nullptr ? std::string_view() : *etag);
  text.bytes = std::move(response.body);
  return text;
}

Status CaldavServer::Put(const std::string& path, const std::string& bytes, const std::string& etag) {
  HttpRequest request = Request("PUT", path);
  request.headers.push_back({"If-Match", "\"" + etag + "\""});
  request.headers.push_back({"Content-Type", "text/calendar; charset=utf-8"});
  request.body = bytes;
  EVENKEEL_ASSIGN_OR_RETURN(const HttpResponse response, Send(request));
  if (response.status / 100 == 2) return OkStatus();
  if (response.status == 412 || response.status == 404 || response.status == 410) return Refuse(Code::kPreconditionFailed, "the event is not the one the plan was made from: somebody else changed it; plan again");
  // A server that fails, or one before it that gives up waiting, does not say whether it was done.
  if (response.status >= 500) return Refuse(Code::kUnknownOutcome, "the server answers " + std::to_string(response.status));
  return Refusal(response);
}

StatusOr<bool> CaldavServer::KeepsConditions() {
  const std::string name = "evenkeel-probe-" + std::to_string(environment_->Random());
  const std::string path = path_.value_or(settings_.request.path) + name + ".ics";
  const auto put = [&](std::vector<HttpHeader> condition) {
    HttpRequest request = Request("PUT", path);
    request.headers.insert(request.headers.end(), condition.begin(), condition.end());
    request.headers.push_back({"Content-Type", "text/calendar; charset=utf-8"});
    request.body = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Evenkeel//EN\r\nBEGIN:VEVENT\r\nUID:" + name +
                   "\r\nDTSTAMP:19700101T000000Z\r\nDTSTART:19700101T000000Z\r\nTRANSP:TRANSPARENT\r\n"
                   "SUMMARY:Evenkeel tries whether this server keeps conditions and takes this away\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    return Send(std::move(request));
  };
  const auto made = put({});  // nobody else has this name, so that it needs no condition
  StatusOr<HttpResponse> written = made.ok() && made->status / 100 == 2 ? put({{"If-Match", "\"evenkeel\""}}) : made;
  HttpRequest request = Request("DELETE", path);
  request.repeatable = true;
  const bool may_be_there = made.ok() ? made->status / 100 == 2 || made->status >= 500 : made.code() == Code::kUnknownOutcome;
  if (may_be_there) {
    const auto removed = Send(std::move(request));
    const bool is_gone = removed.ok() && (removed->status / 100 == 2 || removed->status == 404 || removed->status == 410);
    if (!is_gone) return Refuse(Code::kUnavailable, "whether the server keeps conditions was tried with an event that could not be taken away again; remove " + PlaceOf(path) + " by hand; nothing else was written");
  }
  const auto untried = [&](const std::string& why) { return "whether the server keeps conditions could not be tried, so nothing was written: " + why; };
  if (!made.ok()) return Refuse(made.code() == Code::kPermissionDenied ? Code::kPermissionDenied : Code::kUnavailable, untried(made.status().message()));
  if (made->status / 100 != 2) return Status(Refusal(*made).code() == Code::kNotFound ? Code::kPermissionDenied : Refusal(*made).code(), untried(Refusal(*made).message()), settings_.store);
  if (!written.ok()) return Refuse(Code::kUnavailable, untried(written.status().message()));
  return written->status == 412;
}

}  // namespace evenkeel
