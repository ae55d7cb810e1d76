#include "json/pieces.h"

#include "json/base64.h"

namespace evenkeel {

Json SpanToJson(const Span& span) { return Json::array({span.begin, span.end}); }
Json SpanToJson(const std::optional<Span>& span) { return span ? SpanToJson(*span) : Json(nullptr); }
Json TextOrNull(std::string_view text) { return text.empty() ? Json(nullptr) : Json(std::string(text)); }
Json InstantToJson(const std::optional<Instant>& instant) { return instant ? Json(FormatInstant(*instant)) : Json(nullptr); }

void PutBytes(Json& object, const std::string& name, std::string_view bytes) {
  if (IsUtf8(bytes)) {
    object[name] = std::string(bytes);
  } else {
    object[name + "_base64"] = EncodeBase64(bytes);
  }
}

Json EvidenceToJson(const Evidence& evidence) {
  return {{"text", evidence.text},           {"span", SpanToJson(evidence.span)}, {"line", evidence.line},
          {"attribute", evidence.attribute}, {"carrier", evidence.carrier},       {"visible", evidence.visible}};
}

Json EditListToJson(const std::vector<Edit>& edits) {
  Json array = Json::array();
  for (const Edit& edit : edits) {
    Json& object = array.emplace_back(Json{{"span", SpanToJson(edit.span)}});
    PutBytes(object, "replacement", edit.replacement);
  }
  return array;
}

Json EditNotesToJson(const std::vector<EditNote>& notes) {
  Json array = Json::array();
  for (const EditNote& note : notes) {
    array.push_back({{"text", note.text},
                     {"becomes", TextOrNull(note.becomes)},
                     {"role", note.role},
                     {"carrier", note.carrier},
                     {"span", SpanToJson(note.span)},
                     {"line", note.line},
                     {"why", note.why}});
  }
  return array;
}

std::vector<Edit> EditListFrom(const Json& array, const std::string& path, Status& status) {
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < array.size(); ++i) {
    ObjectReader reader(array[i], path + "[" + std::to_string(i) + "]", status);
    edits.push_back({reader.SpanAt("span"), reader.Bytes("replacement")});
  }
  return edits;
}

std::vector<EditNote> EditNotesFrom(const Json& array, const std::string& path, Status& status) {
  std::vector<EditNote> notes;
  for (std::size_t i = 0; i < array.size(); ++i) {
    ObjectReader reader(array[i], path + "[" + std::to_string(i) + "]", status);
    notes.push_back({.text = reader.Text("text"),
                     .becomes = reader.Text("becomes"),
                     .role = reader.Text("role"),
                     .carrier = reader.Text("carrier"),
                     .span = reader.SpanAt("span"),
                     .line = reader.Count("line"),
                     .why = reader.Text("why")});
  }
  return notes;
}

Json UnreadToJson(const std::vector<Unread>& unread) {
  Json array = Json::array();
  for (const Unread& one : unread) array.push_back({{"store", one.store}, {"resource", TextOrNull(one.resource)}, {"why", one.why}});
  return array;
}

std::vector<Unread> UnreadFrom(const Json& array, const std::string& path, Status& status) {
  std::vector<Unread> unread;
  for (std::size_t i = 0; i < array.size(); ++i) {
    ObjectReader reader(array[i], path + "[" + std::to_string(i) + "]", status);
    unread.push_back({reader.Text("store"), reader.Text("resource"), reader.Text("why")});
  }
  return unread;
}

Evidence EvidenceFrom(const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  return {.text = reader.Text("text"),
          .span = reader.OptionalSpanAt("span"),
          .line = reader.Count("line"),
          .attribute = reader.Text("attribute"),
          .carrier = reader.Text("carrier"),
          .visible = reader.Flag("visible")};
}

Resource PageFromText(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {ResourceKind::kPage, "", std::string(text)};
  return {ResourceKind::kPage, std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

std::string TextOfLocal(const LocalDateTime& time) {
  return (time.date ? FormatDate(*time.date) + "T" : std::string()) + FormatMinutes(time.minutes);
}

}  // namespace evenkeel
