// Backups: the exact bytes of a page, put away before anything happens to it.
#pragma once

#include <string>

#include "plan/draft.h"

namespace evenkeel {

// The blob's name: told by store, key and content, so that the same bytes have one backup and other bytes another.
std::string BackupBlob(const Resource& page, std::string_view sha256);
// How the page comes back from its backup, for people.
std::string UndoFromBackup(const Resource& page, std::string_view sha256);
// Adds back_up_page for the page, once. Returns its id.
std::string AddBackup(Draft& draft, const Observed& page);
// Whether writing what drifted on this resource messages people.
bool NotifiesAny(const Draft& draft, const Observed& observed);

}  // namespace evenkeel
