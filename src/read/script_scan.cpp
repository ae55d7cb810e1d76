#include "read/script_scan.h"

#include <algorithm>

#include "read/bytes.h"

namespace evenkeel {
namespace {

bool IsNameByte(char c) { return IsAlnum(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80; }

class ScriptScanner {
 public:
  ScriptScanner(std::string_view text, Span span, std::size_t tokens_max) : text_(text.substr(0, span.end)), at_(span.begin), tokens_max_(tokens_max) {}

  std::vector<ScriptToken> Scan() {
    while (at_ < text_.size() && tokens_.size() <= tokens_max_) {
      const char c = text_[at_];
      if (IsSpaceByte(c)) {
        newline_ = newline_ || c == '\n' || c == '\r';
        ++at_;
      } else if (c == '/' && Next() == '/') {
        LineComment();
      } else if (c == '/' && Next() == '*') {
        BlockComment();
      } else if (c == '"' || c == '\'') {
        String(c);
      } else if (c == '`') {
        Template(false);
      } else if (c == '}' && !templates_.empty() && templates_.back() == 0) {
        templates_.pop_back();
        Template(true);
      } else if (c == '/' && BeginsRegex()) {
        SkipRegex();
      } else if (IsDigit(c)) {
        Run(ScriptTokenKind::kNumber);
      } else if (IsNameByte(c)) {
        Run(ScriptTokenKind::kName);
      } else {
        if (!templates_.empty() && c == '{') ++templates_.back();
        if (!templates_.empty() && c == '}') --templates_.back();
        Push(ScriptTokenKind::kMark, {at_, at_ + 1});
        ++at_;
      }
    }
    return std::move(tokens_);
  }

 private:
  char Next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }

  void Push(ScriptTokenKind kind, Span span) {
    tokens_.push_back({kind, span, newline_});
    newline_ = false;
  }

  void LineComment() {
    const std::size_t first = at_ + 2;
    const std::size_t last = std::min(text_.find_first_of("\r\n", first), text_.size());
    Push(ScriptTokenKind::kComment, {first, last});
    at_ = last;
  }

  void BlockComment() {
    const std::size_t first = at_ + 2;
    const std::size_t last = std::min(text_.find("*/", first), text_.size());
    Push(ScriptTokenKind::kComment, {first, last});
    at_ = std::min(last + 2, text_.size());
  }

  void String(char quote) {
    const std::size_t first = at_ + 1;
    std::size_t i = first;
    while (i < text_.size() && text_[i] != quote && text_[i] != '\n' && text_[i] != '\r') i += text_[i] == '\\' ? 2 : 1;
    const std::size_t last = std::min(i, text_.size());
    Push(ScriptTokenKind::kString, {first, last});
    at_ = std::min(last + 1, text_.size());
  }

  // From a backtick, or from the brace that ends an expression, to the next expression or the closing backtick.
  void Template(bool joined) {
    const std::size_t first = at_ + 1;
    std::size_t i = first;
    while (i < text_.size() && text_[i] != '`' && !(text_[i] == '$' && i + 1 < text_.size() && text_[i + 1] == '{')) i += text_[i] == '\\' ? 2 : 1;
    const std::size_t last = std::min(i, text_.size());
    Push(ScriptTokenKind::kString, {first, last});
    tokens_.back().joined_before = joined;
    const bool expression = last < text_.size() && text_[last] == '$';
    tokens_.back().joined_after = expression;
    if (expression) templates_.push_back(0);
    at_ = std::min(last + (expression ? 2 : 1), text_.size());
  }

  // A slash divides after a value and begins a regular expression elsewhere.
  bool BeginsRegex() const {
    for (auto it = tokens_.rbegin(); it != tokens_.rend(); ++it) {
      if (it->kind == ScriptTokenKind::kComment) continue;
      if (it->kind == ScriptTokenKind::kName) {
        const std::string_view name = it->span.In(text_);
        return name == "return" || name == "typeof" || name == "case" || name == "of" || name == "in";
      }
      if (it->kind != ScriptTokenKind::kMark) return false;
      const char c = text_[it->span.begin];
      return c != ')' && c != ']' && c != '}';
    }
    return true;
  }

  void SkipRegex() {
    bool set = false;
    std::size_t i = at_ + 1;
    for (; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == '[') {
        set = true;
      } else if (text_[i] == ']') {
        set = false;
      } else if (text_[i] == '/' && !set) {
        ++i;
        break;
      }
    }
    Push(ScriptTokenKind::kMark, {at_, at_ + 1});
    at_ = std::min(i, text_.size());
  }

  void Run(ScriptTokenKind kind) {
    const std::size_t first = at_;
    while (at_ < text_.size() && (IsNameByte(text_[at_]) || (kind == ScriptTokenKind::kNumber && text_[at_] == '.' && IsDigit(Next())))) ++at_;
    Push(kind, {first, at_});
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t tokens_max_;
  bool newline_ = false;
  std::vector<int> templates_;  // open template literals: braces open inside the expression of each
  std::vector<ScriptToken> tokens_;
};

}  // namespace

std::vector<ScriptToken> ScanScript(std::string_view text, Span span, std::size_t tokens_max) { return ScriptScanner(text, span, tokens_max).Scan(); }

}  // namespace evenkeel
