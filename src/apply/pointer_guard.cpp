#include "apply/pointer_guard.h"

#include <algorithm>

#include "apply/page_target.h"
#include "observe/attribute_value.h"
#include "observe/item_path.h"

namespace evenkeel {

std::vector<std::string> PointerGuard::PathsWritten() const {
  std::vector<std::string> paths;
  const RecordStoreConfig* config = fleet_.config.FindRecords(store_);
  if (config == nullptr) return paths;
  const auto page = config->fields.find("page");
  if (page == config->fields.end()) return paths;
  paths = page->second.aliases;
  paths.insert(paths.begin(), page->second.path);
  const auto is_kept = [this](const std::string& path) { return values_.count(AttributeOfPath(values_, path)) == 0; };
  paths.erase(std::remove_if(paths.begin(), paths.end(), is_kept), paths.end());
  return paths;
}

bool PointerGuard::Applies() const { return !PathsWritten().empty(); }

void PointerGuard::Follow(Record record) {
  for (const auto& [name, value] : values_) record.attributes[name] = value;
  targets_ = PagesOfRecord(fleet_, store_, record);
  next_ = 0;
  const std::vector<std::string> paths = PathsWritten();
  points_ = std::any_of(paths.begin(), paths.end(), [&record](const std::string& path) {
    const std::optional<Json> value = ReadItemPath(record.attributes, path);
    return value && !value->is_null() && !TextOfAttribute(*value).empty();
  });
}

StatusOr<bool> PointerGuard::Check() {
  if (!points_ && may_be_empty_) return true;
  if (targets_.empty()) return Status(Code::kPreconditionFailed, "the planned pointer leads to no page; plan again", store_);
  const Resource target = targets_[next_++];
  const auto pages = fleet_.pages.find(target.store);
  if (pages == fleet_.pages.end())
    return Status(Code::kPreconditionFailed, "the planned pointer leads to no page store", target.ToString());
  const auto refuse = [&target](const std::string& found) {
    return Status(Code::kPreconditionFailed, "expected the page to point at to be live; found " + found + "; plan again", target.ToString());
  };
  auto page = pages->second->Get(target.key);
  if (!page.ok()) return page.code() == Code::kNotFound ? refuse("nothing: it is gone") : page.status();
  EVENKEEL_ASSIGN_OR_RETURN(const bool live, IsLivePage(fleet_, *page));
  if (!live) return refuse("a redirect");
  return next_ == targets_.size();
}

}  // namespace evenkeel
