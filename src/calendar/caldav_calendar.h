// A calendar on a CalDAV server.
//
// It is listed by the ETags of the events in a span of days (calendar-query); only those that are new or changed are asked for (calendar-multiget),
// and nothing at all where the server says by its sync token that nothing has changed. A change is made on the bytes that a GET brings, as in a
// calendar file: content lines, and no other byte; it is put back on the condition that the event has that ETag, and read again. Before the first
// write of a process the server is tried with one that it must refuse.
//
// An event's version is its ETag, which may come back with the same text: unique_versions is false.
#pragma once

#include <memory>

#include "calendar/caldav_settings.h"

namespace evenkeel {

// The settings are those of include/evenkeel/calendar_adapters.h.
StatusOr<std::unique_ptr<Calendar>> MakeCaldavCalendar(std::shared_ptr<HttpTransport> transport, const AdapterContext& context, const Json& settings);

}  // namespace evenkeel
