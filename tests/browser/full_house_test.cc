#include <gmock/gmock.h>

#include <future>

#include "tests/browser/seeded_dashboard.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

constexpr int kWorkers = 8;  // of the dashboard

TEST(FullHouse, OfSlowPagesLooksAlive) {
  SeededDashboard dashboard;
  const std::string maya = dashboard.sign_in("maya");
  // Every page of a person reads who they are, and waits here.
  dashboard.database.script("BEGIN; LOCK TABLE session IN ACCESS EXCLUSIVE MODE");
  std::vector<std::future<http::Response>> pages;
  for (int i = 0; i < kWorkers; ++i)
    pages.push_back(std::async(std::launch::async, [&] { return dashboard.get("/", maya); }));
  const auto waiting = dashboard.database.open();
  const pg::Query count{"test/waiting",
                        "SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND "
                        "wait_event_type = 'Lock'"};
  EXPECT_TRUE(wait_until([&] { return (*waiting->run(count))[0].integer("waiting") == kWorkers; }));
  http::Client client(dashboard.url(), std::chrono::seconds(5));
  const auto alive = client.send({"GET", "/livez", {}, ""});
  EXPECT_TRUE(alive) << "an operator would restart it: " << alive.error().describe();
  if (alive) {
    EXPECT_EQ(alive->status, 200);
    EXPECT_EQ(alive->body, "alive\n");
  }
  dashboard.database.script("ROLLBACK");
  for (auto& page : pages) EXPECT_EQ(page.get().status, 200);
}

}  // namespace
}  // namespace greenroom::testing
