#include "read/json_scan.h"

#include "read/bytes.h"

namespace evenkeel {
namespace {

class JsonWalker {
 public:
  JsonWalker(const GlyphText& text, std::size_t depth_max, const std::function<void(const JsonString&)>& visit)
      : text_(text), depth_max_(depth_max), visit_(visit) {}

  Status Walk() {
    for (at_ = 0; at_ < text_.size();) {
      const char c = text_.fold[at_];
      if (c == '{' || c == '[') {
        if (levels_.size() >= depth_max_) {
          return Status(Code::kLimitExceeded, "JSON on the page is nested more than " + std::to_string(depth_max_) + " deep (json_depth)");
        }
        const std::size_t number = c == '{' ? ++objects_ : levels_.empty() ? 0 : levels_.back().number;
        levels_.push_back({c == '{', false, false, false, number});
        ++at_;
      } else if (c == '}' || c == ']') {
        if (!levels_.empty()) PopLevel();
        ++at_;
      } else if (c == ',') {
        if (!levels_.empty()) DropKey();
        ++at_;
      } else if (c == '"') {
        String();
      } else if (IsDigit(c)) {
        Number();
      } else {
        ++at_;
      }
    }
    return OkStatus();
  }

 private:
  struct Level {
    bool object;
    bool has_key;   // the last of path_ is its
    bool has_type;  // the last of types_ is its
    bool type_next;
    std::size_t number;  // of the innermost object
  };

  void DropKey() {
    if (levels_.back().has_key) path_.pop_back();
    levels_.back().has_key = false;
  }
  void PopLevel() {
    DropKey();
    if (levels_.back().has_type) types_.pop_back();
    levels_.pop_back();
  }

  void String() {
    const std::size_t first = ++at_;
    while (at_ < text_.size() && text_.fold[at_] != '"') at_ += text_.fold[at_] == '\\' ? 2 : 1;
    const std::size_t last = std::min(at_, text_.size());
    ++at_;
    std::size_t next = at_;
    while (next < text_.size() && (text_.fold[next] == ' ' || text_.fold[next] == '\n')) ++next;
    const bool key = next < text_.size() && text_.fold[next] == ':' && !levels_.empty() && levels_.back().object && !levels_.back().has_key;
    if (key) {
      path_.push_back(text_.ascii.substr(first, last - first));
      levels_.back().has_key = true;
      levels_.back().type_next = path_.back() == "@type";
      at_ = next + 1;
      return;
    }
    if (!levels_.empty() && levels_.back().type_next && !levels_.back().has_type) {
      types_.push_back(text_.ascii.substr(first, last - first));
      levels_.back().has_type = true;
    }
    if (last > first) Visit(first, last, false);
  }

  void Number() {
    const std::size_t first = at_;
    while (at_ < text_.size() && (IsAlnum(text_.fold[at_]) || text_.fold[at_] == '.' || text_.fold[at_] == '-' || text_.fold[at_] == '+')) ++at_;
    Visit(first, at_, true);
  }

  void Visit(std::size_t first, std::size_t last, bool number) {
    JsonString found;
    found.path = path_;
    found.types = types_;
    found.span = text_.Raw(first, last);
    found.number = number;
    found.object = levels_.empty() ? 0 : levels_.back().number;
    visit_(found);
  }

  const GlyphText& text_;
  std::size_t depth_max_;
  const std::function<void(const JsonString&)>& visit_;
  std::size_t at_ = 0;
  std::size_t objects_ = 0;
  std::vector<Level> levels_;
  std::vector<std::string> path_, types_;
};

}  // namespace

Status ScanJson(std::string_view page, Span span, bool entities, std::size_t depth_max, const std::function<void(const JsonString&)>& visit) {
  GlyphText text;
  text.Append(page, span, Spelling{.entities = entities});
  return JsonWalker(text, depth_max, visit).Walk();
}

}  // namespace evenkeel
