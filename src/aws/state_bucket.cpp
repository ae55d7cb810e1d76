#include "aws/state_bucket.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "aws/document_table.h"
#include "aws/uri.h"
#include "digest/sha256.h"
#include "stores/memory/state_names.h"

namespace evenkeel::aws {
namespace {

constexpr std::size_t kNameBytes = 800;  // of a key S3 takes 1,024

// Percent-encoded but for slashes; a segment of dots alone would be a way elsewhere to some tools. Too long: its beginning and the hash of the whole.
std::string Encode(std::string_view name) {
  std::string out;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view segment = name.substr(begin, end - begin);
    if (begin > 0) out += '/';
    out += segment == "." ? "%2E" : segment == ".." ? "%2E%2E" : EncodeUri(segment);
    begin = end + 1;
  }
  return out.size() <= kNameBytes ? out : out.substr(0, kNameBytes - 100) + "~" + Sha256Hex(name);
}

std::string Number(std::uint64_t sequence) {
  char text[24];
  std::snprintf(text, sizeof text, "%010llu", static_cast<unsigned long long>(sequence));
  return text;
}

// After a create that failed: somebody else has made the object, or is about to, or we have, and the answer was lost.
bool MayBeThere(const StatusOr<ObjectInfo>& made) {
  return made.code() == Code::kAlreadyExists || made.code() == Code::kPreconditionFailed || made.code() == Code::kUnknownOutcome;
}

Status AnotherLength(std::string_view run, std::uint64_t sequence) {
  return {Code::kPreconditionFailed, "the journal has another length than " + std::to_string(sequence) + " lines: another process is at this run; let it finish or resume it",
          std::string(run)};
}

Status LineMissing(std::string_view run, std::uint64_t number, const std::string& where) {
  return {Code::kInvalidArgument, "the journal is damaged: line " + std::to_string(number + 1) + " is missing in " + where + "; bring it back from a copy, or plan again", std::string(run)};
}

}  // namespace

std::string StateBucket::BlobKey(std::string_view name) const { return prefix_ + "backups/" + Encode(name); }
std::string StateBucket::FirstKey(std::string_view run) const { return prefix_ + "runs/" + EncodeUri(run); }
std::string StateBucket::LineKey(std::string_view run, const std::string& token, std::uint64_t sequence) const {
  return sequence == 0 ? FirstKey(run) : prefix_ + "journals/" + EncodeUri(run) + "/" + token + "/" + Number(sequence);
}
std::string StateBucket::BlobLocation(std::string_view name) const { return location_ + "backups/" + Encode(name); }

Status StateBucket::PutBlob(std::string_view name, std::string_view bytes) {
  if (name.empty()) return {Code::kInvalidArgument, "a backup needs a name"};
  const auto made = objects_->Create(BlobKey(name), bytes, "application/octet-stream", {DrawToken(environment_), {}});
  if (!MayBeThere(made)) return made.status();
  const auto now = objects_->Get(BlobKey(name));
  if (now.ok()) return now->bytes == bytes ? OkStatus() : BlobNameTaken(name);
  if (made.code() == Code::kUnknownOutcome) return made.status();
  return {Code::kUnavailable, "another write of the backup was under way, and cannot be seen yet; try again", BlobLocation(name)};
}

StatusOr<std::string> StateBucket::GetBlob(std::string_view name) {
  if (name.empty()) return NoSuchBlob(name);
  auto object = objects_->Get(BlobKey(name));
  if (object.code() == Code::kNotFound) return NoSuchBlob(name);
  EVENKEEL_RETURN_IF_ERROR(object.status());
  return std::move(object->bytes);
}

Status StateBucket::Remove(const std::string& key) {
  EVENKEEL_ASSIGN_OR_RETURN(const ObjectInfo info, objects_->Head(key));
  return objects_->Delete(key, info.version, {"retention", {}});
}

Status StateBucket::RemoveBlob(std::string_view name) {
  if (name.empty()) return NoSuchBlob(name);
  const Status removed = Remove(BlobKey(name));
  return removed.code() == Code::kNotFound ? NoSuchBlob(name) : removed;
}

