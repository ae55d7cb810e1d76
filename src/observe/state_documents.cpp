#include "observe/state_documents.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "json/pieces.h"
#include "observe/document_write.h"

namespace evenkeel {
namespace {

Status NotA(std::string_view kind) {
  return Status(Code::kInvalidArgument,
                "the state store holds a damaged " + std::string(kind) + " document; bring it back from a copy or remove it");
}

std::optional<std::string> Text(const Json& json, const char* name) {
  if (!json.is_object()) return std::nullopt;
  const auto member = json.find(name);
  if (member == json.end() || !member->is_string()) return std::nullopt;
  return member->get<std::string>();
}

std::optional<Instant> At(const Json& json, const char* name = "at") {
  const auto text = Text(json, name);
  return text ? ParseInstant(*text) : std::nullopt;
}

Json PlaceToJson(const Resource& place) { return {{"store", place.store}, {"key", place.key}}; }

std::optional<Resource> Place(const Json& json, const char* name, ResourceKind kind) {
  if (!json.is_object() || !json.contains(name)) return std::nullopt;
  const auto store = Text(json[name], "store");
  const auto key = Text(json[name], "key");
  if (!store || !key) return std::nullopt;
  return Resource{kind, *store, *key};
}

bool ReadPointers(const Json& json, std::vector<FormerWords::Pointer>& pointers) {
  if (!json.is_array()) return false;
  for (const Json& pointer : json) {
    const auto record = Place(pointer, "record", ResourceKind::kRecord), page = Place(pointer, "page", ResourceKind::kPage);
    if (!record || !page) return false;
    pointers.push_back({*record, *page});
  }
  return true;
}

bool ReadTimes(const Json& json, std::map<std::string, std::set<int>>& times) {
  if (!json.is_object()) return false;
  for (const auto& [field, clocks] : json.items()) {
    for (const Json& clock : clocks) {
      const auto minutes = clock.is_string() ? ParseMinutes(clock.get_ref<const std::string&>()) : std::nullopt;
      if (!minutes) return false;
      times[field].insert(*minutes);
    }
  }
  return true;
}

Json ResourcesToJson(const std::set<Resource>& resources) {
  Json list = Json::array();
  for (const Resource& resource : resources) {
    Json one = PlaceToJson(resource);
    one["kind"] = ResourceKindName(resource.kind);
    list.push_back(std::move(one));
  }
  return list;
}

std::optional<ResourceKind> KindNamed(const std::optional<std::string>& name) {
  for (const ResourceKind kind : {ResourceKind::kPage, ResourceKind::kRecord, ResourceKind::kEvent, ResourceKind::kListing, ResourceKind::kCard}) {
    if (name == ResourceKindName(kind)) return kind;
  }
  return std::nullopt;
}

bool ReadWords(const Json& json, std::vector<Acceptance::Words>& words) {
  if (!json.is_array()) return false;
  for (const Json& one : json) {
    const auto kind = KindNamed(Text(one, "kind"));
    const auto store = Text(one, "store"), key = Text(one, "key"), says = Text(one, "says"), should = Text(one, "should");
    if (!kind || !store || !key || !says || !should) return false;
    words.push_back({Resource{*kind, *store, *key}, *says, *should});
  }
  return std::is_sorted(words.begin(), words.end());
}

bool ReadResources(const Json& json, std::set<Resource>& resources) {
  if (!json.is_array()) return false;
  for (const Json& one : json) {
    const auto kind = Text(one, "kind"), store = Text(one, "store"), key = Text(one, "key");
    const bool is_page = kind == ResourceKindName(ResourceKind::kPage);
    if (!store || !key || (!is_page && kind != ResourceKindName(ResourceKind::kRecord))) return false;
    resources.insert({is_page ? ResourceKind::kPage : ResourceKind::kRecord, *store, *key});
  }
  return true;
}

template <typename Value, typename Read>
StatusOr<std::vector<Value>> ListKind(StateStore& state, std::string_view kind, Read read) {
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<StateDocument> documents, state.ListDocuments(kind));
  std::vector<Value> values;
  for (const StateDocument& document : documents) {
    if (IsWithdrawn(document.value)) continue;
    auto value = read(document.value);
    if (!value.ok()) return Status(value.code(), value.status().message(), std::string(kind) + " " + document.id);
    values.push_back(*std::move(value));
  }
  return values;
}

}  // namespace

