// GuardPage: the fleet as it would be with the file in place, matched and decided again, against the fleet as it is.
#include "evenkeel/guard.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "decide/canonical.h"
#include "decide/findings.h"
#include "evenkeel/evenkeel.h"
#include "guard/reservations.h"
#include "observe/state_documents.h"
#include "text/fold.h"
#include "verify/answers.h"

namespace evenkeel {
namespace {

bool Has(const std::vector<Resource>& list, const Resource& resource) { return std::find(list.begin(), list.end(), resource) != list.end(); }

const Observed* Seen(const Snapshot& snapshot, const Resource& resource) {
  const auto found = std::find_if(snapshot.resources.begin(), snapshot.resources.end(), [&](const Observed& one) { return one.resource == resource; });
  return found == snapshot.resources.end() ? nullptr : &*found;
}

bool IsLive(const Observed* page) { return page != nullptr && page->problem.ok() && page->page && page->page->reading.redirect_to.empty(); }

const Decision* OwnerOf(const std::vector<Decision>& decisions, const Resource& page) {
  const auto found = std::find_if(decisions.begin(), decisions.end(), [&](const Decision& one) { return Has(one.booking.members, page); });
  return found == decisions.end() ? nullptr : &*found;
}

// Both fleets, and the answer as it grows.
class Comparison {
 public:
  Comparison(const GuardInput& input, const Resource& page, Observed file)
      : input_(input), file_(file), live_(Seen(input.snapshot, page)), after_(input.snapshot) {
    answer_.page = page;
    answer_.replaces = live_ != nullptr;
    answer_.unread = UnreadOf(input.snapshot);
    std::erase_if(after_.resources, [&page](const Observed& one) { return one.resource == page; });
    if (live_ != nullptr) file.modified = live_->modified;
    const auto place = std::find_if(after_.resources.begin(), after_.resources.end(), [&page](const Observed& one) { return page < one.resource; });
    after_.resources.insert(place, std::move(file));
    was_ = Decide(input.fleet, input.snapshot, Match(input.fleet, input.snapshot), input.answers, input.zones);
    will_ = Decide(input.fleet, after_, Match(input.fleet, after_), input.answers, input.zones);
    before_ = OwnerOf(was_, page);
    owner_ = OwnerOf(will_, page);
    answer_.booking = owner_ == nullptr ? page.ToString() : owner_->booking.key;
  }

  GuardAnswer Run() {
    CheckFeatures();
    CheckRemembered();
    CheckVerdicts();
    CheckTombstone();
    CheckDuplicates();
    CheckOtherBooking();
    CheckLeases();
    CheckReservations();
    if (live_ != nullptr && !live_->problem.ok()) {
      Refuse(RefusalKind::kUnread, "the page that it would replace could not be read: " + live_->problem.message(),
             "make it readable, so that what it can do is known");
    }
    return std::move(answer_);
  }

 private:
  void Refuse(RefusalKind kind, std::string why, std::string next) { answer_.refusals.push_back({kind, std::move(why), std::move(next)}); }

  void CheckFeatures() {
    const std::set<std::string> has = ProtectedFeatures(input_.fleet.policy, file_.page->reading);
    std::set<std::string> had;
    if (IsLive(live_)) had = ProtectedFeatures(input_.fleet.policy, live_->page->reading);
    std::vector<std::string> lost, halves;
    std::set_difference(had.begin(), had.end(), has.begin(), has.end(), std::back_inserter(lost));
    if (lost.empty()) return;
    for (const Feature& half : file_.page->reading.features) {
      if (std::find(lost.begin(), lost.end(), half.name) != lost.end()) halves.push_back(half.name + ": " + half.why);
    }
    Refuse(RefusalKind::kFeatureLost,
           "the live page has " + JoinWords(lost) + ", the file has not" + (halves.empty() ? "" : "; in part it has " + JoinWords(halves)),
           "put that into the file: evenkeel read shows where the live page has it");
  }

  // What the page had before somebody took it away, too.
  void CheckRemembered() {
    if (owner_ == nullptr) return;
    const std::set<std::string> live = IsLive(live_) ? ProtectedFeatures(input_.fleet.policy, live_->page->reading) : std::set<std::string>();
    for (const LostFeature& lost : owner_->lost) {
      if (live.count(lost.feature) > 0) continue;
      Refuse(RefusalKind::kFeatureLost, "the file has not got " + lost.feature + " either: " + WordsOfLoss(lost),
             "put that into the file" + (lost.last.run.empty() ? "" : "; evenkeel restore FLEET " + lost.last.run + " " + lost.page.key + " --stdout prints the page that had it"));
    }
  }

