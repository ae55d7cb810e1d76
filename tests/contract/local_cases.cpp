// The adapters of evenkeel::local under every contract.
#include "contract/scratch.h"
#include "contract/worlds.h"

namespace evenkeel::contract {
namespace {

template <typename AnyWorld>
class LocalWorld : public AnyWorld {
 public:
  bool OutlivesProcess() const override { return true; }

 protected:
  Scratch scratch;
  AdapterRegistry adapters = LocalAdapters();
};

class Directory final : public LocalWorld<ObjectWorld> {
 public:
  Directory() { std::filesystem::create_directory(scratch / "site"); }
  std::unique_ptr<ObjectStore> Open() override { return MakeStore(adapters.pages, "directory", scratch.Context("pages"), {{"path", "site"}}); }
  void PutForeign(std::string_view key, std::string_view bytes) override { scratch.Write("site/" + std::string(key), bytes); }
  void DeleteForeign(std::string_view key) override { std::filesystem::remove(scratch / ("site/" + std::string(key))); }
};

class State final : public LocalWorld<StateWorld> {
 public:
  std::unique_ptr<StateStore> Open() override { return MakeStore(adapters.states, "directory", scratch.Context("state"), {{"path", "state"}}); }
  void TearJournal(std::string_view run, std::string_view bytes) override {
    std::ofstream(scratch / ("state/journals/" + std::string(run) + ".jsonl"), std::ios::app).write(bytes.data(), static_cast<long>(bytes.size()));
  }
};

class SystemWorld final : public FilesWorld {
 public:
  std::unique_ptr<Environment> Open() override { return MakeSystemEnvironment(); }
  bool OutlivesProcess() const override { return true; }
  std::string Folder() const override { return scratch_.path(); }

 private:
  Scratch scratch_;
};

INSTANTIATE_TEST_SUITE_P(Local, ObjectStoreContract,
                         testing::Values(Case<ObjectWorld>{"directory", [] { return std::make_unique<Directory>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, StateStoreContract,
                         testing::Values(Case<StateWorld>{"directory", [] { return std::make_unique<State>(); }}), NameOfCase());
INSTANTIATE_TEST_SUITE_P(Local, FilesContract,
                         testing::Values(Case<FilesWorld>{"system", [] { return std::make_unique<SystemWorld>(); }}), NameOfCase());

}  // namespace
}  // namespace evenkeel::contract
