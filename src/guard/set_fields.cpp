// SetFields: a person's word for fields of a booking, kept in the state store as the strongest claim there is.
#include <utility>

#include "evenkeel/evenkeel.h"
#include "guard/known_field.h"
#include "observe/document_write.h"
#include "observe/state_documents.h"

namespace evenkeel {
namespace {

StatusOr<Instruction> ReadAssignment(const FieldRegistry& fields, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    return Status(Code::kInvalidArgument, "write it as FIELD=VALUE, for example start=15:30", assignment);
  }
  const std::string name = assignment.substr(0, equals);
  EVENKEEL_ASSIGN_OR_RETURN(const FieldDefinition* const field, KnownField(fields, name));
  if (!field->decided) {
    return Status(Code::kInvalidArgument, "is not decided by anybody's word; only what systems say of the booking can be set",
                  name);
  }
  auto value = ParseValue(*field, assignment.substr(equals + 1));
  if (!value.ok()) return Status(value.code(), value.status().message(), assignment);
  Instruction instruction;
  instruction.field = name;
  instruction.value = FormatValue(*value);
  return instruction;
}

Status Keep(Fleet& fleet, const Instruction& instruction) {
  return WriteDocument(*fleet.state, std::string(kInstructionKind), IdOf(instruction), ToJson(instruction));
}

}  // namespace

StatusOr<std::vector<Instruction>> SetFields(Fleet& fleet, const std::string& booking,
                                             const std::vector<std::string>& assignments, const std::string& by, const ObserveOptions& look) {
  if (by.empty()) return Status(Code::kInvalidArgument, "say whose word this is (--by NAME)", booking);
  if (assignments.empty()) return Status(Code::kInvalidArgument, "say what to set: FIELD=VALUE", booking);
  std::vector<Instruction> instructions;
  for (const std::string& assignment : assignments) {
    EVENKEEL_ASSIGN_OR_RETURN(Instruction instruction, ReadAssignment(fleet.config.fields, assignment));
    for (const Instruction& other : instructions) {
      if (other.field == instruction.field) return Status(Code::kInvalidArgument, "is set twice; give one value", other.field);
    }
    instructions.push_back(std::move(instruction));
  }
  EVENKEEL_ASSIGN_OR_RETURN(const Audit audit, AuditFleet(fleet, {look, booking}));
  // Everything is checked before anything is kept: one wrong word keeps none of them.
  for (Instruction& instruction : instructions) {
    instruction.booking = audit.decisions.front().booking.key;
    instruction.by = by;
    instruction.at = fleet.environment->Now();
    EVENKEEL_RETURN_IF_ERROR(Keep(fleet, instruction));
  }
  return instructions;
}

}  // namespace evenkeel
