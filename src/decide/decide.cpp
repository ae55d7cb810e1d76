// Decide: one decision for each booking. The tables rule; this file asks them in order and sorts the claims for and against.
#include <algorithm>

#include "decide/accepted.h"
#include "decide/booking_view.h"
#include "decide/canonical.h"
#include "decide/findings.h"
#include "decide/joined.h"
#include "decide/time_group.h"
#include "decide/unknown_times.h"
#include "decide/words.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr std::string_view kTimeGroup = "time";

bool IsDecided(const FieldDefinition& field) { return field.decided && !field.identifies; }

void SortClaims(const BookingView& view, const FieldDefinition& field, const Decision& decision, Verdict& verdict) {
  if (const std::optional<Claim> instruction = InstructionClaim(view, field)) verdict.supporting.push_back(*instruction);
  if (!verdict.value) return;
  for (const Voice& voice : VoicesOf(view, field.name)) {
    for (const Claim& claim : voice.all) {
      const bool agrees = SameValue(field, claim.value, TargetOfClaim(decision, *voice.source, claim, *verdict.value));
      (agrees ? verdict.supporting : verdict.against).push_back(claim);
    }
  }
}

std::string NamesOf(const std::vector<LostFeature>& lost) {
  std::vector<std::string> names;
  for (const LostFeature& one : lost) names.push_back(one.feature);
  return JoinWords(names);
}

void AddVerdict(const BookingView& view, const FieldDefinition& field, const Ruling& ruling, Decision& decision) {
  Verdict verdict{field.name, ruling.value, {}, {}, ruling.row, ruling.why, ruling.certainty, {}};
  SortClaims(view, field, decision, verdict);
  decision.verdicts.push_back(std::move(verdict));
  if (ruling.question) decision.questions.push_back(*ruling.question);
}

void DecideField(const BookingView& view, const FieldDefinition& field, Decision& decision) {
  const std::vector<Voice> independent = IndependentVoices(view, VoicesOf(view, field.name));
  if (const std::optional<Ruling> ruling = RuleField(MakeFieldCase(view, field, independent))) AddVerdict(view, field, *ruling, decision);
}

std::optional<Date> DecidedDate(const BookingView& view, const Decision& decision) {
  const Verdict* date = decision.Find("date");
  if (date == nullptr || !date->value || !std::holds_alternative<Date>(*date->value)) return view.booking.date;
  return std::get<Date>(*date->value);
}

TimeGroup::Day DateStands(const Verdict* date) {
  if (date == nullptr) return TimeGroup::Day::kAssumed;
  return date->value ? TimeGroup::Day::kDecided : TimeGroup::Day::kOpen;
}

void DecideTimes(const BookingView& view, const ZoneSource& zones, Decision& decision) {
  const Verdict* date = decision.Find("date");
  TimeGroup group{&view, &zones, DecidedDate(view, decision), DateStands(date), decision.canonical ? view.index.Find(*decision.canonical) : nullptr, {}};
  RuleTimeGroup(group);
  for (const FieldDefinition& field : view.fleet.fields.fields()) {
    const auto ruling = group.rulings.find(field.name);
    if (ruling != group.rulings.end()) AddVerdict(view, field, ruling->second, decision);
  }
}

bool IsInGroup(const FieldDefinition& field) {
  for (const char* name : {"start", "end", "arrival", "cutoff", "switch", "duration"}) {
    if (field.name == name) return field.group == kTimeGroup;
  }
  return false;
}

bool IsPast(const BookingView& view, const Snapshot& snapshot, const ZoneSource& zones, const Decision& decision) {
  const std::optional<Date> date = DecidedDate(view, decision);
  if (!date) return false;
  const StatusOr<ZonedTime> now = zones.ToLocal(view.booking.zone, snapshot.taken_at);
  if (!now.ok()) return false;
  return date::local_days(*date) < date::floor<date::days>(now->local);
}

Decision DecideBooking(const BookingView& view, const std::vector<Booking>& all, const Snapshot& snapshot, const ZoneSource& zones) {
  Decision decision;
  decision.booking = view.booking;
  decision.booking.candidates = OpenCandidates(view.booking, view.answers);
  PageChoice choice = ChoosePage(view);
  decision.canonical = choice.canonical;
  decision.why_canonical = std::move(choice.why);
  decision.duplicates = std::move(choice.duplicates);
  decision.lost = LostFeatures(view);
  if (decision.canonical && !decision.lost.empty()) decision.why_canonical += "; it lacks " + NamesOf(decision.lost) + ", which the booking's page had";
  if (choice.question) decision.questions.push_back(*std::move(choice.question));
  if (const FieldDefinition* date = view.fleet.fields.Find("date")) DecideField(view, *date, decision);
  DecideTimes(view, zones, decision);
  for (const FieldDefinition& field : view.fleet.fields.fields()) {
    if (IsDecided(field) && field.name != "date" && !IsInGroup(field)) DecideField(view, field, decision);
  }
  SetAcceptedApart(view, decision);
  AskAboutUnknownTimes(view, decision);
  for (Question& question : AskAboutCandidates(view.booking, all, view.answers)) decision.questions.push_back(std::move(question));
  std::sort(decision.questions.begin(), decision.questions.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  decision.findings = FindingsOf(view, decision);
  decision.read_only = view.fleet.policy.past == Past::kReadOnly && IsPast(view, snapshot, zones, decision);
  return decision;
}

// Verdicts stand in the registry's order, whatever order they were made in.
void SortVerdicts(const FieldRegistry& fields, std::vector<Verdict>& verdicts) {
  const auto place = [&](const Verdict& verdict) { return fields.Find(verdict.field) - fields.fields().data(); };
  std::stable_sort(verdicts.begin(), verdicts.end(), [&](const Verdict& a, const Verdict& b) { return place(a) < place(b); });
}

}  // namespace

const std::vector<DecisionRow>& DecisionRows() {
  static const std::vector<DecisionRow> rows = [] {
    std::vector<DecisionRow> all = FieldRows();
    all.insert(all.end(), TimeRows().begin(), TimeRows().end());
    all.insert(all.end(), PageRows().begin(), PageRows().end());
    return all;
  }();
  return rows;
}

std::vector<Decision> Decide(const FleetConfig& fleet, const Snapshot& snapshot, const std::vector<Booking>& bookings,
                             const Answers& answers, const ZoneSource& zones) {
  const SnapshotIndex index(snapshot);
  const std::vector<Booking> joined = JoinAnswered(bookings, answers);
  std::vector<Decision> decisions;
  for (const Booking& booking : joined) {
    const BookingView view(fleet, snapshot, index, booking, answers);
    decisions.push_back(DecideBooking(view, joined, snapshot, zones));
    SortVerdicts(fleet.fields, decisions.back().verdicts);
  }
  return decisions;
}

}  // namespace evenkeel
