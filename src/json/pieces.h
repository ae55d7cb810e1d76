// The pieces that several documents share, written and read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evenkeel/edit.h"
#include "evenkeel/json.h"

namespace evenkeel {

Json SpanToJson(const Span& span);
Json SpanToJson(const std::optional<Span>& span);  // null when there is none
Json TextOrNull(std::string_view text);            // null when empty
Json InstantToJson(const std::optional<Instant>& instant);
Json EvidenceToJson(const Evidence& evidence);
Json EditListToJson(const std::vector<Edit>& edits);
Json EditNotesToJson(const std::vector<EditNote>& notes);
Json VerdictToJson(const Verdict& verdict);
Json QuestionToJson(const Question& question);
Json ChangeToJson(const Change& change);
Json ConflictToJson(const Conflict& conflict);  // {"sides": [{"field", "agreed", "ours", "theirs"}], "written_by"}
// Bytes under `name` where they are UTF-8, else under NAME_base64.
void PutBytes(Json& object, const std::string& name, std::string_view bytes);

// Reads the members of one JSON object. The first thing that is missing or of the wrong type is kept as the error, with the
// path to it; what is read after that is empty. Unknown members are left to the schema.
class ObjectReader {
 public:
  ObjectReader(const Json& object, std::string path, Status& status);

  bool Has(const char* name) const;
  std::string Text(const char* name);                          // null reads as empty
  bool Flag(const char* name);
  std::uint64_t Count(const char* name);
  std::string Bytes(const std::string& name);                  // as PutBytes wrote them
  Span SpanAt(const char* name);
  std::optional<Span> OptionalSpanAt(const char* name);
  std::optional<Instant> InstantAt(const char* name);
  std::optional<LocalDateTime> LocalAt(const char* name);
  Attributes AttributesAt(const char* name);
  std::vector<std::string> Texts(const char* name);
  const Json& Object(const char* name);
  const Json& Array(const char* name);
  std::string PathOf(const std::string& name) const { return path_.empty() ? name : path_ + "." + name; }
  Status& status() { return status_; }
  void Fail(const std::string& name, std::string_view wanted);

 private:
  const Json* Find(const char* name);

  const Json& object_;
  std::string path_;
  Status& status_;
};

std::vector<Edit> EditListFrom(const Json& array, const std::string& path, Status& status);
std::vector<EditNote> EditNotesFrom(const Json& array, const std::string& path, Status& status);
std::vector<Unread> UnreadFrom(const Json& array, const std::string& path, Status& status);
Evidence EvidenceFrom(const Json& object, const std::string& path, Status& status);
Verdict VerdictFrom(const Json& object, const std::string& path, Status& status);
Question QuestionFrom(const Json& object, const std::string& path, Status& status);
Change ChangeFrom(Verb verb, const Json& object, const std::string& path, Status& status);

Json AcceptanceToJson(const Acceptance& acceptance);  // without a schema

// "STORE:KEY" of a page, as documents name pages. Store names hold no ':'.
Resource PageFromText(std::string_view text);
std::string TextOfLocal(const LocalDateTime& time);  // "15:30", "2026-05-30T15:30"

}  // namespace evenkeel
