#include "read/markup.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "read/bytes.h"

namespace evenkeel {
namespace {

bool IsVoid(std::string_view name) {
  constexpr std::array<std::string_view, 17> kNames = {"area", "base",  "basefont", "bgsound", "br",    "col",   "embed", "frame", "hr",
                                                       "img",  "input", "keygen",   "link",    "meta",  "param", "source", "track"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name == "wbr";
}

// Elements that close their own kind: leaving out the end tag does not nest them.
bool IsSelfLimiting(std::string_view name) {
  constexpr std::array<std::string_view, 18> kNames = {"p",  "li", "dt",    "dd",    "option", "optgroup", "tr",  "td",   "th",
                                                       "rt", "rp", "thead", "tbody", "tfoot",  "colgroup", "html", "head", "body"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// The parser opens these again in every block that follows while they stay open (WHATWG section 13.2.4.3).
bool IsFormatting(std::string_view name) {
  constexpr std::array<std::string_view, 14> kNames = {"a", "b",    "big",   "code",   "em",     "font", "i",
                                                       "s", "nobr", "small", "strike", "strong", "tt",   "u"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool IsRawText(std::string_view name) {
  return name == "script" || name == "style" || name == "textarea" || name == "title" || name == "xmp" || name == "iframe" ||
         name == "noembed" || name == "noframes";
}

Status TooMuch(std::string_view what, std::size_t limit) {
  return Status(Code::kLimitExceeded, "the page has more than " + std::to_string(limit) + " " + std::string(what) +
                                          "; raise the limit only for a page you trust");
}

// Follows open elements by name, as far as a limit needs it.
class NestingCount {
 public:
  explicit NestingCount(std::size_t depth_max) : depth_max_(depth_max) {}

  bool Open(const std::string& name) {
    if (IsVoid(name)) return true;
    if (IsFormatting(name)) return ++formatting_[name], ++formatting_count_ <= depth_max_;
    if (IsSelfLimiting(name)) return true;
    ++open_by_name_[name];
    open_.push_back(name);
    return open_.size() <= depth_max_;
  }
  void Close(const std::string& name) {
    if (const auto found = formatting_.find(name); found != formatting_.end() && found->second > 0) {
      --found->second;
      --formatting_count_;
      return;
    }
    const auto found = open_by_name_.find(name);
    if (found == open_by_name_.end() || found->second == 0) return;
    while (true) {  // everything inside ends with it
      const std::string last = open_.back();
      open_.pop_back();
      --open_by_name_[last];
      if (last == name) return;
    }
  }

 private:
  std::size_t depth_max_;
  std::vector<std::string> open_;
  std::unordered_map<std::string, std::size_t> open_by_name_, formatting_;
  std::size_t formatting_count_ = 0;
};

// One past the raw text that follows a start tag: the position of "</name" (WHATWG section 13.2.5.11).
std::size_t SkipRawText(std::string_view page, std::size_t at, const std::string& name) {
  while (true) {
    at = page.find("</", at);
    if (at == std::string_view::npos) return page.size();
    const std::size_t behind = at + 2 + name.size();
    const bool ends = behind >= page.size() || IsSpaceByte(page[behind]) || page[behind] == '/' || page[behind] == '>';  // "</scripts" is text
    if (ends && EqualsFolded(page.substr(at + 2, name.size()), name)) return at;
    at += 2;
  }
}

std::size_t SkipDeclaration(std::string_view page, std::size_t at) {
  const bool comment = page.substr(at, 4) == "<!--";
  const std::size_t end = comment ? page.find("-->", at + 4) : page.find('>', at + 2);
  return end == std::string_view::npos ? page.size() : end + (comment ? 3 : 1);
}

// Calls visit(name, value) for each attribute of the tag, doubled ones too; empty value span where there is none.
template <typename Visit>
void ForEachAttribute(std::string_view page, Span tag, Visit visit) {
  std::size_t i = tag.begin + 1;
  const std::size_t end = tag.end > tag.begin && page[tag.end - 1] == '>' ? tag.end - 1 : tag.end;
  while (i < end && !IsSpaceByte(page[i]) && page[i] != '/') ++i;
  while (i < end) {
    while (i < end && (IsSpaceByte(page[i]) || page[i] == '/')) ++i;
    if (i >= end) break;
    Span name{i, ++i};
    while (i < end && !IsSpaceByte(page[i]) && page[i] != '/' && page[i] != '=') ++i;
    name.end = i;
    Span value;
    std::size_t after = i;
    while (after < end && IsSpaceByte(page[after])) ++after;
    if (after < end && page[after] == '=') {
      i = after + 1;
      while (i < end && IsSpaceByte(page[i])) ++i;
      if (i < end && (page[i] == '"' || page[i] == '\'')) {
        const std::size_t close = std::min(page.substr(0, end).find(page[i], i + 1), end);
        value = {i + 1, close};
        i = close + 1;
      } else {
        const std::size_t first = i;
        while (i < end && !IsSpaceByte(page[i])) ++i;
        value = {first, i};
      }
    }
    visit(name, value);
  }
}

std::size_t CountAttributes(std::string_view page, Span tag) {
  std::size_t count = 0;
  ForEachAttribute(page, tag, [&](Span, Span) { ++count; });
  return count;
}

std::string TagName(std::string_view page, std::size_t begin) {
  std::size_t end = begin;
  while (end < page.size() && !IsSpaceByte(page[end]) && page[end] != '/' && page[end] != '>') ++end;
  constexpr std::size_t kNameMax = 64;
  return ToLower(page.substr(begin, std::min(end - begin, kNameMax)));
}

}  // namespace

std::size_t FindTagEnd(std::string_view page, std::size_t at) {
  bool value_next = false;
  for (std::size_t i = at + 1; i < page.size(); ++i) {
    const char c = page[i];
    if (c == '>') return i + 1;
    if (value_next && (c == '"' || c == '\'')) {
      i = page.find(c, i + 1);
      if (i == std::string_view::npos) break;
    }
    if (!IsSpaceByte(c)) value_next = c == '=';
  }
  return page.size();
}

std::vector<StreamAttribute> ScanAttributes(std::string_view page, Span tag) {
  std::vector<StreamAttribute> attributes;
  ForEachAttribute(page, tag, [&](Span name, Span value) { attributes.push_back({ToLower(name.In(page)), name, value}); });
  return attributes;
}

Span CutRawText(std::string_view page, Span span, std::string_view name) {
  for (std::size_t at = span.begin; (at = page.find("</", at)) != std::string_view::npos && at < span.end; at += 2) {
    if (EqualsFolded(page.substr(at + 2, name.size()), name)) return {span.begin, at};
  }
  return span;
}

namespace {

// Goes over the tags of a page, counting.
class MarkupCounter {
 public:
  MarkupCounter(std::string_view page, const Limits& limits) : page_(page), limits_(limits), nesting_(limits.page_depth) {}

  StatusOr<PageWork> Count() {
    const std::size_t text_max = 8 * limits_.text_bytes;
    std::size_t text_begin = 0;  // behind the last tag
    std::size_t at = page_.find('<');
    for (; at != std::string_view::npos && at + 1 < page_.size() && at - text_begin <= text_max; at = page_.find('<', at)) {
      if (!BeginsMarkup(at)) {
        ++at;
        continue;
      }
      CountText({text_begin, at});
      EVENKEEL_ASSIGN_OR_RETURN(at, Skip(at));
      text_begin = at;
    }
    if (page_.size() - text_begin > text_max && (at == std::string_view::npos || at - text_begin > text_max)) {
      return TooMuch("bytes of text without a tag (8 x text_bytes)", text_max);
    }
    CountText({text_begin, page_.size()});
    EVENKEEL_RETURN_IF_ERROR(CheckWork());
    return work_;
  }

 private:
  bool BeginsMarkup(std::size_t at) const {
    const char next = page_[at + 1];
    if (next == '!' || next == '?') return true;
    const std::size_t name = at + (next == '/' ? 2 : 1);
    return name < page_.size() && IsAlpha(page_[name]);
  }

  // One past the tag or the comment at `at`, and past the raw text behind it.
  StatusOr<std::size_t> Skip(std::size_t at) {
    if (++nodes_ > limits_.page_nodes) return TooMuch("nodes (page_nodes)", limits_.page_nodes);
    work_.Nodes(1);
    EVENKEEL_RETURN_IF_ERROR(CheckWork());
    if (page_[at + 1] == '!' || page_[at + 1] == '?') {
      const std::size_t end = SkipDeclaration(page_, at);
      work_.Markup(end - at);
      return end;
    }
    const bool close = page_[at + 1] == '/';
    const std::string name = TagName(page_, at + (close ? 2 : 1));
    const std::size_t end = FindTagEnd(page_, at);
    work_.Markup(end - at);
    if (close) {
      nesting_.Close(name);
      return end;
    }
    EVENKEEL_RETURN_IF_ERROR(CountAttributesOf({at, end}));
    if (IsRawText(name)) {
      const std::size_t behind = SkipRawText(page_, end, name);
      const bool read = name == "textarea" || name == "title" || name == "xmp";
      read ? CountText({end, behind}) : work_.Raw(behind - end);
      return behind;
    }
    if (!nesting_.Open(name)) return TooMuch("open elements inside each other (page_depth)", limits_.page_depth);
    return end;
  }

  // Every number may be a time: it costs three times as much to find out.
  void CountText(Span text) {
    const std::string_view bytes = text.In(page_);
    work_.Text(bytes.size() + 2 * static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), IsDigit)));
  }

  Status CountAttributesOf(Span tag) {
    const std::size_t attributes = CountAttributes(page_, tag);
    if (attributes > limits_.tag_attributes) return TooMuch("attributes on one tag (tag_attributes)", limits_.tag_attributes);
    if ((nodes_ += attributes) > limits_.page_nodes) return TooMuch("nodes and attributes (page_nodes)", limits_.page_nodes);
    work_.Attributes(attributes + attributes * attributes / 256);  // the parser compares each with those before it
    return OkStatus();
  }

  Status CheckWork() const {
    if (work_.total() <= limits_.page_work) return OkStatus();
    return Status(Code::kLimitExceeded, "the page's text and markup are more work to read than " + std::to_string(limits_.page_work) +
                                            " bytes of text (page_work); raise the limit only for a page you trust");
  }

  std::string_view page_;
  const Limits& limits_;
  NestingCount nesting_;
  PageWork work_;
  std::size_t nodes_ = 0;
};

}  // namespace

StatusOr<PageWork> CheckMarkupLimits(std::string_view page, const Limits& limits) { return MarkupCounter(page, limits).Count(); }

}  // namespace evenkeel
