#include "verify/answers.h"

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

Status KeepAnswers(Fleet& fleet, const Answers& kept, const Answers& given, const std::string& by) {
  for (const auto& [id, option] : given) {
    const auto before = kept.find(id);
    if (before != kept.end() && before->second == option) continue;
    const KeptAnswer answer{id, option, by, fleet.environment->Now()};
    EVENKEEL_RETURN_IF_ERROR(WriteDocument(*fleet.state, std::string(kAnswerKind), id, ToJson(answer)));
  }
  return OkStatus();
}

}  // namespace evenkeel
