#include "match/known_names.h"

#include <algorithm>
#include <array>

#include "match/rules.h"
#include "text/fold.h"
#include "text/tokens.h"

namespace evenkeel {
namespace {

// "S2FJLN", "2026-05-30-jonathan-sunset": nobody writes that by accident.
bool IsCodeLike(std::string_view token) {
  bool letter = false, digit = false;
  for (const char c : token) {
    letter = letter || IsAsciiLetter(c);
    digit = digit || IsAsciiDigit(c);
  }
  if (letter && digit) return token.size() >= 5;
  // "jonathan-crew-booking": three words in one.
  return token.size() >= 12 && std::count(token.begin(), token.end(), '-') >= 2;
}

// Whether what stands before says that an identifier follows: "booking #", "guest code ", "ref: ".
bool IsLabelled(std::string_view before) {
  static constexpr std::array<std::string_view, 9> kLabels = {"booking", "code", "id", "ref", "reference", "reservation", "listing", "confirmation", "no"};
  before = before.substr(before.size() > 24 ? before.size() - 24 : 0);
  while (!before.empty() && (IsAsciiSpace(before.back()) || before.back() == ':' || before.back() == '.' || before.back() == '=')) before.remove_suffix(1);
  if (before.ends_with('#')) return true;
  std::size_t begin = before.size();
  while (begin > 0 && IsAsciiLetter(before[begin - 1])) --begin;
  return std::find(kLabels.begin(), kLabels.end(), FoldCase(before.substr(begin))) != kLabels.end();
}

bool HasDate(const Core& core, const Cores& cores, const Date& day) {
  return std::any_of(core.nodes.begin(), core.nodes.end(), [&](std::size_t node) { return cores.nodes()[node].dates.contains(day); });
}

}  // namespace

KnownNames::KnownNames(const Cores& cores) {
  for (std::size_t i = 0; i < cores.nodes().size(); ++i) {
    const Node& node = cores.nodes()[i];
    for (const auto& [kind, values] : node.ids) {
      for (const std::string& value : values) names_[value].push_back({kind, i});
    }
    if (node.observed->page && IsCodeLike(node.observed->page->slug)) names_[node.observed->page->slug].push_back({"slug", i});
  }
}

void KnownNames::FindIn(std::string_view text, const std::string& where, bool labelled, const std::optional<Date>& day, const Cores& cores,
                        std::vector<Naming>& namings) const {
  for (const WholeToken& token : TokensOf(text)) {
    const auto found = names_.find(std::string(token.text));
    if (found == names_.end()) continue;
    const bool called = labelled || IsLabelled(text.substr(0, token.begin));
    for (const Name& name : found->second) {
      const std::string evidence = name.kind + " " + found->first + " (" + where + ")";
      if (called) {
        namings.push_back({name.node, evidence, weight::kNamedInText});
      } else if (IsCodeLike(token.text)) {
        namings.push_back({name.node, evidence, weight::kCodeInText});
      } else if (day && token.text.size() >= 4 && HasDate(cores.At(cores.RootOf(name.node)), cores, *day)) {
        namings.push_back({name.node, evidence + ", and the dates agree", weight::kWordInText});
      }
    }
  }
}

}  // namespace evenkeel
