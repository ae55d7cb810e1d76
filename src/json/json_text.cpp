#include "json/json_text.h"

#include "evenkeel/json.h"
#include "text/digits.h"

namespace evenkeel {
namespace {

struct Member {
  std::string name;
  Span key;    // with its quotes
  Span value;
};

// Walks over a text that is known to be valid.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }

  void SkipBlank() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  Span SkipString() {
    const std::size_t begin = at_++;
    while (text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    return {begin, ++at_};
  }

  // Objects and arrays by counting brackets: a document may be nested deeper than the stack likes.
  Span SkipValue() {
    SkipBlank();
    const std::size_t begin = at_;
    int open = 0;
    do {
      const char c = text_[at_];
      if (c == '"') {
        SkipString();
        continue;
      }
      if (c == '{' || c == '[') ++open;
      if (c == '}' || c == ']') --open;
      ++at_;
      if (open == 0 && c != '}' && c != ']') {
        while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
      }
    } while (open > 0);
    return {begin, at_};
  }

  // Calls each() at the begin of every entry of the object or array that begins here; each() must skip the entry.
  template <typename Each>
  void Entries(Each each) {
    const char end = text_[at_++] == '{' ? '}' : ']';
    for (SkipBlank(); text_[at_] != end; SkipBlank()) {
      each();
      SkipBlank();
      if (text_[at_] == ',') ++at_;
    }
    ++at_;
  }

  std::vector<Member> Members() {
    std::vector<Member> members;
    Entries([&] {
      Member member;
      member.key = SkipString();
      member.name = Json::parse(member.key.In(text_), nullptr, false).get<std::string>();
      SkipBlank();
      ++at_;  // ':'
      member.value = SkipValue();
      members.push_back(std::move(member));
    });
    return members;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

std::size_t BeginOf(std::string_view text) {
  Scanner scanner(text, text.starts_with("\xef\xbb\xbf") ? 3 : 0);
  scanner.SkipBlank();
  return scanner.at();
}

// The bytes between two members, as the last two have them: "," and a blank or a new line with its indentation.
std::string SeparatorOf(std::string_view text, Span object, const std::vector<Member>& members) {
  if (members.size() > 1) return std::string(text.substr(members[members.size() - 2].value.end, members.back().key.begin - members[members.size() - 2].value.end));
  if (members.size() == 1) return "," + std::string(text.substr(object.begin + 1, members[0].key.begin - object.begin - 1));
  return "";
}

}  // namespace

std::optional<std::vector<Span>> ElementsOf(std::string_view text, const std::string& name) {
  const std::size_t begin = BeginOf(text);
  if (begin >= text.size() || text[begin] != '{') return std::nullopt;
  for (const Member& member : Scanner(text, begin).Members()) {
    if (member.name != name || text[member.value.begin] != '[') continue;
    std::vector<Span> elements;
    Scanner scanner(text, member.value.begin);
    scanner.Entries([&] { elements.push_back(scanner.SkipValue()); });
    return elements;
  }
  return std::nullopt;
}

std::string SetMembers(std::string_view text, Span object, const std::map<std::string, Json>& members) {
  const std::vector<Member> there = Scanner(text, object.begin).Members();
  std::map<std::string, Json> left = members;
  std::string result;
  std::size_t copied = 0;
  for (const Member& member : there) {
    const auto wanted = left.find(member.name);
    if (wanted == left.end()) continue;
    result.append(text.substr(copied, member.value.begin - copied)).append(DumpJson(wanted->second));
    copied = member.value.end;
    left.erase(wanted);
  }
  const std::string separator = SeparatorOf(text, object, there);
  const std::size_t end = there.empty() ? object.begin + 1 : there.back().value.end;
  result.append(text.substr(copied, end - copied));
  bool first = there.empty();
  for (const auto& [name, value] : left) {
    result += (first ? std::string() : separator.empty() ? ", " : separator) + DumpJson(Json(name)) + ": " + DumpJson(value);
    first = false;
  }
  return result.append(text.substr(end));
}

std::string ReplaceValue(std::string_view text, const JsonSteps& steps, const Json& value) {
  Scanner whole(text, BeginOf(text));
  Span at = whole.SkipValue();
  for (const std::string& step : steps) {
    Scanner scanner(text, at.begin);
    if (text[at.begin] == '{') {
      for (const Member& member : scanner.Members()) {
        if (member.name == step) at = member.value;
      }
      continue;
    }
    int left = NumberOf(step);
    scanner.Entries([&] {
      const Span entry = scanner.SkipValue();
      if (left-- == 0) at = entry;
    });
  }
  return std::string(text.substr(0, at.begin)) + DumpJson(value) + std::string(text.substr(at.end));
}

}  // namespace evenkeel
