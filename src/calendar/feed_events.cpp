#include "calendar/feed_events.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "calendar/feed_series.h"
#include "digest/sha256.h"
#include "text/fold.h"
#include "text/reasons.h"

namespace evenkeel {
namespace {

class FeedReader {
 public:
  FeedReader(CalendarPage page, const CalendarReading& reading, const FeedWindow& window)
      : page_(std::move(page)), reading_(reading), window_(window), work_left_(window.series_work), bytes_left_(window.series_bytes) {}

  StatusOr<EventListing> Run() {
    std::map<std::string, std::vector<std::size_t>> by_uid;
    known_.reserve(page_.text.events.size());
    for (std::size_t i = 0; i < page_.text.events.size(); ++i) {
      known_.push_back(KnowEvent(page_, i, reading_));
      if (known_[i].event.uid.empty()) Note(known_[i].problem.message() + "; it is not read");
      else by_uid[known_[i].event.uid].push_back(i);
    }
    for (const auto& [uid, members] : by_uid) EVENKEEL_RETURN_IF_ERROR(Take(members));
    LeaveOutTwins();
    return std::move(listing_);
  }

 private:
  bool IsChanged(std::size_t index) const { return known_[index].text->Find("RECURRENCE-ID") != nullptr; }

  void Note(const std::string& why) {
    listing_.complete = false;
    AddReason(listing_.why_incomplete, why);
  }
  void LeaveOut(std::size_t index, const std::string& why) {
    const std::string& uid = known_[index].event.uid;
    Note(reading_.place + ": the event at line " + std::to_string(known_[index].text->line) + (uid.empty() ? "" : " (" + ShowText(uid) + ")") + " " + why + "; it is not read");
  }

  // Its times say nothing then, and its texts what they say.
  void NoteUnknownZone(std::size_t index) {
    const std::string& zone = known_[index].event.zone;
    if (reading_.zones == nullptr || zone.empty() || reading_.zones->Has(zone)) return;
    Note(reading_.place + ": the event at line " + std::to_string(known_[index].text->line) + " (" + ShowText(known_[index].event.uid) +
         ") is in a zone that is not known (" + ShowText(zone) + "); its times are not read");
  }

  // Sorts by uid. An occasion's uid may be another event's own.
  void LeaveOutTwins() {
    std::vector<Event>& events = listing_.events;
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.uid < b.uid; });
    std::vector<Event> kept;
    for (std::size_t at = 0, next = 0; at < events.size(); at = next) {
      for (next = at + 1; next < events.size() && events[next].uid == events[at].uid;) ++next;
      if (next == at + 1) kept.push_back(std::move(events[at]));
      else Note(reading_.place + ": an event has the UID of another one's occasion, " + ShowText(events[at].uid) + "; neither is read");
    }
    events = std::move(kept);
  }

  // All events of one UID: one, or a series and its changed occasions.
  Status Take(const std::vector<std::size_t>& members) {
    std::vector<std::size_t> whole;
    for (const std::size_t i : members) {
      if (!IsChanged(i)) whole.push_back(i);
    }
    std::map<std::string, Event> events;
    if (whole.size() > 1) {
      Note(reading_.place + ": the events at lines " + std::to_string(known_[whole[0]].text->line) + " and " + std::to_string(known_[whole[1]].text->line) +
           " have the same UID " + ShowText(known_[whole[0]].event.uid) + "; neither is read");
    } else if (whole.size() == 1) {
      TakeWhole(whole[0], events);
    }
    if (whole.size() <= 1) {
      for (const std::size_t i : members) {
        if (IsChanged(i)) TakeChanged(i, known_[whole.empty() ? i : whole[0]].event, events);
      }
    }
    for (auto& [uid, event] : events) listing_.events.push_back(std::move(event));
    if (listing_.events.size() <= reading_.limits.calendar_events) return OkStatus();
    return {Code::kLimitExceeded, reading_.place + ": it has more than " + std::to_string(reading_.limits.calendar_events) + " events (limit calendar_events)", reading_.store};
  }

