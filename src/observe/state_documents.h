// The small documents that Evenkeel keeps about bookings in the StateStore, and how each is written down:
//   instruction  BOOKING/FIELD   a person's word (`set`)
//   acceptance   BOOKING/FIELD   what may differ for a while (`accept`)
//   tombstone    STORE:KEY       the memory of a retired page
//   former_words BOOKING/RUN     what systems said of the booking before the run changed it
//   handoff      BOOKING/RUN     a note left for the next writer; a person's: BOOKING/note-TIME. The last one is the one that counts
//   answer       QUESTION        what a person chose (`--decide`)
//   lease        BOOKING         who may change the booking, and until when
//   features     STORE:KEY       what protected features a page had (feature_memory.h)
// Readers refuse what they do not understand by name, so that an older program never misreads a newer one's memory.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/lease.h"
#include "evenkeel/snapshot.h"
#include "evenkeel/state_store.h"

namespace evenkeel {

inline constexpr std::string_view kInstructionKind = "instruction";
inline constexpr std::string_view kAcceptanceKind = "acceptance";
inline constexpr std::string_view kTombstoneKind = "tombstone";
inline constexpr std::string_view kFormerWordsKind = "former_words";
inline constexpr std::string_view kHandoffKind = "handoff";
inline constexpr std::string_view kAnswerKind = "answer";
inline constexpr std::string_view kLeaseKind = "lease";

std::string IdOf(const Instruction& instruction);
std::string IdOf(const Acceptance& acceptance);
std::string IdOf(const Tombstone& tombstone);
std::string IdOf(const FormerWords& words);
std::string IdOf(const Handoff& handoff);
Json ToJson(const Instruction& instruction);
Json ToJson(const Acceptance& acceptance);
Json ToJson(const Tombstone& tombstone);
Json ToJson(const FormerWords& words);
Json ToJson(const Handoff& handoff);
Json ToJson(const Lease& lease);
// kInvalidArgument: not such a document.
StatusOr<Instruction> InstructionFromJson(const Json& json);
StatusOr<Acceptance> AcceptanceFromJson(const Json& json);
StatusOr<Tombstone> TombstoneFromJson(const Json& json);
StatusOr<FormerWords> FormerWordsFromJson(const Json& json);
StatusOr<Handoff> HandoffFromJson(const Json& json);
StatusOr<Lease> LeaseFromJson(const Json& json);

Json ToJson(const KeptAnswer& answer);
StatusOr<KeptAnswer> AnswerFromJson(const Json& json);

// The page that took a retired page's place, or the place of that one, and so on; the page itself where it was not retired.
Resource SurvivorOf(const std::vector<Tombstone>& tombstones, const Resource& page);
// The booking's last note; nullopt: none was left. Of one second that of a writer, who may have seen what the run left.
std::optional<Handoff> LastOf(const std::vector<Handoff>& handoffs, const std::string& booking);

// All of a kind, by id. One store call each.
StatusOr<std::vector<Instruction>> ListInstructions(StateStore& state);
StatusOr<std::vector<Acceptance>> ListAcceptances(StateStore& state);
StatusOr<std::vector<Tombstone>> ListTombstones(StateStore& state);
StatusOr<std::vector<FormerWords>> ListFormerWords(StateStore& state);
StatusOr<std::vector<Handoff>> ListHandoffs(StateStore& state);
StatusOr<std::vector<KeptAnswer>> ListAnswers(StateStore& state);
StatusOr<std::vector<Lease>> ListLeases(StateStore& state);

}  // namespace evenkeel
