// Journal: the append-only record of one run, hash-chained, with its head and count kept apart from it.
//
// A line is canonical JSON: {"seq", "at", "kind", …, "prev", "hash"}. `hash` is SHA-256 of the line without it; `prev` is the
// hash of the line before, and of the first line the run's own id, so that the journal of another run cannot stand in its place.
// A chain alone does not notice a cut or a rewritten tail: the state document (kind "head", id run) holds the count and the last
// hash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/state_store.h"
#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel {

inline constexpr std::string_view kHeadKind = "head";
inline constexpr std::string_view kRunSchema = "evenkeel.journal/1";

// What an entry records.
namespace entry {
inline constexpr std::string_view kStarted = "started";      // the whole plan, the fleet, and what was asked for
inline constexpr std::string_view kAsked = "asked";          // a later call asked for more: bookings (none: all), approvals, overrides, by
inline constexpr std::string_view kIntent = "intent";        // action, operation, undo: durable before the effect
inline constexpr std::string_view kOutcome = "outcome";      // action, what became of it, facts
inline constexpr std::string_view kAttested = "attested";    // a manual task, by
inline constexpr std::string_view kRollback = "rollback";    // the run is to be taken back: by, why; nothing is applied after it
inline constexpr std::string_view kUndoIntent = "undo_intent";    // as intent, of the way back
inline constexpr std::string_view kUndoOutcome = "undo_outcome";  // as outcome, of the way back; by: a person said so
inline constexpr std::string_view kRestoring = "restoring";  // page, by, backup, kept: durable before a page's bytes are brought back
inline constexpr std::string_view kRestored = "restored";    // … and after it
inline constexpr std::string_view kLease = "lease";          // booking, and the fence that a process works under, or what it waits for
inline constexpr std::string_view kFenced = "fenced";        // booking, fence, pages rewritten after a takeover, from version to version
inline constexpr std::string_view kStopped = "stopped";      // why; gives_back: fences of the leases that are given back next
}  // namespace entry

struct JournalEntry {
  std::uint64_t sequence = 0;
  Instant at{};
  std::string kind;
  Json body;  // the whole line
  std::string hash;
  std::string line;  // as it stands in the store
};

// Not thread-safe. Two journals on one run exclude each other: the store takes each sequence number once.
class Journal {
 public:
  // Reads and verifies. A run that has none is an empty journal. kInvalidArgument names what is wrong: a flipped, dropped,
  // swapped, repeated or foreign line, a cut tail, a missing head. A torn last line is no error: it was never promised to
  // anybody.
  static StatusOr<Journal> Read(StateStore& state, std::string run);
  // The same once more; lines that have not changed are not parsed again. Where the store does not answer, nothing has changed here.
  Status ReadAgain(StateStore& state);

  const std::string& run() const { return run_; }
  const std::vector<JournalEntry>& entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }
  // Bytes of a torn last line; the next append cuts them off.
  std::size_t torn_bytes() const { return torn_bytes_; }

  // Appends one durable line; `body` holds what is particular to the kind. kPreconditionFailed: somebody else appended: read
  // again. kUnknownOutcome: read again and look. One store call.
  Status Append(StateStore& state, std::string_view kind, Instant at, Json body);
  // The head document does not yet name the last line.
  bool HeadIsBehind() const { return head_count_ < entries_.size(); }
  // Brings it up to date. One store call, two where somebody else was faster.
  Status WriteHead(StateStore& state);

 private:
  StatusOr<JournalEntry> Verify(std::string line) const;
  Status TakeHead(const StateDocument& head);
  Status Damaged(std::size_t line, std::string_view what) const;

  std::string run_;
  std::vector<JournalEntry> entries_;
  std::size_t torn_bytes_ = 0;
  std::uint64_t head_count_ = 0;
  std::optional<Version> head_version_;
};

}  // namespace evenkeel
