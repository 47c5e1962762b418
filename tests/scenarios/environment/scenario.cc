#include <gmock/gmock.h>

#include "tests/scenarios/project.h"
#include "tests/support/package_index.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Tests that import a package which only the index has, and a pytest of the index's own: a runner of bare functions.
class EnvironmentScenario : public ::testing::Test {
 protected:
  EnvironmentScenario() {
    index.add({"shot-naming", "1.2", {{"shot_naming/__init__.py", "PADDING = 4\n"}}});
    index.add({"pytest", "8.0", {{"pytest/__init__.py", ""}, {"pytest/__main__.py", kRunner}}});
    line.seed(with_lock("shot-naming==1.2\n"));
  }

  static constexpr const char* kRunner =
      "import importlib.util, sys\n"
      "out = [a.split('=')[1] for a in sys.argv if a.startswith('--junitxml=')][0]\n"
      "spec = importlib.util.spec_from_file_location('test_padding', 'tests/test_padding.py')\n"
      "module = importlib.util.module_from_spec(spec)\n"
      "spec.loader.exec_module(module)\n"
      "module.test_padding()\n"
      "print('with the pytest of the index')\n"
      "open(out, 'w').write('<testsuites><testsuite tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">'\n"
      "    '<testcase classname=\"tests.test_padding\" name=\"test_padding\"/></testsuite></testsuites>')\n";

  static Files with_lock(const std::string& lock) {
    Files files;
    files["src/frames/__init__.py"] =
        "import shot_naming\n\n\ndef padded(frame):\n    return str(frame).zfill(shot_naming.PADDING)\n";
    files["tests/test_padding.py"] =
        "import frames\n\n\ndef test_padding():\n    assert frames.padded(7) == \"0007\"\n";
    files["requirements.txt"] = lock;
    return files;
  }
  std::string check(const std::string& name, const std::string& column) {
    return line.text("SELECT " + column + " AS value FROM check_run WHERE name = '" + name +
                     "' ORDER BY job_id DESC LIMIT 1");
  }

  PackageIndex index;
  Line line{[this] {
    Line::Options options;
    options.index = index.url();
    return options;
  }()};
};

TEST_F(EnvironmentScenario, TestsRunWithTheProjectsPackagesAndTheNextPushFindsThemAgain) {
  const auto change = line.push("maya/first", {{"src/frames/note.py", "NOTE = \"first\"\n"}});
  line.settle();
  EXPECT_EQ(check("environment", "position::text"), "0");
  EXPECT_EQ(check("environment", "state"), "passed") << check("environment", "convert_from(log_head, 'UTF8')");
  EXPECT_THAT(check("environment", "headline"), HasSubstr("virtualenv: 2 packages from requirements.txt, built in "));
  EXPECT_EQ(check("pytest", "state || ': ' || headline"), "passed: 1 test passed")
      << check("pytest", "convert_from(log_head, 'UTF8')");
  EXPECT_THAT(check("pytest", "convert_from(log_head, 'UTF8')"), HasSubstr("with the pytest of the index"));
  EXPECT_THAT(line.summary(change), HasSubstr("2 packages from requirements.txt"));

  index.forget();
  line.push("maya/first", {{"src/frames/note.py", "NOTE = \"second\"\n"}});
  line.settle();
  EXPECT_THAT(check("environment", "headline"), HasSubstr("kept from before"));
  EXPECT_EQ(check("pytest", "headline"), "1 test passed");
  EXPECT_EQ(index.requests(), 0u);
  line.assert_invariants();
}

TEST_F(EnvironmentScenario, AnEditOfTheLockCountsOnceItIsMerged) {
  line.push("maya/lock", {{"requirements.txt", "shot-naming==1.2\nmalice\n"}});
  line.settle();
  EXPECT_THAT(check("environment", "headline"), HasSubstr("the edit of it in this change counts once it is merged"));
  for (const auto& path : index.asked()) EXPECT_THAT(path, Not(HasSubstr("malice")));
}

TEST_F(EnvironmentScenario, AnIndexThatIsAwayIsOurSideAndTheTestsStillRun) {
  index.answer_with(503);
  const auto change = line.push("maya/first", {{"src/frames/note.py", "NOTE = \"first\"\n"}});
  line.settle();
  EXPECT_EQ(check("environment", "state"), "errored");
  EXPECT_EQ(check("pytest", "state"), "incomplete") << "the machine has no shot-naming";
  EXPECT_THAT(line.summary(change), HasSubstr("**environment could not run.** That is a fault on Greenroom's side"));
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
