#include "plan/backup.h"

#include "text/fold.h"

namespace evenkeel {
namespace {

constexpr std::size_t kNameMax = 120;  // a file name may have 255 bytes, and an adapter may add to it

std::string PlainName(std::string_view text) {
  std::string plain;
  for (const char c : text) plain += IsAsciiLetter(c) || IsAsciiDigit(c) || c == '-' || c == '_' || c == '.' ? c : '.';
  return plain.size() > kNameMax ? plain.substr(plain.size() - kNameMax) : plain;
}

}  // namespace

std::string BackupBlob(const Resource& page, std::string_view sha256) {
  std::string name = PlainName(page.store + "." + page.key);
  std::string extension;
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && name.size() - dot <= 6 && dot > 0) {
    extension = name.substr(dot);
    name.resize(dot);
  }
  return name + "." + std::string(sha256.substr(0, 12)) + extension;
}

std::string UndoFromBackup(const Resource& page, std::string_view sha256) {
  return "its exact bytes are in backups/" + BackupBlob(page, sha256) + " under the fleet's state: copy them back to " + page.ToString();
}

std::string AddBackup(Draft& draft, const Observed& page) {
  const Resource& resource = page.resource;
  const std::string id = draft.Id(Verb::kBackUpPage, resource.store, resource.key);
  for (const Action& action : draft.plan.actions) {
    if (action.id == id) return id;
  }
  const std::string& sha256 = page.page->sha256;
  Action& backup = draft.Add(Verb::kBackUpPage, resource.store, resource.key, BackUpPage{BackupBlob(resource, sha256), sha256},
                             "its exact bytes are put away before anything happens to it", "nothing to undo: a backup changes nothing");
  backup.precondition = page.version;
  return id;
}

}  // namespace evenkeel
