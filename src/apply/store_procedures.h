// The procedures of everything that is not a page. Each goes the way its assignment says: forwards, or back.
#pragma once

#include <memory>
#include <string>

#include "apply/procedure.h"
#include "evenkeel/record_store.h"

namespace evenkeel {

std::unique_ptr<Procedure> MakeSetAttributes(const Assignment& assignment);  // repoint_record, update_record
std::unique_ptr<Procedure> MakeUpdateEvent(const Assignment& assignment);
std::unique_ptr<Procedure> MakeMoveCard(const Assignment& assignment);
std::unique_ptr<Procedure> MakeInvalidatePaths(const Assignment& assignment);
std::unique_ptr<Procedure> MakeLeaveHandoff(const Assignment& assignment);
std::unique_ptr<Procedure> MakeManualLook(const Assignment& assignment);  // reads only

// Whether a version that was left behind can come back by somebody else's write, and by no write of ours: where operations are kept ours count
// the versions (the law of RecordStore).
bool CanComeBack(const Fleet& fleet, const Action& action);

// Whether `attributes` has every value of `wanted`.
bool HasAttributes(const Attributes& attributes, const Attributes& wanted);
// "start_time \"16:30\", page_slug \"x\"": the values of `attributes` under the names that `named` has.
std::string DescribeAttributes(const Attributes& attributes, const Attributes& named);

}  // namespace evenkeel
