#include "calendar/feed_settings.h"

#include <algorithm>

#include "http/address.h"

namespace evenkeel {
namespace {

constexpr std::size_t kFeedBytes = 8u << 20;

Status Refuse(const AdapterContext& context, const std::string& why) { return {Code::kInvalidArgument, why, context.name}; }

StatusOr<std::size_t> Count(const AdapterContext& context, const Json& settings, const char* name, std::size_t least, std::size_t most,
                            std::size_t otherwise) {
  if (!settings.contains(name)) return otherwise;
  const Json& count = settings[name];
  const bool is_count = count.is_number_integer() && (count.is_number_unsigned() || count.get<std::int64_t>() >= 0);
  if (is_count && count.get<std::uint64_t>() >= least && count.get<std::uint64_t>() <= most) return count.get<std::size_t>();
  return Refuse(context, std::string("\"") + name + "\" must be a number from " + std::to_string(least) + " to " + std::to_string(most));
}

// What only this machine answers.
bool IsLoopback(const std::string& authority) {
  const bool has_port = authority.rfind(':') != std::string::npos && authority.back() != ']';
  const std::string host = has_port ? authority.substr(0, authority.rfind(':')) : authority;
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

StatusOr<HttpRequest> RequestOf(const AdapterContext& context, const Json& settings) {
  const bool is_text = settings.contains("url") && settings["url"].is_string();
  std::string url = is_text ? settings["url"].get<std::string>() : std::string();
  if (url.empty()) return Refuse(context, "it needs \"url\", the address of the feed, as \"https://www.example.com/calendar.ics\"");
  if (url.starts_with("webcal://")) url = "https" + url.substr(6);
  url = url.substr(0, url.find('#'));
  const bool is_plain = std::all_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; });
  auto request = RequestTo(url);
  if (!request || !is_plain) return Refuse(context, "\"url\" must be an address with https:// (or webcal://) and without blanks");
  if (request->authority.find('@') != std::string::npos) return Refuse(context, "\"url\" must be without a user and a password");
  if (settings.contains("insecure") && !settings["insecure"].is_boolean()) return Refuse(context, "\"insecure\" must be true or false");
  request->direct = IsLoopback(request->authority);  // nobody stands between, no proxy either
  const bool insecure = settings.value("insecure", false) || request->direct;
  if (request->scheme == "http" && !insecure) {
    return Refuse(context, "\"url\" must begin with https://, for anybody on the way could read and change what http:// brings; \"insecure\": true takes it all the same");
  }
  return *std::move(request);
}

}  // namespace

std::string PlaceOf(const HttpRequest& request) { return request.scheme + "://" + request.authority + "/…"; }

StatusOr<FeedSettings> ReadFeedSettings(const AdapterContext& context, const Json& settings) {
  FeedSettings feed;
  feed.store = context.name;
  EVENKEEL_ASSIGN_OR_RETURN(feed.request, RequestOf(context, settings));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t bytes, Count(context, settings, "max_bytes", 1, std::size_t{1} << 30, kFeedBytes));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t seconds, Count(context, settings, "timeout_s", 1, 600, 30));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t past, Count(context, settings, "past_days", 0, 3660, 60));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t future, Count(context, settings, "future_days", 0, 3660, 550));
  feed.request.repeatable = true;
  feed.request.reply_bytes = std::min(bytes, context.limits.calendar_bytes);
  feed.request.timeout = std::chrono::seconds(seconds);
  feed.place = PlaceOf(feed.request);
  feed.past = std::chrono::days(past);
  feed.future = std::chrono::days(future);
  return feed;
}

}  // namespace evenkeel
