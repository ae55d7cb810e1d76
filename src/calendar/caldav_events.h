// The events of a calendar on a CalDAV server, kept from one look to the next. Not safe to call from several threads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar/caldav_server.h"
#include "stores/local/calendar_edit.h"

namespace evenkeel {

// One event as it is stored now. `known.text` is borrowed from `page`.
struct CaldavEvent {
  std::string path;
  DavText tag;
  CalendarPage page;
  KnownEvent known;
};

class CaldavEvents {
 public:
  CaldavEvents(CaldavServer& server, const AdapterContext& context)
      : server_(server), environment_(context.environment), reading_{"", context.name, context.zone, context.zones, context.limits} {}

  StatusOr<EventListing> List();
  // Asked for now, with its bytes. kNotFound: no event has this UID. kInvalidArgument: two have, or it cannot be read.
  StatusOr<CaldavEvent> Find(std::string_view uid);
  // With the place of one of the calendar's paths.
  CalendarReading ReadingOf(const std::string& path) const;

 private:
  // What one path holds: events, and what cannot be read of them.
  struct Held {
    std::string etag;
    std::vector<Event> events;
    std::vector<std::string> faults;
  };
  struct Tags {
    std::map<std::string, std::string> of;  // path → ETag
    std::vector<std::string> faults;        // what the server does not list
  };

  bool IsUnchanged();
  StatusOr<Tags> AskTags() const;
  StatusOr<std::map<std::string, Held>> Fetch(const std::vector<std::string>& paths) const;
  StatusOr<DavAnswer> AskTexts(const std::vector<std::string>& paths, std::size_t at, std::size_t end) const;
  Held Read(const std::string& path, std::string text, std::string etag) const;
  std::vector<std::string> HeldPaths(std::string_view uid) const;
  StatusOr<std::vector<std::string>> AskPaths(std::string_view uid);
  StatusOr<std::optional<CaldavEvent>> FindAt(const std::vector<std::string>& paths, std::string_view uid);
  StatusOr<std::optional<CaldavEvent>> Ask(const std::string& path, std::string_view uid);
  Status TooMany() const;
  Status Refresh();

  CaldavServer& server_;
  Environment* environment_;
  CalendarReading reading_;
  std::map<std::string, Held> held_;
  std::vector<std::string> faults_;  // of the listing itself
  std::string sync_token_;  // of before held_ was asked for
  date::sys_days today_{};
  bool has_looked_ = false;
};

}  // namespace evenkeel