std::string IdOf(const Instruction& instruction) { return instruction.booking + "/" + instruction.field; }
std::string IdOf(const Acceptance& acceptance) { return acceptance.booking + "/" + acceptance.field; }
std::string IdOf(const Tombstone& tombstone) { return tombstone.page.ToString(); }
std::string IdOf(const FormerWords& words) { return words.booking + "/" + words.run; }
std::string IdOf(const Handoff& handoff) {
  return handoff.booking + "/" + (handoff.run.empty() ? "note-" + FormatInstant(handoff.at) : handoff.run);
}

Json ToJson(const Instruction& instruction) {
  return {{"schema", "evenkeel.instruction/1"}, {"booking", instruction.booking}, {"field", instruction.field},
          {"value", instruction.value},         {"by", instruction.by},           {"at", FormatInstant(instruction.at)}};
}

Json ToJson(const Acceptance& acceptance) {
  Json json = AcceptanceToJson(acceptance);
  json["schema"] = "evenkeel.acceptance/1";
  return json;
}

Json ToJson(const Tombstone& tombstone) {
  return {{"schema", "evenkeel.tombstone/1"},
          {"page", PlaceToJson(tombstone.page)},
          {"survivor", PlaceToJson(tombstone.survivor)},
          {"booking", tombstone.booking},
          {"run", tombstone.run},
          {"at", FormatInstant(tombstone.at)}};
}

Json ToJson(const FormerWords& words) {
  Json pointers = Json::array(), times = Json::object();
  for (const auto& [record, page] : words.pointers) pointers.push_back({{"record", PlaceToJson(record)}, {"page", PlaceToJson(page)}});
  for (const auto& [field, clocks] : words.times) {
    for (const int minutes : clocks) times[field].push_back(FormatMinutes(minutes));
  }
  return {{"schema", "evenkeel.former_words/1"},
          {"booking", words.booking},
          {"run", words.run},
          {"pointers", std::move(pointers)},
          {"times", std::move(times)},
          {"at", FormatInstant(words.at)}};
}

Json ToJson(const Handoff& handoff) {
  return {{"schema", "evenkeel.handoff/1"},
          {"booking", handoff.booking},
          {"note", handoff.note},
          {"by", handoff.by},
          {"run", handoff.run},
          {"at", FormatInstant(handoff.at)}};
}

Json ToJson(const Lease& lease) {
  return {{"schema", "evenkeel.lease/1"},
          {"booking", lease.booking},
          {"holder", lease.holder},
          {"fence", lease.fence},
          {"until", FormatInstant(lease.until)},
          {"at", FormatInstant(lease.at)},
          {"writes", ResourcesToJson(lease.writes)},
          {"unfenced", ResourcesToJson(lease.unfenced)},
          {"run", lease.run}};
}

Json ToJson(const KeptAnswer& answer) {
  return {{"schema", "evenkeel.answer/1"},
          {"question", answer.question},
          {"option", answer.option},
          {"by", answer.by},
          {"at", FormatInstant(answer.at)}};
}

StatusOr<Instruction> InstructionFromJson(const Json& json) {
  const auto booking = Text(json, "booking"), field = Text(json, "field"), value = Text(json, "value"), by = Text(json, "by");
  const auto at = At(json);
  if (Text(json, "schema") != "evenkeel.instruction/1" || !booking || !field || !value || !by || !at)
    return NotA(kInstructionKind);
  return Instruction{*booking, *field, *value, *by, *at};
}

StatusOr<Acceptance> AcceptanceFromJson(const Json& json) {
  const auto booking = Text(json, "booking"), field = Text(json, "field"), why = Text(json, "why"), by = Text(json, "by");
  const auto at = At(json), until = At(json, "until");
  if (Text(json, "schema") != "evenkeel.acceptance/1" || !booking || !field || !why || !by || !at || !until) return NotA(kAcceptanceKind);
  Acceptance acceptance{*booking, *field, {}, *why, *by, *at, *until};
  if (!ReadWords(json.value("words", Json()), acceptance.words)) return NotA(kAcceptanceKind);
  return acceptance;
}

StatusOr<Tombstone> TombstoneFromJson(const Json& json) {
  const auto booking = Text(json, "booking"), run = Text(json, "run");
  const auto page = Place(json, "page", ResourceKind::kPage), survivor = Place(json, "survivor", ResourceKind::kPage);
  const auto at = At(json);
  if (Text(json, "schema") != "evenkeel.tombstone/1" || !booking || !run || !page || !survivor || !at)
    return NotA(kTombstoneKind);
  return Tombstone{*page, *survivor, *booking, *run, *at};
}

