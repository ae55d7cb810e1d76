#include "read/labels.h"

#include <algorithm>
#include <array>
#include <vector>

#include "read/clock_context.h"
#include "read/clock_parts.h"
#include "read/label_phrases.h"

namespace evenkeel {
namespace {

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

// The phrases that begin with each byte, in the order of the tables: every word near a time is looked up.
using PhrasesByFirstByte = std::array<std::vector<const LabelPhrase*>, 256>;
PhrasesByFirstByte SortByFirstByte() {
  PhrasesByFirstByte phrases;
  for (const std::span<const LabelPhrase> table : LabelPhrases()) {
    for (const LabelPhrase& phrase : table) phrases[static_cast<unsigned char>(phrase.words[0])].push_back(&phrase);
  }
  return phrases;
}

std::optional<LabelHit> LabelAt(const TokenView& view, std::size_t at, std::size_t to) {
  static const PhrasesByFirstByte phrases = SortByFirstByte();
  if (!view.IsWord(at) && !view.IsMark(at, '\'')) return std::nullopt;
  const LabelPhrase* best = nullptr;
  std::size_t best_count = 0;
  for (const LabelPhrase* phrase : phrases[static_cast<unsigned char>(view.Fold(at)[0])]) {
    const std::size_t count = MatchPhrase(view, at, phrase->words);
    if (count > best_count && at + count <= to) {
      best = phrase;
      best_count = count;
    }
  }
  if (best == nullptr) return std::nullopt;
  // "on board", "on sail" are places; "the start of the dock".
  if (best->words == "board" && at > 0 && view.IsAnyOf(at - 1, {"on", "skate", "paddle", "the", "school", "review", "advisory", "full"})) return std::nullopt;
  if (best->words == "board" && view.IsAnyOf(at + 1, {"of", "meeting", "meetings", "member", "members", "room", "agenda", "president", "chair"})) return std::nullopt;
  // "back to the departure dock"
  if (view.IsAnyOf(at, {"departure", "boarding"}) && best_count == 1 && view.IsAnyOf(at + 1, {"dock", "point", "port", "pier", "marina", "place", "location"})) return std::nullopt;
  // "3 hours" is a length, and no opening hours.
  if (best->words == "hours" && at > 0 && (view.IsNumber(at - 1) || view.IsMark(at - 1, '-') || HourWordOf(view.Fold(at - 1)))) return std::nullopt;
  LabelHit hit;
  hit.first = at;
  hit.last = at + best_count;
  std::string said;
  for (std::size_t i = hit.first; i < hit.last && best->shown.empty(); ++i) said += (i == hit.first ? "" : " ") + std::string(view.Fold(i));
  if (!best->shown.empty()) said = best->shown;
  hit.label = {best->role, best->strength, "“" + said + "” beside it"};
  return hit;
}

// A mark that ends what was being said.
bool IsStopMark(const TokenView& view, std::size_t i) {
  if (view.IsMark(i, ';') || view.IsMark(i, '!') || view.IsMark(i, '?') || view.IsMark(i, '|') || view.IsMark(i, kSymbolGlyph)) return true;
  if (!view.IsMark(i, '.') || (view.Has(i + 1) && !view[i + 1].spaced)) return false;
  return i == 0 || !view.IsAdjacent(i) || !view.IsAnyOf(i - 1, {"dep", "arr", "ret", "approx"});
}

bool IsHardStop(const TokenView& view, std::size_t i) { return view[i].newline || IsStopMark(view, i); }

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

// "start", "opens", "ends": what starts is said by the word before ("the fireworks begin", "check-in opens").
bool IsGeneralVerb(const TokenView& view, const LabelHit& hit) {
  return hit.last == hit.first + 1 &&
         view.IsAnyOf(hit.first, {"start", "starts", "begin", "begins", "end", "ends", "finish", "finishes", "starting", "ending", "open", "opens", "closes", "closed",
                                  "leaves", "departs", "leave", "depart", "arrives", "returns"});
}

// The strong label of what a general verb is said of, where that is not the booking's sail.
std::optional<Label> LabelOfSubject(const TokenView& view, const LabelHit& hit, std::size_t clause) {
  constexpr std::size_t kReach = 3;
  const std::size_t from = std::max(clause, hit.first - std::min(hit.first, kReach));
  const auto subject = FindLastLabel(view, from, hit.first);
  if (!subject || subject->label.strength != LabelStrength::kStrong) return std::nullopt;
  switch (subject->label.role) {
    case Role::kUnrelated: return Label{Role::kUnrelated, LabelStrength::kStrong, hit.label.why + ", said of something else"};
    case Role::kArrival: case Role::kCutoff: case Role::kSwitch: return subject->label;
    case Role::kStart: case Role::kEnd: case Role::kStartEnd: case Role::kUnknown: break;
  }
  return std::nullopt;
}

// Behind a time "until" is of the end that follows: "4:30 pm till late".
Label LabelBehind(const TokenView& view, const LabelHit& hit) {
  const bool to_end = hit.last == hit.first + 1 && view.IsAnyOf(hit.first, {"until", "till", "'til"});
  return to_end ? Label{Role::kStart, LabelStrength::kWeak, hit.label.why} : hit.label;
}

// "Arrive 15 minutes before 4:30 PM": the words say how far off something else is; the time itself is what it counts from.
std::optional<Label> DistanceLabel(const TokenView& view, std::size_t first) {
  std::size_t sign = first;
  if (sign > 0 && view.IsAnyOf(sign - 1, {"the", "our", "your"})) --sign;
  if (sign > 1 && view.IsAnyOf(sign - 1, {"to"}) && view.IsAnyOf(sign - 2, {"prior"})) --sign;
  if (sign < 3 || !view.IsAnyOf(sign - 1, {"before", "prior", "ahead"})) return std::nullopt;
  if (!view.IsAnyOf(sign - 2, {"minutes", "minute", "min", "mins", "hour", "hours", "hrs"})) return std::nullopt;
  return Label{Role::kStart, LabelStrength::kWeak, "something is to be that long before it"};
}

// Whether one of the words stands within a dozen tokens of [first, last).
bool IsNearby(const TokenView& view, std::size_t first, std::size_t last, std::initializer_list<std::string_view> words) {
  constexpr std::size_t kReach = 12;
  for (std::size_t i = first - std::min(first, kReach); i < last + kReach && view.Has(i); ++i) {
    if (view.IsAnyOf(i, words)) return true;
  }
  return false;
}

// "Was 5:00 PM, now 4:30 PM", "Original start 5:00 PM, new start 4:30 PM", "Time changed: 5:00 PM → 4:30 PM": what was is over, and
// what is now is what was.
std::optional<Label> ChangeLabel(const TokenView& view, std::size_t first, std::size_t last) {
  std::size_t sign = first;
  while (sign > 0 && first - sign < 3 && (view.IsAnyOf(sign - 1, {"at", "for", "set", "scheduled", "from"}) || view.IsMark(sign - 1, ':'))) --sign;
  const Label over{Role::kUnrelated, LabelStrength::kStrong, "it is what was before a change"};
  if (sign > 0 && view.IsAnyOf(sign - 1, {"was", "were"}) && IsNearby(view, first, last, {"now"})) return over;
  const std::optional<RangeSign> change = IsChangedAt(view, first) ? ReadRangeSign(view, last, RangeOpener::kNone) : std::nullopt;
  if (change && view.IsNumber(change->next)) return over;
  for (std::size_t i = first; i > 0 && first - i < 4 && !view[i].newline && !IsStopMark(view, i - 1); --i) {
    if (view.IsAnyOf(i - 1, {"original", "old", "previous", "former"}) && IsNearby(view, first, last, {"new", "now", "updated", "revised"})) return over;
  }
  if (sign == 0 || !view.IsAnyOf(sign - 1, {"now"}) || !IsNearby(view, first, last, {"was", "were"})) return std::nullopt;
  std::size_t sentence = sign - 1;
  while (sentence > 0 && !view[sentence].newline && !IsStopMark(view, sentence - 1)) --sentence;
  const std::optional<LabelHit> hit = FindLastLabel(view, sentence, sign);
  return hit && hit->label.role != Role::kUnrelated ? std::optional(hit->label) : std::nullopt;
}

// "Order platters before Friday 10 AM": a request, and an hour by which it is to be answered.
std::optional<Label> DeadlineLabel(const TokenView& view, std::size_t clause, std::size_t first) {
  std::size_t sign = first;
  constexpr std::size_t kReach = 5;
  while (sign > clause && first - sign < kReach && !view.IsAnyOf(sign - 1, {"by", "before", "until", "than"})) --sign;
  if (sign == clause || !view.IsAnyOf(sign - 1, {"by", "before", "until", "than"})) return std::nullopt;
  for (std::size_t i = clause; i + 1 < sign; ++i) {
    if (view.IsWord(i) && IsRequestVerb(view.Fold(i))) {
      return Label{Role::kCutoff, LabelStrength::kStrong, "“" + std::string(view.Fold(i)) + " … " + std::string(view.Fold(sign - 1)) + "” beside it"};
    }
  }
  return std::nullopt;
}

// "From 4:30 PM (gate opens) to 7:30 PM": what stands in brackets between two times is of the first. Where the bracket opens.
std::optional<std::size_t> BracketAround(const TokenView& view, const LabelHit& hit, std::size_t clause, std::size_t first) {
  bool closed = false;
  for (std::size_t i = hit.last; i < first && !closed; ++i) closed = view.IsMark(i, ')');
  for (std::size_t i = hit.first; closed && i > clause; --i) {
    if (view.IsMark(i - 1, ')')) return std::nullopt;
    if (view.IsMark(i - 1, '(')) return i - 1;
  }
  return std::nullopt;
}

// "at our office", "at the parking lot", "by ferry": a place, and no label of the time.
bool IsPlace(const TokenView& view, const LabelHit& hit) {
  if (hit.label.role != Role::kUnrelated || !view.IsAnyOf(hit.first, {"office", "parking", "restaurant", "bar", "cafe", "coffee", "store", "shop", "hotel", "ferry", "harbor", "museum",
                                                                      "gift", "front", "box", "kitchen", "chandlery", "fuel"})) {
    return false;
  }
  constexpr std::size_t kReach = 4;
  for (std::size_t i = hit.first; i > 0 && hit.first - i < kReach && view.IsWord(i - 1); --i) {
    if (view.IsAnyOf(i - 1, {"at", "in", "by", "near", "behind", "outside", "of", "from", "to", "opposite"})) return true;
  }
  return false;
}

// The last label of [from, to) that is no place, if one of the booking's own stands there.
std::optional<LabelHit> FindLabelBeforePlace(const TokenView& view, std::size_t from, const LabelHit& place) {
  std::optional<LabelHit> hit = FindLastLabel(view, from, place.first);
  while (hit && IsPlace(view, *hit)) hit = FindLastLabel(view, from, hit->first);
  if (!hit || hit->label.strength != LabelStrength::kStrong || hit->label.role == Role::kUnrelated) return std::nullopt;
  return hit;
}

// The last label in front of a time; `behind_time`: another time stands before it.
std::optional<LabelHit> FindLabelInFront(const TokenView& view, std::size_t clause, std::size_t first, bool behind_time) {
  std::optional<LabelHit> hit = FindLastLabel(view, clause, first);
  const std::optional<std::size_t> aside = hit && behind_time ? BracketAround(view, *hit, clause, first) : std::nullopt;
  if (aside) hit = FindLastLabel(view, clause, *aside);
  const std::optional<LabelHit> meant = hit && IsPlace(view, *hit) ? FindLabelBeforePlace(view, clause, *hit) : std::nullopt;
  return meant ? meant : hit;
}

}  // namespace

Label LabelBeside(const TokenView& view, std::size_t first, std::size_t last, std::size_t low, std::size_t high) {
  constexpr std::size_t kReach = 24;  // words
  std::size_t clause = first;
  while (clause > low && first - clause < kReach && !(view[clause].newline) && !IsStopMark(view, clause - 1) && !view.IsMark(clause - 1, ',')) --clause;
  if (const std::optional<Label> distance = DistanceLabel(view, first)) return *distance;
  if (const std::optional<Label> change = ChangeLabel(view, first, last)) return *change;
  const std::optional<LabelHit> hit = FindLabelInFront(view, clause, first, low > 0);
  if (!hit || hit->label.strength != LabelStrength::kStrong) {
    if (const std::optional<Label> deadline = DeadlineLabel(view, clause, first)) return *deadline;
  }
  const bool leads = hit && hit->last + 1 == first && (view.IsAnyOf(hit->last, {"time", "at"}) || view.IsMark(hit->last, ':'));  // 1600 Departure time 1630 Return time 1930
  if (hit && hit->first == low && low > 0 && !leads) {  // "a 4:30pm start and a 7:30pm finish": each has its word behind it
    const std::optional<LabelHit> own = FindFirstLabel(view, last, std::min(high, last + 1));
    if (own && own->label.strength == LabelStrength::kStrong) return own->label;
  }
  if (hit) {
    if (IsGeneralVerb(view, *hit)) {
      if (const std::optional<Label> subject = LabelOfSubject(view, *hit, clause)) return *subject;
    }
    if (hit->label.strength == LabelStrength::kStrong) return hit->label;
    // "parking until 6", "arrive no later than 4": the first word says whose time it is.
    const auto earlier = FindLastLabel(view, clause, hit->first);
    const bool limit = hit->label.role == Role::kCutoff;  // "back no later than 7"
    const bool owns = earlier && (earlier->label.role == Role::kCutoff || (earlier->label.strength == LabelStrength::kStrong &&
                                                                           (limit || earlier->label.role == Role::kUnrelated || earlier->label.role == Role::kArrival)));
    if (owns) return {earlier->label.role, LabelStrength::kStrong, earlier->label.why};
    return hit->label;
  }
  std::size_t tail = last;
  while (tail < high && tail - last < kReach && !IsHardStop(view, tail) && !view.IsMark(tail, ',') && !(view.IsMark(tail, '/') && view[tail].spaced)) ++tail;
  if (const auto behind = FindFirstLabel(view, last, tail)) {
    // Words that lead to the next time are that time's.
    const bool runs_on = tail == high && view.Has(high) && !view[high].newline;
    if (!runs_on || (behind->first == last && behind->last + 1 < high)) return LabelBehind(view, *behind);
  }
  std::size_t sentence = clause;
  while (sentence > low && first - sentence < kReach && !(view[sentence].newline) && !IsStopMark(view, sentence - 1)) --sentence;
  if (const auto earlier = FindLastLabel(view, sentence, clause)) return earlier->label;
  return {};
}

Label LabelOfText(std::string_view text) {
  GlyphText glyphs;
  glyphs.Append(text, {0, text.size()}, Spelling{});
  const TokenView view(glyphs);
  const auto hit = FindLastLabel(view, 0, view.size());
  return hit ? hit->label : Label{};
}

}  // namespace evenkeel
