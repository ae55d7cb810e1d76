// What tree construction does with an element, as far as OwnTree follows it (WHATWG HTML, section 13.2.6.4).
#pragma once

#include <cstdint>
#include <string_view>

namespace evenkeel {

enum class ElementKind : std::uint8_t {
  kPlain,       // known, without a rule of its own: span, label, time
  kUnknown,     // any other name: an element of its author's, or of SVG
  kHtml,
  kHead,
  kBody,
  kBlock,       // ends a paragraph
  kDivision,    // the same, and list items are looked for through it: address, div
  kUnsure,      // main, dialog, search: the parser's version decides
  kParagraph,
  kHeading,
  kPre,
  kForm,
  kListItem,
  kDefinition,  // dd, dt
  kButton,
  kFormatting,
  kVoid,
  kMetadata,    // void, allowed in the head
  kRule,        // hr
  kTitle,
  kRaw,         // script, style
  kTextArea,
  kFrame,       // iframe
  kNoScript,
  kTable,
  kCaption,
  kColumns,     // colgroup
  kColumn,
  kSection,     // tbody, thead, tfoot
  kRow,
  kCell,
  kSelect,
  kOption,
  kGroup,       // optgroup
  kSvg,
  kOther,       // has rules that OwnTree does not follow
};

struct ElementName {
  std::string_view name;
  ElementKind kind;
};

// The entry of a name, in any case; null for an unknown one.
const ElementName* FindElementName(std::string_view name);

}  // namespace evenkeel
