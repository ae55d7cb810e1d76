#include "read/labels.h"

#include <algorithm>
#include <array>
#include <vector>

#include "read/bytes.h"

namespace evenkeel {
namespace {

struct Phrase {
  std::string_view words;  // separated by spaces; a trailing '*' takes any ending
  Role role;
  LabelStrength strength;
};

constexpr auto kStrong = LabelStrength::kStrong;
constexpr auto kWeak = LabelStrength::kWeak;
constexpr auto kNeutral = LabelStrength::kNeutral;

// Longer phrases win over shorter ones at the same place. A role of kStartEnd is a label that names the booking's time
// without saying which end ("Time", "When").
constexpr Phrase kPhrases[] = {
    {"arriv*", Role::kArrival, kStrong}, {"boarding", Role::kArrival, kStrong}, {"board", Role::kArrival, kStrong},
    {"check - in", Role::kArrival, kStrong}, {"check in", Role::kArrival, kStrong}, {"checkin", Role::kArrival, kStrong},
    {"be there", Role::kArrival, kStrong}, {"be here", Role::kArrival, kStrong}, {"be at", Role::kArrival, kStrong},
    {"be on the dock", Role::kArrival, kStrong}, {"meet", Role::kArrival, kStrong}, {"meet us", Role::kArrival, kStrong},
    {"meeting time", Role::kArrival, kStrong}, {"meet up", Role::kArrival, kStrong}, {"meetup", Role::kArrival, kStrong},
    {"show up", Role::kArrival, kStrong}, {"doors", Role::kArrival, kStrong}, {"doors open", Role::kArrival, kStrong},
    {"call time", Role::kArrival, kStrong}, {"dock call", Role::kArrival, kStrong}, {"crew call", Role::kArrival, kStrong},
    {"muster", Role::kArrival, kStrong}, {"get there", Role::kArrival, kStrong}, {"gather", Role::kArrival, kStrong},
    {"gathering", Role::kArrival, kWeak}, {"come aboard", Role::kArrival, kStrong}, {"welcome aboard", Role::kArrival, kWeak},
    {"gangway", Role::kArrival, kWeak}, {"please be", Role::kArrival, kStrong}, {"aboard by", Role::kArrival, kStrong},
    {"on the dock by", Role::kArrival, kStrong}, {"at the dock by", Role::kArrival, kStrong},

    {"start", Role::kStart, kStrong}, {"starts", Role::kStart, kStrong}, {"starting", Role::kStart, kStrong},
    {"start time", Role::kStart, kStrong}, {"begin*", Role::kStart, kStrong}, {"depart*", Role::kStart, kStrong},
    {"sail", Role::kStart, kStrong}, {"sails", Role::kStart, kStrong}, {"sailing", Role::kStart, kStrong},
    {"set sail", Role::kStart, kStrong}, {"sets sail", Role::kStart, kStrong}, {"setting sail", Role::kStart, kStrong},
    {"cast off", Role::kStart, kStrong}, {"casts off", Role::kStart, kStrong}, {"casting off", Role::kStart, kStrong},
    {"cast - off", Role::kStart, kStrong}, {"leave", Role::kStart, kStrong}, {"leaves", Role::kStart, kStrong},
    {"leaving", Role::kStart, kStrong}, {"underway", Role::kStart, kStrong}, {"under way", Role::kStart, kStrong},
    {"push off", Role::kStart, kStrong}, {"shove off", Role::kStart, kStrong}, {"kickoff", Role::kStart, kStrong},
    {"lines off", Role::kStart, kStrong}, {"embark*", Role::kStart, kStrong}, {"pickup", Role::kStart, kStrong},
    {"pick - up", Role::kStart, kStrong}, {"pick up", Role::kStart, kWeak}, {"launch", Role::kStart, kWeak},
    {"charter", Role::kStart, kWeak}, {"cruise", Role::kStart, kWeak}, {"charter starts", Role::kStart, kStrong},
    {"sunset sail", Role::kStart, kWeak}, {"sunset sailing", Role::kStart, kWeak}, {"sunset cruise", Role::kStart, kWeak},
    {"sunset charter", Role::kStart, kWeak}, {"sunset trip", Role::kStartEnd, kNeutral}, {"sunset tour", Role::kStart, kWeak},
    {"sunset party", Role::kStartEnd, kNeutral}, {"sunset booking", Role::kStartEnd, kNeutral},

    {"end", Role::kEnd, kStrong}, {"ends", Role::kEnd, kStrong}, {"ending", Role::kEnd, kStrong},
    {"end time", Role::kEnd, kStrong}, {"return", Role::kEnd, kStrong}, {"returns", Role::kEnd, kStrong},
    {"returning", Role::kEnd, kStrong}, {"back at", Role::kEnd, kStrong}, {"back at the dock", Role::kEnd, kStrong}, {"back by", Role::kEnd, kStrong},
    {"back on", Role::kEnd, kStrong}, {"back in", Role::kEnd, kStrong}, {"back to the dock", Role::kEnd, kStrong},
    {"back ashore", Role::kEnd, kStrong}, {"finish*", Role::kEnd, kStrong}, {"until", Role::kEnd, kWeak},
    {"till", Role::kEnd, kWeak}, {"'til", Role::kEnd, kWeak}, {"disembark*", Role::kEnd, kStrong},
    {"drop - off", Role::kEnd, kStrong}, {"dropoff", Role::kEnd, kStrong}, {"conclud*", Role::kEnd, kStrong},
    {"wrap up", Role::kEnd, kStrong}, {"wraps up", Role::kEnd, kStrong}, {"tie up", Role::kEnd, kStrong},
    {"ties up", Role::kEnd, kStrong}, {"dock by", Role::kEnd, kStrong}, {"docking", Role::kEnd, kWeak},
    {"back at the dock by", Role::kEnd, kStrong}, {"home by", Role::kEnd, kStrong}, {"over by", Role::kEnd, kWeak}, {"over at", Role::kEnd, kWeak},

    {"reply", Role::kCutoff, kStrong}, {"replies", Role::kCutoff, kStrong}, {"reply by", Role::kCutoff, kStrong},
    {"rsvp*", Role::kCutoff, kStrong}, {"respond*", Role::kCutoff, kStrong}, {"response*", Role::kCutoff, kStrong},
    {"deadline", Role::kCutoff, kStrong}, {"cutoff", Role::kCutoff, kStrong}, {"cut - off", Role::kCutoff, kStrong},
    {"cut off", Role::kCutoff, kStrong}, {"upload until", Role::kCutoff, kStrong}, {"upload by", Role::kCutoff, kStrong},
    {"uploads until", Role::kCutoff, kStrong}, {"upload before", Role::kCutoff, kStrong}, {"upload", Role::kCutoff, kWeak},
    {"uploads", Role::kCutoff, kWeak}, {"uploads close", Role::kCutoff, kStrong}, {"let us know", Role::kCutoff, kStrong},
    {"confirm by", Role::kCutoff, kStrong}, {"confirm before", Role::kCutoff, kStrong}, {"no later than", Role::kCutoff, kWeak},
    {"cancel by", Role::kCutoff, kStrong}, {"cancel before", Role::kCutoff, kStrong}, {"book by", Role::kCutoff, kStrong},
    {"order by", Role::kCutoff, kStrong}, {"submit by", Role::kCutoff, kStrong}, {"last call", Role::kCutoff, kWeak},
    {"answer by", Role::kCutoff, kStrong}, {"answer us by", Role::kCutoff, kStrong}, {"tell us by", Role::kCutoff, kStrong}, {"sign up by", Role::kCutoff, kStrong},
    {"register by", Role::kCutoff, kStrong}, {"due", Role::kCutoff, kWeak}, {"reply until", Role::kCutoff, kStrong},
    {"replies close*", Role::kCutoff, kStrong}, {"get back to us", Role::kCutoff, kStrong}, {"late replies", Role::kCutoff, kStrong},

    {"live after", Role::kSwitch, kStrong}, {"goes live", Role::kSwitch, kStrong}, {"go live", Role::kSwitch, kStrong},
    {"page changes", Role::kSwitch, kStrong}, {"gallery opens", Role::kSwitch, kStrong}, {"photos open", Role::kSwitch, kStrong},
    {"upload opens", Role::kSwitch, kStrong}, {"uploads open", Role::kSwitch, kStrong}, {"unlocks", Role::kSwitch, kWeak},

    {"office hours", Role::kUnrelated, kStrong}, {"office", Role::kUnrelated, kStrong}, {"opening hours", Role::kUnrelated, kStrong},
    {"business hours", Role::kUnrelated, kStrong}, {"opening times", Role::kUnrelated, kStrong}, {"hours", Role::kUnrelated, kWeak}, {"hours :", Role::kUnrelated, kStrong},
    {"open", Role::kUnrelated, kStrong}, {"opens", Role::kUnrelated, kStrong}, {"opening", Role::kUnrelated, kStrong},
    {"open daily", Role::kUnrelated, kStrong}, {"closes", Role::kUnrelated, kWeak}, {"closed", Role::kUnrelated, kWeak},
    {"sunset", Role::kUnrelated, kStrong}, {"sunrise", Role::kUnrelated, kStrong}, {"golden hour", Role::kUnrelated, kStrong},
    {"dusk", Role::kUnrelated, kStrong}, {"dawn", Role::kUnrelated, kStrong}, {"twilight", Role::kUnrelated, kStrong},
    {"blue hour", Role::kUnrelated, kStrong}, {"moonrise", Role::kUnrelated, kStrong}, {"moonset", Role::kUnrelated, kStrong},
    {"the sun", Role::kUnrelated, kStrong}, {"sun sets", Role::kUnrelated, kStrong}, {"sundown", Role::kUnrelated, kStrong},
    {"tide", Role::kUnrelated, kStrong}, {"tides", Role::kUnrelated, kStrong}, {"high tide", Role::kUnrelated, kStrong},
    {"low tide", Role::kUnrelated, kStrong}, {"built", Role::kUnrelated, kStrong}, {"build", Role::kUnrelated, kStrong},
    {"generated", Role::kUnrelated, kStrong}, {"updated", Role::kUnrelated, kStrong}, {"modified", Role::kUnrelated, kStrong},
    {"published", Role::kUnrelated, kStrong}, {"posted", Role::kUnrelated, kStrong}, {"created", Role::kUnrelated, kStrong},
    {"revised", Role::kUnrelated, kStrong}, {"rendered", Role::kUnrelated, kStrong}, {"deployed", Role::kUnrelated, kStrong},
    {"version", Role::kUnrelated, kStrong}, {"call", Role::kUnrelated, kWeak}, {"phone", Role::kUnrelated, kStrong},
    {"call us", Role::kUnrelated, kStrong}, {"text us", Role::kUnrelated, kStrong}, {"call or text", Role::kUnrelated, kStrong},
    {"phones", Role::kUnrelated, kStrong}, {"fax", Role::kUnrelated, kStrong}, {"parking", Role::kUnrelated, kStrong},
    {"meters", Role::kUnrelated, kStrong}, {"happy hour", Role::kUnrelated, kStrong}, {"shuttle", Role::kUnrelated, kStrong},
    {"bus", Role::kUnrelated, kStrong}, {"train", Role::kUnrelated, kStrong}, {"ferry", Role::kUnrelated, kStrong},
    {"flight", Role::kUnrelated, kStrong}, {"restaurant", Role::kUnrelated, kStrong}, {"cafe", Role::kUnrelated, kStrong},
    {"coffee", Role::kUnrelated, kStrong}, {"bar", Role::kUnrelated, kStrong}, {"store", Role::kUnrelated, kStrong},
    {"shop", Role::kUnrelated, kStrong}, {"noise", Role::kUnrelated, kStrong}, {"quiet hours", Role::kUnrelated, kStrong},
    {"harbor master", Role::kUnrelated, kStrong}, {"fireworks", Role::kUnrelated, kStrong}, {"weather", Role::kUnrelated, kStrong},
    {"forecast", Role::kUnrelated, kStrong}, {"previous", Role::kUnrelated, kWeak}, {"originally", Role::kUnrelated, kWeak},

    {"time", Role::kStartEnd, kNeutral}, {"times", Role::kStartEnd, kNeutral}, {"when", Role::kStartEnd, kNeutral},
    {"trip", Role::kStartEnd, kNeutral}, {"booking", Role::kStartEnd, kNeutral}, {"event", Role::kStartEnd, kNeutral},
    {"date & time", Role::kStartEnd, kNeutral}, {"date and time", Role::kStartEnd, kNeutral}, {"reservation", Role::kStartEnd, kNeutral},
    {"scheduled", Role::kStartEnd, kNeutral}, {"sail time", Role::kStart, kStrong}, {"party", Role::kStartEnd, kNeutral},
};



bool MatchesWord(std::string_view pattern, std::string_view word) {
  if (!pattern.empty() && pattern.back() == '*') return word.substr(0, pattern.size() - 1) == pattern.substr(0, pattern.size() - 1);
  return pattern == word;
}

// Matches the words of a pattern in place, without building a list.
std::size_t MatchPhrase(const TokenView& view, std::size_t at, std::string_view words) {
  std::size_t count = 0;
  while (!words.empty()) {
    const std::size_t space = words.find(' ');
    const std::string_view word = words.substr(0, space);
    if (!view.Has(at + count) || !MatchesWord(word, view.Fold(at + count))) return 0;
    ++count;
    words = space == std::string_view::npos ? std::string_view() : words.substr(space + 1);
  }
  return count;
}

std::optional<LabelHit> LabelAt(const TokenView& view, std::size_t at, std::size_t to) {
  if (!view.IsWord(at) && !view.IsMark(at, '\'')) return std::nullopt;
  const Phrase* best = nullptr;
  std::size_t best_count = 0;
  const std::string_view word = view.Fold(at);
  for (const Phrase& phrase : kPhrases) {
    if (phrase.words[0] != word[0]) continue;
    const std::size_t count = MatchPhrase(view, at, phrase.words);
    if (count > best_count && at + count <= to) {
      best = &phrase;
      best_count = count;
    }
  }
  if (best == nullptr) return std::nullopt;
  // "on board", "on sail" are places; "the start of the dock".
  if (best->words == "board" && at > 0 && view.IsAnyOf(at - 1, {"on", "skate", "paddle"})) return std::nullopt;
  LabelHit hit;
  hit.first = at;
  hit.last = at + best_count;
  std::string said;
  for (std::size_t i = hit.first; i < hit.last; ++i) said += (i == hit.first ? "" : " ") + std::string(view.Fold(i));
  hit.label = {best->role, best->strength, "“" + said + "” beside it"};
  return hit;
}

bool IsHardStop(const TokenView& view, std::size_t i) {
  if (view[i].newline) return true;
  if (view.IsMark(i, ';') || view.IsMark(i, '!') || view.IsMark(i, '?') || view.IsMark(i, '|') || view.IsMark(i, kSymbolGlyph)) return true;
  return view.IsMark(i, '.') && (!view.Has(i + 1) || view[i + 1].spaced);
}

}  // namespace

std::optional<LabelHit> FindLastLabel(const TokenView& view, std::size_t from, std::size_t to) {
  for (std::size_t i = to; i > from; --i) {
    std::optional<LabelHit> hit = LabelAt(view, i - 1, to);
    if (!hit) continue;
    // A longer phrase may begin one or two words earlier ("let us know" ends with no label of its own).
    for (std::size_t back = 1; back <= 3 && i - 1 >= from + back; ++back) {
      std::optional<LabelHit> longer = LabelAt(view, i - 1 - back, to);
      if (longer && longer->last >= hit->last && longer->label.strength >= hit->label.strength) hit = longer;
    }
    if (hit->label.strength == LabelStrength::kNeutral) {  // "arrival time": the word before says more
      for (std::size_t back = 1; back <= 3 && i - 1 >= from + back; ++back) {
        std::optional<LabelHit> other = LabelAt(view, i - 1 - back, to);
        if (other && other->label.strength > LabelStrength::kNeutral) return other;
      }
    }
    return hit;
  }
  return std::nullopt;
}

std::optional<LabelHit> FindFirstLabel(const TokenView& view, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    if (std::optional<LabelHit> hit = LabelAt(view, i, to)) return hit;
  }
  return std::nullopt;
}

