#pragma once
// A GitHub with one installation and many changes, whose time runs faster than ours, and the rows of a bot that wants
// to say something about each of them.

#include <string>

#include "lib/base/clock.h"
#include "lib/bot/settings.h"
#include "lib/hosts/github/options.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/support/test_database.h"

namespace greenroom::bench {

// Wall time that runs `times` as fast; spans stay as they are.
class FastClock final : public Clock {
 public:
  explicit FastClock(int times) : times_(times), start_(system_clock().now()) {}
  TimePoint now() const override { return start_ + (system_clock().now() - start_) * times_; }
  std::chrono::steady_clock::time_point steady() const override { return system_clock().steady(); }

 private:
  int times_;
  TimePoint start_;
};

class Ground {
 public:
  static constexpr int kChanges = 600, kFindings = 30, kTimes = 60;

  Ground();
  testing::FakeGithub& github() { return github_; }
  testing::TestDatabase& database() { return database_; }
  const bot::Settings& settings() const { return settings_; }
  const Clock& clock() const { return clock_; }
  // With GitHub's limits in its own time, which are shorter spans in ours.
  hosts::github::Options options() const;

 private:
  void open_changes();

  FastClock clock_{kTimes};
  testing::FakeGithub github_;
  testing::TestDatabase database_;
  bot::Settings settings_;
};

}  // namespace greenroom::bench
