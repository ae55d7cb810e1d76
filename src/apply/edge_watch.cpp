#include "apply/edge_watch.h"

#include <algorithm>

#include "apply/procedure.h"
#include "apply/run_state.h"
#include "digest/sha256.h"

namespace evenkeel {
namespace {

class EdgeWatch {
 public:
  EdgeWatch(Fleet& fleet, RunReport& report, EdgePatience& patience, const std::function<bool()>& keep_going)
      : fleet_(fleet), report_(report), patience_(patience), keep_going_(keep_going) {}

  // What another process has asked for is waited for, too; who cannot be asked says so when it is waited for.
  void Find(const Action& action, Instant planned_at) {
    const std::string reference = report_.rollback ? UndoOperationOf(report_.run, action) : OperationOf(report_.run, action);
    if (patience_.IsOut() || IsAskedToStop()) return;
    static_cast<void>(patience_.Ask([&] { return fleet_.edge.at(action.store)->WasAcceptedSince(reference, planned_at); }).ok());
  }

  void Wait(const std::string& name, const std::function<void(const ActionReport&)>& progress) {
    std::chrono::seconds wait(1);
    const std::chrono::seconds before = patience_.waited();
    for (;;) {
      const auto left = patience_.Ask([&] { return fleet_.edge.at(name)->CountInProgress(); });
      if (!left.ok()) return Say(name + ": it does not say whether the copies are dropped: " + left.status().ToString());
      if (*left == 0) return;
      const std::string words = std::to_string(*left) + (*left == 1 ? " invalidation is" : " invalidations are") + " in progress after " + std::to_string((patience_.waited() - before).count()) + " s";
      if (patience_.IsOut() || IsAskedToStop()) return Say(name + ": " + words + "; look there again later");
      if (progress) progress({"", Verb::kInvalidatePaths, name, "", "", Outcome::kPending, words, {}, {}});
      patience_.Sleep(wait);
      wait = std::min(wait * 2, std::chrono::seconds(20));
    }
  }

  void Look(const BookingPlan& booking, const Action& action) {
    EdgeCache& edge = *fleet_.edge.at(action.store);
    const std::string store = StoreOf(booking, action);
    if (store.empty()) return;
    std::optional<StatusOr<Object>> page;
    for (const std::string& path : std::get<InvalidatePaths>(action.change).paths) {
      if (IsAskedToStop() || patience_.IsOut()) return Say(action.store + ":" + path + ": it was not looked at; resume looks again");
      const auto served = patience_.Ask([&] { return edge.Serve(path); });
      if (served.code() == Code::kUnimplemented) return;
      if (!served.ok()) {
        Say(action.store + ":" + path + ": it could not be looked at: " + served.status().ToString());
        continue;
      }
      if (!page) page = fleet_.pages.at(store)->Get(action.resource);
      if (!page->ok() && page->code() != Code::kNotFound) return Say(store + ":" + action.resource + ": it could not be compared: " + page->status().ToString());
      const std::string wrong = Compare(*served, *page, FormerDigest(booking, store, action.resource));
      if (!wrong.empty()) Say(action.store + ":" + path + ": " + wrong + "; see which origin and rules the address has there, then resume");
    }
  }

 private:
  bool IsAskedToStop() const { return keep_going_ && !keep_going_(); }
  void Say(std::string words) { report_.stale.push_back(std::move(words)); }

  // The page store of what is invalidated: the booking's action that changed the page names it.
  std::string StoreOf(const BookingPlan& booking, const Action& invalidation) const {
    for (const Action& action : booking.actions) {
      const bool is_needed = std::find(invalidation.needs.begin(), invalidation.needs.end(), action.id) != invalidation.needs.end();
      if (is_needed && action.resource == invalidation.resource && fleet_.pages.count(action.store) > 0) return action.store;
    }
    return {};
  }

  // Of the page's bytes before the run; an older plan may have "sha256:" before the digits.
  static std::string FormerDigest(const BookingPlan& booking, const std::string& store, const std::string& key) {
    for (const Action& action : booking.actions) {
      const auto* backup = std::get_if<BackUpPage>(&action.change);
      if (backup != nullptr && action.store == store && action.resource == key) return backup->sha256;
    }
    return {};
  }

  // What stands in the way of believing that guests see the page as it is; empty: nothing. Where there is no page, an address may show
  // anything but what was there.
  static std::string Compare(const std::optional<std::string>& served, const StatusOr<Object>& page, const std::string& former) {
    if (page.ok() && served && *served == page->bytes) return {};
    if (page.ok() && !served) return "it serves nothing, and there is a page";
    if (served && former.ends_with(Sha256Hex(*served))) return "it serves what was there before";
    return page.ok() ? "it serves other bytes than the page has" : "";
  }

  Fleet& fleet_;
  RunReport& report_;
  EdgePatience& patience_;
  const std::function<bool()>& keep_going_;
};

}  // namespace

void WatchEdges(Fleet& fleet, const Plan& plan, RunReport& report, EdgePatience& patience, const std::function<void(const ActionReport&)>& progress, const std::function<bool()>& keep_going) {
  std::map<std::string, bool> done;
  for (const ActionReport& action : report.actions) done[action.action] = IsDoneOutcome(report.Standing(action));
  std::vector<PlannedAction> invalidations;
  std::set<std::string> edges;
  for (const PlannedAction& planned : ActionsOf(plan)) {
    if (planned.action->verb != Verb::kInvalidatePaths || !done[planned.action->id]) continue;
    invalidations.push_back(planned);
    edges.insert(planned.action->store);
  }
  EdgeWatch watch(fleet, report, patience, keep_going);
  for (const PlannedAction& planned : invalidations) watch.Find(*planned.action, plan.made_at);
  for (const std::string& edge : edges) watch.Wait(edge, progress);
  for (const PlannedAction& planned : invalidations) watch.Look(*planned.booking, *planned.action);
}

}  // namespace evenkeel
