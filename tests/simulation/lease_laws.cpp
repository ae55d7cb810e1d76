// The laws of leases: what a lease document may become, and under what lease a write may be sent.
#include <algorithm>

#include "observe/state_documents.h"
#include "simulation/laws.h"

namespace evenkeel::simulation {
namespace {

// The resource in the words of the trails: "pages:g/x.html".
std::string NameOf(const Resource& resource) { return resource.store + ":" + resource.key; }

Version VersionOf(const World& world, const std::string& resource) {
  const std::string key = resource.substr(resource.find(':') + 1);
  const auto of = [&key](const auto& store) {
    return store.Look([&key](const auto& contents) {
      const auto found = contents.entries.find(key);
      return found == contents.entries.end() ? Version() : found->second.version;
    });
  };
  if (resource.starts_with("pages:")) return of(world.pages);
  if (resource.starts_with("records:")) return of(world.records);
  if (resource.starts_with("calendar:")) return of(world.calendar);
  return of(world.board);
}

}  // namespace

bool IsFencing(const Basis& basis) { return basis.operation.empty() || basis.operation.starts_with("fence-"); }

std::optional<Lease> LeaseIn(const World& world, const std::string& booking) {
  return world.state.Look([&booking](const MemoryStateStore::Contents& state) -> std::optional<Lease> {
    const auto found = state.documents.find({std::string(kLeaseKind), booking});
    if (found == state.documents.end()) return std::nullopt;
    auto lease = LeaseFromJson(found->second.value);
    return lease.ok() ? std::optional(*std::move(lease)) : std::nullopt;
  });
}

bool Laws::CanStillLand(const Sent& sent) const {
  const bool may_repeat = scenario_.redirect && sent.resource.starts_with("pages:");
  return !sent.resource.empty() && !may_repeat && VersionOf(world_, sent.resource) == sent.expected;
}

void Laws::NoteLost(const std::string& booking, const std::optional<Lease>& before) {
  if (before && before->holder.starts_with("run-")) lost_[{booking, before->fence}] = *before;
}

void Laws::CheckSent(const std::string& resource, const WriteStamp& stamp, const Version& expected, Instant now) {
  if (stamp.operation.find("/restore-") != std::string::npos) return;  // by a person
  if (!stamp.fence) return Broken("lease", resource + " is written under no lease: " + stamp.operation);
  // One that raises a number, or shuts out another, and nothing else does no harm, however late.
  const bool is_raise = (stamp.operation.empty() || stamp.operation.starts_with("fence-")) && resource.starts_with("records:");
  sent_ = is_raise ? Sent{} : Sent{resource, stamp.fence->booking, expected};
  const auto is_under = [&](const Lease& lease) { return lease.holder.starts_with("run-") && lease.fence == stamp.fence->number && now < lease.until; };
  const std::optional<Lease> lease = LeaseIn(world_, stamp.fence->booking);
  const auto lost = lost_.find({stamp.fence->booking, stamp.fence->number});
  if (!(lease && is_under(*lease)) && !(lost != lost_.end() && is_under(lost->second))) {
    Broken("lease", resource + " is written under number " + std::to_string(stamp.fence->number) + ", which is not held: " + stamp.operation);
  } else if (lease && !lease->unfenced.empty() && lease->fence == stamp.fence->number && !stamp.operation.starts_with("fence-")) {
    Broken("lease", resource + " is written before what the last holder left under way is fenced: " + stamp.operation);
  }
}

void Laws::CheckLanded(const WriteStamp& stamp, bool checks_fences) {
  if (!checks_fences || !stamp.fence) return;
  std::uint64_t& highest = fences_[stamp.fence->booking];
  if (stamp.fence->number < highest) Broken("lease", stamp.operation + " took effect under number " + std::to_string(stamp.fence->number) + " after " + std::to_string(highest));
  highest = std::max(highest, stamp.fence->number);
}

// Rewritten with its own bytes, or nothing but the number.
void Laws::CheckFencing(std::string_view resource, const Before& before, const Basis& basis) {
  for (const auto& [name, held] : before.held) {
    const auto duty = std::find_if(scenario_.duties.begin(), scenario_.duties.end(), [&name = name](const Duty& one) { return one.name == name; });
    if (Holds(world_, *duty) != held) Broken("lease", std::string(resource) + " is another after " + basis.operation);
  }
}

// What was left under way can land nowhere any more.
void Laws::CheckFenced(const Lease& before, const Lease& after) {
  for (const Resource& resource : before.unfenced) {
    const std::string name = NameOf(resource);
    const auto known = unfenced_.find(name);
    if (after.unfenced.count(resource) > 0 || known == unfenced_.end()) continue;
    const bool is_record = resource.kind == ResourceKind::kRecord;
    const Version now = VersionOf(world_, name);
    if (!is_record && !scenario_.redirect && !now.empty() && now == known->second) Broken("lease", name + " counts as fenced and has the version it had");
    if (is_record && fences_[before.booking] < before.fence) Broken("lease", name + " counts as fenced and does not know the number");
    unfenced_.erase(known);
  }
}

void Laws::CheckLease(const std::optional<Lease>& before, const Lease& after, Instant now, Instant newest, const std::vector<Sent>& under_way) {
  const auto broken = [&](const char* what) { Broken("lease", "of " + after.booking + ": " + what); };
  const Lease none;
  const Lease& was = before ? *before : none;
  if (after.fence < was.fence) broken("its number went back");
  if (after.holder.empty()) {
    if (!after.unfenced.empty() || !was.unfenced.empty()) broken("it is given back before what an earlier holder left under way is fenced");
    const bool is_early = std::any_of(under_way.begin(), under_way.end(), [&](const Sent& sent) { return sent.booking == after.booking && CanStillLand(sent); });
    if (is_early) broken("it is given back while a write may still land");
    return;
  }
  const bool is_same = was.holder == after.holder;
  // It was decided on a look, and the clock may have jumped since: the document's own version keeps others out meanwhile.
  const Instant earliest = std::min(now, after.at), latest = std::max(now, std::min(after.at, newest));
  if (after.fence == was.fence && !(is_same && earliest < was.until) && after.until != was.until) broken("it is held anew under the same number");
  if (!was.holder.empty() && !is_same && latest < was.until + kLeaseSkew) broken("it is taken from another before it ran out");
  if (!was.holder.empty() && after.fence > was.fence && earliest >= was.until) {
    std::set<Resource> left = was.writes;
    left.insert(was.unfenced.begin(), was.unfenced.end());
    if (!std::includes(after.unfenced.begin(), after.unfenced.end(), left.begin(), left.end())) broken("it ran out, and what was left under way is forgotten");
    for (const Resource& resource : after.unfenced) unfenced_[NameOf(resource)] = VersionOf(world_, NameOf(resource));
  }
  CheckFenced(was, after);
}

}  // namespace evenkeel::simulation