void StateBucket::Remember(std::string_view run, const Tail* tail) {
  const std::lock_guard lock(mutex_);
  if (tail == nullptr) {
    tails_.erase(std::string(run));
  } else {
    tails_[std::string(run)] = *tail;
  }
}

StatusOr<StateBucket::Tail> StateBucket::FindTail(std::string_view run, std::uint64_t sequence) {
  if (sequence == 0) return Tail{DrawToken(environment_), 0};
  {
    const std::lock_guard lock(mutex_);
    const auto known = tails_.find(std::string(run));
    if (known != tails_.end() && known->second.lines >= sequence) return known->second;
  }
  const auto first = objects_->Head(FirstKey(run));
  if (first.code() == Code::kNotFound) return AnotherLength(run, sequence);
  EVENKEEL_RETURN_IF_ERROR(first.status());
  const Tail tail{first->operation, sequence};
  const auto before = sequence == 1 ? first : objects_->Head(LineKey(run, tail.token, sequence - 1));
  if (before.code() == Code::kNotFound) return AnotherLength(run, sequence);
  EVENKEEL_RETURN_IF_ERROR(before.status());
  return tail;
}

Status StateBucket::Append(std::string_view run, std::uint64_t sequence, std::string_view line) {
  EVENKEEL_RETURN_IF_ERROR(CheckJournalLine(run, line));
  if (EncodeUri(run).size() > kNameBytes) return {Code::kInvalidArgument, "the name of the run is too long", std::string(run)};
  EVENKEEL_ASSIGN_OR_RETURN(Tail tail, FindTail(run, sequence));
  EVENKEEL_RETURN_IF_ERROR(WriteLine(LineKey(run, tail.token, sequence), line, sequence == 0 ? tail.token : DrawToken(environment_), run, sequence));
  tail.lines = sequence + 1;
  Remember(run, &tail);
  return OkStatus();
}

Status StateBucket::WriteLine(const std::string& key, std::string_view line, const std::string& token, std::string_view run, std::uint64_t sequence) {
  const std::string bytes = std::string(line) + "\n";
  const auto made = objects_->Create(key, bytes, "application/json", {token, {}});
  if (!MayBeThere(made)) return made.status();  // a line is never changed, so that a look tells whose it is
  const auto now = objects_->Get(key);
  if (!now.ok()) return made.code() == Code::kUnknownOutcome || now.code() == Code::kNotFound ? made.status() : now.status();
  if (now->info.operation == token && now->bytes == bytes) return OkStatus();
  if (now->bytes.ends_with('\n')) return AnotherLength(run, sequence);
  const auto whole = objects_->Replace(key, bytes, now->info.version, {token, {}});
  return whole.code() == Code::kPreconditionFailed ? AnotherLength(run, sequence) : whole.status();
}

StatusOr<std::vector<ObjectInfo>> StateBucket::List(const std::string& prefix) {
  std::vector<ObjectInfo> all;
  std::string cursor;
  std::set<std::string> seen;
  do {
    EVENKEEL_ASSIGN_OR_RETURN(ObjectListing page, objects_->List(prefix, cursor));
    if (!page.complete) return Status(Code::kUnavailable, page.why_incomplete + "; try again", location_);
    std::move(page.objects.begin(), page.objects.end(), std::back_inserter(all));
    cursor = std::move(page.cursor);
    if (!cursor.empty() && !seen.insert(cursor).second) return Status(Code::kUnavailable, "the listing leads to where it was; try again", location_);
  } while (!cursor.empty());
  return all;
}

// A line is not there: either the journal is being removed, and then its first line is not there any more, or it is damaged.
Status StateBucket::Torn(std::string_view run, const Object& first, std::uint64_t number) {
  const auto now = objects_->Head(FirstKey(run));
  if (now.code() != Code::kNotFound && !now.ok()) return now.status();
  if (now.ok() && now->operation == first.info.operation) return LineMissing(run, number, location_);
  Remember(run, nullptr);
  return {Code::kNotFound, "the journal was removed while it was read: the run is older than the policy keeps runs (retention_days)", std::string(run)};
}

