#include "decide/time_group.h"

#include <algorithm>

#include "decide/words.h"

namespace evenkeel {
namespace {

const LocalDateTime& TimeOf(const Value& value) { return std::get<LocalDateTime>(value); }

// A member without a date gets the one that fits its start; a cutoff or switch may lie on any day.
Value Dated(const FieldDefinition& field, const Value& value, const LocalDateTime& start) {
  LocalDateTime time = TimeOf(value);
  if (time.date || !start.date || (field.name != "end" && field.name != "arrival")) return value;
  return AddMinutes(start, MinutesFromStart(field.name, {std::nullopt, start.minutes}, time));
}

std::string Words(const MemberCase& c, const Value& value) { return WordsOfValue(value, c.group->date); }

Ruling FromSide(const MemberCase& c, const Side& side, const char* row, const std::string& because) {
  const Value value = Dated(*c.field, side.value, c.start);
  return {value, row, Words(c, value) + ": " + WordsOfPlace(side.claims.front()) + because};
}

Ruling FromDistance(const MemberCase& c, const Distance& distance, const char* row) {
  const Value value = FromStart(c.start, distance);
  const std::string& page = distance.member.resource.key;
  std::string why = Words(c, value) + ": " + WordsOfOffset(distance.minutes) + ", as " +
                    (distance.member.resource.kind == ResourceKind::kPage ? page : distance.member.resource.store) + " has it (" +
                    WordsOfClock(TimeOf(distance.start.value).minutes) + " and " + WordsOfClock(TimeOf(distance.member.value).minutes);
  if (distance.member.evidence.line > 0) why += ", line " + std::to_string(distance.member.evidence.line);
  return {value, row, why + ")", Certainty::kDerived};
}

std::vector<Side> SidesOfDistances(const MemberCase& c, const std::vector<Distance>& distances) {
  std::vector<Claim> claims;
  for (const Distance& distance : distances) {
    Claim claim = distance.member;
    claim.value = FromStart(c.start, distance);
    claims.push_back(std::move(claim));
  }
  return SidesOf(*c.field, claims);
}

// All values that a question about the member could offer.
std::vector<Side> OpenSides(const MemberCase& c) {
  if (c.anchored.size() > 1) return c.anchored;
  if (c.named.size() > 1) return c.named;
  return SidesOfDistances(c, c.page.empty() ? c.systems : c.page);
}

Ruling Ask(const MemberCase& c, const char* row, const std::string& why) {
  return {std::nullopt, row, why, Certainty::kOpen, AskBetween(*c.group->view, *c.field, OpenSides(c), why)};
}

// Several ends of one page are a contradiction; several cutoffs, arrivals or switches are several moments.
bool MayBeSeveral(const MemberCase& c) { return c.field->name != "end"; }

// The value the policy derives; "keep" is what the page, or whoever ranks highest, says now.
std::optional<Value> Derived(const MemberCase& c) {
  if (!c.derivation) return std::nullopt;
  if (c.derivation->keep) {
    const std::vector<Distance>& stated = c.page.empty() ? c.systems : c.page;
    return stated.empty() ? std::nullopt : std::optional<Value>(stated.front().member.value);
  }
  if (c.derivation->base == "start") return AddMinutes(c.start, c.derivation->minutes);
  const auto base = c.group->rulings.find(c.derivation->base);
  if (base == c.group->rulings.end() || !base->second.value) return std::nullopt;
  return AddMinutes(TimeOf(*base->second.value), c.derivation->minutes);
}

struct Row {
  DecisionRow words;
  bool (*applies)(const MemberCase&);
  Ruling (*rule)(const MemberCase&, const char* row);
};

constexpr Row kRows[] = {
    {{"member-instruction", "a person has said with `set` what is true", "their word is taken"},
     [](const MemberCase& c) { return c.instruction.has_value(); },
     [](const MemberCase& c, const char* row) {
       const Value value = Dated(*c.field, c.instruction->value, c.start);
       return Ruling{value, row, Words(c, value) + ": " + c.instruction->resource.key + " said so with `set`"};
     }},
    {{"member-answer", "the member's question has been answered with --decide", "the answer is taken"},
     [](const MemberCase& c) { return SideNamed(OpenSides(c), c.answer, c.group->date) != nullptr; },
     [](const MemberCase& c, const char* row) {
       const Side side = *SideNamed(OpenSides(c), c.answer, c.group->date);
       return FromSide(c, side, row, " says so, and " + c.group->view->WordsOfAnswer(c.field->name) + " took it");
     }},
    {{"anchor-states-it", "whoever gave the start states the member too, or a higher authority that states no start", "it is taken"},
     [](const MemberCase& c) { return c.anchored.size() == 1; },
     [](const MemberCase& c, const char* row) { return FromSide(c, c.anchored.front(), row, " says so, and it has the authority"); }},
    {{"anchors-disagree", "those who gave the start state different values for the member", "a Question"},
     [](const MemberCase& c) { return c.anchored.size() > 1; },
     [](const MemberCase& c, const char* row) { return Ask(c, row, "those who agree on the start disagree on the " + c.field->label); }},
    {{"derive", "the policy derives the member", "the derived value is taken"},
     [](const MemberCase& c) { return Derived(c).has_value(); },
     [](const MemberCase& c, const char* row) {
       const Value value = *Derived(c);
       const std::string rule = c.group->view->fleet.policy.derive.at(c.field->name);
       return Ruling{value, row, Words(c, value) + ": the policy derives it (\"" + rule + "\")", Certainty::kDerived};
     }},
    {{"same-start", "a lower authority has the same start and states the member", "it is taken; one with another start does not count"},
     [](const MemberCase& c) { return c.named.size() == 1; },
     [](const MemberCase& c, const char* row) { return FromSide(c, c.named.front(), row, " says so, and its start is right"); }},
    {{"same-start-disagree", "lower authorities of one rank have the same start and disagree on the member", "a Question"},
     [](const MemberCase& c) { return c.named.size() > 1; },
     [](const MemberCase& c, const char* row) { return Ask(c, row, "equals with the same start disagree on the " + c.field->label); }},
    {{"same-start-agreed", "all others with the same start who state the member agree", "it is taken"},
     [](const MemberCase& c) { return c.others.size() == 1 && c.page.size() < 2; },
     [](const MemberCase& c, const char* row) { return FromSide(c, c.others.front(), row, " says so, and its start is right"); }},
    {{"page-distance", "the canonical page states the member", "it keeps its wall-clock distance from the start, visible text first"},
     [](const MemberCase& c) { return c.page.size() == 1 || (c.page.size() > 1 && MayBeSeveral(c)); },
     [](const MemberCase& c, const char* row) {
       Ruling ruling = FromDistance(c, c.page.front(), row);
       if (c.page.size() > 1) ruling.why += "; the page has " + std::to_string(c.page.size()) + " such moments, each keeps its own distance";
       return ruling;
     }},
    {{"page-contradicts-itself", "the canonical page states several ends", "a Question"},
     [](const MemberCase& c) { return c.page.size() > 1; },
     [](const MemberCase& c, const char* row) { return Ask(c, row, "the page states more than one " + c.field->label); }},
    {{"system-distance", "no page states the member", "it keeps the distance of the highest-ranked system that states both"},
     [](const MemberCase& c) { return c.systems.size() == 1; },
     [](const MemberCase& c, const char* row) { return FromDistance(c, c.systems.front(), row); }},
    {{"systems-disagree", "systems of one rank keep different distances", "a Question"},
     [](const MemberCase& c) { return c.systems.size() > 1; },
     [](const MemberCase& c, const char* row) { return Ask(c, row, "the systems keep different distances between the start and the " + c.field->label); }},
};
constexpr DecisionRow kWaits = {"waits-for-start", "the start is an open Question", "its members wait for the answer"};
constexpr DecisionRow kSkipped = {"skipped-time", "the clocks go forward over the time on its day", "a Question: there is no such time"};
constexpr DecisionRow kWaitsForDate = {"waits-for-date", "the date is an open Question", "all times wait for the answer: a time lies on a day"};

}  // namespace

std::optional<Ruling> RuleMember(const MemberCase& input) {
  for (const Row& row : kRows) {
    if (row.applies(input)) return row.rule(input, row.words.name);
  }
  return std::nullopt;
}

Ruling WaitForStart() {
  return {std::nullopt, kWaits.name, "it moves with the start, and which start is right is an open question", Certainty::kOpen};
}

Ruling AskIfSkipped(const TimeGroup& group, const FieldDefinition& field, Ruling ruling) {
  const auto* time = ruling.value ? std::get_if<LocalDateTime>(&*ruling.value) : nullptr;
  const std::string& zone = group.view->booking.zone;
  if (time == nullptr || !time->date) return ruling;
  const auto moment = group.zones->ToInstant(zone, date::local_days(*time->date) + std::chrono::minutes(time->minutes));
  if (!moment.ok() || moment->kind != LocalResolution::Kind::kGap) return ruling;
  const auto after = group.zones->ToLocal(zone, moment->instant);
  if (!after.ok()) return ruling;
  const auto day = date::floor<date::days>(after->local);
  const LocalDateTime later{Date(day), static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(after->local - day).count())};
  const LocalDateTime earlier = AddMinutes(*time, -MinutesBetween(*time, later).value_or(60));
  const std::string said = WordsOfClock(time->minutes) + " on " + FormatDate(*time->date);
  const std::string why = said + " does not exist in " + zone + ": the clocks go forward over it";
  Question question = AskBetween(*group.view, field, {{later, {}}, {earlier, {}}}, why + " (" + ruling.why + ")");
  for (const LocalDateTime& option : {later, earlier}) {
    if (OptionName(option, group.view->booking.date) != group.view->AnswerTo(field.name)) continue;
    return {option, kSkipped.name, WordsOfValue(option, group.date) + ": " + group.view->WordsOfAnswer(field.name) + ", for " + why};
  }
  return {std::nullopt, kSkipped.name, why, Certainty::kOpen, std::move(question)};
}

Ruling WaitForDate() {
  return {std::nullopt, kWaitsForDate.name, "which day it is on is an open question", Certainty::kOpen};
}

const std::vector<DecisionRow>& TimeRows() {
  static const std::vector<DecisionRow> rows = [] {
    std::vector<DecisionRow> words;
    for (const Row& row : kRows) words.push_back(row.words);
    words.push_back(kWaits);
    words.push_back(kWaitsForDate);
    words.push_back(kSkipped);
    return words;
  }();
  return rows;
}

}  // namespace evenkeel
