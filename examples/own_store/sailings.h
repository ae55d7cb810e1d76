// Sailings: an in-house database as a RecordStore. Its table is its own: days are numbers like 20260530, departures are minutes from
// midnight, and every writer of the house counts `rev` up by one.
//
//   CREATE TABLE sailings (ref TEXT PRIMARY KEY, booking TEXT, sail_day INTEGER, departs INTEGER, party TEXT, web TEXT,
//                          rev INTEGER NOT NULL, evenkeel_operation TEXT, evenkeel_rev INTEGER);
//   CREATE TABLE evenkeel_fences (booking TEXT PRIMARY KEY, number INTEGER NOT NULL);
//
// The last three are for Evenkeel: what it wrote last, and the highest fencing number seen. Both are written in the transaction of the row.
#pragma once

#include <memory>
#include <string>

#include <evenkeel/evenkeel.h>

namespace house {

// Opens the database at each call: a file that is missing is an error of that call. Safe in several threads and processes at once, for
// every write is one transaction that begins with the write lock.
std::unique_ptr<evenkeel::RecordStore> MakeSailings(std::string path, std::string store_name);

}  // namespace house
