#include "decide/unknown_times.h"

#include <algorithm>
#include <map>
#include <set>

#include "decide/words.h"
#include "digest/sha256.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr const char* kMembers[] = {"start", "end", "arrival", "cutoff", "switch"};
constexpr const char* kLeave = "leave";

// The booking's old times, by clock: what is claimed against the verdict or was until a run of ours, and for which fields.
std::map<int, std::set<std::string>> OldTimes(const BookingView& view, const Decision& decision) {
  std::map<int, std::set<std::string>> times;
  for (const char* field : kMembers) {
    const Verdict* verdict = decision.Find(field);
    const auto* now = verdict == nullptr || !verdict->value ? nullptr : std::get_if<LocalDateTime>(&*verdict->value);
    if (now == nullptr) continue;
    const auto former = view.former_times.find(field);
    std::set<int> old = former == view.former_times.end() ? std::set<int>{} : former->second;
    const auto add = [&old](const Claim& claim) {
      if (const auto* time = std::get_if<LocalDateTime>(&claim.value)) old.insert(time->minutes);
    };
    for (const Claim& claim : verdict->against) add(claim);
    for (const AcceptedClaim& accepted : verdict->accepted) add(accepted.claim);
    old.erase(now->minutes);
    for (const int minutes : old) times[minutes].insert(field);
  }
  return times;
}

// What the page says of the times is accepted as it is: an answer to what one of them means is for later.
bool KeepsTimes(const Decision& decision, const Observed& page) {
  return std::any_of(std::begin(kMembers), std::end(kMembers), [&](const char* field) {
    const Verdict* verdict = decision.Find(field);
    return verdict != nullptr && std::any_of(verdict->accepted.begin(), verdict->accepted.end(), [&](const AcceptedClaim& one) { return one.claim.resource == page.resource; });
  });
}

// The fields a reference could be: those whose old time it equals.
std::set<std::string> CouldBe(const TimeReference& time, const std::map<int, std::set<std::string>>& old_times) {
  std::set<std::string> fields;
  for (const std::optional<int>& clock : {time.start, time.end}) {
    const auto found = clock ? old_times.find(*clock) : old_times.end();
    if (found != old_times.end()) fields.insert(found->second.begin(), found->second.end());
  }
  return fields;
}

// Named by what it says and where among its like, not by its bytes' place: an edit before it does not change the question.
std::string NameOf(const Observed& page, const TimeReference& time) {
  std::size_t like = 0;
  for (const TimeReference& other : page.page->reading.times) like += other.text == time.text && other.span < time.span ? 1 : 0;
  return "time-" + Sha256Hex(page.resource.ToString() + "\n" + time.text + "\n" + std::to_string(like)).substr(0, 8);
}

Question Ask(const BookingView& view, const Observed& page, const TimeReference& time, const std::set<std::string>& fields, const Decision& decision) {
  const std::string shown = FoldSpace(time.text);
  Question question{QuestionId(view.booking, NameOf(page, time)), view.booking.key, "time", "", {}, ""};
  question.text = "What is \"" + shown + "\" on line " + std::to_string(time.line) + " of " + page.resource.ToString() + "?";
  question.why = "a guest can see it, it equals a time of the booking that is no longer true, and the page does not say what it is for";
  for (const std::string& field : fields) {
    const Value& now = *decision.Find(field)->value;
    question.options.push_back({field, "it is the " + field + ": it becomes " + WordsOfValue(now, view.booking.date), {"\"" + shown + "\" was the " + field}});
  }
  question.options.push_back({kLeave, "it is something else: it stays as it is", {}});
  return question;
}

}  // namespace

void AskAboutUnknownTimes(const BookingView& view, Decision& decision) {
  const std::map<int, std::set<std::string>> old_times = OldTimes(view, decision);
  for (const Observed* page : view.pages) {
    if (std::binary_search(decision.duplicates.begin(), decision.duplicates.end(), page->resource)) continue;
    const bool keeps = KeepsTimes(decision, *page);
    for (const TimeReference& time : page->page->reading.times) {
      if (time.role != Role::kUnknown || time.hidden) continue;
      const std::set<std::string> fields = CouldBe(time, old_times);
      if (fields.empty()) continue;
      const std::string answer = view.AnswerTo(NameOf(*page, time));
      if (fields.count(answer) > 0) {
        if (!keeps) decision.roles.push_back({page->resource, time.span, answer});
      } else if (answer != kLeave) {
        decision.questions.push_back(Ask(view, *page, time, fields, decision));
      }
    }
  }
}

}  // namespace evenkeel
