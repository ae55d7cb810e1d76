#include "fleet/section.h"

#include <algorithm>
#include <cstddef>

#include "text/fold.h"
#include "text/nearest.h"

namespace evenkeel {
namespace {

std::string_view TypeWords(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null: return "null";
    case Json::value_t::object: return "an object";
    case Json::value_t::array: return "a list";
    case Json::value_t::string: return "a text";
    case Json::value_t::boolean: return "true or false";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float: return "a number";
    case Json::value_t::binary:
    case Json::value_t::discarded: return "nothing";
  }
  return "nothing";
}

std::string MustBe(const std::string& where, std::string_view expected, const Json& found) {
  return where + " must be " + std::string(expected) + ", not " + std::string(TypeWords(found));
}

}  // namespace

std::string UnknownMessage(std::string_view where, std::string_view noun, std::string_view written, std::vector<std::string> known) {
  std::string message = (where.empty() ? std::string() : std::string(where) + ": ") + "unknown " + std::string(noun) + " \"" +
                        FoldSpace(written) + "\"";
  if (const std::string nearest = NearestName(written, known); !nearest.empty()) message += "; did you mean \"" + nearest + "\"?";
  if (known.empty()) return message + "; there is none";
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return message + (message.ends_with('?') ? " Known: " : "; known: ") + JoinWords(known);
}

Section::Section(const Json& json, std::string where, const std::vector<std::string>& known, Mistake& mistake)
    : json_(&json), where_(std::move(where)), mistake_(&mistake) {
  if (!json.is_object()) {
    mistake.Report(MustBe(where_.empty() ? "the file" : where_, "an object", json));
    return;
  }
  for (const auto& [key, value] : json.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) mistake.Report(UnknownMessage(where_, "key", key, known));
  }
}

const Json* Section::Find(std::string_view key) const {
  if (!json_->is_object()) return nullptr;
  const auto found = json_->find(std::string(key));
  return found == json_->end() ? nullptr : &*found;
}

std::string Section::Text(std::string_view key, std::string otherwise) const {
  const Json* value = Find(key);
  if (value == nullptr) return otherwise;
  if (!value->is_string()) {
    mistake_->Report(MustBe(Where(key), "a text", *value));
    return otherwise;
  }
  return value->get<std::string>();
}

std::string Section::RequiredText(std::string_view key) const {
  if (!Has(key)) {
    mistake_->Report((where_.empty() ? "" : where_ + ": ") + "\"" + std::string(key) + "\" is missing");
    return {};
  }
  const std::string text = Text(key);
  if (text.empty()) mistake_->Report(Where(key) + " must not be empty");
  return text;
}

bool Section::Flag(std::string_view key, bool otherwise) const {
  const Json* value = Find(key);
  if (value == nullptr) return otherwise;
  if (!value->is_boolean()) {
    mistake_->Report(MustBe(Where(key), "true or false", *value));
    return otherwise;
  }
  return value->get<bool>();
}

std::vector<std::string> Section::Texts(std::string_view key, bool one_is_enough) const {
  const Json* value = Find(key);
  if (value == nullptr) return {};
  if (one_is_enough && value->is_string()) return {value->get<std::string>()};
  if (!value->is_array()) {
    mistake_->Report(MustBe(Where(key), "a list of texts", *value));
    return {};
  }
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < value->size(); ++i) {
    const Json& element = (*value)[i];
    if (element.is_string() && !element.get_ref<const std::string&>().empty()) {
      texts.push_back(element.get<std::string>());
    } else {
      mistake_->Report(element.is_string() ? WhereAt(key, i) + " must not be empty" : MustBe(WhereAt(key, i), "a text", element));
    }
  }
  return texts;
}

std::optional<std::uint64_t> Section::Count(std::string_view key) const {
  const Json* value = Find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_number_unsigned()) return value->get<std::uint64_t>();
  const std::string_view expected = "a whole number from 0 on";
  mistake_->Report(value->is_number() ? Where(key) + " must be " + std::string(expected) : MustBe(Where(key), expected, *value));
  return std::nullopt;
}

std::optional<double> Section::Share(std::string_view key) const {
  const Json* value = Find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const double share = value->is_number() ? value->get<double>() : -1;
  if (share >= 0 && share <= 1) return share;
  const std::string_view expected = "a share from 0 to 1 (0.1 is a tenth)";
  mistake_->Report(value->is_number() ? Where(key) + " must be " + std::string(expected) : MustBe(Where(key), expected, *value));
  return std::nullopt;
}

std::vector<const Json*> Section::Objects(std::string_view key) const {
  const Json* value = Find(key);
  if (value == nullptr) return {};
  if (!value->is_array()) {
    mistake_->Report(MustBe(Where(key), "a list of objects", *value));
    return {};
  }
  std::vector<const Json*> objects;
  for (const Json& element : *value) objects.push_back(&element);
  return objects;
}

std::string Section::Where(std::string_view key) const {
  return where_.empty() ? std::string(key) : where_ + "." + std::string(key);
}

std::string Section::WhereAt(std::string_view key, std::size_t index) const {
  return Where(key) + "[" + std::to_string(index) + "]";
}

}  // namespace evenkeel
