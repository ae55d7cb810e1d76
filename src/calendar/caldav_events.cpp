#include "calendar/caldav_events.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "text/fold.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

constexpr std::size_t kBatch = 64;      // events in one answer
constexpr const char* kSpaces = " xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"";

std::string DayText(date::sys_days day) {
  const Date date(day);
  char text[48];
  std::snprintf(text, sizeof text, "%04d%02u%02uT000000Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::string QueryOf(const std::string& filter) {
  return std::string("<C:calendar-query") + kSpaces + "><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\">" + filter +
         "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";
}

bool IsThere(const DavResource& resource) { return resource.status / 100 == 2; }
bool IsGone(const DavResource& resource) { return resource.status == 404 || resource.status == 410; }

// To compare: what may be written as it is or by its number is written as it is.
std::string NormalPath(std::string_view path) {
  std::string normal;
  for (std::size_t i = 0; i < path.size(); ++i) {
    unsigned code = 0;
    const bool is_escape = path[i] == '%' && i + 2 < path.size() && std::from_chars(path.data() + i + 1, path.data() + i + 3, code, 16).ptr == path.data() + i + 3;
    if (!is_escape) {
      normal += path[i];
      continue;
    }
    const char c = static_cast<char>(code);
    const bool is_plain = IsAsciiLetter(c) || IsAsciiDigit(c) || std::string_view("-._~@:!$&'()*+,;=").find(c) != std::string_view::npos;
    if (is_plain) normal += c;
    else normal += "%" + FoldCase(path.substr(i + 1, 2));
    i += 2;
  }
  return normal;
}

}  // namespace

CalendarReading CaldavEvents::ReadingOf(const std::string& path) const {
  CalendarReading reading = reading_;
  reading.place = server_.PlaceOf(path);
  return reading;
}

// Whether the server says that nothing has changed since the last look. A token that it has forgotten, or a server that knows none, is no fault:
// everything is asked for.
bool CaldavEvents::IsUnchanged() {
  if (!has_looked_ || sync_token_.empty() || today_ != date::floor<date::days>(environment_->Now())) return false;
  const auto answer = server_.Report(std::string("<D:sync-collection") + kSpaces + "><D:sync-token>" + EscapeXml(sync_token_) +
                                         "</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>", "0");
  return answer.ok() && answer->resources.empty();
}

StatusOr<CaldavEvents::Tags> CaldavEvents::AskTags() const {
  const auto today = date::floor<date::days>(environment_->Now());
  const std::string from = DayText(today - server_.settings().past), to = DayText(today + server_.settings().future + date::days(1));
  EVENKEEL_ASSIGN_OR_RETURN(const DavAnswer answer, server_.Report(QueryOf("<C:time-range start=\"" + from + "\" end=\"" + to + "\"/>"), "1"));
  Tags tags;
  for (const DavResource& one : answer.resources) {
    if (IsThere(one)) tags.of[one.path] = TagOf(one.properties.TextOf("getetag")).etag;
    else if (!IsGone(one)) tags.faults.push_back(server_.PlaceOf(one.path) + ": the server does not list all of it (" + std::to_string(one.status) + ")");
  }
  return tags;
}

CaldavEvents::Held CaldavEvents::Read(const std::string& path, std::string text, std::string etag) const {
  const CalendarReading reading = ReadingOf(path);
  Held held;
  held.etag = std::move(etag);
  auto page = ReadForeignPage(std::move(text), reading);
  if (!page.ok()) {
    held.faults.push_back(page.status().message());
    return held;
  }
  for (const KnownEvent& known : KnowEvents(*page, reading)) {
    if (!known.problem.ok()) held.faults.push_back(known.problem.message());
    else held.events.push_back(known.event);
  }
  for (Event& event : held.events) event.version = held.etag;
  return held;
}

