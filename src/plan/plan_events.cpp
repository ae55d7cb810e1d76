// Events: times, texts and status move; zone, UID and everything unknown stay.
#include <algorithm>

#include "decide/words.h"
#include "plan/backup.h"
#include "plan/draft.h"
#include "plan/page_edit.h"
#include "text/fold.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

std::string ZoneOf(const Draft& draft, const Event& event) {
  return !event.zone.empty() && draft.zones.Has(event.zone) ? event.zone : draft.decision.booking.zone;
}

// The same moment on another zone's clock; undated or unknown times stay as they are.
LocalDateTime InZone(const Draft& draft, const LocalDateTime& time, const std::string& from, const std::string& to) {
  if (from == to || !time.date) return time;
  const auto instant = draft.zones.ToInstant(from, date::local_days(*time.date) + std::chrono::minutes(time.minutes));
  if (!instant.ok()) return time;
  const auto local = draft.zones.ToLocal(to, instant->instant);
  if (!local.ok()) return time;
  const auto day = date::floor<date::days>(local->local);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local->local - day);
  return {Date(day), static_cast<int>(minutes.count())};
}

struct Drift {
  bool start = false, date = false, end = false, status = false;
  std::vector<const Claim*> others;  // properties that no calendar interface writes
};

Drift SortDrift(const Draft& draft, const Observed& observed) {
  Drift drift;
  for (const Claim* claim : draft.DriftOf(observed)) {
    if (claim->evidence.span) continue;  // words inside a text
    if (claim->field == "start") {
      drift.start = true;
    } else if (claim->field == "date") {
      drift.date = true;
    } else if (claim->field == "end" || claim->field == "duration") {
      drift.end = true;
    } else if (claim->field == "status") {
      drift.status = true;
    } else {
      drift.others.push_back(claim);
    }
  }
  return drift;
}

// Start and end in the booking's zone, as they should be.
void SetTimes(const Draft& draft, const Event& event, const Drift& drift, UpdateEvent& change) {
  if (!event.start || !(drift.start || drift.date || drift.end)) return;
  const std::string& home = draft.decision.booking.zone;
  const LocalDateTime old_start = event.all_day ? *event.start : InZone(draft, *event.start, change.to.zone, home);
  LocalDateTime start = old_start;
  if (!event.all_day && (drift.start || drift.date) && draft.Start()) start = *draft.Start();
  if (drift.date || !start.date) start.date = draft.DecidedDate();
  if (!start.date) start.date = old_start.date;
  if (event.all_day && !drift.date) return;
  if (start != old_start) {
    change.from.start = event.start;
    change.to.start = event.all_day ? start : InZone(draft, start, home, change.to.zone);
  }
  if (!event.end) return;
  const LocalDateTime old_end = event.all_day ? *event.end : InZone(draft, *event.end, change.to.zone, home);
  LocalDateTime end = AddMinutes(start, MinutesBetween(old_start, old_end).value_or(0));
  const Verdict* verdict = draft.Writable("end");
  if (!event.all_day && verdict != nullptr) {
    end = std::get<LocalDateTime>(*verdict->value);
    if (!end.date) end.date = start.date;
  }
  if (end == old_end) return;
  change.from.end = event.end;
  change.to.end = event.all_day ? end : InZone(draft, end, home, change.to.zone);
}

// An event without a status takes place, for everybody who sees it: here silence does contradict.
bool IsCancelledUnsaid(const Draft& draft, const Event& event) {
  const FieldDefinition* field = draft.fleet.fields.Find("status");
  const Verdict* verdict = draft.Writable("status");
  return event.status.empty() && field != nullptr && verdict != nullptr && SameValue(*field, *verdict->value, std::string("CANCELLED"));
}

// RFC 5545, section 3.8.1.11 knows three words for an event.
void SetStatus(Draft& draft, const Event& event, UpdateEvent& change) {
  const FieldDefinition* field = draft.fleet.fields.Find("status");
  const Verdict* verdict = draft.Writable("status");
  if (field == nullptr || verdict == nullptr) return;
  for (const char* word : {"CONFIRMED", "TENTATIVE", "CANCELLED"}) {
    if (!SameValue(*field, *verdict->value, std::string(word)) || event.status == word) continue;
    if (!event.status.empty()) change.from.status = event.status;
    change.to.status = word;
  }
  if (!change.to.status) draft.Note("the calendar has no word for the status \"" + FormatValue(*verdict->value) + "\"; the event " + event.uid + " keeps its own");
}

