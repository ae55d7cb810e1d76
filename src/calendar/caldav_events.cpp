#include "calendar/caldav_events.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "text/reasons.h"

namespace evenkeel {
namespace {

constexpr std::size_t kBatch = 64;      // events in one answer
constexpr std::size_t kTwinsMax = 8;    // paths that may hold one UID
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

}  // namespace

CalendarReading CaldavEvents::ReadingOf(const std::string& path) const {
  CalendarReading reading = reading_;
  reading.place = server_.PlaceOf(path);
  return reading;
}

// Whether the server says that nothing has changed since the last look.
StatusOr<bool> CaldavEvents::IsUnchanged() {
  if (!has_looked_ || sync_token_.empty() || today_ != date::floor<date::days>(environment_->Now())) return false;
  const auto answer = server_.Report(std::string("<D:sync-collection") + kSpaces + "><D:sync-token>" + EscapeXml(sync_token_) +
                                         "</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>", "0");
  if (answer.ok()) return answer->resources.empty();
  // A token that the server has forgotten, or a server that knows none, is no fault: everything is asked for.
  const bool is_refused = answer.code() == Code::kInvalidArgument || answer.code() == Code::kPermissionDenied || answer.code() == Code::kNotFound;
  if (is_refused) return false;
  return answer.status();
}

StatusOr<CaldavEvents::Tags> CaldavEvents::AskTags() const {
  const std::string from = DayText(today_ - server_.settings().past), to = DayText(today_ + server_.settings().future + date::days(1));
  EVENKEEL_ASSIGN_OR_RETURN(const DavAnswer answer, server_.Report(QueryOf("<C:time-range start=\"" + from + "\" end=\"" + to + "\"/>"), "1"));
  Tags tags;
  for (const DavResource& one : answer.resources) {
    if (IsThere(one)) tags[one.path] = TagOf(one.properties.TextOf("getetag")).etag;
  }
  const std::size_t most = reading_.limits.calendar_events;
  if (tags.size() <= most) return tags;
  return Status(Code::kLimitExceeded, server_.Place() + ": it has more than " + std::to_string(most) + " events (limit calendar_events)", reading_.store);
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

StatusOr<std::map<std::string, CaldavEvents::Held>> CaldavEvents::Fetch(const std::vector<std::string>& paths) const {
  std::map<std::string, Held> fetched;
  for (std::size_t at = 0; at < paths.size(); at += kBatch) {
    const std::size_t end = std::min(at + kBatch, paths.size());
    std::string body = std::string("<C:calendar-multiget") + kSpaces + "><D:prop><D:getetag/><C:calendar-data/></D:prop>";
    for (std::size_t i = at; i < end; ++i) body += "<D:href>" + EscapeXml(paths[i]) + "</D:href>";
    EVENKEEL_ASSIGN_OR_RETURN(DavAnswer answer, server_.Report(body + "</C:calendar-multiget>", "1"));
    for (DavResource& one : answer.resources) {
      if (!IsThere(one)) continue;  // gone since
      fetched[one.path] = Read(one.path, one.properties.TextOf("calendar-data"), TagOf(one.properties.TextOf("getetag")).etag);
    }
    for (std::size_t i = at; i < end; ++i) {
      const bool is_told = std::any_of(answer.resources.begin(), answer.resources.end(), [&](const DavResource& one) { return one.path == paths[i]; });
      if (!is_told) fetched[paths[i]].faults.push_back(server_.PlaceOf(paths[i]) + ": the server does not send it");
    }
  }
  return fetched;
}

Status CaldavEvents::Refresh() {
  EVENKEEL_ASSIGN_OR_RETURN(const bool unchanged, IsUnchanged());
  if (unchanged) return OkStatus();
  EVENKEEL_ASSIGN_OR_RETURN(const DavResource calendar, server_.FindCalendar());
  today_ = date::floor<date::days>(environment_->Now());
  EVENKEEL_ASSIGN_OR_RETURN(const Tags tags, AskTags());
  std::vector<std::string> wanted;
  std::map<std::string, Held> next;
  for (const auto& [path, etag] : tags) {
    const auto before = held_.find(path);
    if (before != held_.end() && !etag.empty() && before->second.etag == etag) next[path] = std::move(before->second);
    else wanted.push_back(path);
  }
  held_.clear();
  has_looked_ = false;
  EVENKEEL_ASSIGN_OR_RETURN(auto fetched, Fetch(wanted));
  next.merge(std::move(fetched));
  held_ = std::move(next);
  sync_token_ = calendar.properties.TextOf("sync-token");
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

// Where it may be: what was listed, and else what the server finds.
StatusOr<std::vector<std::string>> CaldavEvents::PathsOf(std::string_view uid) const {
  std::vector<std::string> paths;
  for (const auto& [path, held] : held_) {
    if (std::any_of(held.events.begin(), held.events.end(), [&](const Event& event) { return event.uid == uid; })) paths.push_back(path);
  }
  if (!paths.empty()) return paths;
  EVENKEEL_ASSIGN_OR_RETURN(const DavAnswer answer, server_.Report(QueryOf("<C:prop-filter name=\"UID\"><C:text-match>" + EscapeXml(uid) + "</C:text-match></C:prop-filter>"), "1"));
  for (const DavResource& one : answer.resources) {
    if (IsThere(one)) paths.push_back(one.path);
  }
  return paths;
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

StatusOr<CaldavEvent> CaldavEvents::Find(std::string_view uid) {
  if (!has_looked_) EVENKEEL_RETURN_IF_ERROR(server_.FindCalendar().status());
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<std::string> paths, PathsOf(uid));
  const std::string resource = reading_.store + ":" + std::string(uid);
  std::optional<CaldavEvent> found;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (i == kTwinsMax) return Status(Code::kLimitExceeded, server_.Place() + ": more than " + std::to_string(kTwinsMax) + " events have this UID or one that holds it", resource);
    EVENKEEL_ASSIGN_OR_RETURN(auto one, Ask(paths[i], uid));
    if (!one) continue;
    if (found) return Status(Code::kInvalidArgument, server_.Place() + ": two events have this UID; remove one of them", resource);
    found = std::move(one);
  }
  if (!found) return Status(Code::kNotFound, server_.Place() + " has no such event", resource);
  return *std::move(found);
}

}  // namespace evenkeel
