// What is built when, with a stand-in for the sandbox.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "lib/environment/report.h"
#include "tests/support/wait.h"
#include "tests/unit/environment/fixture.h"

namespace greenroom::environment {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

const std::map<std::string, std::string> kFiles{{"requirements.txt", "shot-naming\n"}};

class ProvideTest : public EnvironmentFixture {
 protected:
  ProvideTest() {
    execute = [this](const sandbox::Plan& plan, const auto&, const auto& cancelled) {
      ++builds;
      last = plan;
      return during ? during(plan, cancelled) : Result<sandbox::SandboxOutcome>(built());
    };
  }
  static sandbox::SandboxOutcome built(const std::string& report = R"({"python": "/opt/greenroom-env/bin/python",
      "packages": [["shot-naming", "1.2"]], "variables": [["PATH", "/opt/greenroom-env/bin:/usr/bin"]]})") {
    sandbox::SandboxOutcome outcome;
    outcome.process.exit_code = 0;
    outcome.artefacts = {{"environment.json", report}};
    return outcome;
  }
  static sandbox::SandboxOutcome failed(const std::string& said) {
    sandbox::SandboxOutcome outcome;
    outcome.process.exit_code = 1;
    outcome.process.out.head = said;
    return outcome;
  }
  Settings own_settings() { return {folder / "environments", toolbox_, config, execute, clock}; }
  Result<Provided> provide_now() {
    auto one = chosen(kFiles);
    if (explains)
      one.provider.explain = [](const auto&, std::string_view said) {
        return std::optional(checks::LockFault{"ENV001", std::string(said)});
      };
    return provide(one, own_settings(), {}, cancelled);
  }
  std::string key(const std::map<std::string, std::string>& files) {
    return key_of(chosen(files).plan, own_settings());
  }

  checks::Toolbox toolbox_{{"python3", "/usr/bin/python3", "3.11.2", {}, {}},
                           {"virtualenv", "/usr/bin/virtualenv", "20.17", {}, {}}};
  std::function<Result<sandbox::SandboxOutcome>(const sandbox::Plan&, const std::function<bool()>&)> during;
  std::atomic<int> builds{0};
  sandbox::Plan last;
  bool explains = false;
};

TEST_F(ProvideTest, BuildsOnceForTwoSlotsThatWantTheSame) {
  std::atomic<bool> go = false;
  during = [&](const auto&, const auto&) {
    EXPECT_TRUE(testing::wait_until([&] { return go.load(); }));
    return Result<sandbox::SandboxOutcome>(built());
  };
  Result<Provided> first, second;
  {
    std::jthread one([&] { first = provide_now(); });
    EXPECT_TRUE(testing::wait_until([&] { return builds == 1; }));
    std::jthread two([&] { second = provide_now(); });
    go = true;
  }
  EXPECT_EQ(builds, 1);
  ASSERT_TRUE(first && first->environment && second && second->environment);
  EXPECT_TRUE(second->kept);
}

TEST_F(ProvideTest, ItsSandboxHasTheTreeTheWayOutAndNothingOfAChange) {
  ASSERT_TRUE(provide_now());
  ASSERT_TRUE(last.provision);
  EXPECT_EQ(last.provision->inside, checks::kEnvironmentInside);
  EXPECT_THAT(last.provision->socket, HasSubstr("/environments/building-"));
  EXPECT_THAT(last.workspace, HasSubstr("/environments/building-"));
  EXPECT_THAT(last.argv, ElementsAre("/usr/bin/python3", "-I", "-B", "/greenroom/build_virtualenv.py"));
  EXPECT_THAT(last.environment, IsEmpty());
}

