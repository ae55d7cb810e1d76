// A page store that passes every call on: for tests whose store differs from another in one.
#pragma once

#include <string>

#include "evenkeel/object_store.h"

namespace evenkeel::contract {

// Borrows the other.
class PassingObjectStore : public ObjectStore {
 public:
  explicit PassingObjectStore(ObjectStore& store) : store_(store) {}
  StoreTraits Traits() const override { return store_.Traits(); }
  StatusOr<ObjectListing> List(std::string_view prefix, std::string_view cursor) override { return store_.List(prefix, cursor); }
  StatusOr<ObjectInfo> Head(std::string_view key) override { return store_.Head(key); }
  StatusOr<Object> Get(std::string_view key) override { return store_.Get(key); }
  StatusOr<ObjectInfo> Replace(std::string_view key, std::string_view bytes, const Version& expected, const WriteStamp& stamp) override { return store_.Replace(key, bytes, expected, stamp); }
  StatusOr<ObjectInfo> Create(std::string_view key, std::string_view bytes, std::string_view content_type, const WriteStamp& stamp) override {
    return store_.Create(key, bytes, content_type, stamp);
  }
  Status Delete(std::string_view key, const Version& expected, const WriteStamp& stamp) override { return store_.Delete(key, expected, stamp); }

 protected:
  ObjectStore& other() const { return store_; }

 private:
  ObjectStore& store_;
};

}  // namespace evenkeel::contract
