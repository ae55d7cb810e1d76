#include "calendar/address_settings.h"

#include <algorithm>

#include "http/address.h"

namespace evenkeel {
namespace {

Status Refuse(const AdapterContext& context, const std::string& why) { return {Code::kInvalidArgument, why, context.name}; }

// What only this machine answers.
bool IsLoopback(const std::string& authority) {
  const bool has_port = authority.rfind(':') != std::string::npos && authority.back() != ']';
  const std::string host = has_port ? authority.substr(0, authority.rfind(':')) : authority;
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace

StatusOr<std::size_t> CountSetting(const AdapterContext& context, const Json& settings, const char* name, std::size_t least, std::size_t most,
                                   std::size_t otherwise) {
  if (!settings.contains(name)) return otherwise;
  const Json& count = settings[name];
  const bool is_count = count.is_number_integer() && (count.is_number_unsigned() || count.get<std::int64_t>() >= 0);
  if (is_count && count.get<std::uint64_t>() >= least && count.get<std::uint64_t>() <= most) return count.get<std::size_t>();
  return Refuse(context, std::string("\"") + name + "\" must be a number from " + std::to_string(least) + " to " + std::to_string(most));
}

StatusOr<HttpRequest> AddressSetting(const AdapterContext& context, const Json& settings, const std::string& what) {
  const bool is_text = settings.contains("url") && settings["url"].is_string();
  std::string url = is_text ? settings["url"].get<std::string>() : std::string();
  if (url.empty()) return Refuse(context, "it needs \"url\", the address of " + what);
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

}  // namespace evenkeel
