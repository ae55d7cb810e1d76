#include "apply/procedure.h"

#include "apply/page_procedures.h"
#include "apply/store_procedures.h"
#include "evenkeel/json.h"

namespace evenkeel {
namespace {

Json JsonOf(const Attributes& attributes) {
  Json json = Json::object();
  for (const auto& [name, value] : attributes) json[name] = value;
  return json;
}

Json JsonOf(const std::optional<LocalDateTime>& time) {
  if (!time) return nullptr;
  return (time->date ? FormatDate(*time->date) + "T" : std::string()) + FormatMinutes(time->minutes);
}

Json JsonOf(const EventChange& change) {
  Json json = {{"start", JsonOf(change.start)}, {"end", JsonOf(change.end)}, {"zone", change.zone}};
  if (change.summary) json["summary"] = *change.summary;
  if (change.description) json["description"] = *change.description;
  if (change.status) json["status"] = *change.status;
  return json;
}

// How each change is taken back; nullptr where it needs nothing.
struct UndoWriter {
  Json operator()(const BackUpPage&) const { return nullptr; }
  Json operator()(const EditPage& change) const { return {{"write_back", change.before_sha256}, {"over", change.after_sha256}}; }
  Json operator()(const SetAttributes& change) const { return {{"set", JsonOf(change.from)}, {"over", JsonOf(change.to)}}; }
  Json operator()(const RetirePage& change) const { return {{"write_back", change.sha256}, {"blob", change.backup}}; }
  Json operator()(const InvalidatePaths& change) const { return {{"invalidate", change.paths}}; }
  Json operator()(const UpdateEvent& change) const { return {{"set", JsonOf(change.from)}, {"over", JsonOf(change.to)}}; }
  Json operator()(const ManualTask& change) const { return {{"ask_a_person_for", JsonOf(change.from)}}; }
  Json operator()(const MoveCard& change) const { return {{"lane", change.from_lane}, {"over", change.to_lane}}; }
  Json operator()(const LeaveHandoff&) const { return {{"remove", "handoff"}}; }
};

}  // namespace

std::unique_ptr<Procedure> MakeProcedure(const Assignment& assignment) {
  switch (assignment.action->verb) {
    case Verb::kBackUpPage:
      return MakeBackUpPage(assignment);
    case Verb::kEditPage:
      return MakeEditPage(assignment);
    case Verb::kRepointRecord:
    case Verb::kUpdateRecord:
      return MakeSetAttributes(assignment);
    case Verb::kRetirePage:
      return MakeRetirePage(assignment);
    case Verb::kInvalidatePaths:
      return MakeInvalidatePaths(assignment);
    case Verb::kUpdateEvent:
      return MakeUpdateEvent(assignment);
    case Verb::kManualTask:
      return MakeManualLook(assignment);
    case Verb::kMoveCard:
      return MakeMoveCard(assignment);
    case Verb::kLeaveHandoff:
      return MakeLeaveHandoff(assignment);
  }
  return nullptr;
}

// Everything but a page goes back by the same procedure: its assignment says which way.
std::unique_ptr<Procedure> MakeUndo(const Assignment& assignment) {
  const Verb verb = assignment.action->verb;
  return verb == Verb::kEditPage || verb == Verb::kRetirePage ? MakePutBackPage(assignment) : MakeProcedure(assignment);
}

Json UndoOf(const Action& action) { return std::visit(UndoWriter{}, action.change); }

std::string OperationOf(const std::string& run, const Action& action) { return run + "/" + action.id; }
std::string UndoOperationOf(const std::string& run, const Action& action, std::uint64_t again) {
  return OperationOf(run, action) + (again == 0 ? "" : "/" + std::to_string(again)) + "/undo";
}
bool IsUndoOperation(std::string_view operation) { return operation.ends_with("/undo"); }

}  // namespace evenkeel
