// Feed: the bytes at an address, asked for again only where they have changed.
#pragma once

#include <memory>
#include <string>

#include "calendar/feed_settings.h"

namespace evenkeel {

class Feed {
 public:
  Feed(FeedSettings settings, std::shared_ptr<HttpTransport> transport) : settings_(std::move(settings)), transport_(std::move(transport)) {}

  const FeedSettings& settings() const { return settings_; }

  // A whole iCalendar text, as far as its beginning and its end tell; borrowed until the next call. No message shows the address.
  //   kUnavailable       no answer, a late one, half a one, or the server says that it cannot now: try again
  //   kNotFound          the address no longer leads to a feed
  //   kPermissionDenied  the server wants somebody else
  //   kInvalidArgument   a web page or anything else that is no calendar, another host, a server that does not prove to be this one
  //   kLimitExceeded     larger than max_bytes or calendar_bytes
  StatusOr<const std::string*> Read();
  // Grows with every text that is not the one before.
  std::size_t generation() const { return generation_; }

 private:
  StatusOr<HttpResponse> Ask() const;
  StatusOr<HttpResponse> Send(const HttpRequest& request) const;
  Status Refuse(Code code, const std::string& why) const { return {code, settings_.place + ": " + why, settings_.store}; }
  Status CheckAnswer(const HttpResponse& response) const;
  Status CheckText(const HttpResponse& response) const;

  FeedSettings settings_;
  std::shared_ptr<HttpTransport> transport_;
  std::string text_, etag_, modified_;
  std::size_t generation_ = 0;
};

}  // namespace evenkeel
