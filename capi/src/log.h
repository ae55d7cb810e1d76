// The host's log: one line a message. Nothing of it can fail.
#pragma once

#include <string>

#include "evenkeel.h"
#include "guard.h"
#include "views.h"

namespace evenkeel::capi {

class Log {
 public:
  Log() = default;
  Log(ek_log write, void* host) : write_(write), host_(host) {}

  void Note(const std::string& line) const noexcept { Write(EK_NOTE, line); }
  void Warn(const std::string& line) const noexcept { Write(EK_WARNING, line); }

 private:
  void Write(ek_level level, const std::string& line) const noexcept {
    if (write_ == nullptr) return;
    GuardValue(false, [&] {
      std::string one_line = line;
      for (char& c : one_line) {
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
      }
      write_(host_, level, ViewOf(one_line));
      return true;
    });
  }

  ek_log write_ = nullptr;
  void* host_ = nullptr;
};

}  // namespace evenkeel::capi
