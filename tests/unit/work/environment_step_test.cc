#include "lib/work/environment_step.h"

#include <gmock/gmock.h>

#include "tests/support/temp_directory.h"

namespace greenroom::work {
namespace {

using model::CheckState;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A job with tests and a lock; the test says what building its environment gives.
class EnvironmentStepTest : public ::testing::Test {
 protected:
  EnvironmentStepTest() {
    settings.directory = folder.path();
    settings.toolbox = {{"python3", "/usr/bin/python3", "3.11.2", {}, {}},
                        {"virtualenv", "/usr/bin/virtualenv", "20.17", {}, {}}};
    settings.config = config::Config::load("", [](const std::string& name) {
                        return std::string(name == "GREENROOM_ENVIRONMENTS_INDEX" ? "http://127.0.0.1:1/simple" : "");
                      }).value();
    settings.execute = [this](const sandbox::Plan&, const auto& on_output, const auto&) {
      on_output(process::Stream::out, "Collecting a\n");
      return answer;
    };
    outcome().process.exit_code = 0;
    outcome().process.out.head = "Collecting a\n";
    outcome().artefacts = {{"environment.json", R"({"python": "/opt/greenroom-env/bin/python",
        "packages": [["a", "1.0"], ["b", "2.0"]], "variables": []})"}};
    const auto lock = [](std::string_view name) {
      return std::string(name == "requirements.txt" ? "a\nb\n-e .\n" : "");
    };
    chosen = checks::choose_environment({"requirements.txt"}, lock, settings.config).value();
    checks.push_back(environment_check(chosen->plan));
    for (const auto& [name, kind] : {std::pair{"flake8", model::CheckKind::lint}, {"pytest", model::CheckKind::test}}) {
      checks.emplace_back().name = name;
      checks.back().kind = kind;
      checks.back().argv = {"/usr/bin/" + checks.back().name};
    }
    observer.started = [this](const auto& result) { seen += result.name + " started, "; };
    observer.output = [this](std::string_view check, std::string_view text) {
      seen += std::string(check) + " said " + std::string(text);
    };
    observer.finished = [this](const auto& result) { seen += result.name + " finished"; };
  }
  sandbox::SandboxOutcome& outcome() { return *answer; }
  EnvironmentStep run() {
    return run_environment_step(chosen, workspace, checks, settings, observer, [] { return false; });
  }

  testing::TempDirectory folder;
  Settings settings;
  Result<sandbox::SandboxOutcome> answer = sandbox::SandboxOutcome{};
  std::optional<checks::Chosen> chosen;
  std::vector<checks::Check> checks;
  pipeline::Workspace workspace;
  pipeline::Observer observer;
  std::string seen;
};

TEST_F(EnvironmentStepTest, MakesThePackagesReadyAndIsSeenWhileItDoes) {
  const auto step = run();
  EXPECT_EQ(seen, "environment started, environment said Collecting a\nenvironment finished");
  const auto& result = step.report.checks.at(0);
  EXPECT_EQ(result.state, CheckState::passed);
  EXPECT_EQ(result.headline, "virtualenv: 2 packages from requirements.txt, built in 1 s; 1 line is not followed");
  EXPECT_THAT(result.log_head, HasSubstr("not followed: requirements.txt line 3: -e .\na 1.0\nb 2.0\n\nCollecting a"));
  ASSERT_EQ(checks.size(), 2u) << "the step itself is done";
  EXPECT_EQ(checks[0].argv, std::vector<std::string>{"/usr/bin/flake8"});
  EXPECT_THAT(checks[1].argv, ElementsAre("/opt/greenroom-env/bin/python", "-m", "pytest"));
}

TEST_F(EnvironmentStepTest, SaysThatASecondOneIsKept) {
  run();
  checks.insert(checks.begin(), environment_check(chosen->plan));
  EXPECT_THAT(run().report.checks.at(0).headline, HasSubstr("2 packages from requirements.txt, kept from before"));
}

TEST_F(EnvironmentStepTest, SaysThatAnEditOfTheLockCountsLater) {
  workspace.diff.files.emplace_back().new_path = "requirements.txt";
  EXPECT_THAT(run().report.checks.at(0).headline, HasSubstr("the edit of it in this change counts once it is merged"));
}

TEST_F(EnvironmentStepTest, TellsAFaultOfTheLockAndRunsTheTestsWithout) {
  chosen->provider.explain = [](const auto&, std::string_view) {
    return std::optional(checks::LockFault{"ENV001", "requirements.txt asks for a==9, which is not there"});
  };
  outcome().process.exit_code = 1;
  const auto step = run();
  const auto& result = step.report.checks.at(0);
  EXPECT_EQ(result.state, CheckState::incomplete);
  EXPECT_EQ(result.headline, "requirements.txt asks for a==9, which is not there");
  ASSERT_EQ(step.report.findings.size(), 1u);
  EXPECT_EQ(step.report.findings[0].diagnostic.code, "ENV001");
  EXPECT_EQ(step.report.findings[0].diagnostic.path, "requirements.txt");
  EXPECT_NE(step.report.findings[0].fingerprint, "");
  EXPECT_EQ(checks.at(1).argv, std::vector<std::string>{"/usr/bin/pytest"});
}

TEST_F(EnvironmentStepTest, SaysHowLargeALargeOneIs) {
  std::string path = "/opt/rez/0/a/python";
  for (int i = 0; i < 79; ++i) path += ":/opt/rez/0/package" + std::to_string(i) + "/1.0/python";
  outcome().artefacts = {{"environment.json", R"({"python": "/opt/greenroom-env/bin/python", "packages": [],
      "variables": [["PYTHONPATH", ")" + path + R"("]]})"}};
  const auto step = run();
  const auto& result = step.report.checks.at(0);
  EXPECT_EQ(result.state, CheckState::passed);
  EXPECT_THAT(result.headline, HasSubstr("; PYTHONPATH has 80 folders ("));
  ASSERT_EQ(step.report.findings.size(), 1u);
  EXPECT_EQ(step.report.findings[0].diagnostic.code, "GR002");
  EXPECT_EQ(step.report.findings[0].diagnostic.path, "requirements.txt");
  EXPECT_THAT(step.report.findings[0].diagnostic.message, HasSubstr("80 folders"));
  EXPECT_FALSE(step.report.findings[0].fingerprint.empty());
  EXPECT_TRUE(step.environment);
}

TEST_F(EnvironmentStepTest, ThatGoesWrongOnOurSideIsNobodysFault) {
  answer = transient("the package index does not answer");
  const auto step = run();
  EXPECT_EQ(step.report.checks.at(0).state, CheckState::errored);
  EXPECT_EQ(step.report.checks.at(0).headline, "the package index does not answer");
  EXPECT_THAT(step.report.findings, IsEmpty());
  EXPECT_EQ(checks.at(1).argv, std::vector<std::string>{"/usr/bin/pytest"});
}

TEST_F(EnvironmentStepTest, IsNoneWhereNoneIsPlanned) {
  checks.erase(checks.begin());
  EXPECT_THAT(run().report.checks, IsEmpty());
  EXPECT_EQ(seen, "");
}

}  // namespace
}  // namespace greenroom::work
