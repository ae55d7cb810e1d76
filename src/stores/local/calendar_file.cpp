#include "stores/local/calendar_file.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "digest/sha256.h"
#include "stores/local/calendar_events.h"
#include "stores/local/ledger.h"
#include "stores/local/names.h"
#include "stores/memory/event_change.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

// The file at one moment.
struct Page : CalendarPage {
  std::string real_path;
  FileState state;
};
using Known = KnownEvent;

LocalSeconds SecondsOf(const LocalDateTime& time) { return date::local_days(*time.date) + std::chrono::minutes(time.minutes); }

std::string DateText(const Date& day) {
  char text[48];
  std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

// The value in the form the old one has: a date, UTC, or a wall clock.
std::string TimeText(const LocalDateTime& time, bool is_date, bool is_utc) {
  if (is_date) return DateText(*time.date);
  char clock[48];
  std::snprintf(clock, sizeof clock, "T%02d%02d00%s", time.minutes / 60, time.minutes % 60, is_utc ? "Z" : "");
  return DateText(*time.date) + clock;
}

std::string StampText(Instant now) {
  const auto day = date::floor<date::days>(now);
  const date::hh_mm_ss clock(now - day);
  char text[64];
  std::snprintf(text, sizeof text, "T%02d%02d%02dZ", static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return DateText(Date(day)) + text;
}

std::string DurationText(std::chrono::minutes length, bool is_date) {
  const auto minutes = length.count();
  if (is_date || (minutes != 0 && minutes % (24 * 60) == 0)) return "P" + std::to_string(minutes / (24 * 60)) + "D";
  std::string text = "PT";
  if (minutes >= 60) text += std::to_string(minutes / 60) + "H";
  if (minutes % 60 != 0 || minutes == 0) text += std::to_string(minutes % 60) + "M";
  return text;
}

class CalendarFile final : public Calendar {
 public:
  CalendarFile(const AdapterContext& context, std::string path)
      : environment_(context.environment), zones_(context.zones), ledger_(context), name_(context.name), path_(std::move(path)),
        zone_(context.zone), limits_(context.limits), reading_{path_, name_, zone_, zones_, limits_} {}

  StoreTraits Traits() const override { return {false, true, false, true}; }

  StatusOr<EventListing> List() override {
    EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPage());
    EVENKEEL_ASSIGN_OR_RETURN(const auto known, Know(page));
    EventListing listing;
    for (const Known& one : known) {
      if (one.problem.ok()) {
        listing.events.push_back(one.event);
        continue;
      }
      listing.complete = false;
      AddReason(listing.why_incomplete, one.problem.ToString());
    }
    return listing;
  }

  StatusOr<Event> Get(std::string_view uid) override {
    EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPage());
    EVENKEEL_ASSIGN_OR_RETURN(const Known known, Find(page, uid));
    return known.event;
  }

  StatusOr<Event> Update(std::string_view uid, const EventChange& change, const Version& expected, const WriteStamp& stamp) override {
    EVENKEEL_RETURN_IF_ERROR(Get(uid).status());  // what cannot be done makes no state folder
    EVENKEEL_ASSIGN_OR_RETURN(const auto lock, ledger_.Lock());
    EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPage());
    EVENKEEL_ASSIGN_OR_RETURN(const Known known, Find(page, uid));
    const std::string resource = name_ + ":" + std::string(uid);
    if (known.event.version != expected) {
      return Status(Code::kPreconditionFailed, "the event is not the one the plan was made from: somebody else changed it; plan again", resource);
    }
    EVENKEEL_ASSIGN_OR_RETURN(const Event wanted, ChangedEvent(known.event, change, zone_, zones_));
    EVENKEEL_RETURN_IF_ERROR(ledger_.PassFence(stamp, resource));
    EVENKEEL_ASSIGN_OR_RETURN(const std::string event_text, Edited(page, known, wanted));
    const Span span = known.text->span;
    const std::string after = page.bytes.substr(0, span.begin) + event_text + page.bytes.substr(span.end);
    EVENKEEL_RETURN_IF_ERROR(CheckResult(after, wanted));
    EVENKEEL_ASSIGN_OR_RETURN(const std::uint64_t counter, ledger_.Announce(uid, stamp, page.state));
    EVENKEEL_RETURN_IF_ERROR(environment_->files().WriteAtomically(page.real_path, after, ledger_.temporary_folder(), [&]() -> Status {
      auto state = environment_->files().Stat(page.real_path);
      if (state.ok() && state->inode == page.state.inode && state->changed_ns == page.state.changed_ns && state->bytes == page.state.bytes) return OkStatus();
      return {Code::kPreconditionFailed, "somebody else changed " + path_ + " just now; plan again", resource};
    }));
    Event result = wanted;
    result.version = VersionOf(event_text, counter);
    return result;
  }

 private:
  static Version VersionOf(std::string_view bytes, std::uint64_t counter) {
    return "c" + Sha256Hex(bytes).substr(0, 32) + "." + std::to_string(counter);
  }

  StatusOr<Page> ParsePage(std::string bytes) const {
    EVENKEEL_ASSIGN_OR_RETURN(CalendarPage read, ReadCalendarPage(std::move(bytes), reading_));
    return Page{std::move(read), {}, {}};
  }

  StatusOr<Page> ReadPage() const {
    Files& files = environment_->files();
    for (int attempt = 0; attempt < 5; ++attempt) {
      auto path = files.Resolve(path_);
      if (path.code() == Code::kNotFound) {
        return Status(Code::kNotFound, "the calendar " + path_ + " does not exist; correct \"path\" in the fleet file", name_);
      }
      if (!path.ok()) return path.status();
      EVENKEEL_ASSIGN_OR_RETURN(const FileState before, files.StatSettled(*path));
      auto bytes = files.Read(*path, limits_.calendar_bytes);
      if (bytes.code() == Code::kLimitExceeded) {
        return Status(Code::kLimitExceeded, path_ + " has more than " + std::to_string(limits_.calendar_bytes) + " bytes (limit calendar_bytes)", name_);
      }
      if (!bytes.ok()) return bytes.status();
      EVENKEEL_ASSIGN_OR_RETURN(const FileState after, files.StatSettled(*path));
      if (!(after == before)) continue;
      EVENKEEL_ASSIGN_OR_RETURN(Page page, ParsePage(*std::move(bytes)));
      page.real_path = *path;
      page.state = after;
      return page;
    }
    return Status(Code::kUnavailable, path_ + " changes faster than it can be read; try again", name_);
  }

  // By UID. Single occasions of a repeated event stand under its UID and are not listed apart.
  StatusOr<std::vector<Known>> Know(const Page& page) const {
    std::vector<Known> all;
    for (std::size_t i = 0; i < page.text.events.size(); ++i) {
      Known known = KnowEvent(page, i, reading_);
      EVENKEEL_ASSIGN_OR_RETURN(const Note note, ledger_.Read(known.event.uid));
      known.event.version = VersionOf(known.text->span.In(page.bytes), Ledger::CounterAt(note, page.state));
      all.push_back(std::move(known));
    }
    const auto is_occasion = [](const Known& known) { return known.text->Find("RECURRENCE-ID") != nullptr; };
    std::stable_sort(all.begin(), all.end(), [&](const Known& a, const Known& b) {
      return a.event.uid != b.event.uid ? a.event.uid < b.event.uid : is_occasion(a) < is_occasion(b);
    });
    std::vector<Known> result;
    for (Known& known : all) {
      const bool again = !result.empty() && !known.event.uid.empty() && result.back().event.uid == known.event.uid;
      if (!again) {
        result.push_back(std::move(known));
      } else if (is_occasion(known)) {
        result.back().event.recurring = true;
      } else {
        result.back().problem = Status(Code::kInvalidArgument, path_ + ": the events at lines " + std::to_string(result.back().text->line) + " and " +
                                                                   std::to_string(known.text->line) + " have the same UID " + known.event.uid +
                                                                   "; remove one of them", name_);
      }
    }
    return result;
  }

  StatusOr<Known> Find(const Page& page, std::string_view uid) const {
    EVENKEEL_ASSIGN_OR_RETURN(const auto known, Know(page));
    for (const Known& one : known) {
      if (one.event.uid != uid || uid.empty()) continue;
      if (!one.problem.ok()) return one.problem;
      return one;
    }
    return Status(Code::kNotFound, path_ + " has no such event", name_ + ":" + std::string(uid));
  }

  // The new value of each property that changes; a property that is not there is put after DTSTART.
  StatusOr<std::map<std::string, std::string>> NewValues(const Known& known, const Event& wanted) const {
    const Event& now = known.event;
    std::map<std::string, std::string> values;
    const ContentLine* end = known.text->Find("DTEND");
    const auto is_utc = [](const ContentLine* line) { return line != nullptr && (line->value.ends_with('Z') || line->value.ends_with('z')); };
    if (wanted.start != now.start) values["DTSTART"] = TimeText(*wanted.start, now.all_day, is_utc(known.text->Find("DTSTART")));
    if (known.text->Find("DURATION") != nullptr && end == nullptr) {
      const auto length = [](const Event& event) { return std::chrono::duration_cast<std::chrono::minutes>(SecondsOf(*event.end) - SecondsOf(*event.start)); };
      if (length(wanted) != length(now)) values["DURATION"] = DurationText(length(wanted), now.all_day);
    } else if (wanted.end != now.end) {
      const std::string zone = end == nullptr ? now.zone : known.end_zone;
      LocalDateTime time = *wanted.end;
      if (!now.all_day) {
        EVENKEEL_ASSIGN_OR_RETURN(time, MoveToZone(time, now.zone, zone, zone_, zones_));
      }
      values["DTEND"] = TimeText(time, now.all_day, is_utc(end == nullptr ? known.text->Find("DTSTART") : end));
    }
    if (wanted.summary != now.summary) values["SUMMARY"] = EscapeText(wanted.summary);
    if (wanted.description != now.description) values["DESCRIPTION"] = EscapeText(wanted.description);
    if (wanted.status != now.status) values["STATUS"] = EscapeText(wanted.status);
    if (values.empty()) return values;
    const std::string stamp = StampText(environment_->Now());
    for (const char* name : {"DTSTAMP", "LAST-MODIFIED"}) {
      if (known.text->Find(name) != nullptr) values[name] = stamp;
    }
    if (const ContentLine* sequence = known.text->Find("SEQUENCE")) {
      unsigned number = 0;
      std::from_chars(sequence->value.data(), sequence->value.data() + sequence->value.size(), number);
      values["SEQUENCE"] = std::to_string(number + 1);
    }
    return values;
  }

  // The event's text with those properties changed and every other byte as it is.
  StatusOr<std::string> Edited(const Page& page, const Known& known, const Event& wanted) const {
    EVENKEEL_ASSIGN_OR_RETURN(auto values, NewValues(known, wanted));
    std::string result;
    std::size_t copied = known.text->span.begin;
    const ContentLine* start = known.text->Find("DTSTART");
    std::vector<const ContentLine*> done;
    for (const ContentLine& line : known.text->lines) {
      const auto found = values.find(line.name);
      const bool first = known.text->Find(line.name) == &line;
      if (found != values.end() && first) {
        result += page.bytes.substr(copied, line.span.begin - copied) + FoldLine(line.head, found->second, line.ending);
        copied = line.span.end;
      }
      if (&line != start) continue;
      result += page.bytes.substr(copied, line.span.end - copied);
      copied = line.span.end;
      for (const auto& [name, value] : values) {
        if (known.text->Find(name) != nullptr) continue;
        result += FoldLine(name == "DTEND" ? "DTEND" + line.head.substr(std::string("DTSTART").size()) : name, value, line.ending);
      }
    }
    return result + page.bytes.substr(copied, known.text->span.end - copied);
  }

  // A second opinion: parsed anew by both parsers, the event must say what was planned.
  Status CheckResult(const std::string& after, const Event& wanted) const {
    auto page = ParsePage(after);
    if (page.ok()) {
      auto known = Find(*page, wanted.uid);
      if (known.ok()) {
        const Event& event = known->event;
        const auto index = static_cast<std::size_t>(known->text - page->text.events.data());
        const bool agrees = event.start == wanted.start && event.end == wanted.end && event.summary == wanted.summary && event.zone == wanted.zone &&
                            event.description == wanted.description && event.status == wanted.status && event.extensions == wanted.extensions;
        if (agrees && page->components[index].summary == wanted.summary) return OkStatus();
      }
    }
    return {Code::kInternal, "the edit of " + path_ + " would not read as planned; nothing was written", name_ + ":" + wanted.uid};
  }

  Environment* environment_;
  const ZoneSource* zones_;
  Ledger ledger_;
  std::string name_, path_, zone_;
  Limits limits_;
  CalendarReading reading_;
};

}  // namespace

StatusOr<std::unique_ptr<Calendar>> MakeCalendarFile(const AdapterContext& context, const Json& settings) {
  EVENKEEL_ASSIGN_OR_RETURN(std::string path, PathSetting(context, settings));
  return std::unique_ptr<Calendar>(std::make_unique<CalendarFile>(context, std::move(path)));
}

}  // namespace evenkeel
