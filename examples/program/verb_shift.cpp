#include "page.h"
#include "printable.h"

namespace evenkeel::program {
namespace {

void NoteEdits(const Edits& edits, Console& console) {
  for (const EditNote& note : edits.moved) {
    console.Note({"line " + std::to_string(note.line) + ": " + note.text + " -> ", {note.becomes, Tone::kGood}, {"  (" + note.role + ", " + note.carrier + ")", Tone::kDim}});
  }
  for (const EditNote& note : edits.unsure) {
    console.Note({{"unsure, left alone: ", Tone::kWarn}, "line " + std::to_string(note.line) + ": " + note.text, {"  (" + note.why + ")", Tone::kDim}});
  }
  console.Note({Count(edits.moved.size(), "time") + " moved, " + std::to_string(edits.kept.size()) + " kept as they are, " + std::to_string(edits.unsure.size()) + " unsure"});
}

}  // namespace

StatusOr<int> RunShift(const Arguments& arguments, Console& console) {
  EVENKEEL_ASSIGN_OR_RETURN(const Page page, ReadPageFrom(arguments));
  EVENKEEL_ASSIGN_OR_RETURN(const Edits edits, ShiftPage(page.bytes, page.reading, arguments.minutes, page.options));
  EVENKEEL_ASSIGN_OR_RETURN(const std::string shifted, ApplyEdits(page.bytes, edits.edits));
  EVENKEEL_RETURN_IF_ERROR(CheckEdits(page.bytes, shifted, edits, page.options));
  NoteEdits(edits, console);
  if (console.json()) {
    console.Show(EditsToJson(edits), {});
  } else {
    console.ShowBytes(shifted);
  }
  return ExitCodeOf(edits);
}

}  // namespace evenkeel::program
