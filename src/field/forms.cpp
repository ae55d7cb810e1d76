#include "field/forms.h"

namespace evenkeel {

std::vector<std::string> FormsOf(FieldType type) {
  std::vector<std::string_view> forms;
  switch (type) {
    case FieldType::kLocalDateTime:
      forms = {form::kClock, form::kTwelveHours, form::kDigits, form::kMinutes, form::kEpoch, form::kEpochMs, form::kIso};
      break;
    case FieldType::kInstant: forms = {form::kEpoch, form::kEpochMs, form::kIso}; break;
    case FieldType::kDate:
      forms = {form::kDate, form::kBasicDate, form::kMonthFirst, form::kDayFirst, form::kEpoch, form::kEpochMs, form::kIso};
      break;
    case FieldType::kText:
    case FieldType::kInteger:
    case FieldType::kPeople:
    case FieldType::kMoney:
    case FieldType::kCode:
    case FieldType::kPlace: break;
  }
  return {forms.begin(), forms.end()};
}

}  // namespace evenkeel
