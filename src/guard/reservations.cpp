#include "guard/reservations.h"

#include <algorithm>
#include <utility>

#include "guard/guest_words.h"

namespace evenkeel {
namespace {

using List = std::vector<Reservation>;

struct Stored {
  List list;
  std::optional<Version> version;
};

Json ToJson(const Date& date, const List& list) {
  Json all = Json::array();
  for (const Reservation& one : list) {
    all.push_back({{"guest", one.guest}, {"id", one.id}, {"holder", one.holder}, {"until", FormatInstant(one.until)}, {"at", FormatInstant(one.at)}});
  }
  return {{"schema", "evenkeel.reservations/1"}, {"date", FormatDate(date)}, {"reservations", std::move(all)}};
}

std::string Text(const Json& json, const char* name) {
  return json.is_object() && json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : "";
}

StatusOr<List> Damaged(const std::string& id) {
  return Status(Code::kInvalidArgument, "the state store holds a damaged reservation document; bring it back from a copy or remove it", id);
}

StatusOr<List> FromJson(const Date& date, const Json& json) {
  if (Text(json, "schema") != "evenkeel.reservations/1" || !json.value("reservations", Json()).is_array()) return Damaged(FormatDate(date));
  List list;
  for (const Json& one : json["reservations"]) {
    const auto until = ParseInstant(Text(one, "until")), at = ParseInstant(Text(one, "at"));
    if (!until || !at || Text(one, "holder").empty()) return Damaged(FormatDate(date));
    list.push_back({date, Text(one, "guest"), Text(one, "id"), Text(one, "holder"), *until, *at});
  }
  return list;
}

StatusOr<Stored> Read(StateStore& state, const Date& date) {
  const auto there = state.GetDocument(kReservationKind, FormatDate(date));
  if (there.code() == Code::kNotFound) return Stored{};
  if (!there.ok()) return there.status();
  EVENKEEL_ASSIGN_OR_RETURN(List list, FromJson(date, there->value));
  return Stored{std::move(list), there->version};
}

// Changes the day's list until the change stands. `change` gives false where nothing is to be written.
template <typename Change>
Status ChangeList(Fleet& fleet, const Date& date, Change change) {
  constexpr int kAttemptsMax = 8;
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    EVENKEEL_ASSIGN_OR_RETURN(Stored stored, Read(*fleet.state, date));
    const List before = stored.list;
    std::erase_if(stored.list, [&](const Reservation& one) { return !IsInForce(one, fleet.environment->Now()); });
    if (!change(stored.list) || (stored.version && stored.list == before)) return OkStatus();
    const auto put = fleet.state->PutDocument(kReservationKind, FormatDate(date), ToJson(date, stored.list), stored.version);
    if (put.ok()) return OkStatus();
    if (put.code() != Code::kAlreadyExists && put.code() != Code::kPreconditionFailed && put.code() != Code::kUnknownOutcome) return put.status();
  }
  return {Code::kUnavailable, "others keep reserving on this date, or the state store gives no answer; try again", FormatDate(date)};
}

Status CheckQuery(const FindQuery& query, const std::string& holder, std::chrono::seconds ttl) {
  if (!query.date || (query.guest.empty() && query.id.empty())) {
    return {Code::kInvalidArgument, "a reservation needs the booking's date, and its guest or an identifier"};
  }
  if (WordsOf(holder).empty()) return {Code::kInvalidArgument, "say who reserves it", "holder"};
  if (!query.guest.empty() && WordsOf(query.guest).empty()) return {Code::kInvalidArgument, "the guest's name has no letters", query.guest};
  if (ttl >= std::chrono::seconds(1) && ttl <= kLeaseTtlMax) return OkStatus();
  return {Code::kInvalidArgument, "a reservation runs for one second to " + std::to_string(kLeaseTtlMax / std::chrono::hours(1)) + " hours"};
}

bool IsOf(const Reservation& one, const Reservation& wanted) {
  return one.holder == wanted.holder && one.guest == wanted.guest && one.id == wanted.id;
}

}  // namespace

bool IsInForce(const Reservation& one, Instant now) { return now < one.until + kLeaseSkew; }

bool MayBeOne(const Reservation& a, const Reservation& b) {
  if (!a.id.empty() && !b.id.empty()) return a.id == b.id;
  return a.guest.empty() || b.guest.empty() || MayBeOneGuest(a.guest, b.guest);
}

StatusOr<std::vector<Reservation>> ListReservations(StateStore& state) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> documents, state.ListDocuments(kReservationKind));
  List all;
  for (const StateDocument& document : documents) {
    const auto date = ParseDate(document.id);
    EVENKEEL_ASSIGN_OR_RETURN(const List list, date ? FromJson(*date, document.value) : Damaged(document.id));
    all.insert(all.end(), list.begin(), list.end());
  }
  return all;
}

StatusOr<std::vector<Reservation>> ReservationsFor(Fleet& fleet, const FindQuery& query) {
  if (!query.date) return List();
  EVENKEEL_ASSIGN_OR_RETURN(Stored stored, Read(*fleet.state, *query.date));
  const Reservation asked{*query.date, query.guest, query.id, "", {}, {}};
  std::erase_if(stored.list, [&](const Reservation& one) { return !IsInForce(one, fleet.environment->Now()) || !MayBeOne(one, asked); });
  return std::move(stored.list);
}

StatusOr<Reserved> ReserveBooking(Fleet& fleet, const FindQuery& query, const std::string& holder, std::chrono::seconds ttl, const ObserveOptions& look) {
  EVENKEEL_RETURN_IF_ERROR(CheckQuery(query, holder, ttl));
  const Instant now = fleet.environment->Now();
  const Reservation wanted{*query.date, query.guest, query.id, holder, now + ttl, now};
  bool is_mine = false;
  EVENKEEL_RETURN_IF_ERROR(ChangeList(fleet, wanted.date, [&](List& list) {
    is_mine = std::none_of(list.begin(), list.end(), [&](const Reservation& one) { return one.holder != holder && MayBeOne(one, wanted); });
    if (!is_mine) return false;
    std::erase_if(list, [&](const Reservation& one) { return IsOf(one, wanted); });
    list.push_back(wanted);
    return true;
  }));
  Reserved reserved;
  EVENKEEL_ASSIGN_OR_RETURN(reserved.answer, FindBooking(fleet, query, look));
  std::erase_if(reserved.answer.reserved, [&](const Reservation& one) { return one.holder == holder; });
  if (!is_mine) return reserved;
  if (reserved.answer.kind() == FindAnswer::Kind::kNone) {
    reserved.mine = wanted;
    return reserved;
  }
  // There is nothing to create. Where this fails the reservation runs out by itself.
  (void)ChangeList(fleet, wanted.date, [&](List& list) { return std::erase_if(list, [&](const Reservation& one) { return one == wanted; }) > 0; }).ok();
  return reserved;
}

}  // namespace evenkeel
