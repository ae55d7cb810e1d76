#include "simulation/damage.h"

#include <algorithm>
#include <utility>

#include "apply/journal.h"
#include "digest/sha256.h"
#include "evenkeel/json.h"

namespace evenkeel::simulation {
namespace {

using Lines = std::vector<std::string>;

Lines LinesOf(const std::string& bytes) {
  Lines lines;
  for (std::size_t begin = 0, end = 0; (end = bytes.find('\n', begin)) != std::string::npos; begin = end + 1) {
    lines.push_back(bytes.substr(begin, end - begin));
  }
  return lines;
}

std::string BytesOf(const Lines& lines) {
  std::string bytes;
  for (const std::string& line : lines) bytes += line + "\n";
  return bytes;
}

// Another line in its place, whose own hash is right.
std::string Forged(const std::string& line) {
  Json json = Json::parse(line);
  json["at"] = "2026-05-20T00:00:00Z";
  json.erase("hash");
  json["hash"] = Sha256Hex(DumpJson(json));
  return DumpJson(json);
}

struct Damage {
  const char* what;
  bool has_next;  // the line after is needed
  void (*act)(Lines&, std::size_t);
};

constexpr Damage kDamages[] = {
    {"dropped", false, [](Lines& lines, std::size_t at) { lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at)); }},
    {"repeated", false, [](Lines& lines, std::size_t at) { lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), std::string(lines[at])); }},
    {"swapped with the next", true, [](Lines& lines, std::size_t at) { std::swap(lines[at], lines[at + 1]); }},
    {"cut off with all behind it", false, [](Lines& lines, std::size_t at) { lines.resize(at); }},
    {"changed in one bit", false, [](Lines& lines, std::size_t at) { lines[at][lines[at].size() / 2] ^= 1; }},
    {"written anew with a right hash", false, [](Lines& lines, std::size_t at) { lines[at] = Forged(lines[at]); }}};

bool IsNoticed(MemoryStateStore::Contents state, const std::string& run, const Lines& lines) {
  state.journals[run] = BytesOf(lines);
  MemoryStateStore store;
  store.Restore(std::move(state));
  return !Journal::Read(store, run).ok();
}

}  // namespace

std::vector<std::string> UnnoticedDamage(const MemoryStateStore::Contents& state, const std::string& run) {
  std::vector<std::string> unnoticed;
  const Lines lines = LinesOf(state.journals.at(run));
  for (std::size_t at = 0; at < lines.size(); ++at) {
    for (const Damage& damage : kDamages) {
      if (damage.has_next && at + 1 == lines.size()) continue;
      Lines damaged = lines;
      damage.act(damaged, at);
      if (!IsNoticed(state, run, damaged)) unnoticed.push_back("line " + std::to_string(at + 1) + " was " + damage.what);
    }
  }
  MemoryStateStore::Contents without_head = state;
  without_head.documents.erase({std::string(kHeadKind), run});
  if (IsNoticed(std::move(without_head), run, lines) == (lines.size() < 2)) unnoticed.emplace_back("its head was lost");
  const std::string other = "run-000000000000";
  MemoryStateStore::Contents with_other = state;
  if (const auto head = state.documents.find({std::string(kHeadKind), run}); head != state.documents.end()) {
    with_other.documents[{std::string(kHeadKind), other}] = head->second;
  }
  if (IsNoticed(std::move(with_other), other, lines) == lines.empty()) unnoticed.emplace_back("it was put in the place of another run's");
  return unnoticed;
}

}  // namespace evenkeel::simulation
