// back_up_page, edit_page, retire_page, and what takes the last two back.
#pragma once

#include <memory>

#include "apply/procedure.h"

namespace evenkeel {

std::unique_ptr<Procedure> MakeBackUpPage(const Assignment& assignment);
std::unique_ptr<Procedure> MakeEditPage(const Assignment& assignment);
std::unique_ptr<Procedure> MakeRetirePage(const Assignment& assignment);
std::unique_ptr<Procedure> MakePutBackPage(const Assignment& assignment);

}  // namespace evenkeel