StatusOr<DavAnswer> CaldavEvents::AskTexts(const std::vector<std::string>& paths, std::size_t at, std::size_t end) const {
  std::string body = std::string("<C:calendar-multiget") + kSpaces + "><D:prop><D:getetag/><C:calendar-data/></D:prop>";
  for (; at < end; ++at) body += "<D:href>" + EscapeXml(paths[at]) + "</D:href>";
  return server_.Report(body + "</C:calendar-multiget>", "1");
}

StatusOr<std::map<std::string, CaldavEvents::Held>> CaldavEvents::Fetch(const std::vector<std::string>& paths) const {
  std::map<std::string, Held> fetched;
  std::size_t events = 0, batch = kBatch;
  for (std::size_t at = 0; at < paths.size();) {
    const std::size_t end = std::min(at + batch, paths.size());
    StatusOr<DavAnswer> answer = AskTexts(paths, at, end);
    if (answer.code() == Code::kLimitExceeded && end > at + 1) {
      batch = (end - at) / 2;
      continue;
    }
    if (answer.code() == Code::kLimitExceeded) answer = DavAnswer{{}, {}};  // this one alone is too large
    if (!answer.ok()) return answer.status();
    std::map<std::string, DavResource*> told;  // a server may write an address in another way than it was asked
    for (DavResource& one : answer->resources) told[NormalPath(one.path)] = &one;
    for (; at < end; ++at) {
      const auto one = told.find(NormalPath(paths[at]));
      if (one != told.end() && IsGone(*one->second)) continue;
      Held& held = fetched[paths[at]];
      if (one != told.end() && IsThere(*one->second)) {
        const XmlElement& properties = one->second->properties;
        held = Read(paths[at], properties.TextOf("calendar-data"), TagOf(properties.TextOf("getetag")).etag);
      } else {
        held.faults.push_back(server_.PlaceOf(paths[at]) + ": the server does not send it, or it has more than max_bytes");
      }
      events += held.events.size();
    }
    if (events > reading_.limits.calendar_events) return TooMany();
  }
  return fetched;
}

Status CaldavEvents::TooMany() const {
  return {Code::kLimitExceeded, server_.Place() + ": it has more than " + std::to_string(reading_.limits.calendar_events) + " events (limit calendar_events)", reading_.store};
}

Status CaldavEvents::Refresh() {
  if (IsUnchanged()) return OkStatus();
  EVENKEEL_ASSIGN_OR_RETURN(const DavResource calendar, server_.FindCalendar());
  const auto today = date::floor<date::days>(environment_->Now());
  EVENKEEL_ASSIGN_OR_RETURN(Tags tags, AskTags());
  if (tags.of.size() > reading_.limits.calendar_events) return TooMany();
  std::vector<std::string> wanted;
  std::map<std::string, Held> next;
  for (const auto& [path, etag] : tags.of) {
    const auto before = held_.find(path);
    if (before != held_.end() && !etag.empty() && before->second.etag == etag) next[path] = before->second;
    else wanted.push_back(path);
  }
  EVENKEEL_ASSIGN_OR_RETURN(auto fetched, Fetch(wanted));
  next.merge(std::move(fetched));
  std::size_t events = 0;
  for (const auto& [path, held] : next) events += held.events.size();
  if (events > reading_.limits.calendar_events) return TooMany();
  held_ = std::move(next);
  faults_ = std::move(tags.faults);
  sync_token_ = calendar.properties.TextOf("sync-token");
  today_ = today;
  has_looked_ = true;
  return OkStatus();
}

StatusOr<EventListing> CaldavEvents::List() {
  EVENKEEL_RETURN_IF_ERROR(Refresh());
  EventListing listing;
  const auto note = [&](const std::string& why) {
    listing.complete = false;
    AddReason(listing.why_incomplete, why);
  };
  for (const std::string& fault : faults_) note(fault);
  for (const auto& [path, held] : held_) {
    for (const std::string& fault : held.faults) note(fault);
    listing.events.insert(listing.events.end(), held.events.begin(), held.events.end());
  }
  std::vector<Event>& events = listing.events;
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.uid < b.uid; });
  std::vector<Event> kept;
  for (std::size_t at = 0, next = 0; at < events.size(); at = next) {
    for (next = at + 1; next < events.size() && events[next].uid == events[at].uid;) ++next;
    if (next == at + 1) kept.push_back(std::move(events[at]));
    else note(server_.Place() + ": several events have the UID " + ShowText(events[at].uid) + "; none of them is read");
  }
  events = std::move(kept);
  return listing;
}

