// CaldavServer: the requests of CalDAV (RFC 4791) and of what it stands on (WebDAV RFC 4918, collection sync RFC 6578, discovery RFC 6764) for
// one calendar, and what their answers mean. It keeps nothing but where the calendar is.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/caldav_settings.h"
#include "http/xml.h"

namespace evenkeel {

// One thing that a server tells of, with those of its properties that it has.
struct DavResource {
  std::string path;    // percent-encoded, on the calendar's host
  int status = 200;    // 404: it is not there
  XmlElement properties;
};
struct DavAnswer {
  std::vector<DavResource> resources;
  std::string sync_token;
};
// An event's text as it is stored.
struct DavText {
  std::string bytes;
  std::string etag;   // without quotes; empty: the server gives none
  bool weak = false;  // no condition holds on it
};

class CaldavServer {
 public:
  CaldavServer(CaldavSettings settings, std::shared_ptr<HttpTransport> transport, Environment* environment)
      : settings_(std::move(settings)), transport_(std::move(transport)), environment_(environment) {}

  const CaldavSettings& settings() const { return settings_; }

  // Of all calls: kUnavailable no answer, or the server cannot now; kPermissionDenied the user or what it may; kNotFound; kLimitExceeded more
  // than max_bytes; kInvalidArgument anything else that the server refuses. No message shows the password.

  // The calendar with its properties: what "url" names, or what its server says that the user has.
  StatusOr<DavResource> FindCalendar();
  // Its address, for people; "url" until it is found.
  std::string Place() const;
  // A path of the calendar, for people.
  std::string PlaceOf(const std::string& path) const { return settings_.request.scheme + "://" + settings_.request.authority + path; }

  // REPORT with this body on the calendar. kInvalidArgument: the server does not know it, or not with what it names (a sync token).
  StatusOr<DavAnswer> Report(const std::string& body, const char* depth);
  StatusOr<DavText> Get(const std::string& path);
  // Over what has this ETag. kPreconditionFailed: it has another one, or is gone. kUnknownOutcome: it may be done.
  Status Put(const std::string& path, const std::string& bytes, const std::string& etag);
  // Whether the server keeps conditions on writes: tried with an event of our own name, made, written over with a condition that does not hold,
  // and taken away. kPermissionDenied: it may not be made. kUnavailable: it could not be tried; names what could not be taken away.
  StatusOr<bool> KeepsConditions();

 private:
  HttpRequest Request(const char* method, const std::string& path) const;
  StatusOr<HttpResponse> Send(HttpRequest request) const;
  StatusOr<HttpResponse> SendOnward(HttpRequest request) const;
  Status Refusal(const HttpResponse& response) const;
  StatusOr<DavAnswer> Answer(const HttpRequest& request, const HttpResponse& response) const;
  StatusOr<DavAnswer> Propfind(const std::string& path, const char* depth) const;
  StatusOr<DavResource> Describe(const std::string& path) const;
  StatusOr<DavResource> Follow(const DavResource& resource, std::string_view property) const;
  StatusOr<DavResource> Descend(DavResource resource) const;
  StatusOr<DavResource> Choose(const std::vector<DavResource>& calendars) const;
  Status Refuse(Code code, const std::string& why) const { return {code, Place() + ": " + why, settings_.store}; }

  CaldavSettings settings_;
  std::shared_ptr<HttpTransport> transport_;
  Environment* environment_;
  std::optional<std::string> path_;  // of the calendar
};

// An ETag without its quotes.
DavText TagOf(std::string_view etag);

}  // namespace evenkeel
