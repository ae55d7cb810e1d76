#include "lease/fencing.h"

#include <utility>

namespace evenkeel {
namespace {

constexpr std::string_view kPrefix = "fence-";

std::string OperationPrefix(const WriteStamp::Fence& fence) { return std::string(kPrefix) + std::to_string(fence.number) + "/" + fence.booking + "/"; }

}  // namespace

bool IsFenceOperation(std::string_view operation) { return operation.starts_with(kPrefix); }

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

// The version it was rewritten from stands in the operation: who looks after a lost reply, or after a crash, knows both.
WriteStamp Fencing::StampFrom(const Version& version) const { return {OperationPrefix(fence_) + version, fence_}; }

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
  if (!has_looked_) {
    auto there = store.Get(page.key);
    if (!there.ok()) return Retry(there.status(), page);
    page_ = *std::move(there);
    const std::string prefix = OperationPrefix(fence_);
    has_looked_ = !page_.info.operation.starts_with(prefix);
    if (has_looked_) return false;
    rewritten_.push_back({page, page_.info.operation.substr(prefix.size()), page_.info.version});
  } else {
    const auto written = store.Replace(page.key, page_.bytes, page_.info.version, StampFrom(page_.info.version));
    if (!written.ok()) return Retry(written.status(), page);
    rewritten_.push_back({page, page_.info.version, written->version});
  }
  Next();
  return next_ == resources_.size();
}

StatusOr<bool> Fencing::StepRecord(const Resource& record) {
  RecordStore& store = *RecordsOf(record);
  if (!has_looked_) {
    auto there = store.Get(record.key);
    if (!there.ok()) return Retry(there.status(), record);
    record_ = *std::move(there);
    has_looked_ = true;
    return false;
  }
  const auto raised = store.Update(record.key, {}, {}, record_.version, StampFrom(record_.version));
  if (!raised.ok()) return Retry(raised.status(), record);
  Next();
  return next_ == resources_.size();
}

}  // namespace evenkeel
