// Section: one JSON object of the fleet file while it is read. It knows where it stands and which keys it may have, and turns
// every mistake into one line that names the key, the place and the nearest thing that would have been right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "evenkeel/record_store.h"
#include "evenkeel/status.h"

namespace evenkeel {

// The first mistake of a file, in the order of reading. One at a time: later ones are often its echo.
class Mistake {
 public:
  explicit Mistake(std::string resource) : resource_(std::move(resource)) {}
  void Report(const std::string& message) {
    if (status_.ok()) status_ = Status(Code::kInvalidArgument, message, resource_);
  }
  bool found() const { return !status_.ok(); }
  const Status& status() const { return status_; }

 private:
  std::string resource_;
  Status status_;
};

// `unknown key "zoen"; did you mean "zone"?`, or the known ones when none is near. `noun` is "key", "store", "adapter" …
std::string UnknownMessage(std::string_view where, std::string_view noun, std::string_view written, std::vector<std::string> known);

class Section {
 public:
  // Reports at once when `json` is no object or has a key that is not known. `where` is "pages[0]", or empty for the whole file.
  // `json` and `mistake` must outlive the section.
  Section(const Json& json, std::string where, const std::vector<std::string>& known, Mistake& mistake);

  bool Has(std::string_view key) const { return Find(key) != nullptr; }
  // nullptr when the key is absent.
  const Json* Find(std::string_view key) const;
  // The values; a wrong type is reported and gives the default.
  std::string Text(std::string_view key, std::string otherwise = {}) const;
  std::string RequiredText(std::string_view key) const;
  bool Flag(std::string_view key, bool otherwise) const;
  // A text alone counts as a list of one where `one_is_enough`.
  std::vector<std::string> Texts(std::string_view key, bool one_is_enough = false) const;
  // Whole numbers from 0 on; absent or null: nullopt.
  std::optional<std::uint64_t> Count(std::string_view key) const;
  // 0 to 1; absent or null: nullopt.
  std::optional<double> Share(std::string_view key) const;
  // The elements of a list of objects; empty when absent.
  std::vector<const Json*> Objects(std::string_view key) const;

  // "pages[0].prefix".
  std::string Where(std::string_view key) const;
  std::string WhereAt(std::string_view key, std::size_t index) const;
  Mistake& mistake() const { return *mistake_; }

 private:
  const Json* json_;
  std::string where_;
  Mistake* mistake_;
};

}  // namespace evenkeel
