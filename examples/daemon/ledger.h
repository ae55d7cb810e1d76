// Ledger: what was found and told before, by a key that stays the same from audit to audit. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "evenkeel/evenkeel.h"

namespace evenkeel::audit_daemon {

// Findings, questions and what could not be read, each with the document that says so. Mentions of one thing in several places of a
// page are one entry.
using Entries = std::map<std::string, Json>;
Entries EntriesOf(const Audit& audit);

// What to tell, as documents { "event": "new"|"gone", "at", "what": "finding"|"question"|"unread"|"failed", … the entry }, and what is known
// from now on. While anything cannot be read nothing else is gone: nobody knows.
struct Change {
  std::vector<Json> told;
  Entries known;
};
Change Compare(const Entries& known, const Entries& now, Instant at);
// An audit that failed altogether: only that is new, once, and nothing is gone.
Change CompareFailed(const Entries& known, const Status& why, Instant at);

}  // namespace evenkeel::audit_daemon
