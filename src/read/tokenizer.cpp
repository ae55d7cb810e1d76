#include "read/tokenizer.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {

constexpr std::size_t kNowhere = std::string_view::npos;

Tokenizer::Tokenizer(std::string_view page) : page_(page), at_(page.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0) {}

const MarkupToken& Tokenizer::Give(MarkupKind kind, std::size_t end) {
  token_.kind = kind;
  token_.span.end = at_ = end;
  return token_;
}

const MarkupToken& Tokenizer::Next() {
  token_ = MarkupToken();
  token_.span = {at_, at_};
  attributes_.clear();
  if (at_ >= page_.size()) return token_;
  if (state_ != TextState::kData) return RawText();
  if (page_[at_] != '<' || !BeginsMarkup(at_)) return Text();
  const char next = page_[at_ + 1];
  if (IsAlpha(next)) return Tag(false);
  if (next == '!') return Declaration();
  if (next == '?') return Bogus(at_ + 1);
  if (IsAlpha(page_[at_ + 2])) return Tag(true);
  if (page_[at_ + 2] == '>') return Give(MarkupKind::kNothing, at_ + 3);
  return Bogus(at_ + 2);
}

bool Tokenizer::IsRepeated(std::size_t attribute) const {
  const auto same = [&](const MarkupAttribute& other) { return EqualsFolded(other.name.In(page_), attributes_[attribute].name.In(page_)); };
  return std::any_of(attributes_.begin(), attributes_.begin() + static_cast<std::ptrdiff_t>(attribute), same);
}

void Tokenizer::Enter(TextState state) {
  state_ = state;
  raw_name_ = token_.name;
}

// Section 13.2.5.6: "<" and what is no name is text, and so is "</" at the page's end.
bool Tokenizer::BeginsMarkup(std::size_t at) const {
  if (at + 1 >= page_.size()) return false;
  const char next = page_[at + 1];
  return IsAlpha(next) || next == '!' || next == '?' || (next == '/' && at + 2 < page_.size());
}

const MarkupToken& Tokenizer::Text() {
  std::size_t end = at_;
  do {
    end = page_.find('<', end + (end == at_ && page_[at_] == '<' ? 1 : 0));
    if (end == kNowhere) end = page_.size();
    if (end == page_.size() || BeginsMarkup(end)) break;
    ++end;
  } while (end < page_.size());
  return Give(MarkupKind::kText, end);
}

// Sections 13.2.5.41 to 13.2.5.53.
const MarkupToken& Tokenizer::Comment() {
  const std::size_t first = at_ + 4;
  const std::string_view rest = page_.substr(first);
  const std::size_t abrupt = rest.substr(0, 1) == ">" ? 1 : rest.substr(0, 2) == "->" ? 2 : 0;
  token_.content = {first, first};
  if (abrupt > 0) return Give(MarkupKind::kComment, first + abrupt);
  for (std::size_t at = page_.find("--", first); at != kNowhere; at = page_.find("--", at + 1)) {
    const std::string_view tail = page_.substr(at + 2, 2);
    const std::size_t closing = tail.substr(0, 1) == ">" ? 3 : tail == "!>" ? 4 : 0;
    if (closing == 0) continue;
    token_.content.end = at;
    return Give(MarkupKind::kComment, at + closing);
  }
  std::size_t end = page_.size();  // what may begin its end is no part of it
  for (const std::string_view begun : {std::string_view("--!"), std::string_view("--"), std::string_view("-")}) {
    if (end == page_.size() && end >= first + begun.size() && page_.substr(end - begun.size()) == begun) end -= begun.size();
  }
  token_.content.end = end;
  token_.odd = true;
  return Give(MarkupKind::kComment, page_.size());
}

const MarkupToken& Tokenizer::Bogus(std::size_t content) {
  const std::size_t close = std::min(page_.find('>', content), page_.size());
  token_.content = {content, close};
  token_.odd = close == page_.size();
  return Give(MarkupKind::kBogus, std::min(close + 1, page_.size()));
}

// Section 13.2.5.42.
const MarkupToken& Tokenizer::Declaration() {
  if (page_.substr(at_, 4) == "<!--") return Comment();
  if (EqualsFolded(page_.substr(at_ + 2, 7), "doctype")) {  // ">" ends it in quotes as well
    const std::size_t close = page_.find('>', at_ + 9);
    return Give(MarkupKind::kDoctype, close == kNowhere ? page_.size() : close + 1);
  }
  constexpr std::string_view kCdata = "<![CDATA[";
  if (!cdata_ || page_.substr(at_, kCdata.size()) != kCdata) return Bogus(at_ + 2);
  const std::size_t first = at_ + kCdata.size();
  const std::size_t close = std::min(page_.find("]]>", first), page_.size());
  token_.content = {first, close};
  return Give(MarkupKind::kCdata, std::min(close + 3, page_.size()));
}

// Sections 13.2.5.2 to 13.2.5.5: everything up to the end tag that ends it; then that tag.
const MarkupToken& Tokenizer::RawText() {
  const std::size_t end = state_ == TextState::kPlainText ? page_.size() : state_ == TextState::kScript ? FindScriptEnd(at_) : FindRawEnd(at_);
  if (end > at_) return Give(MarkupKind::kText, end);
  state_ = TextState::kData;
  return Tag(true);
}

// Whether `lower` stands at `at`, and a name ends behind it.
bool Tokenizer::IsName(std::size_t at, std::string_view lower) const {
  const std::size_t behind = at + lower.size();
  if (behind >= page_.size()) return false;
  const char next = page_[behind];
  return (IsSpaceByte(next) || next == '/' || next == '>') && EqualsFolded(page_.substr(at, lower.size()), lower);
}

bool Tokenizer::EndsRawText(std::size_t at) const { return page_[at] == '<' && at + 1 < page_.size() && page_[at + 1] == '/' && IsName(at + 2, raw_name_.In(page_)); }

std::size_t Tokenizer::FindRawEnd(std::size_t at) const {
  for (at = page_.find("</", at); at != kNowhere; at = page_.find("</", at + 2)) {
    if (EndsRawText(at)) return at;
  }
  return page_.size();
}

// Sections 13.2.5.15 to 13.2.5.31: in a script, "<!--" hides end tags behind "<script" until "-->".
std::size_t Tokenizer::FindScriptEnd(std::size_t at) const {
  for (at = page_.find('<', at); at != kNowhere; at = page_.find('<', at)) {
    if (EndsRawText(at)) return at;
    bool ended = false;
    at = page_.substr(at, 4) == "<!--" ? FindEscapedEnd(at + 4, &ended) : at + 1;
    if (ended) return at;
  }
  return page_.size();
}

// One past the "-->" that ends what "<!--" began; or the end tag, with *ended.
std::size_t Tokenizer::FindEscapedEnd(std::size_t at, bool* ended) const {
  bool doubled = false;    // behind "<script"
  std::size_t dashes = 2;  // the two of "<!--" count
  for (; at < page_.size(); ++at) {
    const char c = page_[at];
    if (c == '>' && dashes >= 2) return at + 1;
    dashes = c == '-' ? dashes + 1 : 0;
    if (c != '<') continue;
    if (!doubled && EndsRawText(at)) {
      *ended = true;
      return at;
    }
    if (doubled ? at + 1 < page_.size() && page_[at + 1] == '/' && IsName(at + 2, "script") : IsName(at + 1, "script")) {
      at += doubled ? 8 : 7;  // and the byte behind the name
      doubled = !doubled;
    }
  }
  return at;
}

}  // namespace evenkeel
