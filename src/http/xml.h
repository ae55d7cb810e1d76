// XML as servers answer it: elements, their attributes and texts. DOCTYPE is refused, so no entity but XML's own five means anything.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/status.h"

namespace evenkeel {

struct XmlElement {
  std::string name;  // without its prefix
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;  // names without their prefixes
  std::vector<XmlElement> children;

  // The first child of that name; nullptr when there is none.
  const XmlElement* Find(std::string_view child) const;
  // Its text; empty when there is none.
  std::string TextOf(std::string_view child) const;
};

// The root element. kUnavailable names `what`, and never shows what stood there: an answer that cannot be read is no answer.
StatusOr<XmlElement> ParseXml(std::string_view text, std::string_view what);

// Text as it stands between tags.
std::string EscapeXml(std::string_view text);

}  // namespace evenkeel
