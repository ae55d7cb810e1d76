// ReadPage and ReadText: the stages of reading in order.
#include "evenkeel/reading.h"

#include <algorithm>
#include <numeric>

#include "read/bytes.h"
#include "read/carriers.h"
#include "read/encoding.h"
#include "read/features.h"
#include "read/resolve.h"
#include "read/text_times.h"
#include "read/understand.h"

namespace evenkeel {
namespace {

bool KeepGoing(const ReadOptions& options) { return !options.keep_going || options.keep_going(); }

Status Stopped() { return Status(Code::kUnavailable, "reading was stopped by the host"); }

// Line numbers by binary search over line starts.
class LineIndex {
 public:
  explicit LineIndex(std::string_view bytes) {
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) ends_.push_back(at);
  }
  std::size_t LineOf(std::size_t at) const {
    return static_cast<std::size_t>(std::lower_bound(ends_.begin(), ends_.end(), at) - ends_.begin()) + 1;
  }
  std::size_t count() const { return ends_.size(); }

 private:
  std::vector<std::size_t> ends_;
};

// Order by span, leaving out what overlaps something that began earlier.
template <typename Item, typename SpanOf>
std::vector<std::size_t> OrderBySpan(const std::vector<Item>& items, SpanOf span_of) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Span x = span_of(items[a]);
    const Span y = span_of(items[b]);
    return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
  });
  std::vector<std::size_t> kept;
  std::size_t end = 0;
  for (const std::size_t i : order) {
    const Span span = span_of(items[i]);
    if (span.empty() || (!kept.empty() && span.begin < end)) continue;
    end = span.end;
    kept.push_back(i);
  }
  return kept;
}

// Puts minutes and spans of the endpoints where the public reference has them.
void FillEndpoints(Mention* mention) {
  TimeReference& ref = mention->ref;
  ref.start.reset();
  ref.end.reset();
  if (mention->ref.role == Role::kEnd && !mention->end) {
    ref.end = mention->start.minutes;
    ref.end_span = mention->start.span;
    return;
  }
  ref.start = mention->start.minutes;
  ref.start_span = mention->start.span;
  if (mention->lasts && ref.start) ref.end = (*ref.start + *mention->lasts) % (24 * 60);
  if (!mention->end && !ref.end) return;
  if (mention->end) {
    ref.end = mention->end->minutes;
    ref.end_span = mention->end->span;
  }
  if (ref.date && ref.start && ref.end && *ref.end <= *ref.start) ref.end_date = Date(date::sys_days(*ref.date) + date::days(1));
}

void FillTimes(std::string_view bytes, const LineIndex& lines, Understanding* understanding) {
  std::vector<Mention>& mentions = understanding->findings.mentions;
  understanding->mention_of_time = OrderBySpan(mentions, [](const Mention& mention) { return mention.ref.span; });
  for (const std::size_t i : understanding->mention_of_time) {
    FillEndpoints(&mentions[i]);
    TimeReference& ref = mentions[i].ref;
    ref.text = ToUtf8Lossy(ref.span.In(bytes));
    ref.line = lines.LineOf(ref.span.begin);
    understanding->reading.times.push_back(ref);
  }
}

void FillDates(std::string_view bytes, const LineIndex& lines, Understanding* understanding) {
  std::vector<DateMention>& dates = understanding->findings.dates;
  for (const std::size_t i : OrderBySpan(dates, [](const DateMention& date) { return date.ref.span; })) {
    if (dates[i].ref.year == 0) continue;  // a day without any year near it says nothing certain
    const bool loose = dates[i].relative != RelativeDay::kNone && !dates[i].weekday && !dates[i].touched;
    if (loose) continue;  // "book today"
    dates[i].ref.text = ToUtf8Lossy(dates[i].ref.span.In(bytes));
    dates[i].ref.line = lines.LineOf(dates[i].ref.span.begin);
    understanding->date_of_date.push_back(i);
    understanding->reading.dates.push_back(dates[i].ref);
  }
}

