#include "calendar/caldav_settings.h"

#include <algorithm>

#include "calendar/address_settings.h"

namespace evenkeel {
namespace {

constexpr std::size_t kReplyBytes = 8u << 20;

StatusOr<std::string> TextSetting(const AdapterContext& context, const Json& settings, const char* name) {
  if (!settings.contains(name)) return std::string();
  const bool is_text = settings[name].is_string() && !settings[name].get_ref<const std::string&>().empty();
  if (!is_text) return Status(Code::kInvalidArgument, std::string("\"") + name + "\" must be a text", context.name);
  return settings[name].get<std::string>();
}

}  // namespace

StatusOr<CaldavSettings> ReadCaldavSettings(const AdapterContext& context, const Json& settings) {
  CaldavSettings caldav;
  caldav.store = context.name;
  EVENKEEL_ASSIGN_OR_RETURN(caldav.request, AddressSetting(context, settings, "the calendar or of its server, as \"https://dav.example.com/calendars/crew/\""));
  if (!caldav.request.query.empty()) return Status(Code::kInvalidArgument, "\"url\" must be without a query (\"?…\")", context.name);
  EVENKEEL_ASSIGN_OR_RETURN(caldav.user, TextSetting(context, settings, "user"));
  EVENKEEL_ASSIGN_OR_RETURN(caldav.password_file, TextSetting(context, settings, "password_file"));
  EVENKEEL_ASSIGN_OR_RETURN(caldav.calendar, TextSetting(context, settings, "calendar"));
  if (caldav.user.empty() != caldav.password_file.empty()) {
    return Status(Code::kInvalidArgument, "\"user\" and \"password_file\" belong together: the file holds the password of that user, alone on its first line", context.name);
  }
  if (caldav.user.find(':') != std::string::npos) return Status(Code::kInvalidArgument, "\"user\" must be without a colon", context.name);
  if (!caldav.password_file.empty() && !caldav.password_file.starts_with('/')) caldav.password_file = context.folder + "/" + caldav.password_file;
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t bytes, CountSetting(context, settings, "max_bytes", 1, std::size_t{1} << 30, kReplyBytes));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t seconds, CountSetting(context, settings, "timeout_s", 1, 600, 30));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t past, CountSetting(context, settings, "past_days", 0, 3660, 60));
  EVENKEEL_ASSIGN_OR_RETURN(const std::size_t future, CountSetting(context, settings, "future_days", 0, 3660, 550));
  caldav.request.reply_bytes = std::min(bytes, context.limits.calendar_bytes);
  caldav.request.timeout = std::chrono::seconds(seconds);
  caldav.past = std::chrono::days(past);
  caldav.future = std::chrono::days(future);
  return caldav;
}

}  // namespace evenkeel
