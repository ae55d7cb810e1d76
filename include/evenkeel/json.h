// JSON documents: every outside contract carries "schema": "evenkeel.NAME/1". Writers give canonical JSON (sorted keys);
// readers refuse duplicate keys, unknown schemas, and whatever limits.h does not allow.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "evenkeel/apply.h"
#include "evenkeel/edit.h"
#include "evenkeel/plan.h"
#include "evenkeel/reading.h"

namespace evenkeel {

// Strict parse: UTF-8, no duplicate keys, depth and size limited. `what` names the document in errors.
StatusOr<Json> ParseJson(std::string_view text, std::string_view what, const Limits& limits = {});
// Compact, sorted keys; bytes that are not UTF-8 become U+FFFD.
std::string DumpJson(const Json& json);
// The same over several lines, for people and files.
std::string DumpJsonPretty(const Json& json);

Json ReadingToJson(const Reading& reading);                                  // evenkeel.reading/1
Json EditsToJson(const Edits& edits);                                        // evenkeel.edits/1
Json PlanToJson(const Plan& plan);                                           // evenkeel.plan/1
StatusOr<Plan> PlanFromJson(const Json& json);                               // kInvalidArgument: hash does not match (edited by hand)
std::string HashOfPlan(const Plan& plan);                                    // "sha256:…"
Json AuditToJson(const std::vector<Decision>& decisions, const Snapshot& snapshot);  // evenkeel.audit/1
Json UnreadToJson(const std::vector<Unread>& unread);
Json DecisionToJson(const Decision& decision);
Json ActionToJson(const Action& action);
Json ClaimToJson(const Claim& claim);
Json RunReportToJson(const RunReport& report);                               // evenkeel.run/1

}  // namespace evenkeel
