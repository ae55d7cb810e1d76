// evenkeel::calendar: calendars and listings that are on other hosts. An adapter "feed", for a fleet file's calendars and for its listings:
//
//   "adapter": "feed"       an iCalendar file at an address, which can only be read
//     "url"               "https://www.example.com/calendar/3f2a.ics" (or webcal://). Whoever has it can read the feed, so that no
//                         message, plan or journal shows more of it than the host
//     "insecure"          true: an address with http:// is asked all the same; without it this machine alone is, past every proxy
//     "max_bytes"         of the whole feed, 8388608 by default; never more than the limit calendar_bytes
//     "timeout_s"         for the whole answer, redirects with it, 1 to 600; 30 by default
//     "past_days"         of an event that repeats those occasions are read that begin from so many days before today, 60 by default,
//     "future_days"       to so many after it, 550 by default; at most 3660 both
//
// Every event that is no series is read, whenever it is. Of a series (RRULE, RDATE) each occasion is an event of its own with the uid
// "UID/2026-05-30T16:30", the start that the series gives it; EXDATE and changed occasions (RECURRENCE-ID) are followed. What cannot be
// read (no UID, two events with one, a rule of several times a day) is left out and named, and then the feed counts as incomplete. The
// version of an event is of its text without DTSTAMP.
// A feed is asked again whenever it is read, with what its last answer said of itself (ETag, Last-Modified), so that one that has not
// changed is not sent again. As a listing each event is an entry: its uid is the id, its summary the title, and date, start and end are
// by the wall clock of the fleet. Changes are tasks for a person, on the system that publishes the feed.
// Servers prove their names by the system's certificates, or by the file that SSL_CERT_FILE names.
#pragma once

#include <memory>

#include "evenkeel/fleet.h"
#include "evenkeel/http_transport.h"

namespace evenkeel {

// A host's own way to other hosts, shared by all stores, in the place of libcurl, which each store has for itself.
struct CalendarOptions {
  std::shared_ptr<HttpTransport> transport;
};
void RegisterCalendarAdapters(AdapterRegistry& registry, const CalendarOptions& options = {});

}  // namespace evenkeel
