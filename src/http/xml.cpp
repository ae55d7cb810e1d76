#include "http/xml.h"

#include <optional>
#include <pugixml.hpp>

namespace evenkeel {
namespace {

constexpr int kDepth = 32;

std::string_view LocalName(std::string_view name) { return name.substr(name.find(':') + 1); }

// nullopt: nested too deep.
std::optional<XmlElement> Copy(const pugi::xml_node& node, int depth) {
  if (depth > kDepth) return std::nullopt;
  XmlElement out;
  out.name = LocalName(node.name());
  for (const pugi::xml_attribute& one : node.attributes()) out.attributes.emplace_back(LocalName(one.name()), one.value());
  for (const pugi::xml_node& child : node) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      out.text += child.value();
    } else if (child.type() == pugi::node_element) {
      auto copy = Copy(child, depth + 1);
      if (!copy) return std::nullopt;
      out.children.push_back(*std::move(copy));
    }
  }
  return out;
}

}  // namespace

const XmlElement* XmlElement::Find(std::string_view child) const {
  for (const XmlElement& one : children) {
    if (one.name == child) return &one;
  }
  return nullptr;
}

std::string XmlElement::TextOf(std::string_view child) const {
  const XmlElement* found = Find(child);
  return found == nullptr ? std::string() : found->text;
}

std::string EscapeXml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  return out;
}

StatusOr<XmlElement> ParseXml(std::string_view text, std::string_view what) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
  if (!parsed) return Status(Code::kUnavailable, "the answer is not XML", std::string(what));
  for (const pugi::xml_node& node : document) {
    if (node.type() == pugi::node_doctype) return Status(Code::kUnavailable, "the answer has a DOCTYPE, which no such server sends", std::string(what));
  }
  auto root = Copy(document.document_element(), 0);
  if (!root) return Status(Code::kUnavailable, "the answer is nested too deep", std::string(what));
  return *std::move(root);
}

}  // namespace evenkeel
