// Where a verb's words go: sheets or one JSON document to stdout, notes to stderr.
#pragma once

#include <string>
#include <string_view>

#include "evenkeel/json.h"
#include "evenkeel/status.h"
#include "sheet.h"

namespace evenkeel::program {

class Console {
 public:
  explicit Console(bool json);

  bool json() const { return json_; }
  // stdout: the document with --json, else the sheet. A verb shows one thing, once, at its end.
  void Show(const Json& document, const Sheet& sheet);
  // stdout: bytes as they are.
  void ShowBytes(std::string_view bytes);
  // stderr: for people, also with --json.
  void Note(const Words& words);
  // Whether everything reached stdout. kUnavailable when it did not (a full disk, a closed pipe).
  Status Finish();

 private:
  bool json_;
  TextStyle out_style_;
  TextStyle note_style_;
};

}  // namespace evenkeel::program
