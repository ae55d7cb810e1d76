// From goals to edits, with every goal read back from the edited page before it is believed.
#pragma once

#include <map>

#include "evenkeel/edit.h"
#include "read/edit_map.h"
#include "read/rewrite.h"
#include "read/understand.h"

namespace evenkeel {

struct EditRequest {
  std::map<std::size_t, MentionGoal> mentions;  // by index of reading.times
  std::map<std::size_t, Date> dates;            // by index of reading.dates
  std::map<std::string, std::string> statements;
  std::map<std::size_t, std::string> unsure;    // times that cannot be asked for, with the reason
};

StatusOr<Understanding> UnderstandAgain(std::string_view bytes, const Reading& reading, const ReadOptions& options);
StatusOr<Edits> PlanEdits(std::string_view bytes, const Reading& reading, const Understanding& understanding, const EditRequest& request, const ReadOptions& options);

}  // namespace evenkeel
