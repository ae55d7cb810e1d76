#include "ledger.h"

#include <algorithm>

namespace evenkeel::audit_daemon {
namespace {

constexpr const char* kUnread = "unread";
constexpr const char* kFailed = "failed";

void Add(Entries& entries, const char* what, Json entry) {
  entry["what"] = what;
  // The place in a page moves with every edit around it; the words and what they should be do not.
  Json key = entry;
  key.erase("why");
  key.erase("line");
  entries.emplace(DumpJson(key), std::move(entry));
}

Json EntryOf(const Finding& finding) {
  return {{"kind", FindingKindName(finding.kind)},
          {"booking", finding.booking},
          {"field", finding.field},
          {"resource", finding.resource ? Json(finding.resource->ToString()) : Json()},
          {"says", finding.says},
          {"should", finding.should},
          {"line", finding.evidence.line},
          {"why", finding.why}};
}

Json EntryOf(const AcceptedClaim& accepted, const std::string& booking) {
  return {{"booking", booking},
          {"field", accepted.claim.field},
          {"resource", accepted.claim.resource.ToString()},
          {"says", FormatValue(accepted.claim.value)},
          {"by", accepted.by},
          {"until", FormatInstant(accepted.until)},
          {"why", accepted.why}};
}

bool Is(const Json& entry, const char* what) { return entry.value("what", "") == what; }

void Tell(Change& change, const char* event, const Json& entry, Instant at) {
  Json line = entry;
  line["event"] = event;
  line["at"] = FormatInstant(at);
  change.told.push_back(std::move(line));
}

}  // namespace

Entries EntriesOf(const Audit& audit) {
  Entries entries;
  for (const Decision& decision : audit.decisions) {
    for (const Finding& finding : decision.findings) {
      if (finding.kind != FindingKind::kNote) Add(entries, "finding", EntryOf(finding));
    }
    for (const Verdict& verdict : decision.verdicts) {
      for (const AcceptedClaim& accepted : verdict.accepted) Add(entries, "accepted", EntryOf(accepted, decision.booking.key));
    }
    for (const Question& question : decision.questions) {
      Add(entries, "question", {{"booking", decision.booking.key}, {"question", question.id}, {"text", question.text}, {"why", question.why}});
    }
  }
  for (const Unread& unread : UnreadOf(audit.snapshot)) {
    Add(entries, kUnread, {{"store", unread.store}, {"resource", unread.resource}, {"why", unread.why}});
  }
  return entries;
}

Change Compare(const Entries& known, const Entries& now, Instant at) {
  Change change;
  change.known = now;
  const bool all_read = std::none_of(now.begin(), now.end(), [](const auto& entry) { return Is(entry.second, kUnread); });
  for (const auto& [key, entry] : known) {
    if (now.contains(key)) continue;
    if (all_read || Is(entry, kUnread) || Is(entry, kFailed)) {
      Tell(change, "gone", entry, at);
    } else {
      change.known.emplace(key, entry);
    }
  }
  for (const auto& [key, entry] : now) {
    if (!known.contains(key)) Tell(change, "new", entry, at);
  }
  return change;
}

Change CompareFailed(const Entries& known, const Status& why, Instant at) {
  Entries now;
  Add(now, kFailed, {{"code", CodeName(why.code())}, {"resource", why.resource()}, {"why", why.message()}});
  Change change;
  change.known = known;
  for (const auto& [key, entry] : now) {
    if (change.known.emplace(key, entry).second) Tell(change, "new", entry, at);
  }
  return change;
}

}  // namespace evenkeel::audit_daemon
