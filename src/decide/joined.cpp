#include "decide/joined.h"

#include <algorithm>
#include <map>

#include "decide/booking_view.h"
#include "digest/sha256.h"

namespace evenkeel {
namespace {

constexpr const char* kSame = "same";
constexpr const char* kOther = "other";

std::string CandidateQuestion(const Booking& booking, const Resource& candidate) {
  return QuestionId(booking, "member-" + Sha256Hex(candidate.ToString()).substr(0, 8));
}

bool IsAnswered(const Answers& answers, const std::string& question, const char* with) {
  const auto found = answers.find(question);
  return found != answers.end() && found->second == with;
}

bool HasMember(const Booking& booking, const Resource& resource) {
  return std::find(booking.members.begin(), booking.members.end(), resource) != booking.members.end();
}

// Which of two joined bookings gives the key: one with a booking id, then one with a code, then the first by key.
int KeyRank(const Booking& booking) {
  if (booking.identifiers.count("booking") > 0) return 0;
  return booking.identifiers.count("code") > 0 ? 1 : 2;
}

void Absorb(Booking& into, Booking from) {
  if (std::pair(KeyRank(from), from.key) < std::pair(KeyRank(into), into.key)) std::swap(into, from);
  for (const auto& [kind, values] : from.identifiers) into.identifiers[kind].insert(values.begin(), values.end());
  into.members.insert(into.members.end(), from.members.begin(), from.members.end());
  std::sort(into.members.begin(), into.members.end());
  into.members.erase(std::unique(into.members.begin(), into.members.end()), into.members.end());
  into.links.insert(into.links.end(), from.links.begin(), from.links.end());
  into.candidates.insert(into.candidates.end(), from.candidates.begin(), from.candidates.end());
  if (!into.date) into.date = from.date;
  if (into.guest.empty()) into.guest = from.guest;
}

void DropOwnCandidates(Booking& booking) {
  auto& candidates = booking.candidates;
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), [&](const Link& link) { return HasMember(booking, link.resource); }),
                   candidates.end());
}

}  // namespace

std::vector<Booking> JoinAnswered(std::vector<Booking> bookings, const Answers& answers) {
  const auto key_less = [](const Booking& a, const Booking& b) { return a.key < b.key; };
  std::sort(bookings.begin(), bookings.end(), key_less);
  for (std::size_t i = 0; i < bookings.size(); ++i) {
    const std::vector<Link> candidates = bookings[i].candidates;
    for (const Link& link : candidates) {
      if (!IsAnswered(answers, CandidateQuestion(bookings[i], link.resource), kSame)) continue;
      const auto owner = std::find_if(bookings.begin(), bookings.end(), [&](const Booking& b) { return HasMember(b, link.resource); });
      if (owner == bookings.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      if (owner == bookings.end()) {
        bookings[i].members.push_back(link.resource);
        bookings[i].links.push_back(link);
        std::sort(bookings[i].members.begin(), bookings[i].members.end());
        continue;
      }
      Booking other = std::move(*owner);
      const bool owner_before = owner - bookings.begin() < static_cast<std::ptrdiff_t>(i);
      bookings.erase(owner);
      if (owner_before) --i;
      Absorb(bookings[i], std::move(other));
    }
  }
  for (Booking& booking : bookings) DropOwnCandidates(booking);
  std::sort(bookings.begin(), bookings.end(), key_less);
  return bookings;
}

std::vector<Link> OpenCandidates(const Booking& booking, const Answers& answers) {
  std::vector<Link> open;
  for (const Link& link : booking.candidates) {
    const std::string question = CandidateQuestion(booking, link.resource);
    if (!IsAnswered(answers, question, kSame) && !IsAnswered(answers, question, kOther)) open.push_back(link);
  }
  return open;
}

std::vector<Question> AskAboutCandidates(const Booking& booking, const std::vector<Booking>& all, const Answers& answers) {
  std::vector<Question> questions;
  for (const Link& link : OpenCandidates(booking, answers)) {
    const auto owner = std::find_if(all.begin(), all.end(), [&](const Booking& b) { return HasMember(b, link.resource); });
    if (owner != all.end() && owner->key < booking.key) {
      const bool asked_there = std::any_of(owner->candidates.begin(), owner->candidates.end(),
                                           [&](const Link& back) { return HasMember(booking, back.resource); });
      if (asked_there) continue;
    }
    Question question{CandidateQuestion(booking, link.resource), booking.key, "member", "", {}, ""};
    question.text = "Does " + link.resource.ToString() + " belong to " + booking.key + "?";
    question.why = "date and guest alone do not tell: " + link.evidence;
    question.options = {{kOther, "leaves it as it is, a booking of its own", {}},
                        {kSame, "decides and plans it together with " + booking.key + ", where it may be edited or retired", {link.evidence}}};
    questions.push_back(std::move(question));
  }
  return questions;
}

}  // namespace evenkeel
