#include <algorithm>

#include "stores/memory/table.h"
#include "text/seeded_bugs.h"

namespace evenkeel {
namespace {

std::string ContentOf(const Attributes& attributes) {
  return Json(attributes).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Record RecordOf(const std::string& key, const MemoryRecordStore::Contents::Entry& entry) {
  return {key, entry.item, entry.version, entry.operation};
}

// Where versions may repeat: the hash of the content and the number of our own last write. What others do changes the hash alone.
Version RepeatingVersion(const std::string& content, const std::string& own) { return "h" + Sha256Hex(content).substr(0, 32) + "." + own; }

std::string OwnPart(const Version& version) { return version.substr(version.find('.') + 1); }

Status CheckExpected(const Attributes& now, const Attributes& expected, const std::string& resource) {
  for (const auto& [name, value] : expected) {
    const auto found = now.find(name);
    const Json& stands = found == now.end() ? Json() : found->second;
    if (stands == value) continue;
    return {Code::kPreconditionFailed,
            name + " is " + stands.dump(-1, ' ', false, Json::error_handler_t::replace) + ", not " +
                value.dump(-1, ' ', false, Json::error_handler_t::replace) + ": somebody else changed it; plan again",
            resource};
  }
  return OkStatus();
}

}  // namespace

MemoryRecordStore::MemoryRecordStore(MemoryOptions options, std::vector<std::string> columns)
    : options_(std::move(options)), columns_(std::move(columns)), world_(std::make_shared<MemoryWorld<Contents>>()) {}

std::unique_ptr<MemoryRecordStore> MemoryRecordStore::Share() const { return std::make_unique<MemoryRecordStore>(*this); }

MemoryRecordStore::Contents MemoryRecordStore::Snapshot() const {
  return world_->With([](Contents& contents) { return contents; });
}

void MemoryRecordStore::Restore(Contents contents) {
  world_->With([&](Contents& now) { now = std::move(contents); });
}

void MemoryRecordStore::PutForeign(std::string_view key, Attributes attributes) {
  const std::string content = ContentOf(attributes);
  world_->With([&](Contents& contents) {
    const auto stands = contents.entries.find(std::string(key));
    const std::optional<Contents::Entry> before = stands == contents.entries.end() ? std::nullopt : std::optional(stands->second);
    memory::PutForeign(contents, options_, key, std::move(attributes), content);
    if (options_.unique_versions) return;
    Contents::Entry& entry = contents.entries.at(std::string(key));
    entry.version = RepeatingVersion(content, before ? OwnPart(before->version) : "0");
    if (before && before->version == entry.version) entry.operation = before->operation;  // nobody can tell that it was written again
  });
}

void MemoryRecordStore::DeleteForeign(std::string_view key) {
  world_->With([&](Contents& contents) { contents.entries.erase(std::string(key)); });
}

StoreTraits MemoryRecordStore::Traits() const {
  return {options_.unique_versions, options_.checks_fences, options_.keeps_operations, options_.writable};
}

StatusOr<RecordListing> MemoryRecordStore::List(std::string_view cursor) {
  return world_->With([&](Contents& contents) -> StatusOr<RecordListing> {
    RecordListing listing;
    auto at = cursor.empty() ? contents.entries.begin() : contents.entries.upper_bound(std::string(cursor));
    for (; at != contents.entries.end(); ++at) {
      if (listing.records.size() == options_.listing_page) {
        listing.cursor = listing.records.back().key;
        break;
      }
      listing.records.push_back(RecordOf(at->first, at->second));
    }
    return listing;
  });
}

StatusOr<Record> MemoryRecordStore::Get(std::string_view key) {
  return world_->With([&](Contents& contents) -> StatusOr<Record> {
    EVENKEEL_ASSIGN_OR_RETURN(Contents::Entry entry, memory::Find(contents, options_, key));
    return RecordOf(std::string(key), entry);
  });
}

StatusOr<Record> MemoryRecordStore::Update(std::string_view key, const Attributes& set, const Attributes& expected_attributes,
                                           const Version& expected, const WriteStamp& stamp) {
  const std::string resource = options_.name + ":" + std::string(key);
  for (const auto& [name, value] : set) {
    if (columns_.empty() || std::find(columns_.begin(), columns_.end(), name) != columns_.end()) continue;
    return Status(Code::kInvalidArgument, "there is no attribute " + name + "; correct the field mapping", resource);
  }
  return world_->With([&](Contents& contents) -> StatusOr<Record> {
    if (!EVENKEEL_BUG(46, "a record is updated whatever its version")) EVENKEEL_RETURN_IF_ERROR(memory::CheckWrite(contents, options_, key, expected, stamp));
    Attributes attributes = contents.entries[std::string(key)].item;
    EVENKEEL_RETURN_IF_ERROR(CheckExpected(attributes, expected_attributes, resource));
    if (set.empty()) {
      memory::RememberFence(contents, options_, stamp);
      return RecordOf(std::string(key), contents.entries[std::string(key)]);
    }
    for (const auto& [name, value] : set) attributes[name] = value;
    const std::string content = ContentOf(attributes);
    memory::Put(contents, options_, key, std::move(attributes), content, stamp);
    Contents::Entry& entry = contents.entries.at(std::string(key));
    if (!options_.unique_versions) entry.version = RepeatingVersion(content, std::to_string(contents.writes));
    return RecordOf(std::string(key), entry);
  });
}

}  // namespace evenkeel
