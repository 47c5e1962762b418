// No false alarms: the test suites of real packages give the same results inside the sandbox as outside of it. They use
// threads, processes, memory maps, temporary files and sockets as people's own tests do.

#include <gmock/gmock.h>

#include <cstdlib>

#include "lib/process/process.h"
#include "lib/sandbox/bwrap.h"
#include "sandbox_fixture.h"
#include "suite_results.h"

namespace greenroom::sandbox {
namespace {

struct Suite {
  const char* package;
  std::vector<std::string> files;        // of its tests, in the package's folder
  std::size_t least;                     // tests that have to pass outside, or nothing was compared
  std::vector<std::string> beside = {};  // packages that it imports
};

void PrintTo(const Suite& suite, std::ostream* stream) { *stream << suite.package; }

class RealSuite : public SandboxFixture, public ::testing::WithParamInterface<Suite> {
 protected:
  void SetUp() override {
    const char* suites = std::getenv("GREENROOM_SUITES");
    if (suites == nullptr) GTEST_SKIP() << "the packages are not here: the Python package index did not answer";
    std::vector<std::string> packages = GetParam().beside;
    packages.emplace_back(GetParam().package);
    for (const auto& package : packages)
      fs::copy(fs::path(suites) / package, workspace() / package, fs::copy_options::recursive);
    fs::create_directories(out());
    SandboxFixture::SetUp();
  }
  void TearDown() override { EXPECT_TRUE(survivors().empty()) << "a process lives on: " << join(survivors(), ", "); }

  Plan pytest(const std::string& report) const {
    Plan plan = this->plan({"/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "-c",
                            "/dev/null", "-o", "junit_family=xunit1", "--junitxml=" + report},
                           WorkspaceAccess::throw_away);
    for (const auto& file : GetParam().files) plan.argv.push_back(std::string(GetParam().package) + "/" + file);
    plan.limits.wall = std::chrono::seconds(100);
    plan.limits.memory_bytes = 1u << 30;
    return plan;
  }
  Results inside() const {
    Plan plan = pytest("/tmp/out/junit.xml");
    plan.artefacts = {"junit.xml"};
    const SandboxOutcome outcome = run(plan);
    EXPECT_EQ(outcome.artefacts.size(), 1u) << outcome.process.out.joined() << outcome.process.err.joined();
    return outcome.artefacts.empty() ? Results{} : results_in(outcome.artefacts[0].content);
  }
  // The same command and variables, on the machine itself; the copy of the package is the test's own.
  Results outside() const {
    const std::string report = (out() / "junit.xml").string();
    const Plan plan = pytest(report);
    process::Command command;
    command.argv = plan.argv;
    command.directory = workspace().string();
    command.wall = plan.limits.wall;
    for (auto [name, value] : job_environment(plan)) {
      if (name == "HOME" || name == "TMPDIR") value = out().string();
      command.environment.emplace_back(name, value);
    }
    const auto outcome = process::run(command);
    EXPECT_TRUE(outcome) << outcome.error().describe();
    return results_in(read(report));
  }
  fs::path out() const { return workspace().parent_path() / "outside/out"; }
};

TEST_P(RealSuite, GivesTheSameResultsInsideAsOutside) {
  Results without = outside(), within = inside();
  EXPECT_GE(passed_in(without), GetParam().least);
  auto differ = differences(without, within);
  // Some tests of this world race with the machine's load. What differs because of the sandbox differs again.
  if (!differ.empty()) {
    without = outside();
    within = inside();
    differ = common(differ, differences(without, within));
  }
  EXPECT_THAT(differ, ::testing::IsEmpty());
  std::printf("%s: %zu tests, %zu passed outside, %zu inside\n", GetParam().package, without.size(), passed_in(without),
              passed_in(within));
}

INSTANTIATE_TEST_SUITE_P(
    Of, RealSuite,
    ::testing::Values(Suite{"simplejson", {"tests"}, 200}, Suite{"toolz", {"tests"}, 150},
                      Suite{"bitarray", {"test_bitarray.py"}, 400}, Suite{"regex", {"tests/test_regex.py"}, 50},
                      Suite{"tornado",
                            {"test/process_test.py", "test/tcpserver_test.py", "test/locks_test.py",
                             "test/queues_test.py", "test/autoreload_test.py"},
                            50},
                      Suite{"joblib",
                            {"test/test_disk.py", "test/test_func_inspect.py", "test/test_logger.py",
                             "test/test_hashing.py", "test/test_store_backends.py", "test/test_backports.py"},
                            40,
                            {"cloudpickle"}},
                      Suite{"networkx", {"algorithms/tests/test_dag.py", "readwrite/tests"}, 200}),
    [](const auto& info) { return std::string(info.param.package); });

TEST(SuiteResults, DifferWhereATestPassesOnOneSideOnly) {
  const auto report = [](const std::string& second) {
    return "<testsuites><testsuite><testcase classname=\"a\" name=\"one\"/>" + second + "</testsuite></testsuites>";
  };
  const Results whole = results_in(report("<testcase classname=\"a\" name=\"two\"/>"));
  EXPECT_EQ(passed_in(whole), 2u);
  EXPECT_THAT(differences(whole, whole), ::testing::IsEmpty());
  const Results fails = results_in(report("<testcase classname=\"a\" name=\"two\"><failure/></testcase>"));
  EXPECT_THAT(differences(whole, fails), ::testing::ElementsAre("a::two: passed outside, failure inside"));
  EXPECT_THAT(differences(whole, results_in(report(""))),
              ::testing::ElementsAre("a::two: passed outside, absent inside"));
  EXPECT_THAT(differences(whole, results_in("")), ::testing::SizeIs(2)) << "no report is no agreement";
  EXPECT_THAT(common({"a", "b"}, {"b", "c"}), ::testing::ElementsAre("b"));
}

}  // namespace
}  // namespace greenroom::sandbox
