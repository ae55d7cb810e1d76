#include "read/clock_context.h"

#include <algorithm>
#include <array>

namespace evenkeel {
namespace {

template <std::size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Words that belong to no noun phrase of their own: after them a number has ended.
constexpr std::array<std::string_view, 105> kClosedWords = {
    // prepositions
    "about", "above", "across", "after", "along", "around", "at", "before", "behind", "beside", "besides", "beyond", "by", "down", "during", "except",
    "for", "from", "in", "inside", "into", "near", "off", "on", "onto", "outside", "over", "since", "through", "throughout", "till", "to", "toward",
    "under", "until", "til", "up", "via", "with", "within", "without",
    // conjunctions
    "and", "or", "but", "nor", "so", "because", "although", "if", "unless", "while", "whereas", "when", "where", "that", "as", "then", "which", "who",
    // pronouns and determiners
    "i", "you", "he", "she", "we", "they", "it", "this", "these", "those", "my", "our", "your", "their", "his", "the", "everyone", "everybody", "there",
    "here", "each", "every", "please",
    // adverbs
    "sharp", "prompt", "promptly", "today", "tonight", "tomorrow", "instead", "again", "also", "too", "only", "exactly", "latest", "earliest", "local",
    "daily", "next", "now", "not", "just", "maybe", "tentatively", "ish"};

bool IsNumberUnitBefore(const TokenView& view, std::size_t i) {
  return view.IsAnyOf(i, {"ages", "aged", "age", "children", "kids", "pages", "sizes", "groups", "under", "levels", "items", "grades", "chapters"});
}

// "look at 4 photos", "priced at 4.30": what stands before "at" makes the number no time.
bool IsOtherAt(const TokenView& view, std::size_t at) {
  if (at == 0) return false;
  if (view.IsAnyOf(at - 1, {"start", "starts", "starting"})) return at > 1 && view.IsAnyOf(at - 2, {"prices", "price", "fares", "rates", "from", "tickets", "bids"});
  return view.IsAnyOf(at - 1, {"look", "looks", "looking", "priced", "valued", "rated", "capped", "limited", "seats", "stands", "max", "sits", "located", "live",
                               "lives", "i'm", "m", "is", "are", "remain", "remains", "maximum", "stay", "photos", "numbers", "costs", "tickets", "speed",
                               "speeds", "aimed", "rate", "holding", "estimated", "guests", "people", "up"});
}

// "Doors 4, sail 4:30": a word that little but a time follows.
bool IsLabelOfHour(const TokenView& view, std::size_t i) {
  if (view.IsMark(i, ':') && i > 0) return view.IsAnyOf(i - 1, {"doors", "arrive", "arrival", "departure", "departs", "boarding"});
  return view.IsAnyOf(i, {"doors", "arrive", "arrival", "depart", "departs", "departure", "boarding", "returns", "sails", "home"});
}

}  // namespace

bool EndsBareHour(const TokenView& view, std::size_t i) {
  if (!view.Has(i) || view[i].newline) return true;
  if (view[i].kind == TokenKind::kMark) {
    const char mark = view.text().fold[view[i].begin];
    if (mark == kSymbolGlyph) return !view.IsNumber(i + 1) || view[i + 1].spaced;  // 4×6
    if (mark == '.' || mark == ',' || mark == ':') return !(view.IsNumber(i + 1) && view.IsAdjacent(i + 1));
    return mark == ';' || mark == '!' || mark == '?' || mark == ')' || mark == ']' || mark == '"' || mark == '|' || mark == '-' ||
           mark == '(' || mark == '\'' || mark == '*' || mark == '@';
  }
  if (view.IsNumber(i)) return false;
  const std::string_view word = view.Fold(i);
  if (view.IsAnyOf(i, {"in"}) && view.IsAnyOf(i + 1, {"a", "one", "each", "every"})) return false;  // "4 in a boat"
  return WeekdayOf(word).has_value() || MonthOf(word).has_value() || IsOneOf(word, kClosedWords);
}

bool BeginsBareHour(const TokenView& view, std::size_t i) {
  if (i == 0) return false;
  std::size_t before = i - 1;
  if (view.IsMark(before, '@')) return view[before].spaced;
  const bool dotted = view.IsMark(i + 1, '.') && view.IsAdjacent(i + 1) && view.Digits(i + 2) == 2 && view.IsAdjacent(i + 2) && view.Number(i) <= 23;
  if (dotted && (IsLabelOfHour(view, before) || view.IsAnyOf(before, {"return", "sail", "sailing", "start", "starts", "end", "ends"}))) return true;  // Departure 16.30
  if (IsLabelOfHour(view, before)) return view.Number(i) >= 1 && view.Number(i) <= 12 && (!view.Has(i + 1) || view[i + 1].newline || view[i + 1].kind == TokenKind::kMark);
  if (before > 0 && view.IsAnyOf(before, {"about", "around", "approximately", "approx", "roughly", "exactly", "precisely"}) &&
      view.IsAnyOf(before - 1, {"at", "by", "until", "till", "from"})) {
    --before;
  }
  if (view.IsAnyOf(before, {"until", "till", "til", "'til", "from", "between"})) return !(before > 0 && IsNumberUnitBefore(view, before - 1));
  if (view.IsAnyOf(before, {"at"})) return !IsOtherAt(view, before);
  if (view.IsAnyOf(before, {"\x01", "las"})) return view.IsAnyOf(i + 1, {"h"});  // à 16 h
  if (view.IsAnyOf(before, {"than"})) return before > 0 && view.IsAnyOf(before - 1, {"later", "earlier"});
  if (view.IsAnyOf(before, {"by"})) {
    return before == 0 || view.IsAnyOf(before - 1, {"arrive", "be", "back", "reply", "respond", "rsvp", "upload", "here", "there", "dock", "return",
                                                    "home", "done", "us", "board", "aboard", "in", "know", "please", "harbor", "returning",
                                                    "arriving", "confirm", "submit", "up", "marina", "replies", "rsvps", "uploads", "boarded", "answer",
                                                    "ashore", "slip", "ready", "out", "departing", "leave", "leaving", "boarding", "gather", "today",
                                                    "tomorrow", "underway", "book", "order", "checked", "over", "finished", "arrived", "latest"});
  }
  return false;
}

bool EndsLikeTime(const TokenView& view, std::size_t i) {
  if (!view.Has(i) || view[i].newline) return true;
  if (view[i].kind == TokenKind::kMark) return !view.IsMark(i, '-') || view.Digits(i + 1) == 4;
  return view.IsAnyOf(i, {"and", "or", "on", "sharp", "for", "with", "today", "tonight", "tomorrow", "if", "so", "when", "we", "you", "please", "local",
                          "until", "to", "then", "disembark", "disembarkation", "return", "returns", "returning", "back", "home", "eta", "arrive", "arrival", "sail", "sails",
                          "depart", "departs", "departure", "boarding"}) ||
         WeekdayOf(view.Fold(i)).has_value();
}

bool IsPlaceNumber(const TokenView& view, std::size_t first) {
  return first > 0 && (view.IsAnyOf(first - 1, {"dock", "slip", "pier", "gate", "suite", "room", "level", "apt", "unit", "no", "number", "deck",
                                                "berth", "terminal", "route", "bus", "lot", "floor", "step", "day", "chapter", "part",
                                                "version", "page", "boat", "party", "of", "table", "cabin", "act", "game", "round", "week",
                                                "session", "item", "grade", "ages", "age", "district", "ward", "studio", "hall", "building", "court"}) ||
                       view.IsMark(first - 1, '#') || view.IsMark(first - 1, '$'));
}

bool IsPriced(const TokenView& view, std::size_t first) {
  if (first > 0 && view.IsAdjacent(first) && view.IsMark(first - 1, kSymbolGlyph)) return true;  // €16.30
  constexpr std::size_t kReach = 4;
  for (std::size_t i = first; i > 0 && first - i < kReach && !view[i].newline && !view.IsMark(i - 1, ';'); --i) {
    if (view.IsAnyOf(i - 1, {"price", "prices", "priced", "fee", "fees", "cost", "costs", "total", "rate", "rates", "tip", "fare", "fares", "ticket", "tickets", "deposit", "eur", "usd", "gbp"})) return true;
  }
  return false;
}

bool IsChangedAt(const TokenView& view, std::size_t first) {
  std::size_t i = first;
  if (i > 0 && (view.IsMark(i - 1, ':') || view.IsMark(i - 1, '-'))) --i;
  return i > 0 && view.IsAnyOf(i - 1, {"changed", "change", "rescheduled", "moved", "shifted", "updated", "delayed"});
}

bool HasTimeLabelBefore(const TokenView& view, std::size_t first) {
  std::size_t i = first;
  if (i > 0 && (view.IsMark(i - 1, ':') || view.IsMark(i - 1, ','))) --i;
  if (i == 0) return false;
  if (view.IsAnyOf(i - 1, {"time", "times", "when", "hours", "open", "sail", "sailing", "charter", "cruise", "daily", "weekdays", "weekends"})) return true;
  return WeekdayOf(view.Fold(i - 1)).has_value();
}

bool IsMorningLetter(const TokenView& view, std::size_t i) {
  if (!view.IsAnyOf(i + 1, {"a"})) return false;
  if (i > 0 && view.IsAnyOf(i - 1, {"at", "by", "until", "till"})) return true;
  if (!view.IsAdjacent(i + 1) || IsPlaceNumber(view, i)) return false;
  const bool ends = !view.Has(i + 2) || view[i + 2].newline || (view[i + 2].kind == TokenKind::kMark && !view.IsMark(i + 2, '-'));
  if (ends) return HasTimeLabelBefore(view, i) || (i > 0 && (view.IsMark(i - 1, '-') || view.IsAnyOf(i - 1, {"depart", "departs", "departing", "sails", "boarding", "to"})));
  return (view.IsMark(i + 2, '-') || view.IsAnyOf(i + 2, {"to", "until", "till", "til"})) && view.IsNumber(i + 3);
}

bool IsVerseBook(std::string_view word) {
  return Contains({"john", "genesis", "exodus", "leviticus", "deuteronomy", "joshua", "kings", "samuel", "chronicles", "job", "psalm", "psalms",
                   "proverbs", "ecclesiastes", "isaiah", "jeremiah", "ezekiel", "daniel", "hosea", "joel", "amos", "jonah", "micah", "matthew",
                   "mark", "luke", "acts", "romans", "corinthians", "galatians", "ephesians", "philippians", "colossians", "thessalonians",
                   "timothy", "titus", "hebrews", "james", "peter", "jude", "revelation", "verse", "verses", "chapter", "surah", "sura", "quran",
                   "gen", "exod", "lev", "deut", "josh", "judg", "chron", "neh", "psa", "prov", "eccl", "isa", "jer", "ezek", "hos", "mic", "zech",
                   "matt", "lk", "jn", "rom", "cor", "gal", "eph", "thess", "heb", "jas", "pet", "rev", "nephi", "alma"},
                  word);
}

}  // namespace evenkeel