void FillRest(const LineIndex& lines, std::vector<PageIdentifier> identifiers, std::vector<Statement> statements, Reading* reading) {
  const auto by_span = [](const auto& a, const auto& b) { return a.span < b.span; };
  std::sort(identifiers.begin(), identifiers.end(), by_span);
  const auto same = [](const PageIdentifier& a, const PageIdentifier& b) { return a.span == b.span && a.kind == b.kind; };
  identifiers.erase(std::unique(identifiers.begin(), identifiers.end(), same), identifiers.end());
  for (PageIdentifier& identifier : identifiers) identifier.line = lines.LineOf(identifier.span.begin);
  for (Statement& statement : statements) statement.line = lines.LineOf(statement.span.begin);
  reading->identifiers = std::move(identifiers);
  reading->statements = std::move(statements);
}

Status CheckCount(const Findings& findings, const Limits& limits) {
  if (findings.mentions.size() + findings.dates.size() > limits.page_references) {
    return Status(Code::kLimitExceeded, "the page mentions more than " + std::to_string(limits.page_references) + " times and dates (page_references)");
  }
  if (findings.WorkDone() <= limits.page_work) return OkStatus();
  return Status(Code::kLimitExceeded, "the page's text, times and scripts are more work to read than " + std::to_string(limits.page_work) +
                                          " bytes of text (page_work); raise the limit only for a page you trust");
}

bool IsCalendarText(std::string_view bytes) {
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
  return EqualsFolded(TrimSpaces(bytes.substr(0, 64)).substr(0, 15), "BEGIN:VCALENDAR");
}

StatusOr<Understanding> UnderstandCalendar(std::string_view bytes, const ReadOptions& options) {
  Understanding understanding;
  understanding.findings.most = options.limits.page_references;
  understanding.findings.work_most = options.limits.page_work;
  understanding.findings.work.Raw(bytes.size());
  CollectCalendar(bytes, {0, bytes.size()}, Spelling{}, Carrier::kText, options, &understanding.findings);
  EVENKEEL_RETURN_IF_ERROR(CheckCount(understanding.findings, options.limits));
  ResolveFindings(options, &understanding.findings);
  understanding.reading.engine = "icalendar";
  return understanding;
}

StatusOr<Understanding> UnderstandHtml(std::string_view bytes, const LineIndex& lines, const ReadOptions& options, ReadEngine engine) {
  EVENKEEL_ASSIGN_OR_RETURN(PageStream stream, FeedPage(bytes, engine, options.limits, options.keep_going));
  EVENKEEL_ASSIGN_OR_RETURN(Page page, BuildPage(bytes, std::move(stream), options.limits));
  if (!KeepGoing(options)) return Stopped();
  Understanding understanding;
  Findings& findings = understanding.findings;
  findings.most = options.limits.page_references;
  findings.work = page.stream.work;
  findings.work_most = options.limits.page_work;
  CollectFlows(page, options, &findings);
  EVENKEEL_RETURN_IF_ERROR(CheckCount(findings, options.limits));
  if (!KeepGoing(options)) return Stopped();
  EVENKEEL_RETURN_IF_ERROR(CollectAttributes(page, options, &findings));
  EVENKEEL_RETURN_IF_ERROR(CheckCount(findings, options.limits));
  DoubtChoices(page, &findings);
  DoubtAsides(page, &findings);
  EVENKEEL_RETURN_IF_ERROR(CollectRawBlocks(page, options, &findings));
  EVENKEEL_RETURN_IF_ERROR(CheckCount(findings, options.limits));
  std::vector<Statement> statements = FindStatements(page, &findings);
  EVENKEEL_RETURN_IF_ERROR(CheckCount(findings, options.limits));
  if (!KeepGoing(options)) return Stopped();
  ResolveFindings(options, &findings);
  understanding.reading.engine = page.stream.engine;
  understanding.reading.features = FindFeatures(page, options.extra_features);
  understanding.reading.redirect_to = FindRedirect(page);
  FillRest(lines, FindIdentifiers(page), std::move(statements), &understanding.reading);
  understanding.stream = std::move(page.stream);
  return understanding;
}

}  // namespace

