// The edits that take one page to the verdicts, and what they leave.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/draft.h"

namespace evenkeel {

struct PageEdit {
  Edits edits;
  std::string after;               // the page's bytes with them
  std::vector<std::string> notes;  // what stays as it is and why
};

// kInternal: the second opinion found that the edits would do more, or less, than they say; such a page is not touched.
StatusOr<PageEdit> MakePageEdit(const Draft& draft, const Observed& page, std::string_view bytes);

// The same for a text of an event or a listing. Nothing to change: the text as it was.
StatusOr<std::string> EditText(const Draft& draft, const Observed& source, const std::string& attribute, const std::string& text);

// How a page or text of this booking is read.
ReadOptions OptionsFor(const Draft& draft, const Observed& source);

}  // namespace evenkeel
