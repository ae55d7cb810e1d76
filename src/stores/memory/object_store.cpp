#include "stores/memory/table.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

ObjectInfo InfoOf(const std::string& key, const MemoryObjectStore::Contents::Entry& entry) {
  return {key, entry.version, entry.item.bytes.size(), entry.item.modified, entry.item.content_type, entry.item.cache_control,
          entry.operation};
}

}  // namespace

MemoryObjectStore::MemoryObjectStore(MemoryOptions options, Environment* environment)
    : options_(std::move(options)), environment_(environment), world_(std::make_shared<MemoryWorld<Contents>>()) {}

std::unique_ptr<MemoryObjectStore> MemoryObjectStore::Share() const { return std::make_unique<MemoryObjectStore>(*this); }

MemoryObjectStore::Contents MemoryObjectStore::Snapshot() const {
  return world_->With([](Contents& contents) { return contents; });
}

void MemoryObjectStore::Restore(Contents contents) {
  world_->With([&](Contents& now) { now = std::move(contents); });
}

void MemoryObjectStore::PutForeign(std::string_view key, std::string_view bytes, std::string_view content_type) {
  MemoryPage page{std::string(bytes), std::string(content_type), {}, {}};
  if (environment_ != nullptr) page.modified = environment_->Now();
  world_->With([&](Contents& contents) { memory::PutForeign(contents, options_, key, page, page.bytes); });
}

void MemoryObjectStore::DeleteForeign(std::string_view key) {
  world_->With([&](Contents& contents) { contents.entries.erase(std::string(key)); });
}

StoreTraits MemoryObjectStore::Traits() const {
  return {options_.unique_versions, options_.checks_fences, options_.keeps_operations, options_.writable};
}

StatusOr<ObjectListing> MemoryObjectStore::List(std::string_view prefix, std::string_view cursor) {
  return world_->With([&](Contents& contents) -> StatusOr<ObjectListing> {
    ObjectListing listing;
    // The cursor is the last key that was given.
    auto at = cursor.empty() ? contents.entries.lower_bound(std::string(prefix)) : contents.entries.upper_bound(std::string(cursor));
    for (; at != contents.entries.end() && at->first.starts_with(prefix); ++at) {
      if (listing.objects.size() == options_.listing_page) {
        listing.cursor = listing.objects.back().key;
        break;
      }
      listing.objects.push_back(InfoOf(at->first, at->second));
    }
    return listing;
  });
}

StatusOr<ObjectInfo> MemoryObjectStore::Head(std::string_view key) {
  EVENKEEL_ASSIGN_OR_RETURN(Object object, Get(key));
  return object.info;
}

StatusOr<Object> MemoryObjectStore::Get(std::string_view key) {
  return world_->With([&](Contents& contents) -> StatusOr<Object> {
    EVENKEEL_ASSIGN_OR_RETURN(Contents::Entry entry, memory::Find(contents, options_, key));
    return Object{InfoOf(std::string(key), entry), entry.item.bytes};
  });
}

StatusOr<ObjectInfo> MemoryObjectStore::Replace(std::string_view key, std::string_view bytes, const Version& expected,
                                                const WriteStamp& stamp) {
  return world_->With([&](Contents& contents) -> StatusOr<ObjectInfo> {
    if (!EVENKEEL_BUG(44, "a page is replaced whatever its version")) EVENKEEL_RETURN_IF_ERROR(memory::CheckWrite(contents, options_, key, expected, stamp));
    MemoryPage page = contents.entries[std::string(key)].item;
    page.bytes = bytes;
    if (environment_ != nullptr) page.modified = environment_->Now();
    return InfoOf(std::string(key), memory::Put(contents, options_, key, page, page.bytes, stamp));
  });
}

StatusOr<ObjectInfo> MemoryObjectStore::Create(std::string_view key, std::string_view bytes, std::string_view content_type,
                                               const WriteStamp& stamp) {
  return world_->With([&](Contents& contents) -> StatusOr<ObjectInfo> {
    EVENKEEL_RETURN_IF_ERROR(memory::CheckStamp(contents, options_, key, stamp));
    if (contents.entries.contains(std::string(key))) {
      return Status(Code::kAlreadyExists, "the key is taken; look at what is there before writing", options_.name + ":" + std::string(key));
    }
    MemoryPage page{std::string(bytes), std::string(content_type), {}, {}};
    if (environment_ != nullptr) page.modified = environment_->Now();
    return InfoOf(std::string(key), memory::Put(contents, options_, key, page, page.bytes, stamp));
  });
}

Status MemoryObjectStore::Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) {
  return world_->With([&](Contents& contents) -> Status {
    if (!EVENKEEL_BUG(45, "a page is deleted whatever its version")) EVENKEEL_RETURN_IF_ERROR(memory::CheckWrite(contents, options_, key, expected, stamp));
    memory::RememberFence(contents, options_, stamp);
    contents.entries.erase(std::string(key));
    return OkStatus();
  });
}

}  // namespace evenkeel
