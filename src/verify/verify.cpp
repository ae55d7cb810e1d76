// AuditFleet, PlanFleet, Verify: the stages in their order, over everything or over what is asked for.
#include <functional>
#include <memory>
#include <utility>

#include "decide/canonical.h"
#include "evenkeel/evenkeel.h"
#include "observe/feature_memory.h"
#include "verify/answers.h"
#include "verify/booking_lookup.h"

namespace evenkeel {
namespace {

struct Judged {
  Audit audit;
  std::vector<KeptAnswer> answered;  // that are to be kept
};

bool InRange(const Decision& decision, const AuditOptions& options) {
  if (!options.from && !options.to) return true;
  // A booking that is being moved counts with the date it will have; one without any date is in no range.
  std::optional<Date> day = decision.booking.date;
  if (const Verdict* verdict = decision.Find("date"); verdict != nullptr && verdict->value) {
    if (const auto* decided = std::get_if<Date>(&*verdict->value)) day = *decided;
  }
  return day && (!options.from || *day >= *options.from) && (!options.to || *day <= *options.to);
}

StatusOr<Judged> JudgeFleet(Fleet& fleet, const AuditOptions& options) {
  Judged judged;
  EVENKEEL_ASSIGN_OR_RETURN(judged.audit.snapshot, Observe(fleet, options));
  Snapshot& snapshot = judged.audit.snapshot;
  const std::vector<Booking> bookings = Match(fleet.config, snapshot);
  EVENKEEL_RETURN_IF_ERROR(CheckAnswers(fleet, snapshot, bookings, AnswersOf(snapshot), options.answers));
  judged.answered = TakeAnswers(snapshot, options.answers, options.by);
  std::vector<Decision> decisions = Decide(fleet.config, snapshot, bookings, AnswersOf(snapshot), *fleet.zones);
  if (options.booking) {
    EVENKEEL_ASSIGN_OR_RETURN(const std::size_t one, FindOne(fleet.config, snapshot, decisions, *options.booking));
    judged.audit.decisions.push_back(std::move(decisions[one]));
    return judged;
  }
  for (Decision& decision : decisions) {
    if (InRange(decision, options)) judged.audit.decisions.push_back(std::move(decision));
  }
  return judged;
}

// A plan made while a store is dark would be a guess: what it holds might be what everything else should follow.
Status CheckEverythingWasRead(const Snapshot& snapshot) {
  for (const StoreState& store : snapshot.stores) {
    if (store.problem.ok()) continue;
    return Status(Code::kUnavailable,
                  "could not be read, and a plan made blind would be a guess: " + store.problem.ToString() +
                      "; run evenkeel doctor, then try again",
                  store.name);
  }
  return OkStatus();
}

// The fleet's pages, as long as the host goes on. Once it says stop it is not asked again.
class PagesWhileWanted final : public PageSource {
 public:
  PagesWhileWanted(Fleet& fleet, const std::function<bool()>& keep_going) : pages_(ReadFromStores(fleet)), keep_going_(keep_going) {}

  std::vector<StatusOr<std::string>> Read(std::span<const Observed* const> pages) override {
    is_stopped_ = is_stopped_ || (keep_going_ && !keep_going_());
    if (is_stopped_) return std::vector<StatusOr<std::string>>(pages.size(), Stop());
    return pages_->Read(pages);
  }
  bool is_stopped() const { return is_stopped_; }
  static Status Stop() { return Status(Code::kUnavailable, "the host stopped it before every page was read that may have to be edited; nothing was done"); }

 private:
  const std::unique_ptr<PageSource> pages_;
  const std::function<bool()>& keep_going_;
  bool is_stopped_ = false;
};

StatusOr<Plan> PlanJudged(Fleet& fleet, const Audit& audit, const AuditOptions& options) {
  EVENKEEL_RETURN_IF_ERROR(CheckEverythingWasRead(audit.snapshot));
  PagesWhileWanted pages(fleet, options.keep_going);
  StatusOr<Plan> plan = MakePlan(fleet.config, audit.snapshot, audit.decisions, pages, *fleet.zones);
  return pages.is_stopped() ? StatusOr<Plan>(PagesWhileWanted::Stop()) : std::move(plan);
}

Status RememberPages(Fleet& fleet, const Audit& audit) {
  const SnapshotIndex index(audit.snapshot);
  for (const Decision& decision : audit.decisions) {
    const Observed* page = decision.canonical ? index.Find(*decision.canonical) : nullptr;
    if (page == nullptr || !page->page) continue;
    EVENKEEL_RETURN_IF_ERROR(RememberFeatures(*fleet.state, audit.snapshot.remembered, page->resource, decision.booking.key,
                                              ProtectedFeatures(fleet.config.policy, page->page->reading), audit.snapshot.taken_at, ""));
  }
  return OkStatus();
}

}  // namespace

bool Audit::FoundAnything() const {
  for (const Decision& decision : decisions) {
    if (!decision.questions.empty()) return true;
    for (const Finding& finding : decision.findings) {
      switch (finding.kind) {
        case FindingKind::kDrift:
        case FindingKind::kBrokenPointer:
        case FindingKind::kResurrection:
        case FindingKind::kLostFeature:
          return true;
        case FindingKind::kUnreadable:
        case FindingKind::kIncomplete:
        case FindingKind::kDuplicatePage:
        case FindingKind::kNote:
          break;
      }
    }
  }
  return false;
}

bool Verification::Agrees() const { return !remaining.CanChangeAnything() && !remaining.WaitsForPeople(); }

StatusOr<Audit> AuditFleet(Fleet& fleet, const AuditOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(Judged judged, JudgeFleet(fleet, options));
  return std::move(judged.audit);
}

StatusOr<Plan> PlanFleet(Fleet& fleet, const AuditOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(const Judged judged, JudgeFleet(fleet, options));
  EVENKEEL_ASSIGN_OR_RETURN(Plan plan, PlanJudged(fleet, judged.audit, options));
  // Only a plan that could be made makes its answers last.
  EVENKEEL_RETURN_IF_ERROR(KeepAnswers(fleet, judged.answered));
  return plan;
}

StatusOr<Verification> Verify(Fleet& fleet, const AuditOptions& options) {
  EVENKEEL_ASSIGN_OR_RETURN(Audit audit, AuditFleet(fleet, options));
  EVENKEEL_ASSIGN_OR_RETURN(Plan remaining, PlanJudged(fleet, audit, options));
  // What cannot be written down now is seen again by the next.
  static_cast<void>(RememberPages(fleet, audit).ok());
  return Verification{std::move(audit), std::move(remaining)};
}

}  // namespace evenkeel
