// Who is heard for the members of the time group.
#include "decide/time_group.h"

#include <algorithm>

#include "decide/words.h"

namespace evenkeel {
namespace {

const LocalDateTime& TimeOf(const Value& value) { return std::get<LocalDateTime>(value); }

std::optional<Derivation> DerivationOf(const Policy& policy, const std::string& member) {
  const auto rule = policy.derive.find(member);
  return rule == policy.derive.end() ? std::nullopt : ParseDerivation(rule->second);
}

// Each after the one that the policy derives it from. A circle, which a fleet file cannot have, ends where it begins.
std::vector<std::string> MembersInOrder(const Policy& policy) {
  std::vector<std::string> left(std::begin(kDerivable), std::end(kDerivable)), ordered;
  while (!left.empty()) {
    auto next = std::find_if(left.begin(), left.end(), [&](const std::string& member) {
      const auto derivation = DerivationOf(policy, member);
      return !derivation || std::find(left.begin(), left.end(), derivation->base) == left.end();
    });
    if (next == left.end()) next = left.begin();
    ordered.push_back(*next);
    left.erase(next);
  }
  return ordered;
}

// A system's own start. Undated ones are of the booking's day.
std::optional<LocalDateTime> OwnStart(const TimeGroup& group, const Observed& source) {
  const std::vector<Claim> says = PrimaryClaims(source, "start");
  if (says.empty() || !std::holds_alternative<LocalDateTime>(says.front().value)) return std::nullopt;
  LocalDateTime start = TimeOf(says.front().value);
  if (!start.date) start.date = group.date;
  return start;
}

bool HasStart(const TimeGroup& group, const Observed& source, const LocalDateTime& start) {
  const FieldDefinition& field = *group.view->fleet.fields.Find("start");
  const std::vector<Claim> says = PrimaryClaims(source, "start");
  return !says.empty() && std::all_of(says.begin(), says.end(), [&](const Claim& claim) {
    LocalDateTime own = TimeOf(claim.value);
    if (!own.date) own.date = group.date;
    return SameValue(field, own, start);
  });
}

// What a page says of a member beside the right start. Of several moments the first stands for all but the end.
std::vector<Claim> PageClaims(const Observed& page, const FieldDefinition& field, const LocalDateTime& start) {
  std::vector<Claim> says;
  for (const Distance& distance : DistancesOf(page, field.name)) {
    if (TimeOf(distance.start.value).minutes == start.minutes) says.push_back(distance.member);
  }
  if (field.name != "end" && says.size() > 1) says.resize(1);
  return says;
}

// What a system says of a member; a duration with a start is an end.
std::vector<Claim> MemberClaims(const TimeGroup& group, const Observed& source, const FieldDefinition& field, const LocalDateTime& verdict) {
  std::vector<Claim> says = source.page ? PageClaims(source, field, verdict) : PrimaryClaims(source, field.name);
  if (!says.empty() || field.name != "end") return says;
  const std::optional<LocalDateTime> start = OwnStart(group, source);
  for (Claim claim : PrimaryClaims(source, "duration")) {
    const auto* minutes = std::get_if<std::int64_t>(&claim.value);
    if (!start || minutes == nullptr || *minutes <= 0 || *minutes > 7 * 24 * 60) continue;
    claim.field = field.name;
    claim.value = AddMinutes(*start, static_cast<int>(*minutes));
    says.push_back(std::move(claim));
  }
  return says;
}

// The best rank among those with the right start: they anchor the group. An unnamed one ranks below all that are named.
std::size_t RankOf(const TimeGroup& group, const Observed& source) {
  return LevelOf(group.view->fleet.policy, "start", source.resource.store).value_or(SIZE_MAX);
}

struct Heard {
  std::vector<const Observed*> with_start;  // independent, and their start is the verdict
  std::size_t anchor_rank = SIZE_MAX;
};

Heard HearStarts(const TimeGroup& group, const LocalDateTime& start) {
  Heard heard;
  for (const Voice& voice : IndependentVoices(*group.view, VoicesOf(*group.view, "start"))) {
    if (!HasStart(group, *voice.source, start)) continue;
    heard.with_start.push_back(voice.source);
    heard.anchor_rank = std::min(heard.anchor_rank, RankOf(group, *voice.source));
  }
  return heard;
}

void AddClaims(std::vector<Claim>& to, std::vector<Claim> claims) { to.insert(to.end(), claims.begin(), claims.end()); }

// What those say of the member who rank above the anchor and state no start: an authority's word is not overruled by a distance.
std::vector<Claim> HigherWords(const MemberCase& c, const Heard& heard) {
  std::vector<Claim> words;
  std::size_t best = heard.anchor_rank;
  for (const Voice& voice : IndependentVoices(*c.group->view, VoicesOf(*c.group->view, c.field->name))) {
    const bool has_start = !PrimaryClaims(*voice.source, "start").empty();
    if (has_start || !voice.level || *voice.level >= heard.anchor_rank || *voice.level > best) continue;
    if (*voice.level < best) words.clear();
    best = *voice.level;
    AddClaims(words, voice.says);
  }
  return words;
}

void HearMember(MemberCase& c, const Heard& heard) {
  const Policy& policy = c.group->view->fleet.policy;
  std::optional<std::size_t> best;
  std::vector<Claim> anchored, named, others;
  for (const Observed* source : heard.with_start) {
    const std::vector<Claim> says = MemberClaims(*c.group, *source, *c.field, c.start);
    if (says.empty()) continue;
    if (heard.anchor_rank != SIZE_MAX && RankOf(*c.group, *source) == heard.anchor_rank) {
      AddClaims(anchored, says);
      continue;
    }
    const std::optional<std::size_t> level = LevelOf(policy, c.field->name, source->resource.store);
    if (!level) {
      AddClaims(others, says);
    } else if (!best || *level <= *best) {
      if (best && *level < *best) named.clear();
      best = level;
      AddClaims(named, says);
    }
  }
  if (std::vector<Claim> higher = HigherWords(c, heard); !higher.empty()) anchored = std::move(higher);
  c.anchored = SidesOf(*c.field, anchored);
  c.named = SidesOf(*c.field, named);
  c.others = SidesOf(*c.field, others);
}

// The distances of the highest-ranked systems that state both times; several where equals differ.
std::vector<Distance> SystemDistances(const MemberCase& c) {
  std::vector<Distance> distances;
  std::size_t best = SIZE_MAX;
  for (const Voice& voice : IndependentVoices(*c.group->view, VoicesOf(*c.group->view, c.field->name))) {
    const std::vector<Distance> own = DistancesOf(*voice.source, c.field->name);
    const std::size_t rank = voice.level.value_or(SIZE_MAX);
    if (own.empty() || rank > best) continue;
    if (rank < best) distances.clear();
    best = rank;
    for (const Distance& distance : own) {
      const bool known = std::any_of(distances.begin(), distances.end(), [&](const Distance& d) { return d.minutes == distance.minutes; });
      if (!known) distances.push_back(distance);
    }
  }
  return distances;
}

MemberCase MakeMemberCase(const TimeGroup& group, const FieldDefinition& field, const LocalDateTime& start, const Heard& heard) {
  MemberCase c{&group, &field, start, InstructionClaim(*group.view, field), group.view->AnswerTo(field.name), {}, {}, {}, {}, {}, {}};
  HearMember(c, heard);
  c.derivation = DerivationOf(group.view->fleet.policy, field.name);
  if (group.canonical != nullptr) c.page = DistancesOf(*group.canonical, field.name);
  c.systems = SystemDistances(c);
  return c;
}

bool IsSpokenOf(const BookingView& view, const std::string& field) {
  return view.InstructionFor(field) != nullptr || !VoicesOf(view, field).empty();
}

void RuleDuration(TimeGroup& group, const LocalDateTime& start) {
  const auto end = group.rulings.find("end");
  if (!IsSpokenOf(*group.view, "duration") || end == group.rulings.end() || !end->second.value) return;
  const int minutes = MinutesFromStart("end", start, TimeOf(*end->second.value));
  group.rulings["duration"] = {std::int64_t{minutes}, "duration", WordsOfDistance(minutes) + ": from the start to the end", Certainty::kDerived};
}

// Without any start the members stand alone, each decided like any other field.
void RuleAlone(TimeGroup& group, const FieldDefinition& field) {
  const std::vector<Voice> independent = IndependentVoices(*group.view, VoicesOf(*group.view, field.name));
  if (std::optional<Ruling> ruling = RuleField(MakeFieldCase(*group.view, field, independent))) group.rulings[field.name] = *std::move(ruling);
}

// The day is the date's verdict and no other: a start that holds another one has been heard there. Where nobody speaks of the date, an
// undated start is of the booking's day.
void PutOnDay(const TimeGroup& group, LocalDateTime& start) {
  if (!start.date || group.day == TimeGroup::Day::kDecided) start.date = group.date;
}

std::vector<Voice> DatedStarts(const TimeGroup& group) {
  std::vector<Voice> voices = IndependentVoices(*group.view, VoicesOf(*group.view, "start"));
  for (Voice& voice : voices) {
    for (Claim& claim : voice.says) {
      if (auto* time = std::get_if<LocalDateTime>(&claim.value)) PutOnDay(group, *time);
    }
  }
  return voices;
}

std::optional<Ruling> RuleStart(const TimeGroup& group, const FieldDefinition& field) {
  std::optional<Ruling> start = RuleField(MakeFieldCase(*group.view, field, DatedStarts(group)));
  if (!start || !start->value) return start;
  LocalDateTime time = TimeOf(*start->value);
  PutOnDay(group, time);
  start->value = time;
  return AskIfSkipped(group, field, *std::move(start));
}

void LetWaitForDate(TimeGroup& group) {
  for (const char* name : {"start", "end", "arrival", "cutoff", "switch"}) {
    if (IsSpokenOf(*group.view, name)) group.rulings[name] = WaitForDate();
  }
}

}  // namespace

void RuleTimeGroup(TimeGroup& group) {
  const FieldRegistry& fields = group.view->fleet.fields;
  const FieldDefinition* start_field = fields.Find("start");
  if (start_field == nullptr) return;
  if (group.day == TimeGroup::Day::kOpen) return LetWaitForDate(group);
  const std::optional<Ruling> start = RuleStart(group, *start_field);
  if (start) group.rulings["start"] = *start;
  const Heard heard = start && start->value ? HearStarts(group, TimeOf(*start->value)) : Heard{};
  for (const std::string& name : MembersInOrder(group.view->fleet.policy)) {
    const FieldDefinition* field = fields.Find(name);
    if (field == nullptr || !IsSpokenOf(*group.view, name)) continue;
    if (!start) {
      RuleAlone(group, *field);
    } else if (!start->value) {
      group.rulings[name] = WaitForStart();
    } else if (auto ruling = RuleMember(MakeMemberCase(group, *field, TimeOf(*start->value), heard))) {
      group.rulings[name] = AskIfSkipped(group, *field, *std::move(ruling));
    }
  }
  if (start && start->value) RuleDuration(group, TimeOf(*start->value));
}

}  // namespace evenkeel
