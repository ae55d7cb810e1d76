#include "read/element_kinds.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "read/bytes.h"

namespace evenkeel {
namespace {

using enum ElementKind;

constexpr ElementName kNames[] = {
    {"html", kHtml}, {"head", kHead}, {"body", kBody},
    {"article", kBlock}, {"aside", kBlock}, {"blockquote", kBlock}, {"center", kBlock}, {"details", kBlock}, {"dir", kBlock}, {"dl", kBlock},
    {"fieldset", kBlock}, {"figcaption", kBlock}, {"figure", kBlock}, {"footer", kBlock}, {"header", kBlock}, {"hgroup", kBlock}, {"menu", kBlock},
    {"nav", kBlock}, {"ol", kBlock}, {"section", kBlock}, {"summary", kBlock}, {"ul", kBlock}, {"address", kDivision}, {"div", kDivision},
    {"main", kUnsure}, {"dialog", kUnsure}, {"search", kUnsure}, {"p", kParagraph},
    {"h1", kHeading}, {"h2", kHeading}, {"h3", kHeading}, {"h4", kHeading}, {"h5", kHeading}, {"h6", kHeading},
    {"pre", kPre}, {"form", kForm}, {"li", kListItem}, {"dd", kDefinition}, {"dt", kDefinition}, {"button", kButton},
    {"a", kFormatting}, {"b", kFormatting}, {"big", kFormatting}, {"code", kFormatting}, {"em", kFormatting}, {"font", kFormatting}, {"i", kFormatting},
    {"s", kFormatting}, {"small", kFormatting}, {"strike", kFormatting}, {"strong", kFormatting}, {"tt", kFormatting}, {"u", kFormatting},
    {"area", kVoid}, {"br", kVoid}, {"embed", kVoid}, {"img", kVoid}, {"input", kVoid}, {"source", kVoid}, {"track", kVoid}, {"wbr", kVoid},
    {"base", kMetadata}, {"link", kMetadata}, {"meta", kMetadata}, {"hr", kRule}, {"title", kTitle}, {"script", kRaw}, {"style", kRaw},
    {"textarea", kTextArea}, {"iframe", kFrame}, {"noscript", kNoScript},
    {"table", kTable}, {"caption", kCaption}, {"colgroup", kColumns}, {"col", kColumn}, {"tbody", kSection}, {"thead", kSection}, {"tfoot", kSection},
    {"tr", kRow}, {"td", kCell}, {"th", kCell}, {"select", kSelect}, {"option", kOption}, {"optgroup", kGroup}, {"svg", kSvg},
    {"abbr", kPlain}, {"audio", kPlain}, {"bdi", kPlain}, {"bdo", kPlain}, {"canvas", kPlain}, {"cite", kPlain}, {"data", kPlain}, {"datalist", kPlain},
    {"del", kPlain}, {"dfn", kPlain}, {"ins", kPlain}, {"kbd", kPlain}, {"label", kPlain}, {"legend", kPlain}, {"map", kPlain}, {"mark", kPlain},
    {"meter", kPlain}, {"output", kPlain}, {"picture", kPlain}, {"progress", kPlain}, {"q", kPlain}, {"samp", kPlain}, {"span", kPlain}, {"sub", kPlain},
    {"sup", kPlain}, {"time", kPlain}, {"var", kPlain}, {"video", kPlain}, {"acronym", kPlain},
    {"applet", kOther}, {"annotation-xml", kOther}, {"basefont", kOther}, {"bgsound", kOther}, {"blink", kOther}, {"command", kOther}, {"content", kOther},
    {"desc", kOther}, {"foreignobject", kOther}, {"frame", kOther}, {"frameset", kOther}, {"image", kOther}, {"isindex", kOther}, {"keygen", kOther},
    {"listing", kOther}, {"malignmark", kOther}, {"marquee", kOther}, {"math", kOther}, {"menuitem", kOther}, {"mglyph", kOther}, {"mi", kOther},
    {"mn", kOther}, {"mo", kOther}, {"ms", kOther}, {"mtext", kOther}, {"multicol", kOther}, {"nextid", kOther}, {"nobr", kOther}, {"noembed", kOther},
    {"noframes", kOther}, {"object", kOther}, {"param", kOther}, {"plaintext", kOther}, {"rb", kOther}, {"rp", kOther}, {"rt", kOther}, {"rtc", kOther},
    {"ruby", kOther}, {"selectedcontent", kOther}, {"shadow", kOther}, {"slot", kOther}, {"spacer", kOther}, {"template", kOther}, {"xmp", kOther},
};

constexpr std::size_t kSlots = 512;

constexpr std::size_t SlotOf(std::string_view name) {
  std::size_t hash = name.size();
  for (const char c : name) hash = hash * 31 + (static_cast<unsigned char>(c) | 0x20u);
  return (hash ^ (hash >> 9)) % kSlots;
}

// Open addressing: a name stands in its slot or in one behind it, before the first empty one.
constexpr std::array<std::uint8_t, kSlots> MakeTable() {
  static_assert(std::size(kNames) < 255);
  std::array<std::uint8_t, kSlots> table{};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    std::size_t slot = SlotOf(kNames[i].name);
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}
constexpr std::array<std::uint8_t, kSlots> kNameAt = MakeTable();

}  // namespace

const ElementName* FindElementName(std::string_view name) {
  constexpr std::size_t kNameMax = 16;
  if (name.size() > kNameMax) return nullptr;
  for (std::size_t slot = SlotOf(name); kNameAt[slot] != 0; slot = (slot + 1) % kSlots) {
    const ElementName& entry = kNames[kNameAt[slot] - 1u];
    if (EqualsFolded(entry.name, name)) return &entry;
  }
  return nullptr;
}

}  // namespace evenkeel