TEST_F(ProvideTest, TheKeyChangesWithAllThatDecidesTheResult) {
  const std::string before = key(kFiles);
  EXPECT_EQ(before, key(kFiles));
  EXPECT_NE(before, key({{"requirements.txt", "shot-naming==1\n"}}));
  EXPECT_EQ(before, key({{"requirements.txt", "shot-naming\n"}, {"src/a.py", "x"}}));
  toolbox_[0].version = "3.12.0";
  EXPECT_NE(before, key(kFiles));
  toolbox_[0].version = "3.11.2";
  set("ENVIRONMENTS_ALLOW_BUILDS", "true");
  EXPECT_NE(before, key(kFiles));
  set("ENVIRONMENTS_ALLOW_BUILDS", "false");
  set("ENVIRONMENTS_INDEX", "http://127.0.0.1:9/simple");
  EXPECT_NE(before, key(kFiles));
}

TEST_F(ProvideTest, BuildsAnUnpinnedOneAnewWhenItIsOld) {
  ASSERT_TRUE(provide_now());
  clock.advance(std::chrono::hours(24 * 6));
  EXPECT_TRUE(provide_now()->kept);
  clock.advance(std::chrono::hours(24 * 2));
  EXPECT_FALSE(provide_now()->kept);
  EXPECT_EQ(builds, 2);
  EXPECT_TRUE(provide_now()->kept);
}

TEST_F(ProvideTest, UsesTheOldOneWhileItCannotBeBuiltAnew) {
  ASSERT_TRUE(provide_now());
  clock.advance(std::chrono::hours(24 * 8));
  during = [](const auto&, const auto&) { return Result<sandbox::SandboxOutcome>(transient("no index")); };
  const auto provided = provide_now();
  ASSERT_TRUE(provided && provided->environment);
  EXPECT_TRUE(provided->kept);
}

TEST_F(ProvideTest, DoesNotTryAFaultyLockAgainForSomeMinutes) {
  explains = true;
  during = [](const auto&, const auto&) { return Result<sandbox::SandboxOutcome>(failed("not there")); };
  ASSERT_TRUE(provide_now());
  EXPECT_EQ(provide_now()->fault->message, "not there");
  EXPECT_EQ(builds, 1);
  clock.advance(kFaultRemembered + std::chrono::seconds(1));
  EXPECT_EQ(provide_now()->fault->message, "not there");
  EXPECT_EQ(builds, 2);
}

TEST_F(ProvideTest, AFailureThatNobodyCanExplainIsOurs) {
  during = [](const auto&, const auto&) { return Result<sandbox::SandboxOutcome>(failed("a\nodd words\n")); };
  const auto provided = provide_now();
  ASSERT_FALSE(provided);
  EXPECT_EQ(provided.error().message, "the environment could not be built: odd words");
  EXPECT_THAT(provide_now().error().message, HasSubstr("odd words"));
  EXPECT_EQ(builds, 2) << "only faults of the lock are remembered";
}

TEST_F(ProvideTest, LeavesNothingOfABuildThatWasCancelled) {
  during = [](const auto&, const auto& stop) {
    sandbox::SandboxOutcome outcome;
    outcome.process.cancelled = stop();
    return Result<sandbox::SandboxOutcome>(outcome);
  };
  cancelled = [this] { return builds > 0; };
  EXPECT_EQ(provide_now().error().message, "cancelled");
  cancelled = nullptr;
  during = nullptr;
  EXPECT_FALSE(provide_now()->kept);
}

TEST_F(ProvideTest, SaysWhichToolIsMissing) {
  toolbox_.pop_back();
  EXPECT_THAT(provide_now().error().message, HasSubstr("this machine has no 'virtualenv'"));
  EXPECT_EQ(builds, 0);
}

TEST_F(ProvideTest, KeepsNoTreeWithSpecialRights) {
  during = [](const sandbox::Plan& plan, const auto&) {
    std::ofstream(plan.provision->tree + "/su") << "x";
    std::filesystem::permissions(plan.provision->tree + "/su", std::filesystem::perms::set_uid,
                                 std::filesystem::perm_options::add);
    return Result<sandbox::SandboxOutcome>(built());
  };
  EXPECT_THAT(provide_now().error().message, HasSubstr("special rights"));
  during = nullptr;
  EXPECT_FALSE(provide_now()->kept);
}