void SetText(Draft& draft, const Observed& observed, const char* attribute, const std::string& text, std::optional<std::string>& from,
             std::optional<std::string>& to) {
  std::string name;
  for (const Claim* claim : draft.DriftOf(observed)) {
    if (claim->evidence.span && FoldCase(claim->evidence.attribute) == attribute) name = claim->evidence.attribute;
  }
  if (name.empty()) return;
  StatusOr<std::string> edited = EditText(draft, observed, name, text);
  if (!edited.ok()) return draft.Note("the " + std::string(attribute) + " of event " + observed.event->uid + " is left as it is: " + edited.status().message());
  if (*edited == text) return;
  from = text;
  to = *std::move(edited);
}

std::string WhatChanges(const UpdateEvent& change) {
  std::vector<std::string> parts;
  const auto clock = [](const std::optional<LocalDateTime>& time) { return time ? FormatValue(*time) : std::string("nothing"); };
  if (change.to.start) parts.push_back("start " + clock(change.from.start) + " becomes " + clock(change.to.start));
  if (change.to.end) parts.push_back("end " + clock(change.from.end) + " becomes " + clock(change.to.end));
  if (change.to.status) parts.push_back("status becomes " + *change.to.status);
  if (change.to.summary) parts.push_back("summary becomes \"" + *change.to.summary + "\"");
  if (change.to.description) parts.push_back("description is edited");
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

// Why a person has to do it; empty: the program may.
std::string WhyByHand(const Draft& draft, const Observed& observed) {
  if (observed.event->recurring) return "it recurs, and only one of its days is meant";
  const StoreState* store = draft.index.FindStore(observed.resource.store);
  if (store != nullptr && !store->traits.writable) return observed.resource.store + " can only be read";
  const StoreConfig* config = draft.fleet.FindStore(observed.resource.store);
  for (const Claim* claim : draft.DriftOf(observed)) {
    if (config != nullptr && !config->AccessOf(claim->field).write) return observed.resource.store + " may not be written for the " + claim->field;
  }
  return {};
}

void PlanEvent(Draft& draft, const Observed& observed) {
  const Event& event = *observed.event;
  const Drift drift = SortDrift(draft, observed);
  UpdateEvent change;
  change.from.zone = change.to.zone = ZoneOf(draft, event);
  SetTimes(draft, event, drift, change);
  if (drift.status || IsCancelledUnsaid(draft, event)) SetStatus(draft, event, change);
  SetText(draft, observed, "summary", event.summary, change.from.summary, change.to.summary);
  SetText(draft, observed, "description", event.description, change.from.description, change.to.description);
  for (const Claim* claim : drift.others) {
    draft.Note("event " + event.uid + " of " + observed.resource.store + " says " + claim->field + " \"" + claim->evidence.text + "\" in " +
               claim->evidence.attribute + ", which is not written; change it by hand to " + FormatValue(draft.TargetFor(observed, *claim)));
  }
  const std::string what = WhatChanges(change);
  if (what.empty()) return;
  if (const std::string why = WhyByHand(draft, observed); !why.empty()) {
    return AddManualTask(draft, observed,
                         "In " + observed.resource.store + ", open the event \"" + event.summary + "\" (" + event.uid + "), which cannot be changed for you (" +
                             why + "): " + what + "; then record it with `evenkeel attest`",
                         {}, {});
  }
  Action& action = draft.Add(Verb::kUpdateEvent, observed.resource.store, observed.resource.key, std::move(change), what,
                             "set the old times and texts back; they are in the change", NotifiesAny(draft, observed));
  action.precondition = EVENKEEL_BUG(53, "an event is changed whatever its version") ? "" : observed.version;
  action.needs = UpstreamActions(draft, observed.resource.store);
}

}  // namespace

void PlanEvents(Draft& draft) {
  for (const bool copies : {false, true}) {
    for (const Observed* member : draft.members) {
      const StoreConfig* store = draft.fleet.FindStore(member->resource.store);
      const bool is_copy = store != nullptr && !store->from.empty();
      if (member->event && is_copy == copies) PlanEvent(draft, *member);
    }
  }
}

}  // namespace evenkeel
