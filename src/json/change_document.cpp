#include "json/pieces.h"

namespace evenkeel {
namespace {

Json AttributesToJson(const Attributes& attributes) {
  Json json = Json::object();
  for (const auto& [name, value] : attributes) json[name] = value;
  return json;
}

Json LocalToJson(const std::optional<LocalDateTime>& time) { return time ? Json(TextOfLocal(*time)) : Json(nullptr); }
Json OptionalText(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json EventChangeToJson(const EventChange& change) {
  return {{"start", LocalToJson(change.start)},
          {"end", LocalToJson(change.end)},
          {"zone", change.zone},
          {"summary", OptionalText(change.summary)},
          {"description", OptionalText(change.description)},
          {"status", OptionalText(change.status)}};
}

std::optional<std::string> OptionalTextAt(ObjectReader& reader, const char* name) {
  if (reader.Has(name)) {
    std::string text = reader.Text(name);
    if (!text.empty()) return text;
  }
  return std::nullopt;
}

EventChange EventChangeFrom(const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  EventChange change;
  change.start = reader.LocalAt("start");
  change.end = reader.LocalAt("end");
  change.zone = reader.Text("zone");
  change.summary = OptionalTextAt(reader, "summary");
  change.description = OptionalTextAt(reader, "description");
  change.status = OptionalTextAt(reader, "status");
  return change;
}

struct ToJson {
  Json operator()(const BackUpPage& c) const { return {{"blob", c.blob}, {"sha256", c.sha256}}; }
  Json operator()(const EditPage& c) const {
    return {{"edits", EditListToJson(c.edits)},
            {"before_sha256", c.before_sha256},
            {"after_sha256", c.after_sha256},
            {"moved", EditNotesToJson(c.moved)}};
  }
  Json operator()(const SetAttributes& c) const { return {{"from", AttributesToJson(c.from)}, {"to", AttributesToJson(c.to)}}; }
  Json operator()(const RetirePage& c) const {
    Json json = {{"redirect", c.redirect}, {"survivor", c.survivor.ToString()}, {"backup", c.backup}, {"sha256", c.sha256}};
    PutBytes(json, "redirect_bytes", c.redirect_bytes);
    return json;
  }
  Json operator()(const InvalidatePaths& c) const { return {{"paths", c.paths}}; }
  Json operator()(const UpdateEvent& c) const { return {{"from", EventChangeToJson(c.from)}, {"to", EventChangeToJson(c.to)}}; }
  Json operator()(const ManualTask& c) const {
    return {{"instruction", c.instruction}, {"from", AttributesToJson(c.from)}, {"to", AttributesToJson(c.to)}};
  }
  Json operator()(const MoveCard& c) const { return {{"from_lane", c.from_lane}, {"to_lane", c.to_lane}}; }
  Json operator()(const LeaveHandoff& c) const { return {{"note", c.note}}; }
};

EditPage EditPageFrom(ObjectReader& reader) {
  return {.edits = EditListFrom(reader.Array("edits"), reader.PathOf("edits"), reader.status()),
          .before_sha256 = reader.Text("before_sha256"),
          .after_sha256 = reader.Text("after_sha256"),
          .moved = EditNotesFrom(reader.Array("moved"), reader.PathOf("moved"), reader.status())};
}

RetirePage RetirePageFrom(ObjectReader& reader) {
  return {.redirect = reader.Flag("redirect"),
          .redirect_bytes = reader.Bytes("redirect_bytes"),
          .survivor = PageFromText(reader.Text("survivor")),
          .backup = reader.Text("backup"),
          .sha256 = reader.Text("sha256")};
}

}  // namespace

Json ChangeToJson(const Change& change) { return std::visit(ToJson{}, change); }

Change ChangeFrom(Verb verb, const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  switch (verb) {
    case Verb::kBackUpPage: return BackUpPage{reader.Text("blob"), reader.Text("sha256")};
    case Verb::kEditPage: return EditPageFrom(reader);
    case Verb::kRepointRecord:
    case Verb::kUpdateRecord: return SetAttributes{reader.AttributesAt("from"), reader.AttributesAt("to")};
    case Verb::kRetirePage: return RetirePageFrom(reader);
    case Verb::kInvalidatePaths: return InvalidatePaths{reader.Texts("paths")};
    case Verb::kUpdateEvent:
      return UpdateEvent{EventChangeFrom(reader.Object("from"), reader.PathOf("from"), status),
                         EventChangeFrom(reader.Object("to"), reader.PathOf("to"), status)};
    case Verb::kManualTask: return ManualTask{reader.Text("instruction"), reader.AttributesAt("from"), reader.AttributesAt("to")};
    case Verb::kMoveCard: return MoveCard{reader.Text("from_lane"), reader.Text("to_lane")};
    case Verb::kLeaveHandoff: return LeaveHandoff{reader.Text("note")};
  }
  return LeaveHandoff{};
}

}  // namespace evenkeel
