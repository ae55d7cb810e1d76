#include "result.h"

#include "evenkeel/exit_code.h"
#include "views.h"

using namespace evenkeel::capi;

int32_t ek_result_exit(const ek_result* result) { return IsHandle(result) ? result->exit : evenkeel::exit_code::kError; }
ek_view ek_result_json(const ek_result* result) { return IsHandle(result) ? ViewOf(result->json) : ek_text(nullptr); }
ek_view ek_result_bytes(const ek_result* result) { return IsHandle(result) ? ViewOf(result->bytes) : ek_text(nullptr); }
void ek_result_free(ek_result* result) { FreeHandle(result); }
