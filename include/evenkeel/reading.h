// Reading: all that one page says, each statement with the bytes that say it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/limits.h"
#include "evenkeel/span.h"
#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

// What a time is for.
enum class Role : std::uint8_t { kStart, kEnd, kStartEnd, kArrival, kCutoff, kSwitch, kUnrelated, kUnknown };
std::string_view RoleName(Role role);  // "start_end"

// Where it stands.
enum class Carrier : std::uint8_t {
  kText, kAttribute, kTimeElement, kJsonLd, kMicrodata, kMicroformat, kMeta, kLink, kScript, kComment
};
std::string_view CarrierName(Carrier carrier);  // "json_ld"

// One mention of a wall-clock time or range. Times are in the booking's zone; `instant` is UTC.
struct TimeReference {
  std::string text;  // as written, markup and entities included; UTF-8 with U+FFFD for what is not
  Role role = Role::kUnknown;
  Carrier carrier = Carrier::kText;
  // Minutes from midnight. A single time stands in start, or in end when that is its role.
  std::optional<int> start;
  std::optional<int> end;
  std::optional<Date> date;
  std::optional<Date> end_date;   // only where it differs from date
  bool date_relative = false;     // `date` counts from a day that the page does not name ("tomorrow"): no claim of a date
  std::string zone;               // as written beside it ("PT", "+00:00", "Z"); empty: none
  std::optional<Instant> instant; // of the single time, or of start, where the page states one: as an instant, or as a clock with its date, year and zone
  Span span;                      // the whole mention
  std::optional<Span> start_span; // the start's own bytes (of a single time: its clock)
  std::optional<Span> end_span;
  std::size_t line = 0;           // 1-based line of span.begin
  bool hidden = false;            // a guest does not see it (hidden element, attribute, script, …)
  std::string why;                // why this role and these values, for people

  friend bool operator==(const TimeReference&, const TimeReference&) = default;
};

struct DateReference {
  std::string text;
  int year = 0;
  unsigned month = 0;  // 0: only the year is written
  unsigned day = 0;    // 0: no day is written
  Carrier carrier = Carrier::kText;
  Span span;
  std::size_t line = 0;
  std::string why;     // e.g. that a weekday beside it contradicts it; empty: nothing to say

  friend bool operator==(const DateReference&, const DateReference&) = default;
};

// Something the page can do. complete is false when only part of the evidence is there (a form with no handler).
struct Feature {
  std::string name;
  bool complete = false;
  std::vector<Span> spans;  // one for each piece of evidence
  std::string why;          // what is there and what is missing

  friend bool operator==(const Feature&, const Feature&) = default;
};

// A token that may name a booking: kind is "booking", "code", "listing", "card", "slug" or "canonical".
struct PageIdentifier {
  std::string kind;
  std::string value;
  Span span;
  std::size_t line = 0;

  friend bool operator==(const PageIdentifier&, const PageIdentifier&) = default;
};

// How the bytes of a value are spelled: what a new one has to escape there.
enum class ValueSpelling : std::uint8_t {
  kMarkup,           // text of the page
  kAttribute,
  kString,           // in JSON or a script
  kAttributeString,  // in JSON in an attribute
  kNumber,           // in JSON: digits alone
};

// A value other than a time that a label or the name of a property gives ("Captain: Gene", "6 guests", "partySize": 6): field is the registry's
// name of it.
struct Statement {
  std::string field;
  std::string text;  // the value as written, decoded
  Span span;         // the value's bytes, without its label
  std::size_t line = 0;
  std::string why;
  Carrier carrier = Carrier::kText;
  ValueSpelling spelling = ValueSpelling::kMarkup;

  friend bool operator==(const Statement&, const Statement&) = default;
};

struct Reading {
  std::size_t bytes = 0;
  std::size_t lines = 0;   // newline bytes, as `wc -l` counts
  std::string engine;      // what read it: "tokens" (our tokenizer), "gumbo" (the parser, where that left a doubt), "icalendar" or "text"
  std::size_t work = 0;    // counted, as Limits::page_work and edit_work count
  std::string redirect_to; // target of a page that only redirects (our own retired pages); empty otherwise
  std::vector<TimeReference> times;           // by span
  std::vector<DateReference> dates;           // by span
  std::vector<Feature> features;              // by name
  std::vector<PageIdentifier> identifiers;    // by span
  std::vector<Statement> statements;          // by span

  friend bool operator==(const Reading&, const Reading&) = default;
};

// A rule of the feature catalogue: data, so that a fleet file can add its own. The feature is complete when every
// evidence item is found, partial when some but not all of the required ones are.
struct FeatureEvidence {
  enum class Kind : std::uint8_t {
    kElement,      // a start tag with this name; with attribute/value given it must have them
    kScriptToken,  // this text occurs in an inline script (case-sensitive)
    kScriptAny,    // any of the texts, separated by '|', occurs in an inline script
    kText,         // visible text contains it (ASCII case folded)
  } kind = Kind::kElement;
  std::string element;    // kElement: tag name, "*" for any
  std::string attribute;  // kElement: attribute name, empty for none needed
  std::string value;      // kElement: text the attribute must contain (ASCII case folded), '|' for or; else the token(s)
  bool anchor = false;    // without this item nothing is reported, not even a partial feature

  friend bool operator==(const FeatureEvidence&, const FeatureEvidence&) = default;
};
struct FeatureRule {
  std::string name;
  std::string description;
  std::vector<FeatureEvidence> evidence;

  friend bool operator==(const FeatureRule&, const FeatureRule&) = default;
};
// The built-in catalogue, by name.
const std::vector<FeatureRule>& BuiltInFeatureRules();

// Which values stand for a time field's role on a page.
struct ReadOptions {
  std::optional<Date> date;              // the booking's date, which anchors weekdays and relative dates
  std::string zone = "UTC";              // the booking's IANA zone
  const ZoneSource* zones = nullptr;     // required where instants are to be placed on the wall clock; borrowed
  std::vector<FeatureRule> extra_features;
  bool day_first = false;                // 05/06/2026 is 5 June
  int sailing_begin = 7 * 60;            // a bare hour is taken into [begin, begin + 12 h) when nothing else decides
  Limits limits;
  // Called between units of counted work; returning false ends the read with kUnavailable. May be empty.
  std::function<bool()> keep_going;
};

// Reads an HTML page (or raw iCalendar text). Pure; safe from many threads. Bytes are borrowed for the call.
// kInvalidArgument: UTF-16, UTF-32 or a known binary format. kLimitExceeded: a limit, named.
StatusOr<Reading> ReadPage(std::string_view bytes, const ReadOptions& options);

// Reads a line of plain text (an event's summary, a card's title) by the same grammar; spans count in `text`.
StatusOr<Reading> ReadText(std::string_view text, const ReadOptions& options);

}  // namespace evenkeel
