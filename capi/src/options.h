// Options of verbs, as C++ has them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evenkeel/documents.h"
#include "evenkeel/evenkeel.h"
#include "evenkeel/exit_code.h"
#include "fleet.h"
#include "views.h"

namespace evenkeel::capi {

StatusOr<AuditOptions> AuditOptionsOf(const ek_audit_options* given, const Log& log);
// The callbacks are borrowed until the run is over; `log` is copied.
StatusOr<ApplyOptions> ApplyOptionsOf(const ek_apply_options* given, const Log& log);
StatusOr<RollbackOptions> RollbackOptionsOf(const ek_apply_options* given, const Log& log);
StatusOr<AcceptOptions> AcceptOptionsOf(const ek_accept_options* given, const Log& log);
// 0: the usual one. kInvalidArgument: negative.
StatusOr<std::chrono::seconds> TtlOf(std::int64_t ttl_s);

}  // namespace evenkeel::capi
