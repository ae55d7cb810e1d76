// What the command line asks for.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "evenkeel/verdict.h"
#include "evenkeel/zone.h"

namespace evenkeel::program {

// One struct for all verbs; each fills the members its synopsis names.
struct Arguments {
  std::string verb;
  bool json = false;
  bool progress = false;

  std::string page;                // a path, or "-" for stdin
  std::string fleet;               // the fleet file, or the folder that holds one called fleet.json
  std::string plan;                // a path, or "-" for stdin
  std::string run;                 // may be empty for `resume` and `rollback`
  std::string action;
  std::string booking;             // `set`, `accept`, `lease`, `handoff`
  std::optional<std::string> only_booking;  // --booking
  std::vector<std::string> assignments;
  std::vector<std::string> fields;  // `accept`
  std::optional<Date> date, from, to, until;
  bool withdraw = false;           // `accept`
  std::string zone = "UTC";
  int minutes = 0;                 // --by of `shift`
  std::string by;                  // --by of the others: a person's name
  bool to_stdout = false;          // `restore`
  std::string why;                 // `rollback`, `accept`
  std::string guest, id;
  std::string holder;              // of a lease
  std::optional<int> ttl_minutes;  // --ttl
  bool release = false, reserve = false;
  std::string key;                 // of the page that `guard` is asked about
  std::optional<std::string> note;
  Answers decide;
  std::optional<std::string> out, html;
  std::set<std::string> approve;
  bool approve_all = false;
  std::set<std::string> override_brakes;
};

// Help was asked for: text for stdout.
struct Help {
  std::string text;
};
struct WrongUsage {
  std::string message;  // one line
  std::string next;     // the next step
};

// `words` are the arguments without the program's name.
std::variant<Arguments, Help, WrongUsage> ParseArguments(const std::vector<std::string>& words);

// "±60m", "1h", "-1h30m": a sign, then hours and minutes, at most seven days. nullopt otherwise.
std::optional<int> ParseShift(const std::string& text);

// Whether --json stands among the words (before "--"), for errors that come before parsing is done.
bool WantsJson(const std::vector<std::string>& words);

}  // namespace evenkeel::program