TEST_F(ProvideTest, LetsTestsRunWithItsPython) {
  const auto provided = provide_now();
  ASSERT_TRUE(provided && provided->environment);
  checks::Check tests, types, other;
  tests.name = "pytest", tests.argv = {"/usr/bin/pytest", "-q", "tests"}, tests.environment = {{"PYTHONPATH", "src"}};
  types.name = "mypy", types.argv = {"/usr/bin/mypy", "a.py"}, types.paths = 1;
  EXPECT_TRUE(concerns(tests) && concerns(types));
  EXPECT_FALSE(concerns(other));
  Environment used{
      provided->environment->tree, {{"/srv/packages", "/srv/packages"}}, provided->environment->built, Fd()};
  used.built.variables.emplace_back("PYTHONPATH", "/srv/packages/a");
  used.built.packages.emplace_back("pytest", "8.0");
  use_in(tests, used);
  use_in(types, used);
  EXPECT_THAT(tests.argv, ElementsAre("/opt/greenroom-env/bin/python", "-m", "pytest", "-q", "tests"));
  EXPECT_THAT(tests.environment,
              ElementsAre(Pair("PYTHONPATH", "src:/srv/packages/a"), Pair("PATH", "/opt/greenroom-env/bin:/usr/bin")));
  EXPECT_EQ(tests.tool_version, "8.0");
  ASSERT_EQ(tests.binds.size(), 2u);
  EXPECT_EQ(tests.binds[0].to, checks::kEnvironmentInside);
  EXPECT_THAT(types.argv, ElementsAre("/usr/bin/mypy", "--python-executable=/opt/greenroom-env/bin/python", "a.py"));
  EXPECT_THAT(types.environment, ElementsAre(Pair("MYPYPATH", "/srv/packages/a")));
}

TEST(EnvironmentReport, SetsNothingThatAJobHasFromUs) {
  std::vector<std::string> left_out;
  const auto built = read_report(R"({"python": "/opt/greenroom-env/bin/python", "packages": [["b", "2"], ["a", "1"]],
      "variables": [["PYTHONPATH", "/x"], ["LD_PRELOAD", "/x.so"], ["HOME", "/x"], ["VIRTUAL_ENV", "/v"]]})",
                                 {}, left_out);
  ASSERT_TRUE(built);
  EXPECT_THAT(built->packages, ElementsAre(Pair("a", "1"), Pair("b", "2")));
  EXPECT_THAT(built->variables, ElementsAre(Pair("PYTHONPATH", "/x"), Pair("VIRTUAL_ENV", "/v")));
  EXPECT_THAT(left_out, ElementsAre("the variable LD_PRELOAD", "the variable HOME"));
}

TEST(EnvironmentReport, ThatIsOddIsRefused) {
  for (const char* text : {"", "[]", R"({"python": "/work/python"})", R"({"python": "/opt/greenroom-env/../x"})",
                           R"({"python": "/opt/greenroom-envx/python", "packages": [], "variables": []})",
                           R"({"python": "/usr/bin/python3", "packages": [["a"]], "variables": []})",
                           R"({"python": "/usr/bin/python3", "packages": [], "variables": [["A=B", "x"]]})",
                           R"({"python": "/usr/bin/python3", "packages": [], "variables": [["A", "x\ny"]]})"}) {
    std::vector<std::string> left_out;
    EXPECT_FALSE(read_report(text, {}, left_out)) << text;
  }
}

TEST(EnvironmentReport, OfAKeptOneReadsAsItWasWritten) {
  const Manifest manifest{{"/usr/bin/python3", {{"a", "1"}}, {{"PATH", "/x"}}}, {"-e ."}, 42, 7};
  const auto read = read_manifest(to_json(manifest));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->built.packages, manifest.built.packages);
  EXPECT_EQ(read->built.variables, manifest.built.variables);
  EXPECT_EQ(read->left_out, manifest.left_out);
  EXPECT_EQ(read->bytes, 42u);
  EXPECT_EQ(read->built_at, 7);
  EXPECT_FALSE(read_manifest(R"({"python": "/usr/bin/python3")"));
}

}  // namespace
}  // namespace greenroom::environment
