// How a page writes its clocks, and which rewriter a mention takes.
#include "read/rewrite.h"

#include <cstdio>

namespace evenkeel {
namespace {

// Follows the visible clocks of a page for what a single one may leave open.
class StyleReader {
 public:
  explicit StyleReader(std::string_view bytes) : bytes_(bytes) {}

  void Add(const Mention& mention) {
    const Part* digits = nullptr;
    for (const Part& part : mention.parts) {
      if (part.kind == PartKind::kHour || part.kind == PartKind::kMinute) digits = &part;
      if (part.kind == PartKind::kMeridiem) AddMeridiem(mention, part, digits);
      if (part.kind == PartKind::kHour) AddHour(part, part.endpoint == 1 && mention.end ? *mention.end : mention.start, mention);
    }
  }

  PageStyle Take() {
    style_.pads_twelve_hour = padded_12_ && !unpadded_12_;
    if (padded_24_ != unpadded_24_) style_.pads_24_hour = padded_24_;
    return style_;
  }

 private:
  void AddMeridiem(const Mention& mention, const Part& part, const Part* digits) {
    if (found_ || digits == nullptr || digits->endpoint != part.endpoint || mention.ref.carrier != Carrier::kText) return;
    style_.meridiem_gap = WithoutTags(bytes_.substr(digits->glyphs.back().end, part.glyphs.front().begin - digits->glyphs.back().end));
    style_.meridiem = part.text;
    found_ = true;
  }

  void AddHour(const Part& hour, const Endpoint& endpoint, const Mention& mention) {
    const bool padded = hour.text.size() == 2 && hour.text[0] == '0';
    const bool unpadded = hour.text.size() == 1;
    if (mention.start.clock.meridiem != Meridiem::kNone) {
      padded_12_ = padded_12_ || padded;
      unpadded_12_ = unpadded_12_ || unpadded;
    } else if (endpoint.as_24 || (endpoint.clock.sure_24 && endpoint.clock.form == ClockForm::kDigits)) {
      const bool prose = mention.ref.carrier == Carrier::kText || mention.ref.carrier == Carrier::kAttribute || mention.ref.carrier == Carrier::kMeta;
      padded_24_ = padded_24_ || (prose && padded);
      unpadded_24_ = unpadded_24_ || (prose && unpadded);
    }
  }

  std::string_view bytes_;
  PageStyle style_;
  bool found_ = false;
  bool padded_12_ = false, unpadded_12_ = false, padded_24_ = false, unpadded_24_ = false;
};

// Spaces that a rewriter wrote, as a URL spells them.
void SpellForUrl(std::vector<Edit>* edits) {
  for (Edit& edit : *edits) {
    for (std::size_t at = edit.replacement.find(' '); at != std::string::npos; at = edit.replacement.find(' ', at)) edit.replacement.replace(at, 1, "%20");
  }
}

}  // namespace

PageStyle ReadPageStyle(std::string_view bytes, const Findings& findings) {
  StyleReader reader(bytes);
  for (const Mention& mention : findings.mentions) {
    if (mention.form == MentionForm::kClock && mention.ref.carrier != Carrier::kComment) reader.Add(mention);
  }
  return reader.Take();
}

Rewrite RewriteMention(std::string_view bytes, const Mention& mention, const MentionGoal& goal, const PageStyle& style, const ReadOptions& options) {
  if (mention.form != MentionForm::kClock) return RewriteInstant(bytes, mention, goal, options);
  Rewrite rewrite;
  if (mention.spelling.entities && !mention.spelling.json && !mention.spelling.percent) {
    rewrite = RewriteClock(bytes, mention, goal, style, options);
  } else {  // a character reference would be letters here
    PageStyle plain = style;
    if (!plain.meridiem_gap.empty()) plain.meridiem_gap = " ";
    rewrite = RewriteClock(bytes, mention, goal, plain, options);
  }
  if (mention.spelling.percent) SpellForUrl(&rewrite.edits);
  return rewrite;
}

std::string PaddedNumber(long long value, std::size_t width) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*lld", static_cast<int>(width), value);
  return text;
}

std::string WithoutTags(std::string_view bytes) {
  std::string out;
  bool tag = false;
  for (const char c : bytes) {
    if (c == '<') tag = true;
    if (!tag) out.push_back(c);
    if (c == '>') tag = false;
  }
  return out;
}

}  // namespace evenkeel
