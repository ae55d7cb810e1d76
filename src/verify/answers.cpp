#include "verify/answers.h"

#include <algorithm>

#include "observe/document_write.h"
#include "observe/state_documents.h"
#include "text/fold.h"
#include "text/nearest.h"

namespace evenkeel {
namespace {

using Options = std::map<std::string, std::vector<std::string>>;  // question id → option names

void AddQuestions(const Fleet& fleet, const Snapshot& snapshot, const std::vector<Booking>& bookings, const Answers& answers,
                  Options& options) {
  for (const Decision& decision : Decide(fleet.config, snapshot, bookings, answers, *fleet.zones)) {
    for (const Question& question : decision.questions) {
      std::vector<std::string>& names = options[question.id];
      names.clear();
      for (const QuestionOption& option : question.options) names.push_back(option.name);
    }
  }
}

// An answered question is asked no more, and some are asked only once another has its answer: so each is looked for with every
// other answer given and itself taken away.
Options OptionsFor(const Fleet& fleet, const Snapshot& snapshot, const std::vector<Booking>& bookings, const Answers& kept,
                   const Answers& given) {
  Options options;
  AddQuestions(fleet, snapshot, bookings, kept, options);
  Answers all = kept;
  for (const auto& [id, option] : given) all[id] = option;
  for (const auto& [id, option] : given) {
    if (options.count(id) > 0) continue;
    Answers others = all;
    others.erase(id);
    AddQuestions(fleet, snapshot, bookings, others, options);
  }
  return options;
}

}  // namespace

Answers AnswersOf(const Snapshot& snapshot) {
  Answers answers;
  for (const KeptAnswer& answer : snapshot.answers) answers[answer.question] = answer.option;
  return answers;
}

Status CheckAnswers(const Fleet& fleet, const Snapshot& snapshot, const std::vector<Booking>& bookings, const Answers& kept,
                    const Answers& given) {
  if (given.empty()) return OkStatus();
  const Options options = OptionsFor(fleet, snapshot, bookings, kept, given);
  std::vector<std::string> ids;
  for (const auto& [id, names] : options) ids.push_back(id);
  for (const auto& [id, option] : given) {
    const auto asked = options.find(id);
    if (asked == options.end()) {
      const std::string nearest = NearestName(id, ids);
      return Status(
          Code::kInvalidArgument,
          "nobody asks this question" + (nearest.empty() ? "; open questions: " + (ids.empty() ? "none" : JoinWords(ids))
                                                         : "; did you mean " + nearest + "?"),
          id);
    }
    bool known = false;
    for (const std::string& name : asked->second) known = known || name == option;
    if (!known) {
      return Status(Code::kInvalidArgument, "this question has no option \"" + option + "\"; it has: " + JoinWords(asked->second),
                    id);
    }
  }
  return OkStatus();
}

std::vector<KeptAnswer> TakeAnswers(Snapshot& snapshot, const Answers& given, const std::string& by) {
  std::vector<KeptAnswer> taken;
  for (const auto& [id, option] : given) {
    const auto before = std::find_if(snapshot.answers.begin(), snapshot.answers.end(), [&question = id](const KeptAnswer& kept) { return kept.question == question; });
    const bool is_kept = before != snapshot.answers.end();
    if (is_kept && before->option == option && (by.empty() || !before->by.empty())) continue;
    taken.push_back({id, option, by, snapshot.taken_at});
    if (is_kept) {
      *before = taken.back();
    } else {
      snapshot.answers.push_back(taken.back());
    }
  }
  return taken;
}

Status KeepAnswers(Fleet& fleet, const std::vector<KeptAnswer>& answers) {
  for (const KeptAnswer& answer : answers) {
    EVENKEEL_RETURN_IF_ERROR(WriteDocument(*fleet.state, std::string(kAnswerKind), answer.question, ToJson(answer)));
  }
  return OkStatus();
}

}  // namespace evenkeel
