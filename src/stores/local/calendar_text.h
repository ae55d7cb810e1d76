// The text of an iCalendar file (RFC 5545) as content lines with their place, so that one property can be changed and every other
// byte stays: order, folding, line endings, properties nobody knows.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/span.h"
#include "evenkeel/status.h"

namespace evenkeel {

struct ContentLine {
  Span span;             // with every folded part and the last line ending
  std::size_t line = 0;  // from 1
  std::string name;      // upper case
  std::string head;      // name and parameters as written, unfolded
  std::string value;     // as written, unfolded
  std::string ending;    // "\r\n" or "\n"

  // The value of a parameter without its quotes; empty when it is not there.
  std::string Parameter(std::string_view parameter) const;
};

struct EventText {
  Span span;                       // BEGIN:VEVENT to END:VEVENT, whole lines
  std::size_t line = 0;
  std::vector<ContentLine> lines;  // its own properties; not those of alarms inside it

  const ContentLine* Find(std::string_view name) const;
};

struct CalendarText {
  std::vector<EventText> events;  // in the order of the file
  std::map<std::string, std::string> zones;  // TZID → X-LIC-LOCATION, which may be empty; what the first of two says
};

// kInvalidArgument names the line: no calendar at all (an HTML page, say), a line without a colon, components that do not close.
StatusOr<CalendarText> ReadCalendarText(std::string_view text);

// RFC 5545 section 3.3.11.
std::string EscapeText(std::string_view text);
std::string UnescapeText(std::string_view value);
// "HEAD:VALUE" folded at 75 octets between characters, every line with `ending`.
std::string FoldLine(const std::string& head, const std::string& value, const std::string& ending);

}  // namespace evenkeel
