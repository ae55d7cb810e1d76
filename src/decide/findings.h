// Findings: what an audit shows beside the verdicts.
#pragma once

#include <vector>

#include "decide/booking_view.h"

namespace evenkeel {

// Drift of every claim against a verdict, duplicates, pointers that lead nowhere or elsewhere, pages that came back, members that
// cannot be read. `decision` has its verdicts and its canonical page. Sorted.
std::vector<Finding> FindingsOf(const BookingView& view, const Decision& decision);

// "guest-pages:g/x.html lost photo-upload, which it had on 2026-05-30 (run run-12…): …", with what to do about it.
std::string WordsOfLoss(const LostFeature& lost);
// What is remembered of the booking's pages, protected by policy, and on none of its live pages now; by feature.
std::vector<LostFeature> LostFeatures(const BookingView& view);
// "guest-pages:g/x.html: only it has every protected feature": the page that is kept and why, its name once. Empty: none is.
std::string KeptPage(const Decision& decision);
// The page a record points to, from its identifiers; nullopt: it points to none.
std::optional<Resource> PointerOf(const Observed& record);
// Why nothing can be concluded from a page that is not there; empty: its store was listed completely.
std::string WhyAbsenceProvesNothing(const SnapshotIndex& index, const Resource& page);

}  // namespace evenkeel