  void CheckVerdicts() {
    if (owner_ == nullptr) return;
    for (const Verdict& verdict : owner_->verdicts) {
      for (const Claim& claim : verdict.against) {
        if (claim.resource != answer_.page || !verdict.value) continue;
        const std::string line = claim.evidence.line == 0 ? "" : "line " + std::to_string(claim.evidence.line) + " ";
        Refuse(RefusalKind::kVerdict,
               line + "says " + verdict.field + " " + Brief(claim.value) + " (\"" + claim.evidence.text + "\"); true is " +
                   Brief(*verdict.value) + ": " + verdict.why,
               "correct the file, or, if it is right, say so: evenkeel set FLEET " + owner_->booking.key + " " + verdict.field + "=" +
                   Brief(claim.value) + " --by NAME");
      }
    }
  }

  // Without the date where it is the booking's.
  std::string Brief(Value value) const {
    if (auto* time = std::get_if<LocalDateTime>(&value); time != nullptr && time->date == owner_->booking.date) time->date.reset();
    return FormatValue(value);
  }

  void CheckTombstone() {
    for (const Tombstone& tombstone : input_.snapshot.tombstones) {
      if (tombstone.page != answer_.page) continue;
      const Resource survivor = SurvivorOf(input_.snapshot.tombstones, answer_.page);
      Refuse(RefusalKind::kRetiredKey,
             "the page was retired on " + FormatInstant(tombstone.at) + " by " + tombstone.run + "; " + survivor.ToString() + " took its place",
             "deploy over " + survivor.ToString() + " instead");
    }
  }

  // The page that the booking keeps today, where it is another one.
  void CheckDuplicates() {
    if (owner_ == nullptr) return;
    const std::string why = IsLive(live_) ? "this page is a duplicate that is to be retired; the booking " : "the booking ";
    for (const Decision& was : was_) {
      if (!was.canonical || *was.canonical == answer_.page) continue;
      const bool is_booking = Has(owner_->booking.members, *was.canonical);
      const bool may_be = std::any_of(owner_->booking.candidates.begin(), owner_->booking.candidates.end(), [&](const Link& link) { return link.resource == *was.canonical; });
      if (is_booking && (!IsLive(live_) || Has(was.duplicates, answer_.page))) {
        Refuse(RefusalKind::kDuplicate, why + was.booking.key + " has the page " + was.canonical->ToString(),
               "deploy over " + was.canonical->ToString() + " instead");
      } else if (may_be && live_ == nullptr) {
        Refuse(RefusalKind::kDuplicate, "by date and guest the file may be of the booking " + was.booking.key + ", which has the page " + was.canonical->ToString(),
               "deploy over that page, or put into the file whose it is: its own booking id or guest code");
      }
    }
  }

  void CheckOtherBooking() {
    if (before_ == nullptr || owner_ == nullptr || !IsLive(live_)) return;
    const bool is_named = before_->booking.key != answer_.page.ToString();
    if (!is_named || before_->booking.key == owner_->booking.key) return;
    Refuse(RefusalKind::kOtherBooking, "the key is the page of the booking " + before_->booking.key + "; the file is of " + owner_->booking.key,
           "deploy under another key, or correct the identifiers in the file");
  }

  void CheckLeases() {
    std::set<std::string> bookings = {answer_.booking};
    if (before_ != nullptr) bookings.insert(before_->booking.key);
    for (const Lease& lease : input_.leases) {
      if (bookings.count(lease.booking) == 0 || !lease.IsTaken(input_.now) || lease.holder == input_.holder) continue;
      Refuse(RefusalKind::kLeased, "the booking " + lease.booking + " is leased to " + lease.holder + " until " + FormatInstant(lease.until),
             "wait until it is given back; if you are " + lease.holder + ", say so with --holder");
    }
  }

  // What the file says of its booking, and what is known of that: as somebody would ask `find` for it.
  std::vector<Reservation> AsAskedFor() const {
    std::set<Date> dates;
    std::set<std::string> ids;
    std::string guest;
    const auto add = [&](const std::string& kind, const std::string& value) {
      const auto date = kind == "date" ? ParseDate(value) : std::nullopt;
      if (date) dates.insert(*date);
      if (kind == "guest") guest += " " + value;
      if (kind == "booking" || kind == "code") ids.insert(value);
    };
    for (const Identifier& identifier : file_.identifiers) add(identifier.kind, identifier.value);
    if (owner_ != nullptr) {
      guest += " " + owner_->booking.guest;
      if (owner_->booking.date) dates.insert(*owner_->booking.date);
      for (const auto& [kind, values] : owner_->booking.identifiers) {
        for (const std::string& value : values) add(kind, value);
      }
    }
    if (ids.empty()) ids.insert("");
    if (guest.find_first_not_of(' ') == std::string::npos) guest.clear();
    std::vector<Reservation> asked;
    for (const Date& date : dates) {
      for (const std::string& id : ids) asked.push_back({date, guest, id, "", {}, {}});
    }
    return asked;
  }

