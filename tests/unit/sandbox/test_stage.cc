#include "lib/sandbox/stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lib/process/process.h"
#include "lib/sandbox/bwrap.h"

namespace greenroom::sandbox {
namespace {

// Bubblewrap in the namespaces that a job's has, without the seccomp program, which forbids this call for itself.
class Namespaces : public testing::TestWithParam<WorkspaceAccess> {
 protected:
  process::Outcome run(std::vector<std::string> argv) {
    Plan plan;
    plan.argv = std::move(argv);
    plan.access = GetParam();
    StageSettings settings;
    settings.user_namespaces = user_namespaces(plan);
    auto stage = Stage::prepare(std::move(settings));
    EXPECT_TRUE(stage);
    process::Command command;
    command.argv = bwrap_arguments(plan, {"/usr", "/etc", "", {}, {}, -1, -1});
    for (const std::string_view option : {"--seccomp", "--json-status-fd"}) {
      const auto at = std::find(command.argv.begin(), command.argv.end(), option);
      command.argv.erase(at, at + 2);
    }
    command.before_exec = [&] { stage->enter(); };
    auto outcome = process::run(command);
    EXPECT_TRUE(outcome) << outcome.error().describe();
    EXPECT_EQ(stage->failure(), "");
    return outcome ? std::move(*outcome) : process::Outcome{};
  }
};

TEST_P(Namespaces, SufficeForBubblewrap) {
  const auto outcome = run({"/usr/bin/true"});
  EXPECT_TRUE(outcome.ok()) << outcome.err.joined();
}

TEST_P(Namespaces, LeaveNoneForTheJob) {
  const auto outcome = run({"/usr/bin/unshare", "--user", "/usr/bin/true"});
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err.joined(), testing::HasSubstr("No space left on device"));
}

TEST_P(Namespaces, AreNoneEvenIfTheJobAsksForMore) {
  const auto outcome =
      run({"/usr/bin/sh", "-c", "echo 9 > /proc/sys/user/max_user_namespaces; exec unshare --user /usr/bin/true"});
  EXPECT_NE(outcome.exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(Stage, Namespaces, testing::Values(WorkspaceAccess::read_only, WorkspaceAccess::throw_away));

}  // namespace
}  // namespace greenroom::sandbox
