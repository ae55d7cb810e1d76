// What every StateStore checks and says in the same words.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "evenkeel/state_store.h"

namespace evenkeel {

inline Status CheckDocumentKind(std::string_view kind) {
  const bool good = !kind.empty() && std::all_of(kind.begin(), kind.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  return good ? OkStatus() : Status(Code::kInvalidArgument, "a document kind takes a-z and _ only", std::string(kind));
}

inline Status NoSuchDocument(std::string_view kind, std::string_view id) {
  return {Code::kNotFound, "the state has no such document", std::string(kind) + "/" + std::string(id)};
}

// `now`: the version that stands, nullopt when there is no document.
inline Status CheckDocumentVersion(std::string_view kind, std::string_view id, const std::optional<Version>& now,
                                   const std::optional<Version>& expected) {
  if (now == expected) return OkStatus();
  const std::string name = std::string(kind) + "/" + std::string(id);
  if (!expected) return {Code::kAlreadyExists, "the state document exists; read it first", name};
  if (!now) return {Code::kPreconditionFailed, "the state document is gone: somebody else deleted it; read again", name};
  return {Code::kPreconditionFailed, "somebody else changed the state document; read it again", name};
}

inline Status NoSuchBlob(std::string_view name) { return {Code::kNotFound, "the state has no such backup", std::string(name)}; }
inline Status BlobNameTaken(std::string_view name) {
  return {Code::kAlreadyExists, "a backup with other bytes has this name; backups are never overwritten", std::string(name)};
}
inline Status NoSuchJournal(std::string_view run) {
  return {Code::kNotFound, "there is no such run; evenkeel show lists those there are", std::string(run)};
}

inline Status CheckJournalLine(std::string_view run, std::string_view line) {
  if (run.empty()) return {Code::kInvalidArgument, "a journal needs the name of its run"};
  if (line.find('\n') == std::string_view::npos) return OkStatus();
  return {Code::kInvalidArgument, "a journal line cannot hold a line break", std::string(run)};
}

inline Status CheckJournalLength(std::string_view run, std::uint64_t length, std::uint64_t sequence) {
  if (length == sequence) return OkStatus();
  return {Code::kPreconditionFailed,
          "the journal has " + std::to_string(length) + " lines, not " + std::to_string(sequence) +
              ": another process is at this run; let it finish or resume it",
          std::string(run)};
}

inline StateStore::JournalLines SplitJournal(std::string_view bytes) {
  StateStore::JournalLines journal;
  for (std::size_t end; (end = bytes.find('\n')) != std::string_view::npos; bytes.remove_prefix(end + 1)) {
    journal.lines.emplace_back(bytes.substr(0, end));
  }
  journal.torn_bytes = bytes.size();
  return journal;
}

}  // namespace evenkeel
