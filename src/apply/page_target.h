// What the page verbs share: digests, the page as it was found, and which page a record points at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apply/procedure.h"
#include "evenkeel/fleet.h"
#include "evenkeel/plan.h"
#include "evenkeel/snapshot.h"

namespace evenkeel {

// Whether the bytes have this SHA-256, written with or without "sha256:" before it.
bool HasDigest(std::string_view bytes, std::string_view digest);
// Whether the page stands at this version, or was only rewritten since by a takeover of the booking's lease: the journal learns of that when
// the takeover is complete, the page's last operation tells it before.
bool StandsAt(const ObjectInfo& page, const Version& version, const Assignment& assignment);
// "version 7 (512 bytes, sha256 1a2b3c4d5e6f…)".
std::string DescribePage(const Object& object);
// The action of the same plan that backs the page up; nullptr when there is none.
const Action* BackupOf(const BookingPlan& booking, const Action& action);
// A read-back backup against the bytes it must hold. kPreconditionFailed otherwise: nothing may be edited or retired then.
Status CheckBackup(const StatusOr<std::string>& blob, std::string_view bytes, const std::string& location);
// Names in `features` that `bytes` has completely.
StatusOr<std::vector<std::string>> FeaturesIn(const Fleet& fleet, std::string_view bytes,
                                              const std::vector<std::string>& features);
// Whether a guest who comes to this page finds a booking there: it is no redirect.
StatusOr<bool> IsLivePage(const Fleet& fleet, const Object& page);
// The pages that a record with these attributes points at.
std::vector<Resource> PagesOfRecord(const Fleet& fleet, const std::string& store, const Record& record);

}  // namespace evenkeel
