// The carriers of times: each function finds what stands in one of them.
#pragma once

#include "evenkeel/reading.h"
#include "read/mention.h"
#include "read/text_times.h"

namespace evenkeel {

// Visible and hidden text, with labels from the elements and texts around it.
void CollectFlows(const Page& page, const ReadOptions& options, Findings* findings);
// The value-class pattern of microformats: takes clocks such as "19:00-08:00" in elements of class "value" out of a flow's text, as mentions.
void CollectValueClocks(const Page& page, const TextSource& source, GlyphText* text, Findings* findings);
// Whether the flow has elements of class "value".
bool MayHoldValueClock(const Page& page, const Flow& flow);
// Of an element with class dt-start, dtstart, dt-end or dtend.
Label LabelOfEventClass(const Element& element);
// Sets Mention::near_date of the text mentions from `first` on.
void BindByStructure(const Page& page, std::size_t first, Findings* findings);
// Attributes: <time>, meta, microdata, microformats, links, titles and data-*.
Status CollectAttributes(const Page& page, const ReadOptions& options, Findings* findings);
// Times in the options of a list that has several of them: nobody can tell which one is meant. After flows and attributes.
void DoubtChoices(const Page& page, Findings* findings);
// Times in reviews, common questions, quotations and footers, what is struck out, and lists of nothing but times. After flows and attributes.
void DoubtAsides(const Page& page, Findings* findings);
// Scripts: JSON-LD, other JSON, JavaScript with its comments; and HTML comments.
Status CollectRawBlocks(const Page& page, const ReadOptions& options, Findings* findings);
// A URL: its query parameters, or a data: calendar.
void CollectLink(std::string_view bytes, Span span, Spelling spelling, const ReadOptions& options, std::size_t element, Findings* findings);
// iCalendar text spelled in `span`.
void CollectCalendar(std::string_view bytes, Span span, Spelling spelling, Carrier carrier, const ReadOptions& options, Findings* findings);
// A comment of the page or of a script.
void CollectComment(std::string_view bytes, Span span, Spelling spelling, const ReadOptions& options, Findings* findings);
// Text that a style sheet puts on the page: content: "4:30 PM".
void CollectStyle(std::string_view bytes, const RawBlock& raw, const ReadOptions& options, Findings* findings);
// JSON with times in it, in a script or an attribute.
Status CollectJson(std::string_view bytes, Span span, bool entities, Carrier carrier, const ReadOptions& options, Findings* findings);
// Code in an event handler attribute, its character references read.
void CollectHandler(std::string_view bytes, Span value, std::size_t element, const ReadOptions& options, Findings* findings);
// The arguments of Date or Date.UTC, three (a day) to seven numbers. False: they are none.
bool AddDateArguments(std::string_view bytes, const std::vector<Span>& numbers, bool utc, std::size_t element, const Label& label, Findings* findings);
// A whole number that is an epoch in seconds or milliseconds near the booking's years; label decides whether it is one.
bool AddEpoch(std::string_view bytes, Span span, Carrier carrier, const Label& label, const ReadOptions& options, Findings* findings);
// An hour, and minutes where they are given, as bare numbers.
void AddHourNumbers(std::string_view bytes, Span hour, std::optional<Span> minute, Carrier carrier, std::size_t element, Findings* findings);
// Once roles are known: those of AddHourNumbers that equal a time of the booking stay kUnknown, the others are kUnrelated.
void DecideHourNumbers(Findings* findings);
struct JsonString;
// Whether it stands in a review, in answers to common questions, or in a reservation of another kind.
bool IsOfSomethingElse(const JsonString& value);
// Whether what stands in an object of that name is of something else: "officeHours", "forecast", "tides".
bool IsNameOfOthers(std::string_view name);
// The label of a value by its own name, or where that says no more than that it is a time ({"start": {"dateTime": …}}), by the name around it.
Label LabelOfProperty(std::string_view name, std::string_view around);
// The role of a schema.org property or iCalendar name; else what the name's words say.
Label LabelOfProperty(std::string_view name);

}  // namespace evenkeel