namespace {

// "start", "begin", "end": what starts is said by the word before ("the fireworks begin").
bool IsGeneralVerb(const TokenView& view, const LabelHit& hit) {
  return hit.last == hit.first + 1 && view.IsAnyOf(hit.first, {"start", "starts", "begin", "begins", "end", "ends", "finish", "finishes", "starting", "ending"});
}

bool IsOthersVerb(const TokenView& view, const LabelHit& hit, std::size_t clause) {
  constexpr std::size_t kReach = 3;
  const std::size_t from = std::max(clause, hit.first - std::min(hit.first, kReach));
  const auto subject = FindLastLabel(view, from, hit.first);
  return subject && subject->label.role == Role::kUnrelated && subject->label.strength == LabelStrength::kStrong;
}

}  // namespace

Label LabelBeside(const TokenView& view, std::size_t first, std::size_t last, std::size_t low, std::size_t high) {
  constexpr std::size_t kReach = 24;  // words
  std::size_t clause = first;
  while (clause > low && first - clause < kReach && !(view[clause].newline) && !IsHardStop(view, clause - 1) && !view.IsMark(clause - 1, ',')) --clause;
  if (const auto hit = FindLastLabel(view, clause, first)) {
    if (IsGeneralVerb(view, *hit) && IsOthersVerb(view, *hit, clause)) {
      return {Role::kUnrelated, LabelStrength::kStrong, hit->label.why + ", said of something else"};
    }
    if (hit->label.strength == LabelStrength::kStrong) return hit->label;
    // "parking until 6", "arrive no later than 4": the first word says whose time it is.
    const auto earlier = FindLastLabel(view, clause, hit->first);
    const bool owns = earlier && earlier->label.strength == LabelStrength::kStrong &&
                      (earlier->label.role == Role::kUnrelated || earlier->label.role == Role::kCutoff || earlier->label.role == Role::kArrival);
    return owns ? earlier->label : hit->label;
  }
  std::size_t tail = last;
  while (tail < high && tail - last < kReach && !IsHardStop(view, tail) && !view.IsMark(tail, ',')) ++tail;
  if (const auto hit = FindFirstLabel(view, last, tail)) {
    // Words that lead to the next time are that time's.
    const bool runs_on = tail == high && view.Has(high);
    if (!runs_on || (hit->first == last && hit->last + 1 < high)) return hit->label;
  }
  std::size_t sentence = clause;
  while (sentence > low && first - sentence < kReach && !(view[sentence].newline) && !IsHardStop(view, sentence - 1)) --sentence;
  if (const auto hit = FindLastLabel(view, sentence, clause)) return hit->label;
  return {};
}

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
    {"valid", Role::kUnrelated}, {"birth", Role::kUnrelated}, {"previous", Role::kUnrelated}, {"stamp", Role::kUnrelated},
    {"timestamp", Role::kUnrelated}, {"availability", Role::kUnrelated}, {"dtstamp", Role::kUnrelated}, {"deployed", Role::kUnrelated},
    {"arrival", Role::kArrival}, {"arrive", Role::kArrival}, {"door", Role::kArrival}, {"doors", Role::kArrival}, {"boarding", Role::kArrival},
    {"board", Role::kArrival}, {"checkin", Role::kArrival}, {"meet", Role::kArrival}, {"dock", Role::kArrival}, {"call", Role::kArrival},
    {"start", Role::kStart}, {"starts", Role::kStart}, {"begin", Role::kStart}, {"begins", Role::kStart}, {"depart", Role::kStart},
    {"departs", Role::kStart}, {"departure", Role::kStart}, {"sail", Role::kStart}, {"pickup", Role::kStart}, {"dtstart", Role::kStart},
    {"startdate", Role::kStart}, {"starttime", Role::kStart}, {"startdt", Role::kStart},
    {"end", Role::kEnd}, {"ends", Role::kEnd}, {"finish", Role::kEnd}, {"return", Role::kEnd}, {"returns", Role::kEnd}, {"dropoff", Role::kEnd},
    {"dtend", Role::kEnd}, {"checkout", Role::kEnd}, {"enddate", Role::kEnd}, {"endtime", Role::kEnd}, {"enddt", Role::kEnd},
    {"time", Role::kStartEnd}, {"when", Role::kStartEnd}, {"event", Role::kStartEnd}, {"charter", Role::kStartEnd}, {"booking", Role::kStartEnd},
};

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
    if (best->word == "after" && word == "start") label.role = Role::kSwitch;
    // "SAIL_OVER" and "pastSail" are the moment at which the sail is behind, not the one at which it begins.
    const bool is_behind = word == "over" || word == "past" || word == "post" || word == "done" || word == "ended" || word == "finished" || word == "complete";
    if (best->word == "sail" && is_behind) label.role = Role::kSwitch;
  }
  if (label.role == Role::kStartEnd) label.strength = LabelStrength::kNeutral;
  return label;
}

Label LabelOfText(std::string_view text) {
  GlyphText glyphs;
  glyphs.Append(text, {0, text.size()}, Spelling{});
  const TokenView view(glyphs);
  const auto hit = FindLastLabel(view, 0, view.size());
  return hit ? hit->label : Label{};
}

}  // namespace evenkeel
