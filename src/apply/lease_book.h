// LeaseBook: what the journal of a run says of its leases, and how it is said.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "apply/journal.h"
#include "apply/lease_keeper.h"
#include "evenkeel/plan.h"

namespace evenkeel {

class LeaseBook {
 public:
  struct Of {
    std::uint64_t fence = 0;       // the number that the run has held it under last; 0: never
    std::uint64_t given_back = 0;  // … and has given back
    int processes = 0;             // that have worked under `fence`
    std::string waits;             // why the run does not hold it; empty: it does, or did not try
  };

  // Lines of other kinds say nothing of leases.
  void Take(const JournalEntry& line);
  const Of& Find(const std::string& booking) const;
  // The version that a page has since, where it was only rewritten with its own bytes.
  Version Current(const Action& action, Version version) const;
  const std::set<std::string>& cannot_be_fenced() const { return cannot_be_fenced_; }  // STORE:KEY
  std::size_t rewritten() const { return rewritten_.size(); }

  // The journal says it already. That a process works under a lease, each says for itself.
  bool Knows(const LeaseNews& news) const;
  static std::string_view KindOf(const LeaseNews& news) { return news.kind == LeaseNews::Kind::kFenced ? entry::kFenced : entry::kLease; }
  static Json LineOf(const LeaseNews& news);

 private:
  std::map<std::string, Of> bookings_;
  std::set<std::string> cannot_be_fenced_;
  std::map<std::tuple<std::string, std::string, Version>, Version> rewritten_;  // store, page, version → the same bytes' new version
};

}  // namespace evenkeel