std::vector<std::string> CaldavEvents::HeldPaths(std::string_view uid) const {
  std::vector<std::string> paths;
  for (const auto& [path, held] : held_) {
    if (std::any_of(held.events.begin(), held.events.end(), [&](const Event& event) { return event.uid == uid; })) paths.push_back(path);
  }
  return paths;
}

// Where the server has it now. Its search finds parts of UIDs, too, and some servers have none: then everything is listed.
StatusOr<std::vector<std::string>> CaldavEvents::AskPaths(std::string_view uid) {
  EVENKEEL_RETURN_IF_ERROR(server_.FindCalendar().status());
  const auto answer = server_.Report(QueryOf("<C:prop-filter name=\"UID\"><C:text-match>" + EscapeXml(uid) + "</C:text-match></C:prop-filter>"), "1");
  std::vector<std::string> some, paths;
  for (const DavResource& one : answer.ok() ? answer->resources : std::vector<DavResource>{}) {
    if (IsThere(one)) some.push_back(one.path);
  }
  if (some.size() <= kBatch) {
    EVENKEEL_ASSIGN_OR_RETURN(const auto fetched, Fetch(some));
    for (const auto& [path, held] : fetched) {
      const bool has_it = std::any_of(held.events.begin(), held.events.end(), [&](const Event& event) { return event.uid == uid; });
      if (has_it || !held.faults.empty()) paths.push_back(path);
    }
  }
  if (!paths.empty()) return paths;
  EVENKEEL_RETURN_IF_ERROR(Refresh());
  return HeldPaths(uid);
}

// nullopt: it is not there, or another.
StatusOr<std::optional<CaldavEvent>> CaldavEvents::Ask(const std::string& path, std::string_view uid) {
  auto tag = server_.Get(path);
  if (tag.code() == Code::kNotFound) return std::optional<CaldavEvent>();
  if (!tag.ok()) return tag.status();
  CaldavEvent event;
  event.path = path;
  const CalendarReading reading = ReadingOf(path);
  EVENKEEL_ASSIGN_OR_RETURN(event.page, ReadForeignPage(std::move(tag->bytes), reading));
  event.tag = {{}, std::move(tag->etag), tag->weak};
  auto known = FindKnown(KnowEvents(event.page, reading), uid, reading);
  if (known.code() == Code::kNotFound) return std::optional<CaldavEvent>();
  if (!known.ok()) return known.status();
  event.known = *std::move(known);
  event.known.event.version = event.tag.etag;
  return std::optional<CaldavEvent>(std::move(event));
}

StatusOr<std::optional<CaldavEvent>> CaldavEvents::FindAt(const std::vector<std::string>& paths, std::string_view uid) {
  std::optional<CaldavEvent> found;
  for (const std::string& path : paths) {
    EVENKEEL_ASSIGN_OR_RETURN(auto one, Ask(path, uid));
    if (!one) continue;
    if (found) return Status(Code::kInvalidArgument, server_.Place() + ": two events have this UID; remove one of them", reading_.store + ":" + std::string(uid));
    found = std::move(one);
  }
  return found;
}

StatusOr<CaldavEvent> CaldavEvents::Find(std::string_view uid) {
  EVENKEEL_ASSIGN_OR_RETURN(auto found, FindAt(HeldPaths(uid), uid));
  if (!found) {
    EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> paths, AskPaths(uid));
    EVENKEEL_ASSIGN_OR_RETURN(found, FindAt(paths, uid));
  }
  if (!found) return Status(Code::kNotFound, server_.Place() + " has no such event", reading_.store + ":" + std::string(uid));
  return *std::move(found);
}

}  // namespace evenkeel
