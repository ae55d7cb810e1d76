// Scratch: a folder of the test's own that goes away with it, and what a stranger does in it.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "evenkeel/environment.h"
#include "evenkeel/fleet.h"

namespace evenkeel::contract {

class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "evenkeel-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

  // In place, as an editor or a script would: the inode stays.
  void Write(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path file = *this / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  std::string Read(std::string_view name) const {
    std::ifstream file(*this / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool Exists(std::string_view name) const { return std::filesystem::exists(std::filesystem::symlink_status(*this / name)); }

  // Every path with what would show that somebody touched it: kind, size, mode, inode, times of change, content.
  std::map<std::string, std::string> Tree() const {
    std::map<std::string, std::string> tree;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      struct stat state;
      if (lstat(entry.path().c_str(), &state) != 0) continue;
      std::string& line = tree[entry.path().string().substr(path_.size() + 1)];
      for (const auto number : {static_cast<long>(state.st_mode), static_cast<long>(state.st_size), static_cast<long>(state.st_ino),
                                state.st_mtim.tv_sec, state.st_mtim.tv_nsec, state.st_ctim.tv_sec, state.st_ctim.tv_nsec}) {
        line += std::to_string(number) + " ";
      }
      if (S_ISREG(state.st_mode)) line += Read(entry.path().string().substr(path_.size() + 1));
    }
    return tree;
  }

  // What an adapter of a fleet in this folder is made with. The environment is the operating system.
  AdapterContext Context(std::string name = "store") const {
    AdapterContext context;
    context.folder = path_;
    context.state_folder = path_ + "/state";
    context.name = std::move(name);
    context.zone = "America/Los_Angeles";
    context.environment = environment_.get();
    return context;
  }
  Environment& environment() const { return *environment_; }

 private:
  std::string path_;
  std::unique_ptr<Environment> environment_ = MakeSystemEnvironment();
};

// The adapter as a fleet file would name it.
template <typename Store>
std::unique_ptr<Store> MakeStore(const std::map<std::string, AdapterRegistry::Entry<Store>>& adapters, const std::string& adapter,
                                 const AdapterContext& context, const Json& settings) {
  auto store = adapters.at(adapter).make(context, settings);
  EXPECT_TRUE(store.ok()) << store.status().ToString();
  return store.ok() ? *std::move(store) : nullptr;
}

inline AdapterRegistry LocalAdapters() {
  AdapterRegistry registry;
  RegisterLocalAdapters(registry);
  return registry;
}

}  // namespace evenkeel::contract
