// Seat: where a process sits at one system: every call goes through the simulation, which decides what becomes of it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/json.h"
#include "simulation/simulation.h"

namespace evenkeel::simulation {

// Digests of replies: what the engine can tell apart.
inline std::uint64_t Of(const std::string& text) { return DigestOf(text); }
inline std::uint64_t Of(bool value) { return value ? 1 : 2; }
inline std::uint64_t Of(const ObjectInfo& info) { return Mix(DigestOf(info.version), DigestOf(info.operation)); }
inline std::uint64_t Of(const Object& object) { return Mix(Of(object.info), DigestOf(object.bytes)); }
inline std::uint64_t Of(const Record& record) { return Mix(DigestOf(record.version), DigestOf(record.operation)); }
inline std::uint64_t Of(const Event& event) { return DigestOf(event.version); }
inline std::uint64_t Of(const ListingEntry& entry) { return DigestOf(entry.version); }
inline std::uint64_t Of(const Card& card) { return DigestOf(card.version); }
inline std::uint64_t Of(const StateDocument& document) {
  // A head differs in every history by its hash; what the engine makes of it is how far it reaches.
  if (document.value.is_object() && document.value.contains("count")) return document.value["count"].get<std::uint64_t>();
  const bool is_dated = document.value.is_object() && document.value.contains("at") && !document.value.contains("fence");
  return DigestOf(is_dated ? "dated" : DumpJson(document.value));
}
inline std::uint64_t Of(const StateStore::JournalLines& lines) { return Mix(lines.lines.size(), lines.torn_bytes > 0 ? 1 : 0); }
template <typename Item>
inline std::uint64_t Of(const std::vector<Item>& items) {
  std::uint64_t digest = items.size();
  for (const Item& item : items) digest = Mix(digest, Of(item));
  return digest;
}
inline std::uint64_t Of(const ObjectListing& listing) { return Mix(Of(listing.objects), Of(listing.complete)); }
inline std::uint64_t Of(const RecordListing& listing) { return Mix(Of(listing.records), Of(listing.complete)); }
inline std::uint64_t Of(const EventListing& listing) { return Of(listing.events); }
inline std::uint64_t Of(const ListingPage& listing) { return Of(listing.entries); }
inline std::uint64_t Of(const CardListing& listing) { return Of(listing.cards); }
template <typename T>
inline std::uint64_t Of(const StatusOr<T>& reply) {
  return reply.ok() ? Of(*reply) : 0;
}
inline std::uint64_t Of(const Status&) { return 0; }

class Seat {
 public:
  Seat(Stage& stage, int agent, Place place) : stage_(stage), agent_(agent), place_(place) {}
  Simulation& sim() const { return *stage_.simulation; }
  World& world() const { return sim().world(); }
  int agent() const { return agent_; }
  std::string Name(std::string_view key) const { return std::string(kPlaceNames[static_cast<std::size_t>(place_)]) + ":" + std::string(key); }

  // `effect` holds all it needs by value: it may land long after the call.
  template <typename Effect>
  auto Write(std::string_view name, std::string_view resource, Effect effect) const -> decltype(effect()) {
    const Call call{agent_, place_, CallKind::kWrite, name, resource};
    const Fate fate = sim().Meet(call);
    const auto answer = [&](Code code, const char* words) {
      sim().Saw(call, code, 0);
      return Status(code, words, std::string(resource));
    };
    switch (fate) {
      case Fate::kNoAnswer:
        return answer(Code::kUnavailable, "simulated: no answer, nothing was done");
      case Fate::kThrottled:
        return answer(Code::kUnavailable, "simulated: slow down");
      case Fate::kConflict:
        sim().laws().NoteRefusal();
        return answer(Code::kPreconditionFailed, "simulated: 409");
      case Fate::kTimedOut:
        return answer(Code::kUnknownOutcome, "simulated: timed out");
      case Fate::kAppliedLater:
        sim().Delay(call, [effect] { (void)effect().ok(); });
        return answer(Code::kUnknownOutcome, "simulated: timed out");
      case Fate::kReplyLost:
        (void)effect().ok();
        return answer(Code::kUnknownOutcome, "simulated: the reply was lost");
      case Fate::kCrashAfter:
        (void)effect().ok();
        throw Crash{};
      case Fate::kTornTail:
        sim().AppendDamaged(call, fate);
        throw Crash{};
      case Fate::kOk:
      case Fate::kCrashBefore:
      case Fate::kCutListing:
      case Fate::kStaleListing:
      case Fate::kCutBody:
      case Fate::kLostSync:
      case Fate::kBitFlip:
        break;
    }
    auto reply = effect();
    if (reply.ok() && (fate == Fate::kLostSync || fate == Fate::kBitFlip)) sim().AppendDamaged(call, fate);
    sim().Saw(call, reply.ok() ? Code::kOk : reply.code(), Of(reply));
    return reply;
  }

  template <typename Effect, typename Spoil>
  auto Read(CallKind kind, std::string_view name, std::string_view resource, Effect effect, Spoil spoil) const -> decltype(effect()) {
    const Call call{agent_, place_, kind, name, resource};
    const Fate fate = sim().Meet(call);
    if (fate == Fate::kNoAnswer || fate == Fate::kThrottled) {
      sim().Saw(call, Code::kUnavailable, 0);
      return Status(Code::kUnavailable, "simulated: no answer", std::string(resource));
    }
    auto reply = effect();
    if (fate == Fate::kCrashAfter) throw Crash{};
    if (reply.ok() && fate != Fate::kOk) spoil(fate, *reply);
    sim().Saw(call, reply.ok() ? Code::kOk : reply.code(), Of(reply));
    return reply;
  }
  template <typename Effect>
  auto Read(std::string_view name, std::string_view resource, Effect effect) const -> decltype(effect()) {
    return Read(CallKind::kRead, name, resource, effect, [](Fate, auto&) {});
  }

  // An effect on an operator's system, under the eyes of the laws.
  template <typename Effect>
  auto Watched(std::string_view key, const WriteStamp& stamp, const Version& expected, Effect effect) const {
    sim().laws().CheckSent(Name(key), stamp, expected, world().environment.Now());
    return [seat = *this, resource = Name(key), stamp, basis = sim().BasisOf(agent_, stamp.operation), effect = std::move(effect)] {
      Laws& laws = seat.sim().laws();
      const Before before = laws.Look(resource, seat.sim().calls());
      auto reply = effect(seat.world());
      if (reply.ok()) laws.CheckLanded(stamp, resource.starts_with("records:"));
      if (reply.ok()) laws.CheckEffect(resource, before, basis);
      return reply;
    };
  }

 private:
  Stage& stage_;
  int agent_;
  Place place_;
};

}  // namespace evenkeel::simulation
