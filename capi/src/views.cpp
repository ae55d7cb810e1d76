#include "views.h"

#include <cstdint>

namespace evenkeel::capi {

void Taken::Fail(const char* name, const std::string& message) {
  if (status_.ok()) status_ = Status(Code::kInvalidArgument, message, name);
}

std::string_view Taken::View(ek_view view, const char* name) {
  if (view.data == nullptr && view.size > 0) Fail(name, "is NULL and has a size of " + std::to_string(view.size) + "; pass the bytes, or {NULL, 0}");
  if (view.size > PTRDIFF_MAX) Fail(name, "has a size that no memory can have");
  return status_.ok() ? TextOf(view) : std::string_view();
}

std::string Taken::Required(ek_view view, const char* name) {
  std::string text = Text(view, name);
  if (text.empty()) Fail(name, "is not given");
  return text;
}

std::vector<std::string> Taken::Texts(ek_views views, const char* name) {
  if (views.items == nullptr && views.count > 0) Fail(name, "is NULL and has a count of " + std::to_string(views.count));
  std::vector<std::string> texts;
  for (std::size_t i = 0; status_.ok() && i < views.count; ++i) texts.push_back(Text(views.items[i], name));
  return texts;
}

std::optional<Date> Taken::DateOf(ek_view view, const char* name) {
  const std::string_view text = View(view, name);
  if (text.empty()) return std::nullopt;
  const std::optional<Date> date = ParseDate(text);
  if (!date) Fail(name, "is no date; write it as 2026-05-30");
  return date;
}

Status BadStruct(const char* name, std::size_t size, std::size_t known) {
  if (size > known && size <= kStructMax) {
    return Status(Code::kInvalidArgument, "says something that this library does not know (struct_size " + std::to_string(size) + ", known " +
                  std::to_string(known) + "); use a newer library, or leave the new members zero", name);
  }
  return Status(Code::kInvalidArgument, "has a struct_size of " + std::to_string(size) + "; prepare it with EK_INIT", name);
}

}  // namespace evenkeel::capi
