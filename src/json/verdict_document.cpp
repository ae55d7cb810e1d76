#include <cstdlib>

#include "json/pieces.h"

namespace evenkeel {
namespace {

// The type of a value by what it holds, so that a plan can be read back without the fleet's registry.
FieldType TypeOf(const Value& value) {
  constexpr FieldType kTypes[] = {FieldType::kText,          FieldType::kInteger, FieldType::kPeople, FieldType::kDate,
                                  FieldType::kLocalDateTime, FieldType::kInstant, FieldType::kMoney};
  return kTypes[value.index()];
}

// A set of names is an array: a name may hold a comma. All other values are their canonical text.
Json ValueToJson(const Value& value) {
  if (const auto* people = std::get_if<People>(&value)) return Json(std::vector<std::string>(people->begin(), people->end()));
  return FormatValue(value);
}

void PutValue(Json& object, const std::optional<Value>& value) {
  object["type"] = value ? Json(FieldTypeName(TypeOf(*value))) : Json(nullptr);
  object["value"] = value ? ValueToJson(*value) : Json(nullptr);
}

Value TypedValue(ObjectReader& reader, std::string_view type) {
  if (type == FieldTypeName(FieldType::kPeople)) {
    const std::vector<std::string> names = reader.Texts("value");
    return People(names.begin(), names.end());
  }
  const std::string text = reader.Text("value");
  if (type == FieldTypeName(FieldType::kText)) return text;
  for (const FieldType known :
       {FieldType::kInteger, FieldType::kDate, FieldType::kLocalDateTime, FieldType::kInstant, FieldType::kMoney}) {
    if (FieldTypeName(known) != type) continue;
    FieldDefinition field;
    field.type = known;
    StatusOr<Value> value = ParseValue(field, text);
    if (value.ok()) return *std::move(value);
    return reader.Fail("value", "a value of type " + std::string(type)), Value{};
  }
  return reader.Fail("type", "the name of a field type"), Value{};
}

std::optional<Value> ValueAt(ObjectReader& reader) {
  const std::string type = reader.Text("type");
  if (type.empty()) return std::nullopt;
  return TypedValue(reader, type);
}

ResourceKind KindFrom(ObjectReader& reader) {
  const std::string name = reader.Text("kind");
  for (const ResourceKind kind : {ResourceKind::kPage, ResourceKind::kRecord, ResourceKind::kEvent, ResourceKind::kListing, ResourceKind::kCard}) {
    if (ResourceKindName(kind) == name) return kind;
  }
  return reader.Fail("kind", "page, record, event, listing or card"), ResourceKind::kPage;
}

Claim ClaimFrom(const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  Claim claim;
  claim.resource = {KindFrom(reader), reader.Text("store"), reader.Text("resource")};
  claim.version = reader.Text("version");
  claim.field = reader.Text("field");
  claim.value = ValueAt(reader).value_or(Value{});
  claim.evidence = EvidenceFrom(reader.Object("evidence"), reader.PathOf("evidence"), status);
  claim.said_at = reader.InstantAt("said_at");
  return claim;
}

std::vector<Claim> ClaimsFrom(ObjectReader& reader, const char* name) {
  std::vector<Claim> claims;
  const Json& array = reader.Array(name);
  for (std::size_t i = 0; i < array.size(); ++i) {
    claims.push_back(ClaimFrom(array[i], reader.PathOf(name) + "[" + std::to_string(i) + "]", reader.status()));
  }
  return claims;
}

Json ClaimsToJson(const std::vector<Claim>& claims) {
  Json array = Json::array();
  for (const Claim& claim : claims) array.push_back(ClaimToJson(claim));
  return array;
}

// Left out where nothing is, as in plans from before there was such a thing.
void PutAccepted(Json& json, const std::vector<AcceptedClaim>& accepted) {
  for (const AcceptedClaim& one : accepted) {
    json["accepted"].push_back({{"claim", ClaimToJson(one.claim)}, {"why", one.why}, {"by", one.by}, {"until", FormatInstant(one.until)}});
  }
}

std::vector<AcceptedClaim> AcceptedFrom(ObjectReader& verdict) {
  std::vector<AcceptedClaim> list;
  if (!verdict.Has("accepted")) return list;
  const Json& array = verdict.Array("accepted");
  for (std::size_t i = 0; i < array.size(); ++i) {
    ObjectReader reader(array[i], verdict.PathOf("accepted") + "[" + std::to_string(i) + "]", verdict.status());
    AcceptedClaim one{ClaimFrom(reader.Object("claim"), reader.PathOf("claim"), verdict.status()), reader.Text("why"), reader.Text("by"), {}};
    const std::optional<Instant> until = reader.InstantAt("until");
    if (!until) reader.Fail("until", "a moment");
    one.until = until.value_or(Instant{});
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

Json ClaimToJson(const Claim& claim) {
  Json json = {{"store", claim.resource.store},
               {"resource", claim.resource.key},
               {"kind", ResourceKindName(claim.resource.kind)},
               {"version", claim.version},
               {"field", claim.field},
               {"evidence", EvidenceToJson(claim.evidence)},
               {"said_at", InstantToJson(claim.said_at)}};
  PutValue(json, claim.value);
  return json;
}

Json AcceptanceToJson(const Acceptance& acceptance) {
  Json words = Json::array();
  for (const Acceptance::Words& one : acceptance.words) {
    words.push_back({{"kind", ResourceKindName(one.resource.kind)},
                     {"store", one.resource.store},
                     {"key", one.resource.key},
                     {"says", one.says},
                     {"should", one.should}});
  }
  return {{"booking", acceptance.booking},
          {"field", acceptance.field},
          {"words", std::move(words)},
          {"why", acceptance.why},
          {"by", acceptance.by},
          {"at", FormatInstant(acceptance.at)},
          {"until", FormatInstant(acceptance.until)}};
}

Json VerdictToJson(const Verdict& verdict) {
  Json json = {{"field", verdict.field},
               {"row", verdict.row},
               {"why", verdict.why},
               {"certainty", CertaintyName(verdict.certainty)},
               {"supporting", ClaimsToJson(verdict.supporting)},
               {"against", ClaimsToJson(verdict.against)}};
  PutAccepted(json, verdict.accepted);
  PutValue(json, verdict.value);
  return json;
}

Verdict VerdictFrom(const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  Verdict verdict;
  verdict.field = reader.Text("field");
  verdict.value = ValueAt(reader);
  verdict.supporting = ClaimsFrom(reader, "supporting");
  verdict.against = ClaimsFrom(reader, "against");
  verdict.accepted = AcceptedFrom(reader);
  verdict.row = reader.Text("row");
  verdict.why = reader.Text("why");
  const std::string certainty = reader.Text("certainty");
  for (const Certainty known : {Certainty::kCertain, Certainty::kDerived, Certainty::kOpen}) {
    if (CertaintyName(known) == certainty) return verdict.certainty = known, verdict;
  }
  reader.Fail("certainty", "certain, derived or open");
  return verdict;
}

Json QuestionToJson(const Question& question) {
  Json options = Json::array();
  for (const QuestionOption& option : question.options) {
    options.push_back({{"name", option.name}, {"does", option.does}, {"evidence", option.evidence}});
  }
  return {{"id", question.id}, {"booking", question.booking}, {"about", question.about},
          {"text", question.text}, {"options", options}, {"why", question.why}};
}

Question QuestionFrom(const Json& object, const std::string& path, Status& status) {
  ObjectReader reader(object, path, status);
  Question question{.id = reader.Text("id"),
                    .booking = reader.Text("booking"),
                    .about = reader.Text("about"),
                    .text = reader.Text("text"),
                    .options = {},
                    .why = reader.Text("why")};
  const Json& options = reader.Array("options");
  for (std::size_t i = 0; i < options.size(); ++i) {
    ObjectReader option(options[i], reader.PathOf("options[" + std::to_string(i) + "]"), status);
    question.options.push_back({option.Text("name"), option.Text("does"), option.Texts("evidence")});
  }
  return question;
}

}  // namespace evenkeel
