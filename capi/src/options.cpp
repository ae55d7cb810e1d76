#include "options.h"

#include <cstdint>
#include <utility>

#include "evenkeel/json.h"

namespace evenkeel::capi {
namespace {

// The action as it stands in a run's document.
std::string ActionText(const ActionReport& action) {
  RunReport report;
  report.actions.push_back(action);
  return DumpJson(RunReportToJson(report).at("actions").at(0));
}

std::string LineOf(const ActionReport& action) {
  const Outcome outcome = action.undo ? action.undo->outcome : action.outcome;
  return (action.undo ? "taken back, " : "") + std::string(OutcomeName(outcome)) + ": " + std::string(VerbName(action.verb)) + " " + action.store + ":" +
         action.resource;
}

std::function<void(const ActionReport&)> ProgressOf(const ek_apply_options& options, const Log& log) {
  return [tell = options.progress, host = options.progress_host, log](const ActionReport& action) {
    log.Note(LineOf(action));
    if (tell == nullptr) return;
    const std::string text = ActionText(action);
    // What the host's callback throws must not end a run half way.
    const bool told = GuardValue(false, [&] {
      tell(host, ViewOf(text));
      return true;
    });
    if (!told) log.Warn("the progress callback threw an exception");
  };
}

// Of ek_audit_options, ek_accept_options and ek_apply_options.
template <typename Options>
std::function<bool()> KeepGoingOf(const Options& options, const Log& log) {
  if (options.keep_going == nullptr) return {};
  return [ask = options.keep_going, host = options.keep_going_host, log] {
    const int answer = GuardValue(-1, [&] { return ask(host) != 0 ? 1 : 0; });
    if (answer < 0) log.Warn("the keep_going callback threw an exception; the call stops here");
    return answer > 0;
  };
}

// Of ek_audit_options and ek_accept_options.
template <typename Options>
std::function<void(const PageProgress&)> OnPagesOf(const Options& options, const Log& log) {
  if (options.on_pages == nullptr) return {};
  return [tell = options.on_pages, host = options.on_pages_host, log](const PageProgress& progress) {
    const bool told = GuardValue(false, [&] {
      tell(host, ViewOf(progress.store), progress.read, progress.listed, progress.all_listed ? 1 : 0);
      return true;
    });
    if (!told) log.Warn("the on_pages callback threw an exception");
  };
}

// "QUESTION=OPTION", as the program's --decide.
Answers AnswersOf(const std::vector<std::string>& words, Taken& taken) {
  Answers answers;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      taken.Fail("decide", "\"" + word + "\" is no answer; write QUESTION=OPTION");
    } else if (!answers.emplace(word.substr(0, equals), word.substr(equals + 1)).second) {
      taken.Fail("decide", "answers " + word.substr(0, equals) + " twice");
    }
  }
  return answers;
}

}  // namespace

StatusOr<AuditOptions> AuditOptionsOf(const ek_audit_options* given, const Log& log) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_audit_options options, CopyStruct(given, "ek_audit_options"));
  Taken taken;
  AuditOptions into;
  if (std::string booking = taken.Text(options.booking, "booking"); !booking.empty()) into.booking = std::move(booking);
  into.from = taken.DateOf(options.from, "from");
  into.to = taken.DateOf(options.to, "to");
  into.answers = AnswersOf(taken.Texts(options.decide, "decide"), taken);
  into.by = taken.Text(options.by, "by");
  if (!into.answers.empty() && into.by.empty()) taken.Fail("by", "is not given; name who answers");
  into.keep_going = KeepGoingOf(options, log);
  into.on_pages = OnPagesOf(options, log);
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return into;
}

StatusOr<AcceptOptions> AcceptOptionsOf(const ek_accept_options* given, const Log& log) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_accept_options options, CopyStruct(given, "ek_accept_options"));
  Taken taken;
  AcceptOptions into;
  into.why = taken.Text(options.why, "why");
  into.by = taken.Text(options.by, "by");
  into.until = taken.DateOf(options.until, "until");
  into.withdraw = options.withdraw != 0;
  into.keep_going = KeepGoingOf(options, log);
  into.on_pages = OnPagesOf(options, log);
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return into;
}

StatusOr<ApplyOptions> ApplyOptionsOf(const ek_apply_options* given, const Log& log) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_apply_options options, CopyStruct(given, "ek_apply_options"));
  Taken taken;
  ApplyOptions into;
  if (std::string booking = taken.Text(options.booking, "booking"); !booking.empty()) into.booking = std::move(booking);
  for (std::string& id : taken.Texts(options.approve, "approve")) {
    if (id == "all") {
      into.approve_all = true;
    } else {
      into.approvals.insert(std::move(id));
    }
  }
  for (std::string& name : taken.Texts(options.overrides, "overrides")) into.overrides.insert(std::move(name));
  into.by = taken.Text(options.by, "by");
  into.holder = taken.Text(options.holder, "holder");
  into.progress = ProgressOf(options, log);
  into.keep_going = KeepGoingOf(options, log);
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return into;
}

StatusOr<RollbackOptions> RollbackOptionsOf(const ek_apply_options* given, const Log& log) {
  EVENKEEL_ASSIGN_OR_RETURN(const ek_apply_options options, CopyStruct(given, "ek_apply_options"));
  EVENKEEL_ASSIGN_OR_RETURN(ApplyOptions shared, ApplyOptionsOf(given, log));
  if (shared.booking || !shared.approvals.empty() || shared.approve_all || !shared.overrides.empty()) {
    return Status(Code::kInvalidArgument, "a run is taken back whole: booking, approve and overrides have no place there", "ek_apply_options");
  }
  Taken taken;
  RollbackOptions into;
  into.by = std::move(shared.by);
  into.why = taken.Text(options.why, "why");
  into.holder = taken.Text(options.holder, "holder");
  into.progress = std::move(shared.progress);
  into.keep_going = std::move(shared.keep_going);
  EVENKEEL_RETURN_IF_ERROR(taken.status());
  return into;
}

StatusOr<std::chrono::seconds> TtlOf(std::int64_t ttl_s) {
  if (ttl_s == 0) return kLeaseTtl;
  if (ttl_s < 0) return Status(Code::kInvalidArgument, "is negative; give seconds, or 0 for 15 minutes", "ttl_s");
  return std::chrono::seconds(ttl_s);
}

}  // namespace evenkeel::capi
