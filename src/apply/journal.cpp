#include "apply/journal.h"

#include <utility>

#include "digest/sha256.h"
#include "evenkeel/json.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

// How the hash stands in a line, between what is hashed: other members always follow it.
std::string HashMember(const std::string& hash) { return "\"hash\":\"" + hash + "\","; }

// Whether the line without its hash is what was hashed.
bool HasHash(std::string_view line, const std::string& hash) {
  const std::string member = HashMember(hash);
  const std::size_t at = line.find(member);
  if (at == std::string_view::npos) return false;
  std::string hashed(line.substr(0, at));
  hashed += line.substr(at + member.size());
  return Sha256Hex(hashed) == hash;
}

// A run's first line holds a whole plan, so lines may be longer than a document of somebody else's.
Limits LineLimits() {
  Limits limits;
  limits.json_bytes = std::size_t{1} << 30;
  return limits;
}

std::string TextMember(const Json& json, const char* name) {
  const auto member = json.find(name);
  return member != json.end() && member->is_string() ? member->get<std::string>() : std::string();
}

bool HasForm(const Json& json) {
  const auto sequence = json.find("seq");
  return json.is_object() && sequence != json.end() && sequence->is_number_unsigned() && !TextMember(json, "kind").empty() &&
         ParseInstant(TextMember(json, "at")).has_value();
}

}  // namespace

Status Journal::Damaged(std::size_t line, std::string_view what) const {
  return Status(
      Code::kInvalidArgument,
      "the journal is damaged: line " + std::to_string(line) + " " + std::string(what) +
          "; bring the state back from a copy, or plan again (every write is conditional, so a new plan overwrites nothing)",
      run_);
}

Status Journal::Take(std::string_view line) {
  const std::size_t number = entries_.size() + 1;
  auto parsed = ParseJson(line, run_ + " line " + std::to_string(number), LineLimits());
  if (!parsed.ok() || !HasForm(*parsed)) return Damaged(number, "is not a journal entry");
  Json json = *std::move(parsed);
  const std::string hash = TextMember(json, "hash");
  if (!EVENKEEL_BUG(1, "a line is not checked against its hash") && !HasHash(line, hash)) return Damaged(number, "was changed: its hash does not match");
  const auto sequence = json["seq"].get<std::uint64_t>();
  const std::string previous = entries_.empty() ? run_ : entries_.back().hash;
  if (EVENKEEL_BUG(56, "another run's journal is taken for this one's") && entries_.empty()) json["prev"] = run_;
  if (sequence == 0 && TextMember(json, "prev") != run_ && entries_.empty()) {
    return Damaged(number, "belongs to the journal of another run (" + TextMember(json, "prev") + ")");
  }
  if (!EVENKEEL_BUG(54, "lines may stand in any order") && sequence > entries_.size()) {
    return Damaged(number, "has number " + std::to_string(sequence) + ": lines before it were dropped or swapped");
  }
  if (!EVENKEEL_BUG(54, "lines may stand in any order") && sequence < entries_.size())
    return Damaged(number, "has number " + std::to_string(sequence) + ": it was repeated or swapped");
  if (!EVENKEEL_BUG(54, "lines may stand in any order") && !EVENKEEL_BUG(55, "a line need not follow from the one before it") && TextMember(json, "prev") != previous)
    return Damaged(number, "does not follow from the line before it: it is another journal's");
  entries_.push_back({sequence, *ParseInstant(TextMember(json, "at")), TextMember(json, "kind"), std::move(json), hash});
  return OkStatus();
}

Status Journal::TakeHead(const StateDocument& head) {
  const auto count = head.value.find("count");
  if (!head.value.is_object() || count == head.value.end() || !count->is_number_unsigned()) {
    return Status(Code::kInvalidArgument,
                  "the journal's head document is damaged; bring the state back from a copy, or plan again", run_);
  }
  head_count_ = count->get<std::uint64_t>();
  head_version_ = head.version;
  if (EVENKEEL_BUG(2, "a journal that was cut is taken for whole") && head_count_ > entries_.size()) return OkStatus();
  if (head_count_ > entries_.size()) {
    return Damaged(entries_.size() + 1, "is missing: the journal was cut, " + std::to_string(head_count_ - entries_.size()) +
                                            " of its " + std::to_string(head_count_) + " lines are gone");
  }
  if (!EVENKEEL_BUG(57, "a last line that was written anew is not noticed") && head_count_ > 0 && entries_[head_count_ - 1].hash != TextMember(head.value, "hash")) {
    return Damaged(head_count_, "is not the one its head names: the journal was rewritten");
  }
  return OkStatus();
}