StatusOr<StateStore::JournalLines> StateBucket::ReadJournal(std::string_view run) {
  auto first = objects_->Get(FirstKey(run));
  if (first.code() == Code::kNotFound) return Remember(run, nullptr), NoSuchJournal(run);
  EVENKEEL_RETURN_IF_ERROR(first.status());
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<ObjectInfo> listed, List(prefix_ + "journals/" + EncodeUri(run) + "/" + first->info.operation + "/"));
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    keys.push_back(LineKey(run, first->info.operation, i + 1));
    if (listed[i].key != keys.back()) return Torn(run, *first, i + 1);
  }
  std::vector<StatusOr<Object>> objects = objects_->GetMany(keys);
  objects.insert(objects.begin(), std::move(first));
  StateStore::JournalLines journal;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (objects[i].code() == Code::kNotFound) return Torn(run, *objects[0], i);
    EVENKEEL_RETURN_IF_ERROR(objects[i].status());
    std::string& bytes = objects[i]->bytes;
    if (!bytes.ends_with('\n')) {
      if (i + 1 < objects.size()) return LineMissing(run, i, location_);
      journal.torn_bytes = bytes.size();
      break;
    }
    bytes.pop_back();
    journal.lines.push_back(std::move(bytes));
  }
  const Tail tail{objects[0]->info.operation, journal.lines.size()};
  Remember(run, &tail);
  return journal;
}

StatusOr<std::vector<std::string>> StateBucket::ListJournals() {
  const std::string prefix = prefix_ + "runs/";
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<ObjectInfo> listed, List(prefix));
  std::vector<std::string> runs;
  for (const ObjectInfo& info : listed) runs.push_back(DecodeUri(std::string_view(info.key).substr(prefix.size())));
  std::sort(runs.begin(), runs.end());
  return runs;
}

// The first line goes first: without it the rest is no journal. Then from the end, so that whoever has begun to read finds one that ends early,
// and no gap.
Status StateBucket::RemoveJournal(std::string_view run) {
  Remember(run, nullptr);
  std::string rest = prefix_ + "journals/" + EncodeUri(run) + "/";
  const auto first = objects_->Head(FirstKey(run));
  if (!first.ok() && first.code() != Code::kNotFound) return first.status();
  if (first.ok()) {
    rest += first->operation + "/";
    EVENKEEL_RETURN_IF_ERROR(objects_->Delete(FirstKey(run), first->version, {"retention", {}}));
  }
  EVENKEEL_ASSIGN_OR_RETURN(const std::vector<ObjectInfo> listed, List(rest));
  for (auto info = listed.rbegin(); info != listed.rend(); ++info) {
    const Status removed = objects_->Delete(info->key, info->version, {"retention", {}});
    if (!removed.ok() && removed.code() != Code::kNotFound) return removed;
  }
  return first.ok() || !listed.empty() ? OkStatus() : NoSuchJournal(run);
}

Status StateBucket::Try() {
  const std::string token = DrawToken(environment_), key = prefix_ + "probe/" + token;
  EVENKEEL_RETURN_IF_ERROR(objects_->List(prefix_ + "probe/", "").status());
  const auto made = objects_->Create(key, token, "", {token, {}});
  if (made.code() == Code::kUnknownOutcome) static_cast<void>(Remove(key).ok());  // it may be there
  EVENKEEL_RETURN_IF_ERROR(made.status());
  const auto again = objects_->Create(key, "", "", {"again", {}});
  const auto read = objects_->Get(key);
  EVENKEEL_RETURN_IF_ERROR(objects_->Delete(key, made->version, {"removed", {}}));
  EVENKEEL_RETURN_IF_ERROR(read.status());
  const bool is_kept = read->bytes == token && read->info.operation == token;
  if (is_kept && again.code() == Code::kAlreadyExists) return OkStatus();
  if (is_kept && !again.ok()) return again.status();  // it was not answered this time, which says nothing of the bucket
  return {Code::kUnimplemented, "it does not keep what was written there, or lets it be written twice; use another bucket", location_};
}

}  // namespace evenkeel::aws
