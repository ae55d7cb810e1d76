// FindBooking: asked before a page is created. Does the booking have one, what can it do, who worked on it last?
#include <algorithm>
#include <utility>

#include "decide/findings.h"
#include "evenkeel/evenkeel.h"
#include "guard/guest_words.h"
#include "guard/reservations.h"
#include "observe/state_documents.h"
#include "verify/booking_lookup.h"

namespace evenkeel {
namespace {

const Observed* ObservedOf(const Snapshot& snapshot, const Resource& resource) {
  for (const Observed& observed : snapshot.resources) {
    if (observed.resource == resource) return &observed;
  }
  return nullptr;
}

bool IsDecidedOn(const Decision& decision, const Date& date) {
  if (decision.booking.date == date) return true;
  const Verdict* verdict = decision.Find("date");
  return verdict != nullptr && verdict->value && *verdict->value == Value(date);
}

bool IsGuest(const Booking& booking, const std::string& guest) {
  const std::vector<std::string> wanted = WordsOf(guest);
  if (wanted.empty() || HasAllWords(booking.guest, wanted)) return true;
  const auto names = booking.identifiers.find("guest");
  return names != booking.identifiers.end() &&
         std::any_of(names->second.begin(), names->second.end(),
                     [&wanted](const std::string& name) { return HasAllWords(name, wanted); });
}

std::vector<std::size_t> Matches(const FleetConfig& fleet, const Audit& audit, const FindQuery& query) {
  std::vector<std::size_t> matches;
  if (!query.id.empty()) {
    matches = FindByName(fleet, audit.snapshot, audit.decisions, query.id);
  } else {
    for (std::size_t i = 0; i < audit.decisions.size(); ++i) matches.push_back(i);
  }
  std::erase_if(matches, [&](std::size_t i) {
    const Decision& decision = audit.decisions[i];
    return (query.date && !IsDecidedOn(decision, *query.date)) ||
           (!query.guest.empty() && !IsGuest(decision.booking, query.guest));
  });
  return matches;
}

// Of a booking whose page was not read: is all that is known of it against the query? A slug may hold a part of the guest's name.
bool MayBe(const Decision& decision, const FindQuery& query) {
  const Booking& booking = decision.booking;
  const Verdict* verdict = decision.Find("date");
  const bool has_date = booking.date || (verdict != nullptr && verdict->value);
  if (query.date && has_date && !IsDecidedOn(decision, *query.date)) return false;
  const bool has_id = booking.identifiers.contains("booking") || booking.identifiers.contains("code");
  if (!query.id.empty() && has_id) return false;
  const std::vector<std::string> wanted = WordsOf(query.guest);
  return wanted.empty() || booking.guest.empty() || HasSomeWord(booking.guest, wanted);
}

bool IsUnreadPage(const Snapshot& snapshot, const Resource& resource) {
  const Observed* observed = resource.kind == ResourceKind::kPage ? ObservedOf(snapshot, resource) : nullptr;
  return observed != nullptr && !observed->problem.ok();
}

// Page listings with gaps, and unread pages of which nothing says that they are another booking's.
std::vector<Unread> MayHide(const Audit& audit, const FindQuery& query) {
  std::vector<Unread> hiding;
  for (const StoreState& store : audit.snapshot.stores) {
    if (store.kind == ResourceKind::kPage && !store.complete) hiding.push_back({store.name, "", store.why_incomplete});
  }
  for (const Decision& decision : audit.decisions) {
    if (!MayBe(decision, query)) continue;
    for (const Resource& member : decision.booking.members) {
      if (!IsUnreadPage(audit.snapshot, member)) continue;
      hiding.push_back({member.store, member.key, ObservedOf(audit.snapshot, member)->problem.message()});
    }
  }
  return hiding;
}

std::vector<std::string> PublicUrls(const FleetConfig& fleet, const Resource& page) {
  const PageStoreConfig* store = fleet.FindPages(page.store);
  const auto slug = store == nullptr ? std::nullopt : SlugOfKey(*store, page.key);
  if (!slug) return {};
  std::vector<std::string> urls;
  for (std::string url : store->public_forms) {
    constexpr std::string_view kSlug = "{slug}";
    if (const std::size_t at = url.find(kSlug); at != std::string::npos) url.replace(at, kSlug.size(), *slug);
    urls.push_back(std::move(url));
  }
  return urls.empty() ? PublicPaths(*store, *slug) : urls;
}

// Retired pages that lead here, so that nobody creates them again.
void AddRetired(const Snapshot& snapshot, const Decision& decision, std::vector<std::string>& why) {
  for (const Tombstone& tombstone : snapshot.tombstones) {
    const Resource survivor = SurvivorOf(snapshot.tombstones, tombstone.page);
    if (tombstone.booking != decision.booking.key && survivor != decision.canonical) continue;
    why.push_back(tombstone.page.ToString() + " was retired on " + FormatInstant(tombstone.at) + " in favour of " +
                  tombstone.survivor.ToString() + (survivor == tombstone.survivor ? "" : ", and that one of " + survivor.ToString()));
  }
}

Found Describe(const FleetConfig& fleet, const Snapshot& snapshot, const Decision& decision) {
  Found found;
  found.booking = decision.booking.key;
  if (decision.booking.date) found.title = FormatDate(*decision.booking.date);
  if (!decision.booking.guest.empty()) found.title += (found.title.empty() ? "" : " ") + decision.booking.guest;
  found.page = decision.canonical;
  found.other_pages = decision.duplicates;
  for (const Resource& member : decision.booking.members) {
    if (IsUnreadPage(snapshot, member)) found.unread_pages.push_back(member);
  }
  if (found.page) {
    found.public_urls = PublicUrls(fleet, *found.page);
    const Observed* observed = ObservedOf(snapshot, *found.page);
    if (observed != nullptr && observed->page) found.features = observed->page->reading.features;
    if (!decision.why_canonical.empty()) found.why.push_back(KeptPage(decision));
  }
  for (const Link& link : decision.booking.links) found.why.push_back(link.resource.ToString() + ": " + link.evidence);
  AddRetired(snapshot, decision, found.why);
  found.handoff = LastOf(snapshot.handoffs, decision.booking.key);
  return found;
}

}  // namespace

FindAnswer::Kind FindAnswer::kind() const {
  if (bookings.empty()) return may_hide.empty() && reserved.empty() ? Kind::kNone : Kind::kAmbiguous;
  return bookings.size() == 1 ? Kind::kExists : Kind::kAmbiguous;
}

StatusOr<FindAnswer> FindBooking(Fleet& fleet, const FindQuery& query, const ObserveOptions& look) {
  if (!query.date && query.id.empty() && query.guest.empty()) {
    return Status(Code::kInvalidArgument, "say what to look for: a date, a guest or an identifier");
  }
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(fleet, {look}));
  const std::vector<std::size_t> matches = Matches(fleet.config, audit, query);
  // "There is none" is an answer that somebody will create a page on: it must not be given half blind.
  for (const StoreState& store : audit.snapshot.stores) {
    if (!matches.empty() || store.problem.ok()) continue;
    return Status(
        Code::kUnavailable,
        "could not be read, so nobody knows whether the booking exists: " + store.problem.ToString() + "; run evenkeel doctor",
        store.name);
  }
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<Lease> leases, ListLeases(fleet));
  FindAnswer answer;
  for (const std::size_t i : matches) {
    Found& found = answer.bookings.emplace_back(Describe(fleet.config, audit.snapshot, audit.decisions[i]));
    const auto lease = std::find_if(leases.begin(), leases.end(), [&found](const Lease& one) { return one.booking == found.booking; });
    if (lease != leases.end()) found.lease = *lease;
  }
  answer.unread = UnreadOf(audit.snapshot);
  if (!matches.empty()) return answer;
  answer.may_hide = MayHide(audit, query);
  EVENKEEL_ASSIGN_OR_RETURN(answer.reserved, ReservationsFor(fleet, query));
  return answer;
}

}  // namespace evenkeel
