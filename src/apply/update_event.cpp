// update_event: times, texts and status of one calendar event.
#include <utility>

#include "apply/conditional_write.h"
#include "apply/conflict.h"
#include "apply/store_procedures.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

std::string DescribeTime(const std::optional<LocalDateTime>& time) {
  if (!time) return "not stated";
  return (time->date ? FormatDate(*time->date) + "T" : std::string()) + FormatMinutes(time->minutes);
}

class UpdateEventProcedure final : public ConditionalWrite {
 public:
  UpdateEventProcedure(const Assignment& given, UpdateEvent change) : ConditionalWrite(given), change_(std::move(change)) {}

 private:
  bool NeedsLook() const override { return assignment().undo; }
  Calendar& calendar() const { return *fleet().calendars.at(action().store); }

  StatusOr<Sight> Look() override {
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, "version " + assignment().expected + " with " + Describe(change_.from),
                "nothing: the event is gone"};
    auto event = calendar().Get(action().resource);
    if (!event.ok()) return event.code() == Code::kNotFound ? StatusOr<Sight>(std::move(sight)) : event.status();
    sight.version = event->version;
    EventChange now{event->start, event->end, event->zone, event->summary, event->description, event->status};
    sight.found = "version " + event->version + " with " + Describe(now);
    sight.kind = Judge(Shows(*event, change_.to), Shows(*event, change_.from), EVENKEEL_BUG(39, "an event is changed whoever changed it since") ? assignment().expected : event->version);
    if (sight.kind == Sight::Kind::kForeign) sight.conflict = ConflictWith(now, event->modified);
    return sight;
  }

  bool Shows(const Event& event, const EventChange& values) const {
    return (!values.start || SameTime(event, event.start, *values.start)) && (!values.end || SameTime(event, event.end, *values.end)) &&
           (!values.summary || event.summary == *values.summary) &&
           (!values.description || event.description == *values.description) && (!values.status || event.status == *values.status);
  }

  // The event keeps its own zone, so the same moment may stand there under another clock.
  bool SameTime(const Event& event, const std::optional<LocalDateTime>& has, const LocalDateTime& wanted) const {
    if (!has) return false;
    const std::string& fleet_zone = fleet().config.zone;
    const std::string& has_zone = event.zone.empty() ? fleet_zone : event.zone;
    const std::string& wanted_zone = change_.to.zone.empty() ? fleet_zone : change_.to.zone;
    if (has_zone == wanted_zone || !has->date || !wanted.date) return *has == wanted;
    const auto at = [this](const std::string& zone, const LocalDateTime& time) {
      return fleet().zones->ToInstant(zone, date::local_days(*time.date) + std::chrono::minutes(time.minutes));
    };
    auto a = at(has_zone, *has), b = at(wanted_zone, wanted);
    return a.ok() && b.ok() && a->instant == b->instant;
  }

  Conflict ConflictWith(const EventChange& now, const std::optional<Instant>& modified) const {
    Conflict conflict{{}, WordsOfWriter("", modified)};
    const EventChange& agreed = change_.from;
    const EventChange& ours = change_.to;
    const auto add_time = [&](const char* name, std::optional<LocalDateTime> EventChange::*member) {
      const auto words = [](const std::optional<LocalDateTime>& time) { return time ? DescribeTime(time) : std::string(); };
      if (ours.*member) conflict.sides.push_back({name, words(agreed.*member), words(ours.*member), words(now.*member)});
    };
    const auto add_text = [&](const char* name, std::optional<std::string> EventChange::*member) {
      if (ours.*member) conflict.sides.push_back({name, (agreed.*member).value_or(""), *(ours.*member), (now.*member).value_or("")});
    };
    add_time("start", &EventChange::start);
    add_time("end", &EventChange::end);
    add_text("summary", &EventChange::summary);
    add_text("description", &EventChange::description);
    add_text("status", &EventChange::status);
    return conflict;
  }

  // Only what the plan changes.
  std::string Describe(const EventChange& values) const {
    std::string text;
    const auto add = [&text](const char* name, const std::string& value) {
      text += (text.empty() ? "" : ", ") + std::string(name) + " " + value;
    };
    if (change_.to.start) add("start", DescribeTime(values.start));
    if (change_.to.end) add("end", DescribeTime(values.end));
    if (change_.to.summary) add("summary", "\"" + values.summary.value_or("") + "\"");
    if (change_.to.description) add("description", "\"" + values.description.value_or("") + "\"");
    if (change_.to.status) add("status", "\"" + values.status.value_or("") + "\"");
    return text;
  }

  StatusOr<Version> Write() override {
    EVENKEEL_ASSIGN_OR_RETURN(Event written,
                              calendar().Update(action().resource, change_.to, assignment().expected, assignment().stamp));
    return std::move(written.version);
  }

  const UpdateEvent change_;
};

// What the event said before; a member that was silent and was given a value is emptied again.
UpdateEvent Reversed(const UpdateEvent& change) {
  UpdateEvent reversed{change.to, change.from};
  if (change.to.status && !change.from.status) reversed.to.status = "";
  return reversed;
}

}  // namespace

std::unique_ptr<Procedure> MakeUpdateEvent(const Assignment& assignment) {
  const UpdateEvent& change = std::get<UpdateEvent>(assignment.action->change);
  return std::make_unique<UpdateEventProcedure>(assignment, assignment.undo && !EVENKEEL_BUG(86, "an event is not moved back") ? Reversed(change) : change);
}

}  // namespace evenkeel
