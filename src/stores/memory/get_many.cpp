// The default batch reads: one Get after another. Adapters with a network override them.
#include "evenkeel/object_store.h"
#include "evenkeel/record_store.h"

namespace evenkeel {

std::vector<StatusOr<Object>> ObjectStore::GetMany(std::span<const std::string> keys) {
  std::vector<StatusOr<Object>> answers;
  answers.reserve(keys.size());
  for (const std::string& key : keys) answers.push_back(Get(key));
  return answers;
}

std::vector<StatusOr<Record>> RecordStore::GetMany(std::span<const std::string> keys) {
  std::vector<StatusOr<Record>> answers;
  answers.reserve(keys.size());
  for (const std::string& key : keys) answers.push_back(Get(key));
  return answers;
}

}  // namespace evenkeel