  void TakeWhole(std::size_t index, std::map<std::string, Event>& events) {
    const KnownEvent& known = known_[index];
    if (!known.problem.ok()) return Note(known.problem.message() + "; it is not read");
    NoteUnknownZone(index);
    Event event = known.event;
    event.version = VersionOf(known);
    if (!event.recurring) {
      events[event.uid] = std::move(event);
      return;
    }
    RuleWindow window;
    window.from = window_.from;
    window.to = window_.to;
    const auto starts = ExpandSeries(known, page_.components[index], page_, reading_, window, work_left_);
    if (!starts.ok()) return LeaveOut(index, starts.status().message());
    const std::size_t bytes = starts->size() * known.text->span.size();
    if (bytes > bytes_left_) return LeaveOut(index, "says too much too often, for the occasions of all series come to more than " + std::to_string(window_.series_bytes) + " bytes");
    bytes_left_ -= bytes;
    for (const LocalDateTime& start : *starts) {
      Event occasion = OccasionAt(event, start);
      events[occasion.uid] = std::move(occasion);
    }
  }

  // What a changed occasion says takes the place of what the series says of it. Where that cannot be told, the series says too much.
  void TakeChanged(std::size_t index, const Event& series, std::map<std::string, Event>& events) {
    const KnownEvent& known = known_[index];
    const ContentLine& id = *known.text->Find("RECURRENCE-ID");
    const bool is_range = FoldCase(id.Parameter("RANGE")) == "thisandfuture";
    std::size_t work = 1;
    const auto times = TimesOf(id, page_, series, reading_, work);
    if (is_range || !times.ok() || times->size() != 1) {
      events.clear();
      return LeaveOut(index, is_range ? "changes its series from one day on (RANGE=THISANDFUTURE), so that none of it can be read"
                                      : "has a RECURRENCE-ID that cannot be read, so that its series cannot be either");
    }
    Event occasion = known.event;
    const ListedTime& time = times->front();
    occasion.uid = time.is_date ? OccasionOn(*time.time.date, series, events) : UidOfOccasion(series, time.time);
    events.erase(occasion.uid);
    if (!known.problem.ok()) return Note(known.problem.message() + "; it is not read");
    if (const auto [at, is_new] = changed_.emplace(occasion.uid, known.text->line); !is_new) {
      return Note(reading_.place + ": the events at lines " + std::to_string(at->second) + " and " + std::to_string(known.text->line) +
                  " change the same occasion " + ShowText(occasion.uid) + "; neither is read");
    }
    NoteUnknownZone(index);
    occasion.recurring = false;
    occasion.version = VersionOf(known);
    events[occasion.uid] = std::move(occasion);
  }

  // The uid of a series' occasion on that day: a RECURRENCE-ID may be a date although the series has times.
  static std::string OccasionOn(const Date& day, const Event& series, const std::map<std::string, Event>& events) {
    const std::string uid = series.uid + "/" + FormatDate(day);
    const auto timed = events.lower_bound(uid + "T");
    return !series.all_day && timed != events.end() && timed->first.starts_with(uid + "T") ? timed->first : uid;
  }

  // DTSTAMP is not counted: many hosts write there when they were asked.
  Version VersionOf(const KnownEvent& known) const {
    const Span whole = known.text->span;
    std::string counted;
    std::size_t from = whole.begin;
    for (const ContentLine& line : known.text->lines) {
      if (line.name != "DTSTAMP") continue;
      counted += Span{from, line.span.begin}.In(page_.bytes);
      from = line.span.end;
    }
    counted += Span{from, whole.end}.In(page_.bytes);
    return "f" + Sha256Hex(counted).substr(0, 32);
  }

  CalendarPage page_;
  const CalendarReading& reading_;
  const FeedWindow& window_;
  std::size_t work_left_, bytes_left_;
  std::vector<KnownEvent> known_;
  std::map<std::string, std::size_t> changed_;  // uid → line
  EventListing listing_;
};

}  // namespace

StatusOr<EventListing> ReadFeedEvents(std::string bytes, const CalendarReading& reading, const FeedWindow& window) {
  EVENKEEL_ASSIGN_OR_RETURN(CalendarPage page, ReadForeignPage(std::move(bytes), reading));
  return FeedReader(std::move(page), reading, window).Run();
}

}  // namespace evenkeel
