// What the names of fields and variables say.
#include <vector>

#include "read/bytes.h"
#include "read/labels.h"

namespace evenkeel {
namespace {

std::vector<std::string> WordsOfName(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!IsAlpha(c)) {
      if (!words.back().empty()) words.emplace_back();
      continue;
    }
    const bool upper = c >= 'A' && c <= 'Z';
    const bool after_lower = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    const bool before_lower = i > 0 && i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z' && name[i - 1] >= 'A' && name[i - 1] <= 'Z';
    if (upper && (after_lower || before_lower) && !words.back().empty()) words.emplace_back();
    words.back().push_back(ToLower(c));
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

struct NameWord {
  std::string_view word;
  Role role;
};

// In order of precedence: "replyCutoffEnd" is a cutoff.
constexpr NameWord kNameWords[] = {
    {"cutoff", Role::kCutoff}, {"deadline", Role::kCutoff}, {"reply", Role::kCutoff}, {"replies", Role::kCutoff}, {"rsvp", Role::kCutoff},
    {"respond", Role::kCutoff}, {"closes", Role::kCutoff}, {"closing", Role::kCutoff}, {"locks", Role::kCutoff}, {"lock", Role::kCutoff},
    {"expires", Role::kCutoff}, {"due", Role::kCutoff}, {"until", Role::kCutoff},
    {"flip", Role::kSwitch}, {"switch", Role::kSwitch}, {"live", Role::kSwitch}, {"after", Role::kSwitch}, {"unlock", Role::kSwitch},
    {"reveal", Role::kSwitch}, {"swap", Role::kSwitch}, {"toggle", Role::kSwitch}, {"phase", Role::kSwitch},
    {"created", Role::kUnrelated}, {"modified", Role::kUnrelated}, {"published", Role::kUnrelated}, {"updated", Role::kUnrelated},
    {"build", Role::kUnrelated}, {"built", Role::kUnrelated}, {"generated", Role::kUnrelated}, {"version", Role::kUnrelated},
    {"upload", Role::kUnrelated}, {"opens", Role::kUnrelated}, {"opening", Role::kUnrelated}, {"hours", Role::kUnrelated},
    {"office", Role::kUnrelated}, {"sunset", Role::kUnrelated}, {"sunrise", Role::kUnrelated}, {"golden", Role::kUnrelated},
    {"weather", Role::kUnrelated}, {"forecast", Role::kUnrelated}, {"hourly", Role::kUnrelated}, {"tide", Role::kUnrelated}, {"tides", Role::kUnrelated},
    {"moon", Role::kUnrelated}, {"moonrise", Role::kUnrelated}, {"moonset", Role::kUnrelated}, {"valid", Role::kUnrelated}, {"birth", Role::kUnrelated}, {"previous", Role::kUnrelated},
    {"availability", Role::kUnrelated}, {"dtstamp", Role::kUnrelated}, {"deployed", Role::kUnrelated},
    {"length", Role::kUnrelated}, {"duration", Role::kUnrelated}, {"runtime", Role::kUnrelated}, {"elapsed", Role::kUnrelated},
    {"arrival", Role::kArrival}, {"arrive", Role::kArrival}, {"door", Role::kArrival}, {"doors", Role::kArrival}, {"boarding", Role::kArrival},
    {"board", Role::kArrival}, {"checkin", Role::kArrival}, {"meet", Role::kArrival}, {"dock", Role::kArrival}, {"call", Role::kArrival},
    {"start", Role::kStart}, {"starts", Role::kStart}, {"begin", Role::kStart}, {"begins", Role::kStart}, {"depart", Role::kStart},
    {"departs", Role::kStart}, {"departure", Role::kStart}, {"sail", Role::kStart}, {"pickup", Role::kStart}, {"dtstart", Role::kStart},
    {"startdate", Role::kStart}, {"starttime", Role::kStart}, {"startdt", Role::kStart},
    {"end", Role::kEnd}, {"ends", Role::kEnd}, {"finish", Role::kEnd}, {"return", Role::kEnd}, {"returns", Role::kEnd}, {"dropoff", Role::kEnd},
    {"dtend", Role::kEnd}, {"checkout", Role::kEnd}, {"enddate", Role::kEnd}, {"endtime", Role::kEnd}, {"enddt", Role::kEnd},
    {"stamp", Role::kUnrelated}, {"timestamp", Role::kUnrelated},
    {"time", Role::kStartEnd}, {"when", Role::kStartEnd}, {"event", Role::kStartEnd}, {"charter", Role::kStartEnd}, {"booking", Role::kStartEnd},
};

// Things that begin and end before the sail does: "salesEnd", "presaleStart", "early_bird_end".
bool IsSaleWord(std::string_view word) {
  return Contains({"sale", "sales", "presale", "registration", "registrations", "tickets", "ticketing", "promo", "promotion", "offer", "offers", "early", "discount"}, word);
}

}  // namespace

Label LabelOfName(std::string_view name) {
  const std::vector<std::string> words = WordsOfName(name);
  const NameWord* best = nullptr;
  bool end_last = false;
  for (const std::string& word : words) end_last = word == "end" || word == "ends" || word == "return";
  for (const NameWord& entry : kNameWords) {
    for (const std::string& word : words) {
      if (best == nullptr && word == entry.word) best = &entry;
    }
  }
  if (best == nullptr) return {};
  Label label{best->role, LabelStrength::kStrong, "the name “" + std::string(name) + "”"};
  // "sailEnd" names the end of a sail.
  if (best->role == Role::kStart && end_last) label.role = Role::kEnd;
  for (const std::string& word : words) {
    if (best->role == Role::kStart && best->word == "sail" && (word == "end" || word == "ends" || word == "return")) label.role = Role::kEnd;
    if ((best->role == Role::kStart || best->role == Role::kEnd) && IsSaleWord(word)) label.role = Role::kUnrelated;
    if (best->word == "after" && word == "start") label.role = Role::kSwitch;
    // "SAIL_OVER" and "pastSail" are the moment at which the sail is behind, not the one at which it begins.
    const bool is_behind = word == "over" || word == "past" || word == "post" || word == "done" || word == "ended" || word == "finished" || word == "complete";
    if (best->word == "sail" && is_behind) label.role = Role::kSwitch;
  }
  if (label.role == Role::kStartEnd) label.strength = LabelStrength::kNeutral;
  return label;
}

}  // namespace evenkeel
