#include "evenkeel/plan.h"

namespace evenkeel {

std::string_view ApprovalName(Approval approval) {
  switch (approval) {
    case Approval::kAuto: return "auto";
    case Approval::kApprove: return "approve";
    case Approval::kManual: return "manual";
  }
  return "manual";
}

std::string_view VerbName(Verb verb) {
  switch (verb) {
    case Verb::kBackUpPage: return "back_up_page";
    case Verb::kEditPage: return "edit_page";
    case Verb::kRepointRecord: return "repoint_record";
    case Verb::kUpdateRecord: return "update_record";
    case Verb::kRetirePage: return "retire_page";
    case Verb::kInvalidatePaths: return "invalidate_paths";
    case Verb::kUpdateEvent: return "update_event";
    case Verb::kManualTask: return "manual_task";
    case Verb::kMoveCard: return "move_card";
    case Verb::kLeaveHandoff: return "leave_handoff";
  }
  return "leave_handoff";
}

bool Plan::CanChangeAnything() const {
  for (const BookingPlan& booking : bookings) {
    for (const Action& action : booking.actions) {
      if (action.approval != Approval::kManual) return true;
    }
  }
  return false;
}

bool Plan::WaitsForPeople() const {
  for (const BookingPlan& booking : bookings) {
    if (!booking.questions.empty() || !booking.unproven.empty() || !booking.lost_features.empty()) return true;
    for (const Action& action : booking.actions) {
      if (action.approval == Approval::kManual) return true;
    }
  }
  return false;
}

}  // namespace evenkeel
