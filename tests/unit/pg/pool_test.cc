#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "lib/pg/pg.h"
#include "tests/support/test_database.h"

namespace greenroom::pg {
namespace {

using testing::TestDatabase;
const Query kBackend{"backend", "SELECT pg_backend_pid() AS pid"};
const Query kOne{"one", "SELECT 1 AS one"};

TEST(Pool, GivesTheSameConnectionAgain) {
  TestDatabase db;
  Pool pool(db.options(), 4);
  const auto first = pool.run(kBackend);
  const auto second = pool.run(kBackend);
  ASSERT_TRUE(first && second);
  EXPECT_EQ((*first)[0].integer("pid"), (*second)[0].integer("pid"));
}

TEST(Pool, LetsNoMoreThanItsSizeInAtOnce) {
  TestDatabase db;
  Pool pool(db.options(), 2);
  std::atomic<int> inside{0}, most{0}, failures{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        const auto lease = pool.borrow();
        if (!lease) {
          ++failures;
          continue;
        }
        const int now = ++inside;
        int seen = most.load();
        while (now > seen && !most.compare_exchange_weak(seen, now)) {}
        if (!(*lease)->run(kOne)) ++failures;
        --inside;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(failures, 0);
  EXPECT_LE(most, 2);
}

TEST(Pool, OpensANewConnectionAfterTheServerHungUp) {
  TestDatabase db;
  Pool pool(db.options(), 1);
  ASSERT_TRUE(pool.run(kOne));
  db.kill_connections();
  EXPECT_TRUE(pool.run(kOne));
}

TEST(Pool, KeepsItsPlacesWhenTheServerIsAway) {
  Options options;
  options.conninfo = "host=/nonexistent";
  Pool pool(options, 1);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pool.run(kOne).error().kind, ErrorKind::transient);
}

TEST(Pool, RollsATransactionBackWhenItsBodyFails) {
  TestDatabase db;
  db.script("CREATE TABLE t (n int)");
  Pool pool(db.options(), 1);
  const auto outcome = pool.transaction([](Connection& c) -> Result<void> {
    GREENROOM_CHECK(c.run({"add", "INSERT INTO t VALUES (1)"}));
    return transient("no");
  });
  EXPECT_FALSE(outcome);
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM t"), "0");
}

}  // namespace
}  // namespace greenroom::pg
