// What mentions mean: hours that the writing leaves open, dates, zones, roles, each with its reason.
#pragma once

#include "evenkeel/reading.h"
#include "read/mention.h"

namespace evenkeel {

// Fills the public references of `findings` in place.
void ResolveFindings(const ReadOptions& options, Findings* findings);

// The steps, in order; each in a file of its own subject.
void ResolveInstants(const ReadOptions& options, Findings* findings);
void ResolveHours(const ReadOptions& options, Findings* findings);
void CompleteDates(const ReadOptions& options, Findings* findings);
// A bare offset that the booking's zone never has may be the end of a range.
void DoubtOffsets(const ReadOptions& options, Findings* findings);
void PlaceForeignZone(const ReadOptions& options, const Findings& findings, Mention* mention);
void ResolveRoles(const ReadOptions& options, Findings* findings);
void BindDates(const ReadOptions& options, Findings* findings);
// The instant of each clock whose text says date, year and zone itself.
void PlaceOnInstants(const ReadOptions& options, Findings* findings);

// The wall clock of `instant` in the booking's zone; nullopt without a ZoneSource.
std::optional<LocalSeconds> OnBookingClock(const ReadOptions& options, Instant instant);
// The whole date of a mention; nullopt while a part of it is missing.
std::optional<Date> DateOf(const DateMention& mention);
// The first length on the page of each number of minutes.
std::vector<const Duration*> DifferentLengths(const std::vector<Duration>& durations);
const char* WeekdayName(unsigned weekday);  // 0: "Sunday"
// Minutes from midnight of the clock under one reading of its half of the day.
int MinutesOf(const Clock& clock, Meridiem meridiem);

}  // namespace evenkeel
