#include "decide/field_table.h"

#include <algorithm>

#include "decide/words.h"
#include "text/fold.h"

namespace evenkeel {
namespace {

std::vector<Side> AllSides(const FieldCase& input) {
  if (input.garbled != nullptr) return input.heard;
  return input.named.empty() ? input.others : input.named;
}

std::string Words(const FieldCase& input, const Value& value) { return WordsOfValue(value, input.view->booking.date); }

// Stores that say something else than `value`, for "has authority over …".
std::string Contradicting(const FieldCase& input, const Value& value) {
  std::vector<Claim> claims;
  for (const Voice& voice : VoicesOf(*input.view, input.field->name)) {
    for (const Claim& claim : voice.says) {
      if (!SameValue(*input.field, claim.value, value)) claims.push_back(claim);
    }
  }
  return WordsOfStores(claims);
}

Ruling Open(const FieldCase& input, const char* row, std::string why) {
  const std::vector<Side> sides = AllSides(input);
  return {std::nullopt, row, why, Certainty::kOpen, AskBetween(*input.view, *input.field, sides, why)};
}

Ruling TakeInstruction(const FieldCase& input, const char* row) {
  const Claim& claim = *input.instruction;
  return {claim.value, row, Words(input, claim.value) + ": " + claim.resource.key + " said so with `set`, which is the strongest word there is"};
}

Ruling TakeAnswer(const FieldCase& input, const char* row) {
  const std::vector<Side> sides = AllSides(input);
  const Side* side = SideNamed(sides, input.answer, input.view->booking.date);
  return {side->value, row, Words(input, side->value) + ": " + input.view->WordsOfAnswer(input.field->name)};
}

Ruling AskGarbled(const FieldCase& input, const char* row) {
  const std::string& said = input.garbled_word->evidence.text;
  return Open(input, row, input.garbled->resource.ToString() + " has the authority for the " + input.field->label + ", and what it says" +
                              (said.empty() ? "" : " (\"" + said + "\")") + " was not understood");
}

Ruling TakeAuthority(const FieldCase& input, const char* row) {
  const Side& side = input.named.front();
  std::string why = Words(input, side.value) + ": " + WordsOfPlace(side.claims.front()) + " says so";
  const std::string against = Contradicting(input, side.value);
  why += against.empty() ? ", and nobody contradicts it" : " and has authority over " + against;
  return {side.value, row, why};
}

Ruling AskEquals(const FieldCase& input, const char* row) {
  std::vector<Claim> claims;
  for (const Side& side : input.named) claims.insert(claims.end(), side.claims.begin(), side.claims.end());
  std::vector<std::string> speakers;
  for (const Claim& claim : claims) {
    if (const std::string name = claim.resource.ToString(); std::find(speakers.begin(), speakers.end(), name) == speakers.end()) speakers.push_back(name);
  }
  const bool one = speakers.size() == 1;
  const bool one_store = std::all_of(claims.begin(), claims.end(), [&](const Claim& c) { return c.resource.store == claims.front().resource.store; });
  return Open(input, row, (one_store ? JoinWords(speakers) : WordsOfStores(claims)) + (one ? " has the authority for the " : " have the same authority for the ") +
                              input.field->label + (one ? " and contradicts itself" : " and disagree"));
}

Ruling TakeAgreement(const FieldCase& input, const char* row) {
  const Side& side = input.others.front();
  return {side.value, row, Words(input, side.value) + ": " + WordsOfPlace(side.claims.front()) + " says so, and all who speak of it agree"};
}

Ruling AskSilent(const FieldCase& input, const char* row) {
  const bool named = AuthorityOf(input.view->fleet.policy, input.field->name) != nullptr;
  return Open(input, row,
              std::string(named ? "the systems with authority for the " : "the policy names no authority for the ") + input.field->label +
                  (named ? " are silent, and the others disagree" : ", and the systems disagree"));
}

struct Row {
  DecisionRow words;
  bool (*applies)(const FieldCase&);
  Ruling (*rule)(const FieldCase&, const char* row);
};

constexpr Row kRows[] = {
    {{"instruction", "a person has said with `set` what is true", "their word is taken; it is the strongest claim there is"},
     [](const FieldCase& c) { return c.instruction.has_value(); },
     TakeInstruction},
    {{"answer", "the field's question has been answered with --decide", "the answer is taken"},
     [](const FieldCase& c) {
       const std::vector<Side> sides = AllSides(c);
       return (sides.size() > 1 || c.garbled != nullptr) && SideNamed(sides, c.answer, c.view->booking.date) != nullptr;
     },
     TakeAnswer},
    {{"garbled-authority", "an authority says something that was not understood, and nobody above it speaks", "a Question: its silence is none, and a lower word is a guess"},
     [](const FieldCase& c) { return c.garbled != nullptr && !c.heard.empty(); },
     AskGarbled},
    {{"authority", "the highest authority that speaks says one thing", "it is taken, however old it is and whoever contradicts it"},
     [](const FieldCase& c) { return c.named.size() == 1; },
     TakeAuthority},
    {{"equals-disagree", "the highest authorities that speak are equals and disagree", "a Question: nobody guesses between equals"},
     [](const FieldCase& c) { return c.named.size() > 1; },
     AskEquals},
    {{"agreement", "no named authority speaks, and all others who speak agree", "what they say is taken"},
     [](const FieldCase& c) { return c.others.size() == 1; },
     TakeAgreement},
    {{"silent-authorities", "no named authority speaks, and the others disagree", "a Question"},
     [](const FieldCase& c) { return c.others.size() > 1; },
     AskSilent},
};

// The highest authority at or above the one that speaks of which a word was not understood, and that says nothing else.
void FindGarbled(const BookingView& view, FieldCase& input) {
  std::optional<std::size_t> highest = input.level;
  for (const Observed* speaker : view.speakers) {
    const std::optional<std::size_t> level = LevelOf(view.fleet.policy, input.field->name, speaker->resource.store);
    if (!level || (highest && (input.garbled == nullptr ? *level > *highest : *level >= *highest))) continue;
    if (!PrimaryClaims(*speaker, input.field->name).empty()) continue;
    for (const Doubt& doubt : speaker->doubts) {
      if (doubt.field != input.field->name) continue;
      input.garbled = speaker;
      input.garbled_word = &doubt;
      highest = level;
      break;
    }
  }
}

}  // namespace

std::optional<Claim> InstructionClaim(const BookingView& view, const FieldDefinition& field) {
  const Instruction* instruction = view.InstructionFor(field.name);
  if (instruction == nullptr) return std::nullopt;
  StatusOr<Value> value = ParseValue(field, instruction->value);
  if (!value.ok()) return std::nullopt;
  Claim claim;
  claim.resource = {ResourceKind::kRecord, "set", instruction->by};
  claim.field = field.name;
  claim.value = *std::move(value);
  claim.evidence.text = instruction->value;
  claim.evidence.attribute = field.name;
  claim.said_at = instruction->at;
  return claim;
}

FieldCase MakeFieldCase(const BookingView& view, const FieldDefinition& field, const std::vector<Voice>& independent) {
  FieldCase input{&view, &field, InstructionClaim(view, field), view.AnswerTo(field.name), {}, {}, {}, nullptr, nullptr, {}};
  for (const Voice& voice : independent) {
    if (voice.level && (!input.level || *voice.level < *input.level)) input.level = voice.level;
  }
  std::vector<Claim> named, others;
  for (const Voice& voice : independent) {
    std::vector<Claim>& heard = input.level ? named : others;
    if (voice.level == input.level) heard.insert(heard.end(), voice.says.begin(), voice.says.end());
  }
  input.named = SidesOf(field, named);
  input.others = SidesOf(field, others);
  FindGarbled(view, input);
  if (input.garbled == nullptr) return input;
  std::vector<Claim> all;
  for (const Voice& voice : independent) all.insert(all.end(), voice.says.begin(), voice.says.end());
  input.heard = SidesOf(field, all);
  return input;
}

std::optional<Ruling> RuleField(const FieldCase& input) {
  for (const Row& row : kRows) {
    if (row.applies(input)) return row.rule(input, row.words.name);
  }
  return std::nullopt;
}

const std::vector<DecisionRow>& FieldRows() {
  static const std::vector<DecisionRow> rows = [] {
    std::vector<DecisionRow> words;
    for (const Row& row : kRows) words.push_back(row.words);
    return words;
  }();
  return rows;
}

std::string OptionName(const Value& value, const std::optional<Date>& booking_date) {
  const auto* local = std::get_if<LocalDateTime>(&value);
  if (local != nullptr && local->date == booking_date) return FormatMinutes(local->minutes);
  return FormatValue(value);
}

const Side* SideNamed(const std::vector<Side>& sides, const std::string& answer, const std::optional<Date>& booking_date) {
  for (const Side& side : sides) {
    if (!answer.empty() && OptionName(side.value, booking_date) == answer) return &side;
  }
  return nullptr;
}

namespace {

// Whether another record of the same store speaks too, so that the store's name alone does not tell them apart.
bool SpeakAlike(const std::vector<Side>& sides, const Claim& claim) {
  return std::any_of(sides.begin(), sides.end(), [&](const Side& side) {
    return std::any_of(side.claims.begin(), side.claims.end(), [&](const Claim& other) {
      return other.resource.store == claim.resource.store && other.resource.kind == claim.resource.kind && other.resource != claim.resource;
    });
  });
}

}  // namespace

Question AskBetween(const BookingView& view, const FieldDefinition& field, const std::vector<Side>& sides, std::string why) {
  Question question{QuestionId(view.booking, field.name), view.booking.key, field.name, "", {}, std::move(why)};
  question.text = "Which " + field.label + " is right for " + view.booking.key + "?";
  for (const Side& side : sides) {
    QuestionOption option{OptionName(side.value, view.booking.date), "", {}};
    option.does = "takes every system to " + WordsOfValue(side.value, view.booking.date);
    for (const Claim& claim : side.claims) {
      const std::string key = claim.resource.kind == ResourceKind::kRecord && SpeakAlike(sides, claim) ? " " + claim.resource.key : "";
      option.evidence.push_back(WordsOfPlace(claim) + key + " says \"" + claim.evidence.text + "\"");
    }
    question.options.push_back(std::move(option));
  }
  std::sort(question.options.begin(), question.options.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return question;
}

}  // namespace evenkeel
