// Policy: what the operator of a fleet has decided in advance.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace evenkeel {

enum class Retire : std::uint8_t { kDelete, kRedirect };
enum class Past : std::uint8_t { kSameAsFuture, kReadOnly };

// Bounds on one plan; each is lifted by its own override, which names it.
struct Brakes {
  std::optional<std::uint64_t> retire_count_max = 10;
  std::optional<double> retire_share_max = 0.1;  // of all pages of the fleet; never below one page
  std::optional<std::uint64_t> edit_count_max;   // edits are braked only where set
  std::optional<double> edit_share_max;
  std::optional<std::int64_t> plan_age_max_s = 7 * 24 * 3600;

  friend bool operator==(const Brakes&, const Brakes&) = default;
};

// People who have been told of bookings by messages that Evenkeel does not send.
struct Audience {
  std::set<std::string> stores;     // what these say is what they have been told
  std::vector<std::string> fields;  // that they are told of, in the order of the message; "page" is the link

  friend bool operator==(const Audience&, const Audience&) = default;
};

struct Policy {
  // Precedence by field, "*" for all others. An inner list holds equals.
  std::map<std::string, std::vector<std::vector<std::string>>> authority;
  std::vector<std::string> protect;            // features that no booking may lose
  Retire retire = Retire::kDelete;
  bool accept_repeating_versions = false;      // delete pages even where the store's versions may repeat: a named risk
  std::set<std::string> approve = {"retire_page"};  // verbs that wait for a person to name their id
  std::map<std::string, std::string> derive;   // {"arrival": "start-30m", "switch": "end", "cutoff": "keep"}
  Brakes brakes;
  Past past = Past::kSameAsFuture;
  bool single_host = false;                    // remote stores with a local state are accepted
  std::optional<std::int64_t> retention_days;  // of backups and journals of finished runs; nullopt: kept
  std::optional<std::int64_t> task_days_max = 14;  // of a plan, for attesting its manual tasks
  std::map<std::string, Audience> messages;    // "guest", "crew": a manual task each, with the message, where they were told what is wrong

  friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace evenkeel
