#include <utility>

#include "evenkeel/field.h"
#include "text/nearest.h"

namespace evenkeel {
namespace {

FieldDefinition Identifying(std::string name, FieldType type, std::string label = {}) {
  return {.name = std::move(name), .type = type, .identifies = true, .decided = false, .group = {}, .label = std::move(label), .same_words = {}};
}

FieldDefinition Decided(std::string name, FieldType type, std::string group = {}, std::string label = {}) {
  return {.name = std::move(name), .type = type, .identifies = false, .decided = true, .group = std::move(group), .label = std::move(label), .same_words = {}};
}

// Systems have words of their own for one state. A calendar knows no more than confirmed, tentative and cancelled, so
// everything that takes place is one state.
FieldDefinition StatusField() {
  FieldDefinition status = Decided("status", FieldType::kText);
  status.same_words = {{"confirmed", "booked", "active", "scheduled", "upcoming", "accepted", "paid", "completed", "done"},
                       {"tentative", "pending", "hold", "on hold", "inquiry", "requested"},
                       {"cancelled", "canceled", "cancelled by guest", "canceled by guest", "void", "voided", "declined"}};
  return status;
}

}  // namespace

std::string_view FieldTypeName(FieldType type) {
  switch (type) {
    case FieldType::kText: return "text";
    case FieldType::kInteger: return "integer";
    case FieldType::kPeople: return "people";
    case FieldType::kDate: return "date";
    case FieldType::kLocalDateTime: return "local_date_time";
    case FieldType::kInstant: return "instant";
    case FieldType::kMoney: return "money";
    case FieldType::kCode: return "code";
    case FieldType::kPlace: return "place";
  }
  return "text";
}

FieldRegistry FieldRegistry::BuiltIn() {
  FieldRegistry registry;
  FieldDefinition page = Decided("page", FieldType::kCode);
  page.decided = false;  // a pointer: its verdict is the canonical page, not a value that somebody claims
  FieldDefinition updated = Decided("updated", FieldType::kInstant);
  updated.decided = false;  // when a system spoke, not something it says of the booking
  registry.fields_ = {Identifying("booking", FieldType::kCode),
                      Identifying("listing", FieldType::kCode),
                      Decided("date", FieldType::kDate),
                      Decided("start", FieldType::kLocalDateTime, "time"),
                      Decided("end", FieldType::kLocalDateTime, "time"),
                      Decided("arrival", FieldType::kLocalDateTime, "time"),
                      Decided("cutoff", FieldType::kLocalDateTime, "time"),
                      Decided("switch", FieldType::kLocalDateTime, "time"),
                      Decided("duration", FieldType::kInteger, "time", "duration in minutes"),
                      Identifying("guest", FieldType::kText),
                      Decided("captain", FieldType::kPeople),
                      Decided("crew", FieldType::kPeople),
                      Decided("guest_count", FieldType::kInteger, {}, "guest count"),
                      page,
                      Identifying("code", FieldType::kCode),
                      StatusField(),
                      updated};
  for (FieldDefinition& field : registry.fields_) {
    if (field.label.empty()) field.label = field.name;
  }
  return registry;
}

Status FieldRegistry::Add(FieldDefinition field) {
  if (field.name.empty()) return Status(Code::kInvalidArgument, "a field needs a name");
  if (Find(field.name) != nullptr) {
    return Status(Code::kAlreadyExists, "the field \"" + field.name + "\" exists already; choose another name");
  }
  if (field.label.empty()) field.label = field.name;
  fields_.push_back(std::move(field));
  return OkStatus();
}

const FieldDefinition* FieldRegistry::Find(std::string_view name) const {
  for (const FieldDefinition& field : fields_) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

std::string FieldRegistry::Nearest(std::string_view name) const {
  std::vector<std::string> names;
  for (const FieldDefinition& field : fields_) names.push_back(field.name);
  return NearestName(name, names);
}

}  // namespace evenkeel
