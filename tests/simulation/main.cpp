// simulation --exhaustive F E [--agents N] [--leases] [--rollback] [--jobs J]   every placement of F faults and E foreign edits; with stolen leases and
//                                                               clocks that jump; and taken back at any step
//            --histories N [--seed S] [--jobs J]   random ones; prints the first that breaks a law, shrunk
//            --replay SEED   one of them, as a story
// seeded_bugs --bugs [--table FILE] [--check FILE] [--only NUMBER] [--jobs J]     every seeded bug: which law finds it, and when
//             --histories … --bug NUMBER, and the others: with that mistake
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <string>

#include "simulation/modes.h"
#include "text/seeded_bugs.h"

using namespace evenkeel::simulation;

namespace {

constexpr int kWrongUsage = 64;
constexpr const char* kOptions[] = {"--exhaustive", "--agents", "--leases", "--rollback", "--histories", "--seed", "--jobs", "--replay", "--bugs", "--table", "--check", "--only", "--bug"};

int Usage() {
  std::fprintf(stderr,
               "simulation --exhaustive F E [--agents N] [--leases] [--rollback] [--jobs J]\n"
               "           --histories N [--seed S] [--jobs J]\n"
               "           --replay SEED\n"
               "           --bugs [--table FILE] [--check FILE] [--only NUMBER] [--jobs J]\n"
               "           --bug NUMBER with one of the others (seeded_bugs)\n");
  return kWrongUsage;
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> given;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (std::find(std::begin(kOptions), std::end(kOptions), name) == std::end(kOptions)) return Usage();
    std::string& value = given[name];
    for (; i + 1 < argc && std::string(argv[i + 1]).rfind("--", 0) != 0; ++i) value += (value.empty() ? "" : " ") + std::string(argv[i + 1]);
  }
  const auto number = [&given](const char* name, std::uint64_t otherwise) {
    const auto found = given.find(name);
    return found == given.end() || found->second.empty() ? otherwise : std::strtoull(found->second.c_str(), nullptr, 10);
  };
  if (const int bug = static_cast<int>(number("--bug", 0)); bug != 0) {
    evenkeel::SeedBug(bug);
    if (!evenkeel::IsSeeded(bug)) {
      std::fprintf(stderr, "simulation is built without the mistakes; run seeded_bugs, beside it\n");
      return kWrongUsage;
    }
  }
  if (given.count("--exhaustive") > 0) {
    int faults = 0, edits = 0;
    if (std::sscanf(given["--exhaustive"].c_str(), "%d %d", &faults, &edits) != 2) return Usage();
    return RunExhaustive({faults, edits, given.count("--leases") > 0, given.count("--rollback") > 0}, static_cast<int>(number("--agents", 1)), static_cast<int>(number("--jobs", 1)));
  }
  if (given.count("--histories") > 0) return RunHistories(number("--histories", 1000), number("--seed", 1), static_cast<int>(number("--jobs", 1)));
  if (given.count("--replay") > 0) return Replay(number("--replay", 1));
  if (given.count("--bugs") > 0) return RunBugs(given["--table"], given["--check"], static_cast<int>(number("--only", 0)), static_cast<int>(number("--jobs", 1)));
  return Usage();
}