StatusOr<Understanding> UnderstandPage(std::string_view bytes, const ReadOptions& options, ReadEngine engine) {
  if (bytes.size() > options.limits.page_bytes) {
    return Status(Code::kLimitExceeded, "the page has " + std::to_string(bytes.size()) + " bytes, more than " + std::to_string(options.limits.page_bytes) + " (page_bytes)");
  }
  EVENKEEL_RETURN_IF_ERROR(CheckEncoding(bytes));
  const LineIndex lines(bytes);
  StatusOr<Understanding> understanding = IsCalendarText(bytes) ? UnderstandCalendar(bytes, options) : UnderstandHtml(bytes, lines, options, engine);
  if (!understanding.ok()) return understanding;
  understanding->reading.bytes = bytes.size();
  understanding->reading.lines = lines.count();
  understanding->reading.work = understanding->findings.WorkDone();
  FillTimes(bytes, lines, &*understanding);
  FillDates(bytes, lines, &*understanding);
  return understanding;
}

StatusOr<Understanding> UnderstandText(std::string_view text, const ReadOptions& options) {
  if (text.size() > options.limits.text_bytes) {
    return Status(Code::kLimitExceeded, "the text has more than " + std::to_string(options.limits.text_bytes) + " bytes (text_bytes)");
  }
  const LineIndex lines(text);
  Understanding understanding;
  GlyphText glyphs;
  glyphs.Append(text, {0, text.size()}, Spelling{});
  CollectText(glyphs, TextSource{.bytes = text, .carrier = Carrier::kText, .day_first = options.day_first, .known = options.date}, &understanding.findings);
  EVENKEEL_RETURN_IF_ERROR(CheckCount(understanding.findings, options.limits));
  ResolveFindings(options, &understanding.findings);
  understanding.reading.engine = "text";
  understanding.reading.bytes = text.size();
  understanding.reading.lines = lines.count();
  FillRest(lines, FindTextIdentifiers(glyphs), FindTextStatements(text, glyphs), &understanding.reading);
  FillTimes(text, lines, &understanding);
  FillDates(text, lines, &understanding);
  return understanding;
}

StatusOr<Reading> ReadPage(std::string_view bytes, const ReadOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(Understanding understanding, UnderstandPage(bytes, options));
  return std::move(understanding.reading);
}

StatusOr<Reading> ReadText(std::string_view text, const ReadOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(Understanding understanding, UnderstandText(text, options));
  return std::move(understanding.reading);
}

std::string_view RoleName(Role role) {
  switch (role) {
    case Role::kStart: return "start";
    case Role::kEnd: return "end";
    case Role::kStartEnd: return "start_end";
    case Role::kArrival: return "arrival";
    case Role::kCutoff: return "cutoff";
    case Role::kSwitch: return "switch";
    case Role::kUnrelated: return "unrelated";
    case Role::kUnknown: return "unknown";
  }
  return "unknown";
}

std::string_view CarrierName(Carrier carrier) {
  switch (carrier) {
    case Carrier::kText: return "text";
    case Carrier::kAttribute: return "attribute";
    case Carrier::kTimeElement: return "time_element";
    case Carrier::kJsonLd: return "json_ld";
    case Carrier::kMicrodata: return "microdata";
    case Carrier::kMicroformat: return "microformat";
    case Carrier::kMeta: return "meta";
    case Carrier::kLink: return "link";
    case Carrier::kScript: return "script";
    case Carrier::kComment: return "comment";
  }
  return "text";
}

}  // namespace evenkeel
