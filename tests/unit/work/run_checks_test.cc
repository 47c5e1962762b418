#include "lib/work/run_checks.h"

#include <gmock/gmock.h>

#include <atomic>

#include "lib/work/environment_step.h"
#include "tests/support/temp_directory.h"
#include "tests/support/wait.h"

namespace greenroom::work {
namespace {

using ::testing::UnorderedElementsAre;

const std::string kReport =
    R"({"python": "/opt/greenroom-env/bin/python", "packages": [["a", "1.0"]], "variables": []})";

class RunChecksTest : public ::testing::Test {
 protected:
  RunChecksTest() {
    settings.directory = folder.path();
    settings.toolbox = {{"virtualenv", "/usr/bin/virtualenv", "20.17", {}, {}}};
    settings.config = config::Config::load("", [](const std::string& name) {
                        return std::string(name == "GREENROOM_ENVIRONMENTS_INDEX" ? "http://127.0.0.1:1/simple" : "");
                      }).value();
    settings.execute = [this](const sandbox::Plan& plan, const auto&, const auto&) {
      sandbox::SandboxOutcome outcome;
      outcome.process.exit_code = 0;
      if (!plan.provision) {
        ran.fetch_add(1);
        if (plan.argv[0] == "/opt/greenroom-env/bin/python") with_environment = true;
        return Result<sandbox::SandboxOutcome>(outcome);
      }
      if (slow) {
        EXPECT_TRUE(testing::wait_until([this] { return ran > 0; })) << "nothing ran meanwhile";
      }
      outcome.artefacts = {{"environment.json", kReport}};
      return Result<sandbox::SandboxOutcome>(outcome);
    };
    project.workspace.directory = project.workspace.scratch = folder.path();
    const auto lock = [](std::string_view) { return std::string("a\n"); };
    project.environment = checks::choose_environment({"requirements.txt"}, lock, settings.config).value();
    project.checks = {environment_check(project.environment->plan), check("flake8", model::CheckKind::lint),
                      check("pytest", model::CheckKind::test)};
    observer = {[](const auto&) {}, [](auto, auto) {}, [](const auto&) {}};
  }
  static checks::Check check(const std::string& name, model::CheckKind kind) {
    checks::Check one;
    one.name = one.format = name;
    if (name == "pytest") one.format = "junit";
    one.kind = kind;
    one.argv = {"/usr/bin/" + name};
    return one;
  }
  std::vector<std::string> run() {
    std::vector<std::string> names;
    for (const auto& result : run_checks(project, project.checks, settings, observer, [] { return false; }).checks) {
      EXPECT_TRUE(model::is_final(result.state)) << result.name;
      names.push_back(result.name);
    }
    return names;
  }

  testing::TempDirectory folder;
  Settings settings;
  Project project;
  pipeline::Observer observer;
  std::atomic<int> ran{0};
  std::atomic<bool> with_environment{false};
  bool slow = false;
};

TEST_F(RunChecksTest, KeepNobodyWaitingWhileAnEnvironmentIsBuilt) {
  slow = true;
  EXPECT_THAT(run(), UnorderedElementsAre("environment", "flake8", "pytest"));
  EXPECT_TRUE(with_environment);
}

TEST_F(RunChecksTest, RunTogetherOnceItIsThere) {
  run();
  with_environment = false;
  EXPECT_THAT(run(), UnorderedElementsAre("environment", "flake8", "pytest"));
  EXPECT_TRUE(with_environment);
}

TEST_F(RunChecksTest, NeedNobodyWhoWatches) {
  observer = {};
  EXPECT_THAT(run(), UnorderedElementsAre("environment", "flake8", "pytest"));
}

TEST_F(RunChecksTest, NeedNoEnvironmentWhereNoneIsPlanned) {
  project.checks.erase(project.checks.begin());
  EXPECT_THAT(run(), UnorderedElementsAre("flake8", "pytest"));
  EXPECT_FALSE(with_environment);
}

}  // namespace
}  // namespace greenroom::work
