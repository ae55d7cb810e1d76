// Strict JSON in, canonical JSON out. The library's own DOM reader keeps the last of two equal keys silently, so the document
// is built here from its events, which also lets the depth be limited before anything is nested.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/json.h"

namespace evenkeel {
namespace {

// Feeds the lexer and counts what it has taken, so that our own errors (a repeated key, too deep) have a position too.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* taken) : at_(at), taken_(taken) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*taken_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return !(a == b); }

 private:
  const char* at_;
  std::size_t* taken_;
};

std::string Position(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() : before.size() - newline - 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(std::max<std::size_t>(column, 1));
}

// "[json.exception…] parse error at line 1, column 2: syntax error while parsing value - unexpected ','; last read: …" → the
// words from "unexpected" or "invalid" on.
std::string WordsOf(std::string_view what) {
  const std::size_t column = what.find("column ");
  const std::size_t from = column == std::string_view::npos ? what.find("] ") : what.find(": ", column);
  std::string_view words = from == std::string_view::npos ? what : what.substr(from + 2);
  if (const std::size_t dash = words.find(" - "); dash != std::string_view::npos && words.starts_with("syntax error")) {
    words = words.substr(dash + 3);
  }
  words = words.substr(0, words.find("; last read"));
  return std::string(words);
}

class DocumentBuilder final : public nlohmann::json_sax<Json> {
 public:
  DocumentBuilder(std::string_view text, const std::size_t& taken, const Limits& limits)
      : text_(text), taken_(taken), limits_(limits) {}

  bool null() override { return Place(nullptr); }
  bool boolean(bool value) override { return Place(value); }
  bool number_integer(number_integer_t value) override { return Place(value); }
  bool number_unsigned(number_unsigned_t value) override { return Place(value); }
  bool number_float(number_float_t value, const string_t&) override { return Place(value); }
  bool string(string_t& value) override { return Place(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(Json::object()); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(Json::array()); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    const auto [member, is_new] = open_.back()->get_ref<Json::object_t&>().try_emplace(std::move(name));
    next_ = &member->second;
    return is_new || Fail(Code::kInvalidArgument, "the key \"" + member->first + "\" stands twice in one object; remove one of them");
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception& error) override {
    status_ = Status(Code::kInvalidArgument, "not valid JSON at " + Position(text_, position) + ": " + WordsOf(error.what()));
    return false;
  }

  Json root;
  const Status& status() const { return status_; }

 private:
  bool Fail(Code code, const std::string& message) {
    status_ = Status(code, message + " (" + Position(text_, taken_) + ")");
    return false;
  }
  Json* Slot() {
    if (open_.empty()) return &root;
    if (open_.back()->is_array()) return &open_.back()->emplace_back();
    return next_;
  }
  template <typename T>
  bool Place(T&& value) {
    *Slot() = std::forward<T>(value);
    return true;
  }
  bool Open(Json container) {
    if (open_.size() >= limits_.json_depth) {
      return Fail(Code::kLimitExceeded, "JSON is nested deeper than json_depth allows (" + std::to_string(limits_.json_depth) + ")");
    }
    Json* slot = Slot();
    *slot = std::move(container);
    // Stays valid: a container is closed before its parent grows.
    open_.push_back(slot);
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  const std::size_t& taken_;
  const Limits& limits_;
  std::vector<Json*> open_;
  Json* next_ = nullptr;
  Status status_;
};

}  // namespace

StatusOr<Json> ParseJson(std::string_view text, std::string_view what, const Limits& limits) {
  const std::string resource(what);
  if (text.size() > limits.json_bytes) {
    return Status(Code::kLimitExceeded,
                  std::to_string(text.size()) + " bytes is more than json_bytes allows (" + std::to_string(limits.json_bytes) + ")",
                  resource);
  }
  std::size_t taken = 0;
  DocumentBuilder builder(text, taken, limits);
  try {
    const CountingIterator first(text.data(), &taken);
    const CountingIterator last(text.data() + text.size(), &taken);
    if (Json::sax_parse(first, last, &builder)) return std::move(builder.root);
  } catch (const Json::exception& error) {
    return Status(Code::kInvalidArgument, "not valid JSON: " + WordsOf(error.what()), resource);
  }
  if (builder.status().ok()) return Status(Code::kInternal, "the JSON reader stopped without a reason", resource);
  return Status(builder.status().code(), builder.status().message(), resource);
}

std::string DumpJson(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string DumpJsonPretty(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

}  // namespace evenkeel
