// Edits: the fewest bytes that take a page's times and statements to given values, and the proof that nothing else moved.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evenkeel/reading.h"

namespace evenkeel {

struct Edit {
  Span span;
  std::string replacement;  // raw bytes in the page's own encoding

  friend bool operator==(const Edit&, const Edit&) = default;
};

// What became of one reference.
struct EditNote {
  std::string text;     // as it was
  std::string becomes;  // as it will be; empty when it stays
  std::string role;     // RoleName, or the field of a statement
  std::string carrier;
  Span span;
  std::size_t line = 0;
  std::string why;

  friend bool operator==(const EditNote&, const EditNote&) = default;
};

// What the edited page has to say at one reference.
struct EditGoal {
  LocalDateTime start;               // of a single time: its value, whatever its role
  std::optional<LocalDateTime> end;  // of a range

  friend bool operator==(const EditGoal&, const EditGoal&) = default;
};

struct Edits {
  std::vector<Edit> edits;      // sorted, disjoint
  std::vector<EditNote> moved;
  std::vector<EditNote> kept;   // not the booking's, or right already
  std::vector<EditNote> unsure; // left alone because nobody knows: never hidden
  std::map<Span, EditGoal> goals;  // of the times that were asked for and are moved or right already, by their span before the edits
  // Of those that stay byte for byte, the times and dates that read otherwise beside the moved ones (another role, half of the day or year), by
  // their span before the edits. Each is noted in kept or unsure.
  std::set<Span> reread;

  friend bool operator==(const Edits&, const Edits&) = default;
};

// Moves every time of the booking (start, end, arrival, cutoff, switch; text, attributes, instants) by wall-clock minutes,
// each in its own style; weekdays and dates beside it follow past midnight. Pure.
// `options` must be those the reading was made with. kInvalidArgument: |minutes| over 7 days.
StatusOr<Edits> ShiftPage(std::string_view bytes, const Reading& reading, int minutes, const ReadOptions& options);

// The values a page should state. A member that is not set is left as it is.
struct PageTargets {
  std::optional<LocalDateTime> start, end, arrival, cutoff, switch_over;
  // Times (of a range, its end) that go to a value of their own, by span: of two switches each keeps its distance. It counts more than the above.
  std::map<Span, LocalDateTime> moments;
  // Statements by field name ("captain", "guest_count"): the new text, as a reader should see it.
  std::map<std::string, std::string> statements;

  friend bool operator==(const PageTargets&, const PageTargets&) = default;
};

// Sets each reference to its target value (never adds hours: doing it twice changes nothing more). Several carriers that
// contradict each other all go to the target. Pure.
StatusOr<Edits> SetPage(std::string_view bytes, const Reading& reading, const PageTargets& targets, const ReadOptions& options);

// The page with the edits in place. kInvalidArgument: edits overlap or lie outside.
StatusOr<std::string> ApplyEdits(std::string_view bytes, const std::vector<Edit>& edits);

// Second opinion: parses both pages anew; the trees may differ only inside the edits, every time is moved, kept or unsure, the new
// page must read as planned (what stays may read otherwise only where `reread` says so), and every feature must still be there.
// kInternal with the first difference otherwise: such a page must not be written.
Status CheckEdits(std::string_view before, std::string_view after, const Edits& edits, const ReadOptions& options);

}  // namespace evenkeel
