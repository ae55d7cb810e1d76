#include "guard/known_field.h"

namespace evenkeel {

StatusOr<const FieldDefinition*> KnownField(const FieldRegistry& fields, const std::string& name) {
  const FieldDefinition* field = fields.Find(name);
  if (field == nullptr) {
    const std::string nearest = fields.Nearest(name);
    std::string known;
    for (const FieldDefinition& other : fields.fields()) {
      if (other.decided && !other.identifies) known += (known.empty() ? "" : ", ") + other.name;
    }
    return Status(Code::kInvalidArgument, "no such field; " + (nearest.empty() ? "there are: " + known : "did you mean " + nearest + "?"), name);
  }
  if (field->identifies) return Status(Code::kInvalidArgument, "identifies the booking and is never planned; change it in the system that gave it out", name);
  return field;
}

}  // namespace evenkeel
