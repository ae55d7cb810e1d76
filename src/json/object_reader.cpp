#include "json/base64.h"
#include "json/pieces.h"

namespace evenkeel {
namespace {

const Json& EmptyObject() {
  static const Json empty = Json::object();
  return empty;
}
const Json& EmptyArray() {
  static const Json empty = Json::array();
  return empty;
}

std::optional<LocalDateTime> ParseLocal(std::string_view text) {
  LocalDateTime time;
  if (const std::size_t t = text.find('T'); t != std::string_view::npos) {
    time.date = ParseDate(text.substr(0, t));
    if (!time.date) return std::nullopt;
    text.remove_prefix(t + 1);
  }
  const std::optional<int> minutes = ParseMinutes(text);
  if (!minutes) return std::nullopt;
  time.minutes = *minutes;
  return time;
}

}  // namespace

ObjectReader::ObjectReader(const Json& object, std::string path, Status& status)
    : object_(object.is_object() ? object : EmptyObject()), path_(std::move(path)), status_(status) {
  if (!object.is_object() && status_.ok()) status_ = Status(Code::kInvalidArgument, "must be an object", path_);
}

void ObjectReader::Fail(const std::string& name, std::string_view wanted) {
  if (status_.ok()) status_ = Status(Code::kInvalidArgument, "must be " + std::string(wanted), PathOf(name));
}

const Json* ObjectReader::Find(const char* name) {
  const auto found = object_.find(name);
  if (found != object_.end()) return &*found;
  if (status_.ok()) status_ = Status(Code::kInvalidArgument, "is missing", PathOf(name));
  return nullptr;
}

bool ObjectReader::Has(const char* name) const { return object_.contains(name); }

std::string ObjectReader::Text(const char* name) {
  const Json* member = Find(name);
  if (member == nullptr || member->is_null()) return {};
  if (!member->is_string()) return Fail(name, "a string"), std::string();
  return member->get<std::string>();
}

bool ObjectReader::Flag(const char* name) {
  const Json* member = Find(name);
  if (member == nullptr) return false;
  if (!member->is_boolean()) return Fail(name, "true or false"), false;
  return member->get<bool>();
}

std::uint64_t ObjectReader::Count(const char* name) {
  const Json* member = Find(name);
  if (member == nullptr) return 0;
  if (!member->is_number_unsigned()) return Fail(name, "a whole number"), 0;
  return member->get<std::uint64_t>();
}

std::string ObjectReader::Bytes(const std::string& name) {
  const std::string encoded = name + "_base64";
  if (!Has(encoded.c_str())) return Text(name.c_str());
  std::optional<std::string> bytes = DecodeBase64(Text(encoded.c_str()));
  if (!bytes) Fail(encoded, "base64");
  return bytes.value_or("");
}

Span ObjectReader::SpanAt(const char* name) {
  const Json* member = Find(name);
  if (member == nullptr) return {};
  if (!member->is_array() || member->size() != 2 || !(*member)[0].is_number_unsigned() || !(*member)[1].is_number_unsigned()) {
    return Fail(name, "a span [begin, end]"), Span{};
  }
  const Span span{(*member)[0].get<std::size_t>(), (*member)[1].get<std::size_t>()};
  if (span.end < span.begin) return Fail(name, "a span with begin <= end"), Span{};
  return span;
}

std::optional<Span> ObjectReader::OptionalSpanAt(const char* name) {
  const Json* member = Find(name);
  if (member == nullptr || member->is_null()) return std::nullopt;
  return SpanAt(name);
}

std::optional<Instant> ObjectReader::InstantAt(const char* name) {
  const std::string text = Text(name);
  if (text.empty()) return std::nullopt;
  const std::optional<Instant> instant = ParseInstant(text);
  if (!instant) Fail(name, "an instant such as 2026-05-30T22:30:00Z");
  return instant;
}

std::optional<LocalDateTime> ObjectReader::LocalAt(const char* name) {
  const std::string text = Text(name);
  if (text.empty()) return std::nullopt;
  const std::optional<LocalDateTime> time = ParseLocal(text);
  if (!time) Fail(name, "a time such as 2026-05-30T15:30");
  return time;
}

Attributes ObjectReader::AttributesAt(const char* name) {
  Attributes attributes;
  for (const auto& [key, value] : Object(name).items()) attributes.emplace(key, value);
  return attributes;
}

std::vector<std::string> ObjectReader::Texts(const char* name) {
  std::vector<std::string> texts;
  for (const Json& element : Array(name)) {
    if (!element.is_string()) return Fail(name, "an array of strings"), texts;
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

const Json& ObjectReader::Object(const char* name) {
  const Json* member = Find(name);
  if (member == nullptr) return EmptyObject();
  if (!member->is_object()) return Fail(name, "an object"), EmptyObject();
  return *member;
}

const Json& ObjectReader::Array(const char* name) {
  const Json* member = Find(name);
  if (member == nullptr) return EmptyArray();
  if (!member->is_array()) return Fail(name, "an array"), EmptyArray();
  return *member;
}

}  // namespace evenkeel
