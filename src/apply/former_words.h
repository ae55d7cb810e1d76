// What a run takes away from a booking's evidence: the pointers that it changes and the clock times that pages said. Remembered with the
// first of those changes, so that a later plan knows whose page it was and which times are old.
#pragma once

#include "apply/procedure.h"
#include "evenkeel/snapshot.h"
#include "observe/document_write.h"

namespace evenkeel {

// From the plan alone; `at` is now.
FormerWords FormerWordsOf(const Assignment& assignment);
// The write of it, one store call a step; of the whole booking, so that every action of the run writes the same.
DocumentWrite RememberFormerWords(const Assignment& assignment);

}  // namespace evenkeel
