// StateStore: what Evenkeel itself remembers. Three shapes carry all of it, so that a folder, an SQLite file or a
// DynamoDB table with a bucket can serve:
//   documents  small JSON values under (kind, id), written conditionally: leases, journal heads, handoffs, tombstones, instructions
//   blobs      bytes written once under a name and never changed: backups; removed by retention alone
//   journals   append-only lines of a run, each durable before the call returns
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "evenkeel/resource.h"
#include "evenkeel/status.h"

namespace evenkeel {

using Json = nlohmann::json;

struct StateDocument {
  std::string id;
  Json value;
  Version version;  // unique: never the same again for this (kind, id)
};

// Law for implementers: as for ObjectStore. Kinds are [a-z_]+; ids and blob names may hold any bytes and are escaped by the adapter.
class StateStore {
 public:
  virtual ~StateStore() = default;

  // kNotFound when there is none.
  virtual StatusOr<StateDocument> GetDocument(std::string_view kind, std::string_view id) = 0;
  // expected: nullopt = must not exist yet (kAlreadyExists otherwise), a version = must still have it (kPreconditionFailed).
  virtual StatusOr<StateDocument> PutDocument(std::string_view kind, std::string_view id, const Json& value,
                                              const std::optional<Version>& expected) = 0;
  virtual Status DeleteDocument(std::string_view kind, std::string_view id, const Version& expected) = 0;
  virtual StatusOr<std::vector<StateDocument>> ListDocuments(std::string_view kind) = 0;  // by id

  // Writes once; the same bytes again are kOk, other bytes under a taken name kAlreadyExists.
  virtual Status PutBlob(std::string_view name, std::string_view bytes) = 0;
  virtual StatusOr<std::string> GetBlob(std::string_view name) = 0;
  // kNotFound when there is none. For retention alone: nothing that a run may still need is removed.
  virtual Status RemoveBlob(std::string_view name) = 0;
  // Where a person finds the blob ("state/backups/…"), for messages; may be empty.
  virtual std::string BlobLocation(std::string_view name) const = 0;

  // Appends one line (no newline in it) as number `sequence` (0, 1, …). kPreconditionFailed when the journal has another length.
  // Durable when it returns.
  virtual Status AppendJournal(std::string_view run, std::uint64_t sequence, std::string_view line) = 0;
  // All whole lines. A torn last line (no newline) is left out and reported in `torn_bytes`.
  struct JournalLines {
    std::vector<std::string> lines;
    std::size_t torn_bytes = 0;
  };
  virtual StatusOr<JournalLines> ReadJournal(std::string_view run) = 0;
  virtual StatusOr<std::vector<std::string>> ListJournals() = 0;  // run ids, sorted
  // kNotFound when there is none. A journal of the same name begins at 0 again.
  virtual Status RemoveJournal(std::string_view run) = 0;
};

}  // namespace evenkeel
