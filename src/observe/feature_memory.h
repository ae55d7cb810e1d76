// The memory of protected features: what each canonical page had when it was last seen with them, so that a page that somebody gutted
// since is not taken for whole. Written at the end of a run, from the backups that the run made, and by `verify`, from what it read; never
// by what only looks. A feature is forgotten when somebody gives it up on purpose.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "evenkeel/snapshot.h"
#include "evenkeel/state_store.h"

namespace evenkeel {

inline constexpr std::string_view kFeaturesKind = "features";

// Adds what the page had at `at` to what is remembered of it; what it has no longer stays remembered. `run`: has a backup of the page
// with them; empty: it was only seen. A page that has none, and one of which all of it is known and not old, costs no call.
Status RememberFeatures(StateStore& state, const std::vector<RememberedFeatures>& known, const Resource& page, const std::string& booking,
                        const std::set<std::string>& features, Instant at, const std::string& run);
// Forgets these of every page of the booking.
Status ForgetFeatures(StateStore& state, const std::string& booking, const Resource& page, const std::set<std::string>& features);

Json ToJson(const RememberedFeatures& remembered);
// kInvalidArgument: not such a document.
StatusOr<RememberedFeatures> RememberedFeaturesFromJson(const Json& json);
StatusOr<std::vector<RememberedFeatures>> ListRememberedFeatures(StateStore& state);  // by page; one store call

}  // namespace evenkeel
