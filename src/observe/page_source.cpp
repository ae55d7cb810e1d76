// The pages of a snapshot once more, by those who need more than what they say.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "digest/sha256.h"
#include "evenkeel/snapshot.h"

namespace evenkeel {
namespace {

Status CheckIsTheSame(const Observed& page, const Object& now) {
  if (now.info.version == page.version && Sha256Hex(now.bytes) == page.page->sha256) return OkStatus();
  return Status(Code::kPreconditionFailed, "it was changed by somebody after it was read; plan again", page.resource.ToString());
}

StatusOr<std::string> BytesOf(const Observed& page, StatusOr<Object> now) {
  if (now.code() == Code::kNotFound) return Status(Code::kNotFound, "it was taken away by somebody after it was read; plan again", page.resource.ToString());
  if (!now.ok()) return Status(now.code(), "it could not be read once more: " + now.status().message(), page.resource.ToString());
  EVENKEEL_RETURN_IF_ERROR(CheckIsTheSame(page, *now));
  return std::move(now->bytes);
}

class StorePages final : public PageSource {
 public:
  explicit StorePages(Fleet& fleet) : fleet_(fleet) {}

  std::vector<StatusOr<std::string>> Read(std::span<const Observed* const> pages) override {
    std::vector<StatusOr<std::string>> answers(pages.size(), Status(Code::kInternal, "the store gave no answer for this key"));
    std::map<std::string, std::vector<std::size_t>> places;  // by store
    for (std::size_t i = 0; i < pages.size(); ++i) places[pages[i]->resource.store].push_back(i);
    for (const auto& [store, of_store] : places) {
      std::vector<std::string> keys;
      for (const std::size_t i : of_store) keys.push_back(pages[i]->resource.key);
      std::vector<StatusOr<Object>> objects = fleet_.pages.at(store)->GetMany(keys);
      for (std::size_t n = 0; n < of_store.size() && n < objects.size(); ++n) {
        answers[of_store[n]] = BytesOf(*pages[of_store[n]], std::move(objects[n]));
      }
    }
    return answers;
  }

 private:
  Fleet& fleet_;
};

}  // namespace

std::unique_ptr<PageSource> ReadFromStores(Fleet& fleet) { return std::make_unique<StorePages>(fleet); }

}  // namespace evenkeel
