#include "read/features.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {
namespace {

// Splits "a|b|c" in place.
template <typename Visit>
bool AnyOf(std::string_view alternatives, Visit visit) {
  while (true) {
    const std::size_t bar = alternatives.find('|');
    if (visit(alternatives.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    alternatives.remove_prefix(bar + 1);
  }
}

// An inline script with its comments blanked, so that a remark is no evidence.
struct ScriptText {
  std::size_t begin = 0;
  std::string code;
};

class FeatureFinder {
 public:
  explicit FeatureFinder(const Page& page) : page_(page) {
    for (const RawBlock& raw : page.raws) {
      if (!raw.script) continue;
      ScriptText script{raw.span.begin, std::string(raw.span.In(page.bytes))};
      for (const ScriptToken& token : raw.tokens) {
        if (token.kind != ScriptTokenKind::kComment) continue;
        for (std::size_t i = token.span.begin; i < token.span.end; ++i) script.code[i - raw.span.begin] = ' ';
      }
      scripts_.push_back(std::move(script));
    }
  }

  std::optional<Feature> Find(const FeatureRule& rule) const {
    Feature feature;
    feature.name = rule.name;
    std::string missing;
    for (const FeatureEvidence& evidence : rule.evidence) {
      if (const std::optional<Span> span = Find(evidence)) {
        feature.spans.push_back(*span);
        continue;
      }
      if (evidence.anchor) return std::nullopt;
      missing += (missing.empty() ? "" : ", ") + Describe(evidence);
    }
    if (feature.spans.empty()) return std::nullopt;
    std::sort(feature.spans.begin(), feature.spans.end());
    feature.spans.erase(std::unique(feature.spans.begin(), feature.spans.end()), feature.spans.end());
    feature.complete = missing.empty();
    feature.why = feature.complete ? "all evidence is there" : "missing: " + missing;
    return feature;
  }

 private:
  static std::string Describe(const FeatureEvidence& evidence) {
    switch (evidence.kind) {
      case FeatureEvidence::Kind::kElement: return "an element " + evidence.element + " with " + evidence.attribute + " " + evidence.value;
      case FeatureEvidence::Kind::kScriptToken:
      case FeatureEvidence::Kind::kScriptAny: return "a script with " + evidence.value;
      case FeatureEvidence::Kind::kText: return "the words " + evidence.value;
    }
    return {};
  }

  std::optional<Span> Find(const FeatureEvidence& evidence) const {
    switch (evidence.kind) {
      case FeatureEvidence::Kind::kElement: return FindElement(evidence);
      case FeatureEvidence::Kind::kScriptToken: return FindInScripts(evidence.value);
      case FeatureEvidence::Kind::kScriptAny: {
        std::optional<Span> found;
        AnyOf(evidence.value, [&](std::string_view token) { return (found = FindInScripts(token)).has_value(); });
        return found;
      }
      case FeatureEvidence::Kind::kText: return FindInText(evidence.value);
    }
    return std::nullopt;
  }

  std::optional<Span> FindElement(const FeatureEvidence& evidence) const {
    for (const Element& element : page_.elements) {
      if (element.open.empty() || element.clone || (evidence.element != "*" && element.name != evidence.element)) continue;
      if (evidence.attribute.empty()) return element.open;
      const StreamAttribute* attribute = page_.FindAttribute(element, evidence.attribute);
      if (attribute == nullptr) continue;
      if (evidence.value.empty()) return element.open;
      constexpr std::size_t kValueMax = 64u << 10;
      const std::string value = DecodeText(page_.bytes, {attribute->value.begin, std::min(attribute->value.end, attribute->value.begin + kValueMax)}, Spelling{.entities = true});
      if (AnyOf(evidence.value, [&](std::string_view token) { return FindFolded(value, ToLower(token)) != std::string_view::npos; })) return element.open;
    }
    return std::nullopt;
  }

  std::optional<Span> FindInScripts(std::string_view token) const {
    if (token.empty()) return std::nullopt;
    for (const ScriptText& script : scripts_) {
      const std::size_t at = script.code.find(token);
      if (at != std::string::npos) return Span{script.begin + at, script.begin + at + token.size()};
    }
    return std::nullopt;
  }

  std::optional<Span> FindInText(std::string_view any) const {
    std::optional<Span> found;
    for (const Flow& flow : page_.flows) {
      if (flow.hidden) continue;
      AnyOf(any, [&](std::string_view token) {
        const std::size_t at = flow.text.fold.find(ToLower(token));
        if (at != std::string::npos && !token.empty()) found = flow.text.Raw(at, at + token.size());
        return found.has_value();
      });
      if (found) return found;
    }
    return std::nullopt;
  }

  const Page& page_;
  std::vector<ScriptText> scripts_;
};

}  // namespace

namespace {

// A fleet's own rules replace the built-in ones of the same name.
bool IsReplaced(const FeatureRule& rule, const std::vector<FeatureRule>& extra) {
  return std::any_of(extra.begin(), extra.end(), [&](const FeatureRule& own) { return own.name == rule.name; });
}

// Of several rules for one feature the one that finds more counts.
void AddFuller(Feature feature, std::vector<Feature>* features) {
  const auto known = std::find_if(features->begin(), features->end(), [&](const Feature& other) { return other.name == feature.name; });
  if (known == features->end()) {
    features->push_back(std::move(feature));
  } else if (feature.complete > known->complete || (feature.complete == known->complete && feature.spans.size() > known->spans.size())) {
    *known = std::move(feature);
  }
}

}  // namespace

std::vector<Feature> FindFeatures(const Page& page, const std::vector<FeatureRule>& extra) {
  const FeatureFinder finder(page);
  std::vector<Feature> features;
  for (const std::vector<FeatureRule>* rules : {&BuiltInFeatureRules(), &extra}) {
    for (const FeatureRule& rule : *rules) {
      if (rules == &BuiltInFeatureRules() && IsReplaced(rule, extra)) continue;
      if (std::optional<Feature> feature = finder.Find(rule)) AddFuller(std::move(*feature), &features);
    }
  }
  std::sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) { return a.name < b.name; });
  return features;
}

}  // namespace evenkeel
