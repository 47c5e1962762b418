// A studio's project: its package.py is resolved by the real rez against the operator's package folders.

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;

class RezScenario : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* tools = std::getenv("GREENROOM_TOOLS");
    if (tools == nullptr) GTEST_SKIP() << "rez is one of the pinned tools, which are not installed";
    release("1.2");
    Line::Options options;
    options.services = {"webhook", "bot", "dashboard"};
    line_.emplace(options);
    line_->start("runner",
                 {{"GREENROOM_TOOLS_DIRECTORY", tools}, {"GREENROOM_ENVIRONMENTS_REZ_PACKAGES_PATH", studio_.path()}});
  }

  void release(const std::string& version) {
    const std::string root = "shotlib/" + version;
    studio_.write(root + "/package.py", "name = 'shotlib'\nversion = '" + version +
                                            "'\n\n\ndef commands():\n    env.PYTHONPATH.append('{root}/python')\n");
    studio_.write(root + "/python/shotlib.py", "VERSION = '" + version + "'\n");
  }
  static Files project(const std::string& requires_) {
    Files files;
    files["package.py"] = "name = \"shottool\"\nversion = \"0.1\"\nrequires = [\"" + requires_ + "\"]\n";
    files["src/shottool/__init__.py"] =
        "import shotlib\n\n\ndef library():\n    return \"shotlib \" + shotlib.VERSION\n";
    files["tests/test_library.py"] =
        "import shottool\n\n\ndef test_library():\n    assert shottool.library().startswith(\"shotlib 1\")\n";
    return files;
  }
  std::string newest(const std::string& check, const std::string& column) {
    return line_->text("SELECT " + column + " AS value FROM check_run WHERE name = '" + check +
                       "' ORDER BY job_id DESC LIMIT 1");
  }

  TempDirectory studio_;
  std::optional<Line> line_;
};

TEST_F(RezScenario, TestsRunWithWhatPackagePyResolvesToAndSeeTheNextRelease) {
  line_->seed(project("shotlib-1"));
  const auto change = line_->push("maya/first", {{"src/shottool/note.py", "NOTE = \"first\"\n"}});
  line_->settle();
  EXPECT_THAT(newest("environment", "state || ': ' || headline"),
              HasSubstr("passed: rez: 1 package from package.py, built in "));
  EXPECT_EQ(newest("pytest", "state || ': ' || headline"), "passed: 1 test passed")
      << newest("pytest", "convert_from(log_head, 'UTF8')");
  EXPECT_THAT(line_->summary(change), HasSubstr("1 package from package.py"));

  line_->push("maya/first", {{"src/shottool/note.py", "NOTE = \"second\"\n"}});
  line_->settle();
  EXPECT_THAT(newest("environment", "headline"), HasSubstr("kept from before"));

  release("2.0");
  release("1.3");
  line_->push("maya/first", {{"src/shottool/note.py", "NOTE = \"third\"\n"}});
  line_->settle();
  EXPECT_THAT(newest("environment", "headline"), HasSubstr("built in "));
  EXPECT_THAT(newest("environment", "convert_from(log_head, 'UTF8')"), HasSubstr("shotlib 1.3"));
  line_->assert_invariants();
}

TEST_F(RezScenario, WhatCannotBeResolvedIsExplainedInTheReview) {
  line_->seed(project("shotlib-9"));
  const auto change = line_->push("maya/first", {{"src/shottool/note.py", "NOTE = \"first\"\n"}});
  line_->settle();
  EXPECT_EQ(newest("environment", "state"), "incomplete");
  EXPECT_THAT(line_->summary(change), HasSubstr("no version of shotlib fits shotlib-9"));
  line_->assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
