#include "lease/fencing.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

constexpr std::string_view kPrefix = "fence-";

std::string OperationPrefix(const WriteStamp::Fence& fence) { return std::string(kPrefix) + std::to_string(fence.number) + "/" + fence.booking + "/"; }

}  // namespace

bool IsFenceOperation(std::string_view operation) { return operation.starts_with(kPrefix); }

// A takeover that was cut off is followed by one under another number. Whoever was taken over does not step over what fences it out.
std::vector<Version> RewrittenFrom(std::string_view operation, const WriteStamp::Fence& fence) {
  std::vector<Version> versions;
  const std::string name = "/" + fence.booking + "/";
  const std::size_t slash = operation.find('/');
  if (!IsFenceOperation(operation) || slash == std::string_view::npos || operation.substr(slash, name.size()) != name) return versions;
  std::uint64_t number = 0;
  const auto read = std::from_chars(operation.data() + kPrefix.size(), operation.data() + slash, number);
  if (read.ec != std::errc() || read.ptr != operation.data() + slash || number > fence.number) return versions;
  for (std::size_t begin = slash + name.size(), end = 0; begin <= operation.size(); begin = end + 1) {
    end = std::min(operation.find('|', begin), operation.size());
    versions.emplace_back(operation.substr(begin, end - begin));
  }
  return versions;
}

std::set<Resource> Fencing::left_out() const {
  std::set<Resource> left_out;
  for (const Resource& resource : resources_) {
    const auto store = fleet_.pages.find(resource.store);
    if (resource.kind == ResourceKind::kPage && store != fleet_.pages.end() && !store->second->Traits().unique_versions) left_out.insert(resource);
  }
  return left_out;
}

Fencing::Fencing(Fleet& fleet, const Lease& lease)
    : fleet_(fleet), fence_{lease.booking, lease.fence}, resources_(lease.unfenced.begin(), lease.unfenced.end()) {}

ObjectStore* Fencing::PagesOf(const Resource& page) const {
  const auto found = fleet_.pages.find(page.store);
  if (page.kind != ResourceKind::kPage || found == fleet_.pages.end()) return nullptr;
  const StoreTraits traits = found->second->Traits();
  return traits.unique_versions && traits.writable ? found->second.get() : nullptr;
}

RecordStore* Fencing::RecordsOf(const Resource& record) const {
  const auto found = fleet_.records.find(record.store);
  if (record.kind != ResourceKind::kRecord || found == fleet_.records.end()) return nullptr;
  const StoreTraits traits = found->second->Traits();
  return traits.checks_fences && traits.writable ? found->second.get() : nullptr;
}

// The versions that it was rewritten from stand in the operation: who looks after a lost reply, or after a crash, knows them and the new one.
// Stores keep short operations alone (S3 2 KiB of metadata in all), and a process that dies again and again is taken over again and again: the
// first, which plans were made from, and the newest stay. Who depends on one in between plans again.
WriteStamp Fencing::StampFrom(std::vector<Version> versions) const {
  constexpr std::size_t kListedMax = 768;  // bytes
  std::size_t listed = 0;
  for (const Version& version : versions) listed += version.size() + 1;
  while (listed > kListedMax && versions.size() > 2) {
    listed -= versions[1].size() + 1;
    versions.erase(versions.begin() + 1);
  }
  std::string operation = OperationPrefix(fence_);
  for (const Version& version : versions) operation += (operation.back() == '/' ? "" : "|") + version;
  return {std::move(operation), fence_};
}

StatusOr<bool> Fencing::Step() {
  while (next_ < resources_.size()) {
    const Resource& resource = resources_[next_];
    if (PagesOf(resource) != nullptr) return StepPage(resource);
    if (RecordsOf(resource) != nullptr) return StepRecord(resource);
    Next();
  }
  return true;
}

void Fencing::Next() {
  ++next_;
  attempts_ = 0;
  has_looked_ = false;
  page_.reset();
}

StatusOr<bool> Fencing::Retry(const Status& refused, const Resource& resource) {
  constexpr int kAttemptsMax = 8;
  if (refused.code() == Code::kNotFound) {
    Next();
    return next_ == resources_.size();
  }
  const bool look_again = refused.code() == Code::kPreconditionFailed || refused.code() == Code::kUnknownOutcome;
  if (!look_again) return refused;
  if (++attempts_ == kAttemptsMax) {
    return Status(Code::kUnavailable, "could not be fenced: it changes all the time, or somebody took the lease over: " + refused.message(),
                  resource.ToString());
  }
  has_looked_ = false;
  return false;
}

StatusOr<bool> Fencing::StepPage(const Resource& page) {
  ObjectStore& store = *PagesOf(page);
  if (!has_looked_) return LookAtPage(store, page);
  std::vector<Version> versions = RewrittenFrom(page_->info.operation, fence_);
  versions.push_back(page_->info.version);
  const auto written = store.Replace(page.key, page_->bytes, page_->info.version, StampFrom(versions));
  if (!written.ok()) return Retry(written.status(), page);
  rewritten_.push_back({page, page_->info.version, written->version});
  Next();
  return next_ == resources_.size();
}

// What broke off on the way, and nobody said so, must not be written back: two readings say the same, of the length that the store states.
StatusOr<bool> Fencing::LookAtPage(ObjectStore& store, const Resource& page) {
  auto there = store.Get(page.key);
  if (!there.ok()) return Retry(there.status(), page);
  const bool is_rewritten = there->info.operation.starts_with(OperationPrefix(fence_));
  const bool is_whole = there->info.bytes == there->bytes.size();
  has_looked_ = is_whole && page_ && page_->info.version == there->info.version && page_->bytes == there->bytes;
  if (has_looked_ || is_rewritten) {
    for (const Version& from : RewrittenFrom(there->info.operation, fence_)) rewritten_.push_back({page, from, there->info.version});
  }
  if (is_rewritten || EVENKEEL_BUG(72, "a page counts as fenced that was only read")) {
    Next();
    return next_ == resources_.size();
  }
  const bool is_first = !page_;
  page_ = *std::move(there);
  return has_looked_ || (is_first && is_whole) ? StatusOr<bool>(false) : Retry(Status(Code::kPreconditionFailed, "no two readings of it are the same"), page);
}

StatusOr<bool> Fencing::StepRecord(const Resource& record) {
  RecordStore& store = *RecordsOf(record);
  if (!has_looked_) {
    auto there = store.Get(record.key);
    if (!there.ok()) return Retry(there.status(), record);
    record_ = *std::move(there);
    has_looked_ = true;
    if (EVENKEEL_BUG(73, "a record counts as fenced that was only read")) Next();
    return next_ == resources_.size();
  }
  const auto raised = store.Update(record.key, {}, {}, record_.version, StampFrom({record_.version}));
  if (!raised.ok()) return Retry(raised.status(), record);
  Next();
  return next_ == resources_.size();
}

}  // namespace evenkeel
