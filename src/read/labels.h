// Labels: the words near a time that say what it is for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/reading.h"
#include "read/words.h"

namespace evenkeel {

enum class LabelStrength : std::uint8_t { kNone, kNeutral, kWeak, kStrong };

struct Label {
  Role role = Role::kUnknown;
  LabelStrength strength = LabelStrength::kNone;
  std::string why;  // "“reply by” beside it"
  bool found() const { return strength != LabelStrength::kNone; }
};

struct LabelHit {
  Label label;
  std::size_t first = 0;  // tokens [first, last)
  std::size_t last = 0;
};

// The last (or first) label among tokens [from, to).
std::optional<LabelHit> FindLastLabel(const TokenView& view, std::size_t from, std::size_t to);
std::optional<LabelHit> FindFirstLabel(const TokenView& view, std::size_t from, std::size_t to);
// The label of the mention at tokens [first, last) from the words around it in its own text. `low` and `high` are the ends
// of the neighbouring mentions.
Label LabelBeside(const TokenView& view, std::size_t first, std::size_t last, std::size_t low, std::size_t high);
// What an identifier says: "REPLY_CUTOFF_UTC", "startDate", "dt-end", "sailStart". Words are split at case and marks.
Label LabelOfName(std::string_view name);
// What a short text says as a whole ("Arrival", "Office hours").
Label LabelOfText(std::string_view text);

}  // namespace evenkeel
