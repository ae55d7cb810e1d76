// update_event: times, texts and status of one calendar event.
#include <utility>

#include "apply/conditional_write.h"
#include "apply/store_procedures.h"

namespace evenkeel {
namespace {

std::string DescribeTime(const std::optional<LocalDateTime>& time) {
  if (!time) return "not stated";
  return (time->date ? FormatDate(*time->date) + "T" : std::string()) + FormatMinutes(time->minutes);
}

class UpdateEventProcedure final : public ConditionalWrite {
 public:
  explicit UpdateEventProcedure(const Assignment& given)
      : ConditionalWrite(given), change_(std::get<UpdateEvent>(action().change)) {}

 private:
  Calendar& calendar() const { return *fleet().calendars.at(action().store); }

  StatusOr<Sight> Look() override {
    Sight sight{Sight::Kind::kForeign, "", std::nullopt, "version " + assignment().expected + " with " + Describe(change_.from),
                "nothing: the event is gone"};
    auto event = calendar().Get(action().resource);
    if (!event.ok()) return event.code() == Code::kNotFound ? StatusOr<Sight>(std::move(sight)) : event.status();
    sight.version = event->version;
    EventChange now{event->start, event->end, event->zone, event->summary, event->description, event->status};
    sight.found = "version " + event->version + " with " + Describe(now);
    if (Shows(*event)) {
      sight.kind = Sight::Kind::kAsPlanned;
    } else if (event->version == assignment().expected) {
      sight.kind = Sight::Kind::kUntouched;
    }
    return sight;
  }

  bool Shows(const Event& event) const {
    const EventChange& to = change_.to;
    return (!to.start || SameTime(event, event.start, *to.start)) && (!to.end || SameTime(event, event.end, *to.end)) &&
           (!to.summary || event.summary == *to.summary) && (!to.description || event.description == *to.description) &&
           (!to.status || event.status == *to.status);
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

  const UpdateEvent& change_;
};

}  // namespace

std::unique_ptr<Procedure> MakeUpdateEvent(const Assignment& assignment) {
  return std::make_unique<UpdateEventProcedure>(assignment);
}

}  // namespace evenkeel
