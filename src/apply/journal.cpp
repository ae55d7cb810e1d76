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

// Where the member "hash" belongs in a line that has none: before the first member of a greater name, "kind" at the latest.
std::size_t PlaceOfHash(std::string_view line) {
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '{' || line[i] == '[') ++depth;
    if (line[i] == '}' || line[i] == ']') --depth;
    if (line[i] != '"') continue;
    if (depth == 1 && line[i - 1] != ':' && line.substr(i) > "\"hash") return i;
    for (++i; line[i] != '"'; ++i) i += line[i] == '\\' ? 1 : 0;
  }
  return line.size() - 1;
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

// As the next line after `entries_`.
StatusOr<JournalEntry> Journal::Verify(std::string line) const {
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
  const Instant at = *ParseInstant(TextMember(json, "at"));
  std::string kind = TextMember(json, "kind");
  return JournalEntry{sequence, at, std::move(kind), std::move(json), hash, std::move(line)};
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
  EVENKEEL_RETURN_IF_ERROR(journal.ReadAgain(state));
  return journal;
}

Status Journal::ReadAgain(StateStore& state) {
  // The head first: whoever appends meanwhile only makes the journal longer than the head says, which is no fault.
  const auto head = state.GetDocument(kHeadKind, run_);
  if (!head.ok() && head.code() != Code::kNotFound) return head.status();
  auto lines = state.ReadJournal(run_);
  if (!lines.ok() && lines.code() != Code::kNotFound) return lines.status();
  StateStore::JournalLines found;
  if (lines.ok()) found = *std::move(lines);
  std::size_t same = 0;
  while (same < found.lines.size() && same < entries_.size() && entries_[same].line == found.lines[same]) ++same;
  entries_.resize(same);
  for (std::size_t i = same; i < found.lines.size(); ++i) {
    EVENKEEL_ASSIGN_OR_RETURN(JournalEntry next, Verify(std::move(found.lines[i])));
    entries_.push_back(std::move(next));
  }
  torn_bytes_ = found.torn_bytes;
  if (head.ok()) return TakeHead(*head);
  head_count_ = 0;
  head_version_.reset();
  if (EVENKEEL_BUG(58, "a journal without its head is taken for whole") || entries_.size() <= 1) return OkStatus();
  return Status(
      Code::kInvalidArgument,
      "the journal's head document is missing, so nobody can tell whether lines were cut off; bring the state back from a "
      "copy, or plan again",
      run_);
}

Status Journal::Append(StateStore& state, std::string_view kind, Instant at, Json body) {
  body["seq"] = static_cast<std::uint64_t>(entries_.size());
  body["at"] = FormatInstant(at);
  body["kind"] = std::string(kind);
  body["prev"] = entries_.empty() ? run_ : entries_.back().hash;
  std::string line = DumpJson(body);
  // Bytes that no JSON text can hold were replaced: the entry is what a reader will parse.
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  if (line.find(kReplacement) != std::string::npos) {
    EVENKEEL_ASSIGN_OR_RETURN(body, ParseJson(line, "journal entry", LineLimits()));
  }
  std::string hash = Sha256Hex(line);
  line.insert(PlaceOfHash(line), HashMember(hash));
  body["hash"] = hash;
  EVENKEEL_RETURN_IF_ERROR(state.AppendJournal(run_, entries_.size(), line));
  entries_.push_back({entries_.size(), at, std::string(kind), std::move(body), std::move(hash), std::move(line)});
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
