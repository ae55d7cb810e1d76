// evenkeel::calendar: calendars and listings that are on other hosts. An adapter "caldav", for a fleet file's calendars:
//
//   "adapter": "caldav"     a calendar on a CalDAV server (RFC 4791), which is read and written
//     "url"               the calendar's own address, "https://dav.example.com/calendars/crew/", or its server's or its user's, where
//                         the server says which calendars there are ("/.well-known/caldav" is tried, too)
//     "calendar"          one of several, by the name it is shown by or the last part of its address
//     "user"              for Basic authentication, the only one, with the password on the first line of
//     "password_file"     this file, by a path relative to the fleet file; it is read anew for each request and stands in no message
//     "past_days"         events from so many days before today, 60 by default,
//     "future_days"       to so many after it, 550 by default, are listed; at most 3660 both
//     "max_bytes"         of one answer, 8388608 by default; never more than the limit calendar_bytes
//     "insecure" "timeout_s"   as of a feed
//
// An event's version is its ETag, and every write is conditional on it (If-Match); a write that is not sure to have failed is looked up. A
// change replaces the content lines of what it names, with DTSTAMP, LAST-MODIFIED and SEQUENCE where they are there. Before the first write of
// a process the server is tried: an event of our own ("evenkeel-probe-NUMBER", in 1970) is made, written over under a condition that does not
// hold, and taken away. Where that is not refused, or cannot be tried, nothing is written; what could not be taken away is named. Series are listed as one event that repeats, whose times are left alone. The store counts as
// remote: several machines need one state, or "single_host" in the policy.
//
// An adapter "feed", for calendars and for listings:
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
