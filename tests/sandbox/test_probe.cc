#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

TEST(Probe, FindsEveryGuaranteeHeldOnThisMachine) {
  const auto guarantees = probe();
  EXPECT_GE(guarantees.size(), 14u);
  for (const auto& guarantee : guarantees) {
    EXPECT_TRUE(guarantee.held) << guarantee.name << ": " << guarantee.detail;
    EXPECT_FALSE(guarantee.detail.empty());
  }
}

}  // namespace
}  // namespace greenroom::sandbox
