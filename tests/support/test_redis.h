#pragma once
// A redis-server of the test's own, on a Unix socket in a temporary directory: starts in a few milliseconds, can be
// stopped and started again, and is gone with the object (or with the test's thread, should that die).

#include <string>
#include <vector>

#include "lib/redis/redis.h"
#include "tests/support/temp_directory.h"

namespace greenroom::testing {

class TestRedis {
 public:
  // `settings` go to redis-server's command line, as {"--maxmemory", "1mb"}. Throws when it does not start.
  explicit TestRedis(std::vector<std::string> settings = {});
  ~TestRedis();
  TestRedis(const TestRedis&) = delete;
  TestRedis& operator=(const TestRedis&) = delete;

  redis::Options options() const;
  redis::Client client() const { return redis::Client(options()); }
  void stop();   // SIGKILL: nothing is saved
  void start();  // empty again
  void pause();  // SIGSTOP: connections stay open, nobody answers
  void resume();

 private:
  void signal(int number);

  TempDirectory directory_;
  std::vector<std::string> settings_;
  int pid_ = 0;
};

}  // namespace greenroom::testing
