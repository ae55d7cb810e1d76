#include "decide/booking_view.h"

#include <algorithm>
#include <tuple>

namespace evenkeel {
namespace {

// Whoever says "the start is 2026-06-01T15:30" says the date with it.
std::optional<Instruction> DateWithStart(const FieldRegistry& fields, const Instruction& instruction) {
  const FieldDefinition* field = instruction.field == "start" ? fields.Find("start") : nullptr;
  if (field == nullptr) return std::nullopt;
  const StatusOr<Value> value = ParseValue(*field, instruction.value);
  const auto* time = value.ok() ? std::get_if<LocalDateTime>(&*value) : nullptr;
  if (time == nullptr || !time->date) return std::nullopt;
  return Instruction{instruction.booking, "date", FormatDate(*time->date), instruction.by, instruction.at};
}

// The latest word for each field; at the same instant the one that sorts last, so that the order of input does not matter.
std::vector<Instruction> LatestWords(const FieldRegistry& fields, const Snapshot& snapshot, const Booking& booking) {
  std::map<std::string, Instruction> latest;
  const auto rank = [](const Instruction& i) { return std::tie(i.at, i.value, i.by); };
  const auto add = [&](const Instruction& instruction) {
    const auto [place, is_new] = latest.emplace(instruction.field, instruction);
    if (!is_new && rank(place->second) < rank(instruction)) place->second = instruction;
  };
  for (const Instruction& instruction : snapshot.instructions) {
    if (!IsCalled(booking, instruction.booking)) continue;
    add(instruction);
    if (const std::optional<Instruction> date = DateWithStart(fields, instruction)) add(*date);
  }
  std::vector<Instruction> words;
  for (auto& [field, instruction] : latest) words.push_back(std::move(instruction));
  return words;
}

// By field, then by where it stands; values last, so that no two different claims are equal here.
bool StandsBefore(const Claim& a, const Claim& b) {
  const auto place = [](const Claim& claim) {
    const Evidence& evidence = claim.evidence;
    return std::tuple(std::string_view(claim.field), std::string_view(evidence.attribute), evidence.span.value_or(Span{}),
                      std::string_view(evidence.carrier), std::string_view(evidence.text), evidence.visible);
  };
  const auto place_a = place(a), place_b = place(b);
  if (place_a != place_b) return place_a < place_b;
  return FormatValue(a.value) < FormatValue(b.value);
}

}  // namespace

SnapshotIndex::SnapshotIndex(const Snapshot& snapshot) {
  for (const Observed& observed : snapshot.resources) {
    const Observed* in_order = &observed;
    if (!std::is_sorted(observed.claims.begin(), observed.claims.end(), StandsBefore) ||
        !std::is_sorted(observed.identifiers.begin(), observed.identifiers.end())) {
      Observed& copy = sorted_.emplace_back(observed);
      std::sort(copy.claims.begin(), copy.claims.end(), StandsBefore);
      std::sort(copy.identifiers.begin(), copy.identifiers.end());
      in_order = &copy;
    }
    resources.emplace(observed.resource, in_order);
  }
  for (const StoreState& store : snapshot.stores) stores.emplace(store.name, &store);
}

const Observed* SnapshotIndex::Find(const Resource& resource) const {
  const auto found = resources.find(resource);
  return found == resources.end() ? nullptr : found->second;
}

const StoreState* SnapshotIndex::FindStore(std::string_view name) const {
  const auto found = stores.find(name);
  return found == stores.end() ? nullptr : found->second;
}

BookingView::BookingView(const FleetConfig& fleet_config, const Snapshot& all, const SnapshotIndex& snapshot_index, const Booking& of,
                         const Answers& given)
    : fleet(fleet_config), index(snapshot_index), booking(of), answers(given), kept_answers(all.answers), instructions(LatestWords(fleet_config.fields, all, of)) {
  std::vector<Resource> members = booking.members;
  std::sort(members.begin(), members.end());
  for (const Resource& member : members) {
    const Observed* observed = index.Find(member);
    if (observed == nullptr) continue;
    if (!observed->problem.ok()) {
      unreadable.push_back(observed);
      continue;
    }
    if (observed->page && !observed->page->reading.redirect_to.empty()) continue;  // a redirect of ours says nothing itself
    speakers.push_back(observed);
    if (observed->page) pages.push_back(observed);
  }
  for (const Tombstone& tombstone : all.tombstones) {
    const bool is_member = std::binary_search(members.begin(), members.end(), tombstone.page);
    if (is_member || IsCalled(booking, tombstone.booking)) tombstones.push_back(tombstone);
  }
  for (const Acceptance& acceptance : all.acceptances) {
    if (all.taken_at < acceptance.until && IsCalled(booking, acceptance.booking)) acceptances.push_back(&acceptance);
  }
  for (const RememberedFeatures& one : all.remembered) {
    const bool is_member = std::binary_search(members.begin(), members.end(), one.page);
    if (is_member || IsCalled(booking, one.booking)) remembered.push_back(one);
  }
  for (const FormerWords& words : all.former_words) {
    if (!IsCalled(booking, words.booking)) continue;
    for (const auto& [field, clocks] : words.times) former_times[field].insert(clocks.begin(), clocks.end());
  }
}

const Instruction* BookingView::InstructionFor(std::string_view field) const {
  for (const Instruction& instruction : instructions) {
    if (instruction.field == field) return &instruction;
  }
  return nullptr;
}

std::string BookingView::AnswerTo(std::string_view about) const {
  const auto found = answers.find(QuestionId(booking, about));
  return found == answers.end() ? std::string() : found->second;
}

std::string BookingView::WordsOfAnswer(std::string_view about) const {
  const std::string question = QuestionId(booking, about);
  std::string words = "the answer given to the question " + question;
  for (const KeptAnswer& answer : kept_answers) {
    if (answer.question == question && answer.option == AnswerTo(about) && !answer.by.empty()) words += " by " + answer.by + " on " + FormatInstant(answer.at).substr(0, 10);
  }
  return words;
}

std::string QuestionId(const Booking& booking, std::string_view about) {
  std::string id = booking.key + "." + std::string(about);
  for (char& c : id) {
    if (c == '=' || static_cast<unsigned char>(c) <= ' ') c = '_';  // what stands before the '=' of --decide
  }
  return id;
}

bool IsCalled(const Booking& booking, const std::string& name) {
  if (booking.key == name) return true;
  for (const auto& [kind, values] : booking.identifiers) {
    if (kind != "guest" && kind != "date" && values.count(name) > 0) return true;
  }
  return false;
}

}  // namespace evenkeel
