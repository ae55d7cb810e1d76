// Where the bytes of a text lie once edits are in place.
#pragma once

#include <cstddef>
#include <vector>

#include "evenkeel/edit.h"

namespace evenkeel {

class EditMap {
 public:
  EditMap() = default;
  // `edits` are sorted and disjoint.
  explicit EditMap(const std::vector<Edit>& edits);

  // Where byte `at` lies afterwards. An insertion at `at` itself comes before it when `at` is the end of something, else behind.
  std::size_t Forward(std::size_t at, bool end) const;
  // A reference with what is inserted at its end.
  Span Forward(Span span) const { return {Forward(span.begin, false), Forward(span.end, true)}; }

 private:
  std::vector<Span> spans_;
  std::vector<std::ptrdiff_t> moved_;  // by all edits up to and including each
};

}  // namespace evenkeel
