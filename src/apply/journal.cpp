#include "apply/journal.h"

#include <utility>

#include "digest/sha256.h"
#include "evenkeel/json.h"

namespace evenkeel {
namespace {

std::string HashOfBody(const Json& body_without_hash) { return Sha256Hex(DumpJson(body_without_hash)); }

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
  Json unhashed = json;
  unhashed.erase("hash");
  const std::string hash = TextMember(json, "hash");
  if (DumpJson(json) != line || HashOfBody(unhashed) != hash) return Damaged(number, "was changed: its hash does not match");
  const auto sequence = json["seq"].get<std::uint64_t>();
  const std::string previous = entries_.empty() ? run_ : entries_.back().hash;
  if (sequence == 0 && TextMember(json, "prev") != run_ && entries_.empty()) {
    return Damaged(number, "belongs to the journal of another run (" + TextMember(json, "prev") + ")");
  }
  if (sequence > entries_.size()) {
    return Damaged(number, "has number " + std::to_string(sequence) + ": lines before it were dropped or swapped");
  }
  if (sequence < entries_.size())
    return Damaged(number, "has number " + std::to_string(sequence) + ": it was repeated or swapped");
  if (TextMember(json, "prev") != previous)
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
  if (head_count_ > entries_.size()) {
    return Damaged(entries_.size() + 1, "is missing: the journal was cut, " + std::to_string(head_count_ - entries_.size()) +
                                            " of its " + std::to_string(head_count_) + " lines are gone");
  }
  if (head_count_ > 0 && entries_[head_count_ - 1].hash != TextMember(head.value, "hash")) {
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
  } else if (journal.entries_.size() > 1) {
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
  // Through text once, so that what is hashed is exactly what a reader will parse.
  EVENKEEL_ASSIGN_OR_RETURN(body, ParseJson(DumpJson(body), "journal entry", LineLimits()));
  const std::string hash = HashOfBody(body);
  body["hash"] = hash;
  EVENKEEL_RETURN_IF_ERROR(state.AppendJournal(run_, entries_.size(), DumpJson(body)));
  entries_.push_back({entries_.size(), at, std::string(kind), std::move(body), hash});
  torn_bytes_ = 0;
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
