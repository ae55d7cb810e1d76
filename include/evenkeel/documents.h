// JSON documents of the smaller verbs, and of errors. Those of readings, edits, plans, audits and runs stand in json.h.
#pragma once

#include <string>
#include <vector>

#include "evenkeel/evenkeel.h"

namespace evenkeel {

// evenkeel.error/1: { "code", "message", "resource"|null, "next"|null, "exit" }
Json ErrorDocument(const std::string& code, const std::string& message, const std::string& resource, const std::string& next, int exit_code);
// evenkeel.find/1; `mine`: the reservation that was asked for and made.
Json AnswerDocument(const FindAnswer& answer, const std::optional<Reservation>& mine, Instant now);
Json GuardDocument(const GuardAnswer& answer);                                // evenkeel.guard/1
// evenkeel.leased/1: the lease of the booking that was asked for, as it stands at `now`.
Json LeaseDocument(const std::string& booking, const std::optional<Lease>& lease, Instant now);
Json HandoffDocument(const std::string& booking, const std::optional<Handoff>& handoff);  // evenkeel.last_handoff/1
Json ChecksDocument(const std::vector<Check>& checks);                        // evenkeel.doctor/1
Json InstructionsDocument(const std::vector<Instruction>& instructions);      // evenkeel.set/1
Json AcceptancesDocument(const std::vector<Acceptance>& acceptances);          // evenkeel.accept/1
Json RestoredDocument(const Restored& restored);                              // evenkeel.restore/1
Json VerificationDocument(const Verification& verification);                  // evenkeel.verify/1: { "agrees", "audit", "remaining" }

}  // namespace evenkeel
