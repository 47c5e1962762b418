// What the pages' forms do, posted by hand: whatever a page would never offer.

#include <gmock/gmock.h>

#include "tests/browser/seeded_dashboard.h"

namespace greenroom::testing {
namespace {

TEST(Posts, SettleAThreadOnlyThroughItsOwnChange) {
  SeededDashboard dashboard;
  const std::string ben = dashboard.sign_in("ben");
  const std::string thread = dashboard.database.answer("SELECT min(id)::text AS answer FROM local_host.thread");
  const auto settled = [&] {
    return dashboard.database.answer("SELECT count(resolved_by)::text AS answer FROM local_host.thread");
  };
  const std::string form = "resolved=1&csrf=" + dashboard.csrf(ben);
  for (const char* other : {"2", "99", "x"}) {
    const std::string path = std::string("/practice/shotlist/changes/") + other + "/threads/" + thread;
    EXPECT_EQ(dashboard.post(path, form, ben).status, 404) << path;
    EXPECT_EQ(settled(), "0") << path;
  }
  EXPECT_EQ(dashboard.post("/practice/shotlist/changes/1/threads/" + thread, form, ben).status, 303);
  EXPECT_EQ(settled(), "1");
}

}  // namespace
}  // namespace greenroom::testing
