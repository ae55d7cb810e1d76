// What a caller passes in, as C++ sees it.
#pragma once

#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel.h"
#include "evenkeel/status.h"
#include "evenkeel/zone.h"

namespace evenkeel::capi {

inline ek_view ViewOf(std::string_view text) { return {text.data(), text.size()}; }

// Requires that the view was checked, or is the library's own.
inline std::string_view TextOf(ek_view view) { return view.data == nullptr ? std::string_view() : std::string_view(view.data, view.size); }

// Takes arguments and keeps the first thing that is wrong with one; what is taken after that is empty.
class Taken {
 public:
  std::string_view View(ek_view view, const char* name);
  std::string Text(ek_view view, const char* name) { return std::string(View(view, name)); }
  std::string Required(ek_view view, const char* name);
  std::vector<std::string> Texts(ek_views views, const char* name);
  std::optional<Date> DateOf(ek_view view, const char* name);
  void Fail(const char* name, const std::string& message);
  const Status& status() const { return status_; }

 private:
  Status status_;
};

inline constexpr std::size_t kStructMax = 4096;
Status BadStruct(const char* name, std::size_t size, std::size_t known);

// A copy of an options struct or a table as this library knows it. What an older header lacks is zero; what a newer one adds must be.
template <typename Struct>
StatusOr<Struct> CopyStruct(const Struct* given, const char* name) {
  Struct copy{};
  if (given != nullptr) {
    std::size_t size = 0;
    std::memcpy(&size, given, sizeof size);
    if (size < sizeof size || size > kStructMax) return BadStruct(name, size, sizeof(Struct));
    const char* bytes = reinterpret_cast<const char*>(given);
    for (std::size_t i = sizeof(Struct); i < size; ++i) {
      if (bytes[i] != 0) return BadStruct(name, size, sizeof(Struct));
    }
    std::memcpy(&copy, given, size < sizeof(Struct) ? size : sizeof(Struct));
  }
  copy.struct_size = sizeof(Struct);
  return copy;
}

}  // namespace evenkeel::capi