  // A reservation is of a page that is not there yet: a live one that stays its booking's is the business of its lease.
  void CheckReservations() {
    if (IsLive(live_) && before_ != nullptr && owner_ != nullptr && before_->booking.key == owner_->booking.key) return;
    const std::vector<Reservation> asked = AsAskedFor();
    for (const Reservation& one : input_.reservations) {
      const bool may_be = std::any_of(asked.begin(), asked.end(), [&one](const Reservation& ask) { return ask.date == one.date && MayBeOne(one, ask); });
      if (!may_be || one.holder == input_.holder || !IsInForce(one, input_.now)) continue;
      const std::string whom = one.guest.empty() ? one.id : one.id.empty() ? one.guest : one.guest + " (" + one.id + ")";
      Refuse(RefusalKind::kReserved,
             "the page for " + whom + " on " + FormatDate(one.date) + " is reserved by " + one.holder + " until " + FormatInstant(one.until),
             "wait for that page and deploy over it, or until the reservation runs out; if you are " + one.holder + ", say so with --holder");
    }
  }

  const GuardInput& input_;
  const Observed file_;
  const Observed* const live_;
  Snapshot after_;
  std::vector<Decision> was_, will_;
  const Decision* before_ = nullptr;
  const Decision* owner_ = nullptr;
  GuardAnswer answer_;
};

StatusOr<Resource> PageOfKey(const FleetConfig& fleet, const std::string& key) {
  std::vector<Resource> pages;
  std::string stores;
  for (const PageStoreConfig& store : fleet.pages) {
    stores += (stores.empty() ? "" : ", ") + store.store.name;
    const std::string named = store.store.name + ":";
    if (key.starts_with(named) && SlugOfKey(store, key.substr(named.size()))) {
      return Resource{ResourceKind::kPage, store.store.name, key.substr(named.size())};
    }
    if (SlugOfKey(store, key)) pages.push_back({ResourceKind::kPage, store.store.name, key});
  }
  if (pages.size() == 1) return pages.front();
  if (pages.empty()) return Status(Code::kInvalidArgument, "no page store has guest pages under such a key; there are: " + stores, key);
  return Status(Code::kInvalidArgument, "several page stores have guest pages under such a key; write STORE:KEY, with one of " + stores, key);
}

}  // namespace

std::string_view RefusalKindName(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::kFeatureLost: return "feature_lost";
    case RefusalKind::kVerdict: return "verdict";
    case RefusalKind::kRetiredKey: return "retired_key";
    case RefusalKind::kDuplicate: return "duplicate";
    case RefusalKind::kOtherBooking: return "other_booking";
    case RefusalKind::kLeased: return "leased";
    case RefusalKind::kReserved: return "reserved";
    case RefusalKind::kUnread: return "unread";
  }
  return "unread";
}

StatusOr<GuardAnswer> GuardPage(const GuardInput& input, const Resource& page, const std::string& bytes) {
  const PageStoreConfig* store = input.fleet.FindPages(page.store);
  if (store == nullptr) return Status(Code::kInvalidArgument, "the fleet has no such page store", page.store);
  ObjectInfo info;
  info.key = page.key;
  info.version = "the file";
  info.bytes = bytes.size();
  Observed file = ObservePage(input.fleet, *store, std::move(info), bytes, input.zones);
  if (!file.problem.ok()) return Status(Code::kInvalidArgument, "the file is no page that can be read: " + file.problem.message(), page.ToString());
  return Comparison(input, page, std::move(file)).Run();
}

StatusOr<GuardAnswer> GuardDeploy(Fleet& fleet, const std::string& key, const std::string& bytes, const std::string& holder, const ObserveOptions& look) {
  EVENKEEL_ASSIGN_OR_RETURN(const Resource page, PageOfKey(fleet.config, key));
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(fleet, {look}));
  for (const StoreState& store : audit.snapshot.stores) {
    if (store.problem.ok()) continue;
    return Status(Code::kUnavailable, "could not be read, so nobody knows what the file would do: " + store.problem.ToString() + "; run evenkeel doctor", store.name);
  }
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Lease> leases, ListLeases(fleet));
  const Answers answers = AnswersOf(audit.snapshot);
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Reservation> reservations, ListReservations(*fleet.state));
  return GuardPage({fleet.config, audit.snapshot, leases, reservations, answers, *fleet.zones, holder, fleet.environment->Now()}, page, bytes);
}

}  // namespace evenkeel
