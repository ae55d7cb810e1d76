// What the engine asks of the outside world, one call at a time, and what may become of each.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace evenkeel::simulation {

enum class Place : std::uint8_t { kPages, kRecords, kEdge, kCalendar, kListing, kBoard, kDocuments, kBlobs, kJournal };
enum class CallKind : std::uint8_t { kRead, kList, kWrite };

struct Call {
  int agent = 0;
  Place place = Place::kPages;
  CallKind kind = CallKind::kRead;
  std::string_view name;      // "Replace"
  std::string_view resource;  // the key, or what stands for it
};

enum class Fate : std::uint8_t {
  kOk,
  kNoAnswer,      // kUnavailable, nothing was done: no connection, a full disk
  kThrottled,     // kUnavailable with other words
  kConflict,      // 409: kPreconditionFailed although the condition holds; nothing was done
  kReplyLost,     // done, and nobody hears of it
  kTimedOut,      // not done, and nobody can know
  kAppliedLater,  // timed out; the effect lands after any later call
  kCrashBefore,
  kCrashAfter,
  kCutListing,    // the second half is missing, and the listing says so
  kStaleListing,  // as it was before the last write
  kCutBody,       // the second half of a page is missing, and nobody says so
  kTornTail,      // the crash leaves half a journal line
  kLostSync,      // said to be durable; the next crash takes it and all behind it
  kBitFlip,       // a bit of the line changes on the disk
};
inline constexpr std::array<std::string_view, 15> kFateNames = {
    "ok", "no answer", "throttled", "409", "done, the reply was lost", "timed out, not done", "timed out, done later", "crash before it", "crash after it",
    "a cut listing", "a stale listing", "a cut body", "crash in the middle of the line", "not synced in truth", "a flipped bit"};
inline constexpr std::array<std::string_view, 9> kPlaceNames = {"pages", "records", "edge", "calendar", "listing", "board", "documents", "backups", "journal"};

// What comes next at a call: its fate, or first something that others do.
struct Decision {
  enum class Kind : std::uint8_t { kFate, kForeign, kLand, kTurn, kRollback } kind = Kind::kFate;
  int value = 0;  // the Fate; the number of the foreign edit; of the delayed effect; of the agent whose turn it is, or that is told to take the run back

  friend bool operator==(const Decision&, const Decision&) = default;
};

inline bool CanHappen(Fate fate, const Call& call) {
  const bool journal = call.place == Place::kJournal && call.kind == CallKind::kWrite;
  switch (fate) {
    case Fate::kOk:
    case Fate::kNoAnswer:
    case Fate::kThrottled:
    case Fate::kCrashBefore:
    case Fate::kCrashAfter:
      return true;
    case Fate::kConflict:
      return call.kind == CallKind::kWrite && call.place != Place::kEdge && call.place != Place::kBlobs;
    case Fate::kReplyLost:
    case Fate::kTimedOut:
    case Fate::kAppliedLater:
      return call.kind == CallKind::kWrite;
    case Fate::kCutListing:
      return call.kind == CallKind::kList && (call.place == Place::kPages || call.place == Place::kRecords);
    case Fate::kStaleListing:
      return call.kind == CallKind::kList && call.place == Place::kRecords;
    case Fate::kCutBody:
      return call.kind == CallKind::kRead && call.place == Place::kPages;
    case Fate::kTornTail:
    case Fate::kLostSync:
    case Fate::kBitFlip:
      return journal;
  }
  return false;
}

inline bool IsCrash(Fate fate) { return fate == Fate::kCrashBefore || fate == Fate::kCrashAfter || fate == Fate::kTornTail; }

// A process that is no more: thrown through the engine by the store that it had called.
struct Crash {};

// Decides what happens. Asked at every call until it gives a fate.
class Scheduler {
 public:
  virtual ~Scheduler() = default;
  virtual Decision Next(const Call& call) = 0;
};

// Lets everything happen as it should.
class Calm final : public Scheduler {
 public:
  Decision Next(const Call&) override { return {}; }
};

}  // namespace evenkeel::simulation