StatusOr<FormerWords> FormerWordsFromJson(const Json& json) {
  const auto booking = Text(json, "booking"), run = Text(json, "run");
  const auto at = At(json);
  if (Text(json, "schema") != "evenkeel.former_words/1" || !booking || !run || !at) return NotA(kFormerWordsKind);
  FormerWords words{*booking, *run, {}, {}, *at};
  if (!ReadPointers(json.value("pointers", Json()), words.pointers) || !ReadTimes(json.value("times", Json()), words.times))
    return NotA(kFormerWordsKind);
  return words;
}

StatusOr<Handoff> HandoffFromJson(const Json& json) {
  const auto booking = Text(json, "booking"), note = Text(json, "note"), by = Text(json, "by"), run = Text(json, "run");
  const auto at = At(json);
  if (Text(json, "schema") != "evenkeel.handoff/1" || !booking || !note || !by || !run || !at) return NotA(kHandoffKind);
  return Handoff{*booking, *note, *by, *run, *at};
}

StatusOr<Lease> LeaseFromJson(const Json& json) {
  const auto booking = Text(json, "booking"), holder = Text(json, "holder");
  const auto until = At(json, "until"), at = At(json);
  if (Text(json, "schema") != "evenkeel.lease/1" || !booking || !holder || !until || !at ||
      !json.value("fence", Json()).is_number_unsigned())
    return NotA(kLeaseKind);
  Lease lease{*booking, *holder, json["fence"].get<std::uint64_t>(), *until, *at, {}, {}, Text(json, "run").value_or("")};
  if (!ReadResources(json.value("writes", Json()), lease.writes) || !ReadResources(json.value("unfenced", Json()), lease.unfenced))
    return NotA(kLeaseKind);
  return lease;
}

StatusOr<KeptAnswer> AnswerFromJson(const Json& json) {
  const auto question = Text(json, "question"), option = Text(json, "option"), by = Text(json, "by");
  const auto at = At(json);
  if (Text(json, "schema") != "evenkeel.answer/1" || !question || !option || !by || !at) return NotA(kAnswerKind);
  return KeptAnswer{*question, *option, *by, *at};
}

Resource SurvivorOf(const std::vector<Tombstone>& tombstones, const Resource& page) {
  Resource survivor = page;
  // A circle ends after as many steps as there are tombstones.
  for (std::size_t i = 0; i < tombstones.size(); ++i) {
    const auto next = std::find_if(tombstones.begin(), tombstones.end(), [&survivor](const Tombstone& one) { return one.page == survivor; });
    if (next == tombstones.end() || next->survivor == page) break;
    survivor = next->survivor;
  }
  return survivor;
}

std::optional<Handoff> LastOf(const std::vector<Handoff>& handoffs, const std::string& booking) {
  std::optional<Handoff> last;
  for (const Handoff& handoff : handoffs) {
    if (handoff.booking != booking) continue;
    if (!last || last->at < handoff.at || (last->at == handoff.at && (handoff.run.empty() || !last->run.empty()))) last = handoff;
  }
  return last;
}

StatusOr<std::vector<Instruction>> ListInstructions(StateStore& state) {
  return ListKind<Instruction>(state, kInstructionKind, InstructionFromJson);
}
StatusOr<std::vector<Acceptance>> ListAcceptances(StateStore& state) {
  return ListKind<Acceptance>(state, kAcceptanceKind, AcceptanceFromJson);
}
StatusOr<std::vector<Tombstone>> ListTombstones(StateStore& state) {
  return ListKind<Tombstone>(state, kTombstoneKind, TombstoneFromJson);
}
StatusOr<std::vector<FormerWords>> ListFormerWords(StateStore& state) {
  return ListKind<FormerWords>(state, kFormerWordsKind, FormerWordsFromJson);
}
StatusOr<std::vector<Handoff>> ListHandoffs(StateStore& state) { return ListKind<Handoff>(state, kHandoffKind, HandoffFromJson); }
StatusOr<std::vector<KeptAnswer>> ListAnswers(StateStore& state) {
  return ListKind<KeptAnswer>(state, kAnswerKind, AnswerFromJson);
}
StatusOr<std::vector<Lease>> ListLeases(StateStore& state) { return ListKind<Lease>(state, kLeaseKind, LeaseFromJson); }

}  // namespace evenkeel
