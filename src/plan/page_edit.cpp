#include "plan/page_edit.h"

#include <algorithm>

#include "decide/distance.h"
#include "decide/words.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr const char* kMoments[] = {"end", "arrival", "cutoff", "switch"};

std::optional<LocalDateTime>* MemberOf(PageTargets& targets, std::string_view field) {
  if (field == "start") return &targets.start;
  if (field == "end") return &targets.end;
  if (field == "arrival") return &targets.arrival;
  if (field == "cutoff") return &targets.cutoff;
  if (field == "switch") return &targets.switch_over;
  return nullptr;
}

std::optional<Role> RoleOf(std::string_view field) {
  if (field == "start") return Role::kStart;
  if (field == "end") return Role::kEnd;
  if (field == "arrival") return Role::kArrival;
  if (field == "cutoff") return Role::kCutoff;
  if (field == "switch") return Role::kSwitch;
  return std::nullopt;
}

// "6 guests" for 8 is "8 guests": the words around a value stay where the value stands in them as it is.
std::string StatementText(const Claim& old, const Value& now) {
  const std::string before = FormatValue(old.value), after = FormatValue(now);
  std::string text = old.evidence.text;
  const std::size_t at = text.find(before);
  if (before.empty() || at == std::string::npos) return after;
  return text.replace(at, before.size(), after);
}

// What the page should say in one value per field. Fields of which it has several moments are left to AddMoments.
PageTargets TargetsFor(const Draft& draft, const Observed& source, const std::vector<const Claim*>& drift) {
  PageTargets targets;
  for (const Claim* claim : drift) {
    const Value target = draft.TargetFor(source, *claim);
    if (std::optional<LocalDateTime>* member = MemberOf(targets, claim->field)) {
      if (DistancesOf(source, claim->field).size() < 2) *member = std::get<LocalDateTime>(target);
    } else if (claim->field != "date") {
      targets.statements.emplace(claim->field, StatementText(*claim, target));
    }
  }
  if (draft.KeepsTimes(source)) return targets;
  // A moved start takes the rest of a range with it only if the rest is named too.
  for (const char* field : kMoments) {
    const Verdict* verdict = draft.Writable(field);
    std::optional<LocalDateTime>* member = MemberOf(targets, field);
    if (verdict == nullptr || *member || DistancesOf(source, field).size() > 1) continue;
    if (const auto* time = std::get_if<LocalDateTime>(&*verdict->value)) *member = *time;
  }
  if (!targets.start) targets.start = draft.Start();
  return targets;
}

// Several switches or cutoffs on one page: each goes to its own target.
void AddMoments(const Draft& draft, const Observed& page, const Reading& reading, const std::vector<const Claim*>& drift, PageTargets& targets) {
  for (const Claim* claim : drift) {
    if (MemberOf(targets, claim->field) == nullptr || !claim->evidence.span || DistancesOf(page, claim->field).size() < 2) continue;
    for (const TimeReference& time : reading.times) {
      if (time.span.Overlaps(*claim->evidence.span)) targets.moments[time.span] = std::get<LocalDateTime>(draft.TargetFor(page, *claim));
    }
  }
}

// A person has said what these times are for.
void TakeAnsweredRoles(const Draft& draft, const Observed& page, Reading& reading) {
  for (const ReferenceRole& answered : draft.decision.roles) {
    const std::optional<Role> role = RoleOf(answered.field);
    for (TimeReference& time : reading.times) {
      if (answered.page != page.resource || time.span != answered.span || !role) continue;
      time.role = *role;
      if (*role == Role::kEnd && !time.end) std::swap(time.start, time.end);
    }
  }
}

std::vector<std::string> NotesOn(const Observed& page, const Edits& edits) {
  std::vector<std::string> notes;
  for (const EditNote& note : edits.unsure) {
    notes.push_back(page.resource.ToString() + " line " + std::to_string(note.line) + ": \"" + FoldSpace(note.text) +
                    "\" was left alone: " + note.why);
  }
  return notes;
}

}  // namespace

ReadOptions OptionsFor(const Draft& draft, const Observed& source) {
  ReadOptions options;
  options.zone = draft.decision.booking.zone;
  options.zones = &draft.zones;
  options.extra_features = draft.fleet.features;
  options.day_first = draft.fleet.day_first;
  options.limits = draft.fleet.limits;
  options.date = draft.decision.booking.date;
  const PageStoreConfig* store = draft.fleet.FindPages(source.resource.store);
  if (source.page && store != nullptr) {
    const auto parts = PartsOfSlug(*store, source.page->slug);
    if (const auto date = parts.find("date"); date != parts.end()) options.date = ParseDate(date->second);
  }
  if (source.event && source.event->start && source.event->start->date) options.date = source.event->start->date;
  return options;
}

StatusOr<PageEdit> MakePageEdit(const Draft& draft, const Observed& page, std::string_view bytes) {
  const ReadOptions options = OptionsFor(draft, page);
  const std::vector<const Claim*> drift = draft.DriftOf(page);
  EVENKEEL_ASSIGN_OR_RETURN(Reading reading, ReadPage(bytes, options));
  TakeAnsweredRoles(draft, page, reading);
  PageEdit result;
  PageTargets targets = TargetsFor(draft, page, drift);
  AddMoments(draft, page, reading, drift, targets);
  EVENKEEL_ASSIGN_OR_RETURN(result.edits, SetPage(bytes, reading, targets, options));
  EVENKEEL_ASSIGN_OR_RETURN(result.after, ApplyEdits(bytes, result.edits.edits));
  if (!result.edits.edits.empty()) EVENKEEL_RETURN_IF_ERROR(CheckEdits(bytes, result.after, result.edits, options));
  result.notes = NotesOn(page, result.edits);
  return result;
}

StatusOr<std::string> EditText(const Draft& draft, const Observed& source, const std::string& attribute, const std::string& text) {
  std::vector<const Claim*> drift = draft.DriftOf(source);
  drift.erase(std::remove_if(drift.begin(), drift.end(),
                             [&](const Claim* claim) { return claim->evidence.attribute != attribute || !claim->evidence.span; }),
              drift.end());
  if (drift.empty() || text.empty()) return text;
  const ReadOptions options = OptionsFor(draft, source);
  EVENKEEL_ASSIGN_OR_RETURN(const Reading reading, ReadText(text, options));
  const PageTargets targets = TargetsFor(draft, source, drift);
  EVENKEEL_ASSIGN_OR_RETURN(const Edits edits, SetPage(text, reading, targets, options));
  EVENKEEL_ASSIGN_OR_RETURN(std::string after, ApplyEdits(text, edits.edits));
  EVENKEEL_ASSIGN_OR_RETURN(const Reading again, ReadText(after, options));
  EVENKEEL_ASSIGN_OR_RETURN(const Edits left, SetPage(after, again, targets, options));
  if (!left.edits.empty()) return Status(Code::kInternal, "the text would not say the verdict after the edit", attribute);
  return after;
}

}  // namespace evenkeel
