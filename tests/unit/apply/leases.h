// What the tests of a run's leases share: others who hold a booking, and time that passes.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "evenkeel/evenkeel.h"
#include "lease/lease_write.h"
#include "observe/state_documents.h"
#include "unit/apply/world.h"

namespace evenkeel::apply_test {

inline constexpr const char* kBooking = "xhqgmdh";

// As another process that holds it would: through the state store alone.
inline void Hold(World& world, const std::string& holder, std::set<Resource> writes = {}) {
  LeaseWrite write(world.state, world.environment, {LeaseRequest::Kind::kTake, kBooking, holder, kLeaseTtl, std::move(writes), 0, 0, "", false});
  for (bool done = false; !done;) {
    auto step = write.Step();
    ASSERT_TRUE(step.ok()) << step.status().ToString();
    done = *step;
  }
}

inline Lease LeaseIn(World& world) {
  const auto document = world.state.GetDocument(kLeaseKind, kBooking);
  return document.ok() ? LeaseFromJson(document->value).value() : Lease{};
}

inline std::set<Resource> PagesAndRecord() {
  return {{ResourceKind::kPage, "guest-pages", kSunset}, {ResourceKind::kPage, "guest-pages", kAfternoon}, {ResourceKind::kRecord, "dispatch", "S2FJLN"}};
}

inline void Pass(World& world, std::chrono::seconds time) { world.environment.SetNow(world.environment.Now() + time); }

inline RunReport RunToTheEnd(World& world, ApplyMachine& machine) {
  for (int i = 0; i < 1000; ++i) {
    const auto more = machine.Step();
    EXPECT_TRUE(more.ok()) << more.status().ToString();
    EXPECT_EQ(world.BrokenPointer(), "");
    if (!more.ok() || !*more) break;
  }
  return machine.Report();
}

class RunLeaseTest : public ::testing::Test {
 protected:
  RunLeaseTest() : plan_(world_.MakePlanByHand()), fleet_(world_.Open()) {}

  RunReport Run(const ApplyOptions& options = Approving()) {
    auto report = Apply(fleet_, plan_, options);
    EXPECT_TRUE(report.ok()) << report.status().ToString();
    return report.ok() ? *report : RunReport{};
  }

  World world_;
  Plan plan_;
  Fleet fleet_;
};

}  // namespace evenkeel::apply_test
