#include "apply/run_machine.h"

#include "apply/start_checks.h"
#include "evenkeel/json.h"
#include "text/seeded_bugs.h"

namespace evenkeel {

RunMachine::RunMachine(Fleet& fleet, Plan plan, Journal journal, Calls calls)
    : fleet_(fleet),
      plan_(std::move(plan)),
      run_(RunOfPlan(plan_)),
      calls_(std::move(calls)),
      actions_(ActionsOf(plan_)),
      journal_(std::move(journal)),
      state_(RunState::Fold(journal_.entries())),
      patience_(*fleet_.environment),
      leases_(fleet_, run_, calls_.holder) {
  for (const PlannedAction& planned : actions_) by_target_[{planned.action->store, planned.action->resource}].push_back(planned.action);
}

StatusOr<bool> RunMachine::Step() {
  if (IsBarred()) return false;
  if (stopped_ && !journal_.HeadIsBehind()) return ReturnLeases();
  if (must_read_) return ReadAgain();
  if (!EVENKEEL_BUG(6, "the head is not written") && journal_.HeadIsBehind()) {
    EVENKEEL_RETURN_IF_ERROR(journal_.WriteHead(*fleet_.state));
    return true;
  }
  if (IsOvertaken() && !EVENKEEL_BUG(77, "who still applies goes on while the run is taken back")) {
    leases_.Abandon();
    lease_news_.reset();
    procedure_.reset();
    // What was made while somebody began to take the run back is written down, or nobody would take it back.
    if (settled_ && settled_->sent) return RecordSettled();
    settled_.reset();
    return WrapUp();
  }
  if (auto announcement = NextAnnouncement()) return Append(announcement->kind, std::move(announcement->body));
  if (lease_news_) return RecordLease();
  if (leases_.IsWorking()) return StepLease();
  if (procedure_ != nullptr) return StepProcedure();
  if (settled_) return RecordSettled();
  if (!journal_.empty()) Notice(fleet_.environment->Now(), journal_.entries().back().at);
  return IsBarred() ? false : PickNext();
}

StatusOr<bool> RunMachine::ReadAgain() {
  constexpr int kBarrenReadsMax = 5;
  const std::size_t length = journal_.entries().size();
  EVENKEEL_RETURN_IF_ERROR(journal_.ReadAgain(*fleet_.state));
  if (!journal_.empty()) {
    const Json& first = journal_.entries().front().body;
    const std::string hash = first.contains("plan") && first["plan"].is_object() ? first["plan"].value("plan", "") : "";
    if (hash != plan_.hash) return Status(Code::kInvalidArgument, "the journal is of another plan: " + hash, run_);
  }
  if (journal_.entries().size() > length) {
    barren_reads_ = 0;
  } else if (++barren_reads_ == kBarrenReadsMax) {
    return Status(Code::kUnavailable,
                  "the journal takes no more lines, though nobody else writes to it; run resume when the state store is well",
                  run_);
  }
  const std::size_t rewritten = state_.leases.rewritten();
  state_ = RunState::Fold(journal_.entries());
  for (const std::string& booking : leases_.bookings()) {
    const LeaseBook::Of& known = state_.leases.Find(booking);
    leases_.Follow(booking, known.given_back, known.fence);
  }
  // Another process of this run has fenced: what looks like somebody else's write may be that.
  if (state_.leases.rewritten() != rewritten) {
    procedure_.reset();
    settled_.reset();
  }
  must_read_ = false;
  return true;
}

StatusOr<bool> RunMachine::Append(std::string_view kind, Json body) {
  const Status appended = journal_.Append(*fleet_.state, kind, fleet_.environment->Now(), std::move(body));
  if ((!EVENKEEL_BUG(4, "a refused line ends the process") && appended.code() == Code::kPreconditionFailed) || appended.code() == Code::kUnknownOutcome) {
    must_read_ = !EVENKEEL_BUG(5, "after a refused line the journal is not read again");
    return true;
  }
  EVENKEEL_RETURN_IF_ERROR(appended);
  state_.Take(journal_.entries().back());
  has_written_ = true;
  barren_reads_ = 0;
  return true;
}

void RunMachine::PassOn(const PlannedAction& planned) {
  const Action& action = *planned.action;
  if (const std::optional<Outcome> outcome = Stands(planned)) {
    passed_[action.id] = *outcome;
  }
  ++cursor_;
}

const Version* RunMachine::LeftBehind(const Action& action, const std::map<std::string, ActionState>& states) const {
  // By the journal and not by what this machine has passed: after a failure a later action on the target may be done already.
  const ActionState* last = nullptr;
  for (const Action* other : by_target_.at({action.store, action.resource})) {
    const auto known = states.find(other->id);
    if (known == states.end() || !known->second.outcome || known->second.version.empty()) continue;
    const bool has_written = EVENKEEL_BUG(9, "the version that a conflict found is gone on from") || IsDoneOutcome(*known->second.outcome) || *known->second.outcome == Outcome::kUnknown;
    if (has_written && (last == nullptr || known->second.sequence > last->sequence)) last = &known->second;
  }
  return last == nullptr ? nullptr : &last->version;
}

// What an action waits for stands before it, so one pass decides everything.
StatusOr<bool> RunMachine::PickNext() {
  while (cursor_ < actions_.size()) {
    const PlannedAction& planned = actions_[cursor_];
    const std::optional<Outcome> outcome = Stands(planned);
    const bool to_do = outcome && (IsToDo(*outcome) || outcome == Outcome::kWaitsPerson) && !(EVENKEEL_BUG(11, "what was not begun is passed over") && *outcome == Outcome::kPending);
    const bool may_do = planned.action->approval == Approval::kManual || refused_.count(planned.booking->booking) == 0;
    if (to_do && may_do && Covers(planned)) return Begin(planned);
    PassOn(planned);
  }
  return WrapUp();
}

StatusOr<bool> RunMachine::Begin(const PlannedAction& planned) {
  const Action& action = *planned.action;
  const ActionState* known = Find(action);
  if (calls_.keep_going && !calls_.keep_going()) return Stop("asked");
  if (NeedsLease(planned)) return TakeLease(planned);
  // What a person does is only looked at.
  if (action.approval == Approval::kManual) {
    StartProcedure(planned, true);
    return StepProcedure();
  }
  if (EVENKEEL_BUG(7, "an effect is made before its intent is written down")) {
    StartProcedure(planned, false);
    return true;
  }
  // Who takes up what another began says so, too: see IsAnothers. A conflict that is tried once more left nothing behind.
  const bool has_ended = known != nullptr && known->outcome && (!known->is_asked_again || known->in_doubt);
  const bool was_attempted = known != nullptr && (known->intent_open || has_ended);
  Json body = IntentOf(action);
  body["action"] = action.id;
  body["operation"] = OperationOf(planned);
  body["expected"] = CurrentVersion(planned);
  EVENKEEL_ASSIGN_OR_RETURN(const bool more, Append(kinds().intent, std::move(body)));
  if (!must_read_) StartProcedure(planned, was_attempted);
  return more;
}

void RunMachine::StartProcedure(const PlannedAction& planned, bool was_attempted) {
  Assignment assignment;
  assignment.fleet = &fleet_;
  assignment.plan = &plan_;
  assignment.booking = planned.booking;
  assignment.action = planned.action;
  assignment.run = run_;
  assignment.expected = CurrentVersion(planned);
  assignment.stamp.operation = OperationOf(planned);
  if (planned.action->approval != Approval::kManual && !EVENKEEL_BUG(75, "a write carries no number")) assignment.stamp.fence = leases_.FenceOf(planned.booking->booking);
  assignment.was_attempted = was_attempted;
  assignment.keep_going = calls_.keep_going;
  assignment.patience = &patience_;
  const ActionState* known = Find(*planned.action);
  intent_ = known == nullptr ? 0 : known->last_intent;
  procedure_ = MakeAttempt(std::move(assignment));
}

bool RunMachine::NeedsLease(const PlannedAction& planned) const {
  return planned.action->approval != Approval::kManual && !leases_.IsSafe(planned.booking->booking);
}

StatusOr<bool> RunMachine::TakeLease(const PlannedAction& planned) {
  const BookingPlan& booking = *planned.booking;
  std::set<Resource> writes(booking.duplicates.begin(), booking.duplicates.end());
  if (booking.canonical) writes.insert(*booking.canonical);
  for (const Action& action : booking.actions) {
    if (fleet_.pages.count(action.store) > 0) writes.insert({ResourceKind::kPage, action.store, action.resource});
    if (fleet_.records.count(action.store) > 0) writes.insert({ResourceKind::kRecord, action.store, action.resource});
  }
  leases_.BeginTaking({booking.booking, std::move(writes), state_.leases.Find(booking.booking).given_back,
                       state_.overrides.count(std::string(kClockBrake)) > 0});
  return StepLease();
}

StatusOr<bool> RunMachine::StepLease() {
  EVENKEEL_ASSIGN_OR_RETURN(lease_news_, leases_.Step());
  return true;
}

StatusOr<bool> RunMachine::RecordLease() {
  const LeaseNews news = *lease_news_;
  // The journal was read again, and says that another process of this run has given it back, or taken it anew.
  const bool is_gone = news.kind == LeaseNews::Kind::kHeld && !leases_.Holds(news.booking, news.fence);
  if (!is_gone && !state_.leases.Knows(news)) {
    EVENKEEL_ASSIGN_OR_RETURN(const bool more, Append(LeaseBook::KindOf(news), LeaseBook::LineOf(news)));
    if (must_read_) return more;
  }
  lease_news_.reset();
  if (!is_gone) FollowLease(news);
  return true;
}

void RunMachine::FollowLease(const LeaseNews& news) {
  switch (news.kind) {
    case LeaseNews::Kind::kFenced:
      leases_.ConfirmFenced(news);
      return;
    case LeaseNews::Kind::kRefused:
      // What was begun under the lost lease has its intent in the journal: whoever has the lease again looks first.
      refused_.insert(news.booking);
      procedure_.reset();
      return;
    case LeaseNews::Kind::kHeld:
      // It had run out on the way: the number is another now, and so may versions be.
      if (procedure_ != nullptr) StartProcedure(actions_[cursor_], true);
      return;
  }
}

StatusOr<bool> RunMachine::StepProcedure() {
  if (NeedsLease(actions_[cursor_])) return TakeLease(actions_[cursor_]);
  settled_ = procedure_->Step();
  if (settled_) procedure_.reset();
  return true;
}

// What nothing tells the author of is ours where another process of this run has begun the same: its intent came after this one's, for
// whoever comes to an action that was begun looks first.
bool RunMachine::IsAnothers(const ActionState* known) const { return known != nullptr && known->last_intent > intent_; }

StatusOr<bool> RunMachine::RecordSettled() {
  const PlannedAction& planned = actions_[cursor_];
  const ActionState* known = Find(*planned.action);
  if (settled_->unclaimed && IsAnothers(known)) {
    settled_->detail = "looked: another process of this run had done it";
    settled_->version = *settled_->unclaimed;
    settled_->facts["was_so"] = false;
  }
  const bool known_outcome = known != nullptr && !known->intent_open && known->outcome.has_value();
  // Another process was faster: what it wrote stands, unless it failed where this one succeeded.
  const bool still_waits =
      settled_->outcome == Outcome::kWaitsPerson && (known == nullptr || (known_outcome && known->outcome == settled_->outcome));
  // A person whose word could not be recorded is asked again; what it may have written stays in doubt.
  const bool asks_again = settled_->outcome == Outcome::kWaitsPerson && known != nullptr && (!known_outcome || IsToDo(*known->outcome));
  if (asks_again && MayStillLand(*known)) settled_->facts["in_doubt"] = true;
  const bool is_known = known_outcome && (IsDoneOutcome(*known->outcome) || (!IsDoneOutcome(settled_->outcome) && !asks_again));
  // What this process has made itself stands in the journal, whatever another has said of it: one that had sent nothing took it for somebody
  // else's, or somebody took it away after the other's and it was made again. What follows from it is done anew then.
  const bool is_news = known_outcome && settled_->sent && (known->was_so || known->version != settled_->version);
  const bool unneeded = EVENKEEL_BUG(10, "outcomes are not written down") || still_waits || (is_known && !is_news);
  if (!unneeded) {
    Json body = settled_->facts;
    body["action"] = planned.action->id;
    body["outcome"] = OutcomeName(settled_->outcome);
    body["detail"] = settled_->detail;
    body["version"] = settled_->version;
    EVENKEEL_ASSIGN_OR_RETURN(const bool more, Append(kinds().outcome, std::move(body)));
    if (must_read_) return more;
  }
  settled_.reset();
  const ActionReport standing = ReportOf(planned);
  PassOn(planned);
  if (calls_.progress && !unneeded) calls_.progress(standing);
  return true;
}

StatusOr<bool> RunMachine::Stop(std::string_view why) {
  stopped_ = true;
  RunState after = state_;
  after.is_swept = state_.rollback && (state_.is_swept || why == kEnd);
  const Json gives_back = LeasesToReturn();
  if (!has_written_ && gives_back.empty() && after.is_swept == state_.is_swept) return false;
  const RunReport report = MakeReport(plan_, after, after.rollback ? std::nullopt : after.scope);
  auto more = Append(entry::kStopped, {{"why", why}, {"finished", report.finished}, {"gives_back", gives_back}});
  if (!more.ok() || must_read_) {
    stopped_ = false;
    return more;
  }
  for (const auto& [booking, unused] : gives_back.items()) returning_.insert(booking);
  return more;
}

Json RunMachine::LeasesToReturn() const {
  Json fences = Json::object();
  for (const std::string& booking : leases_.bookings()) fences[booking] = leases_.FenceOf(booking).number;
  for (const PlannedAction& planned : actions_) {
    if (state_.IsInDoubt(planned) && !EVENKEEL_BUG(76, "a lease is given back whatever is under way")) fences.erase(planned.booking->booking);
  }
  return fences;
}

StatusOr<bool> RunMachine::ReturnLeases() {
  if (!leases_.IsWorking() && !leases_.BeginReturning(returning_)) return false;
  EVENKEEL_RETURN_IF_ERROR(leases_.Step().status());
  return true;
}

}  // namespace evenkeel