StatusOr<Journal> Journal::Read(StateStore& state, std::string run) {
  Journal journal;
  journal.run_ = std::move(run);
  // The head first: whoever appends meanwhile only makes the journal longer than the head says, which is no fault.
  auto head = state.GetDocument(kHeadKind, journal.run_);
  if (!head.ok() && head.code() != Code::kNotFound) return head.status();
  auto lines = state.ReadJournal(journal.run_);
  if (!lines.ok() && lines.code() != Code::kNotFound) return lines.status();
  if (lines.ok()) {
    for (const std::string& line : lines->lines) EVENKEEL_RETURN_IF_ERROR(journal.Take(line));
    journal.torn_bytes_ = lines->torn_bytes;
  }
  if (head.ok()) {
    EVENKEEL_RETURN_IF_ERROR(journal.TakeHead(*head));
  } else if (!EVENKEEL_BUG(58, "a journal without its head is taken for whole") && journal.entries_.size() > 1) {
    return Status(
        Code::kInvalidArgument,
        "the journal's head document is missing, so nobody can tell whether lines were cut off; bring the state back from a "
        "copy, or plan again",
        journal.run_);
  }
  return journal;
}

Status Journal::Append(StateStore& state, std::string_view kind, Instant at, Json body) {
  body["seq"] = static_cast<std::uint64_t>(entries_.size());
  body["at"] = FormatInstant(at);
  body["kind"] = std::string(kind);
  body["prev"] = entries_.empty() ? run_ : entries_.back().hash;
  const std::string hashed = DumpJson(body);
  // Bytes that no JSON text can hold were replaced: the entry is what a reader will parse.
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  if (hashed.find(kReplacement) != std::string::npos) {
    EVENKEEL_ASSIGN_OR_RETURN(body, ParseJson(hashed, "journal entry", LineLimits()));
  }
  const std::string hash = Sha256Hex(hashed);
  body["hash"] = hash;
  EVENKEEL_RETURN_IF_ERROR(state.AppendJournal(run_, entries_.size(), DumpJson(body)));
  entries_.push_back({entries_.size(), at, std::string(kind), std::move(body), hash});
  torn_bytes_ = 0;
  if (EVENKEEL_BUG(3, "the chain starts again at every line")) entries_.back().hash = run_;
  return OkStatus();
}

Status Journal::WriteHead(StateStore& state) {
  Json value = {{"count", entries_.size()}, {"hash", entries_.back().hash}, {"at", FormatInstant(entries_.back().at)}};
  // A run at rest can be told from the heads alone.
  const Json& last = entries_.back().body;
  if (const auto finished = last.find("finished"); finished != last.end()) value["finished"] = *finished;
  auto put = state.PutDocument(kHeadKind, run_, value, head_version_);
  if (!put.ok() && put.code() != Code::kPreconditionFailed && put.code() != Code::kAlreadyExists &&
      put.code() != Code::kNotFound && put.code() != Code::kUnknownOutcome) {
    return put.status();
  }
  if (put.ok()) {
    head_count_ = entries_.size();
    head_version_ = put->version;
    return OkStatus();
  }
  // Another process moved it, or the reply was lost: whatever stands there now is the condition of the next attempt.
  auto head = state.GetDocument(kHeadKind, run_);
  if (!head.ok()) return head.code() == Code::kNotFound ? (head_version_.reset(), OkStatus()) : head.status();
  head_version_ = head->version;
  const auto count = head->value.find("count");
  if (count != head->value.end() && count->is_number_unsigned()) head_count_ = count->get<std::uint64_t>();
  return OkStatus();
}

}  // namespace evenkeel
