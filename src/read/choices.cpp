// Times that a page offers to choose from: the entries of a list box. None of them is what the booking says.
#include <map>
#include <set>

#include "read/carriers.h"

namespace evenkeel {
namespace {

// The option around an element, or the element itself; kNone: none.
std::size_t OptionAround(const Page& page, std::size_t element) {
  while (element != kNone && page.elements[element].name != "option") element = page.elements[element].parent;
  return element;
}

}  // namespace

void DoubtChoices(const Page& page, Findings* findings) {
  std::map<std::size_t, std::set<std::size_t>> options;  // those with a time, by the list they are in
  std::map<std::size_t, std::size_t> option_of;          // by mention
  for (std::size_t i = 0; i < findings->mentions.size(); ++i) {
    const Mention& mention = findings->mentions[i];
    const std::size_t option = OptionAround(page, mention.flow != kNone ? page.flows[mention.flow].block : mention.element);
    if (option == kNone) continue;
    option_of[i] = option;
    options[page.elements[option].parent].insert(option);
  }
  for (const auto& [i, option] : option_of) {
    Mention& mention = findings->mentions[i];
    if (options[page.elements[option].parent].size() > 1 && mention.doubt.empty()) mention.doubt = "it is one of several to choose from";
  }
}

}  // namespace evenkeel
