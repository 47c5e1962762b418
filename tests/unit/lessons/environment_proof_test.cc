// The lessons about locks: each bad example, put before the real tool and a package index on loopback, gives no
// environment and is explained with the lesson's code; the good one gives one.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "lib/checks/providers/explain/explain.h"
#include "lib/process/process.h"
#include "tests/support/package_index.h"
#include "tests/support/temp_directory.h"
#include "tests/unit/lessons/examples.h"

namespace greenroom::teaching {
namespace {

using testing::Package;

// What the examples' lines are about.
std::vector<Package> wheels() {
  const auto module = [](const std::string& name) { return testing::ArchiveFiles{{name + ".py", ""}}; };
  return {{"shotlist", "1.2", module("shotlist")},
          {"shotlist", "1.3", module("shotlist")},
          {"render-queue", "5.0", module("render_queue"), {"shotlist<1.3"}},
          {"render-queue", "6.0", module("render_queue"), {"shotlist>=1.2"}},
          {"review-tools", "1.4", module("review_tools"), {"shotlist>=1.3"}},
          {"farm-client", "2.1", module("farm_client")},
          {"frame-server", "3.1", module("frame_server"), {}, ">=3.8"},
          {"frame-server", "4.0", module("frame_server"), {}, ">=3.99"}};
}

class EnvironmentLesson : public ::testing::Test {
 protected:
  EnvironmentLesson() {
    for (const Package& package : wheels()) index_.add(package);
    index_.add_sdist({"farm-client", "2.0", {}});
  }

  // Exit code and all that it printed.
  std::pair<int, std::string> run(std::vector<std::string> argv) {
    process::Command command;
    command.argv = std::move(argv);
    command.directory = folder_.path();
    command.environment = {
        {"PATH", tools_ + "/bin:/usr/bin:/bin"}, {"HOME", folder_ / "home"},        {"LC_ALL", "C.UTF-8"},
        {"UV_DEFAULT_INDEX", index_.url()},      {"UV_PYTHON", "/usr/bin/python3"}, {"UV_PYTHON_DOWNLOADS", "never"}};
    const auto outcome = process::run(command);
    if (!outcome) {
      ADD_FAILURE() << outcome.error().describe();
      return {-1, ""};
    }
    return {outcome->exit_code, outcome->out.joined() + outcome->err.joined()};
  }

  // As builders/build_virtualenv.py does it, and builders/pip_log.py.
  std::string code_of_pip(const std::string& requirements) {
    if (!std::filesystem::exists(folder_ / "venv")) {
      EXPECT_EQ(run({"virtualenv", "-q", "--no-download", "--python=/usr/bin/python3", "venv"}).first, 0);
    }
    folder_.write("requirements.txt", requirements);
    std::filesystem::remove(folder_ / "pip.log");
    const auto [code, printed] =
        run({folder_ / "venv/bin/pip", "--isolated", "--log=pip.log", "install", "--dry-run", "--no-cache-dir",
             "--retries=0", "--only-binary=:all:", "--index-url=" + index_.url(), "-r", "requirements.txt"});
    if (code == 0) return "works";
    const std::string builders = std::string(GREENROOM_SOURCE_DIR) + "/lib/checks/providers/builders";
    const auto [ignored, reasons] =
        run({"/usr/bin/python3", "-c",
             "import sys; sys.path.insert(0, '" + builders +
                 "'); sys.dont_write_bytecode = True; import pip_log; print(*pip_log.reasons('pip.log'), sep='\\n')"});
    checks::EnvironmentPlan plan;
    plan.lock = "requirements.txt";
    const auto fault = checks::explain_pip(plan, printed + reasons);
    return fault ? fault->code : "not explained:\n" + printed + reasons;
  }

  // The example is what somebody does in a project whose lock is as it should be.
  std::string code_of_uv(const std::string& commands) {
    folder_.write("pyproject.toml",
                  "[project]\nname = \"shots\"\nversion = \"1.0\"\nrequires-python = \">=3.9\"\n"
                  "dependencies = [\"shotlist\"]\n");
    for (const auto& argv : std::vector<std::vector<std::string>>{
             {"git", "init", "-q"}, {"uv", "lock", "-q"}, {"sh", "-e", "-c", commands}}) {
      const auto [code, printed] = run(argv);
      EXPECT_EQ(code, 0) << printed;
    }
    const auto [code, printed] = run({"uv", "lock", "--check", "--offline", "--no-cache", "--no-build"});
    if (code == 0) return "works";
    checks::EnvironmentPlan plan;
    plan.lock = "uv.lock";
    const auto fault = checks::explain_uv(plan, printed);
    return fault ? fault->code : "not explained:\n" + printed;
  }

  testing::TempDirectory folder_;
  testing::PackageIndex index_;
  const std::string tools_ = std::getenv("GREENROOM_TOOLS") != nullptr ? std::getenv("GREENROOM_TOOLS") : "/usr/local";
};

TEST_F(EnvironmentLesson, ExamplesOfRequirementsAreExplainedByTheirCode) {
  int proved = 0;
  for (const Lesson& lesson : lessons().all()) {
    if (lesson.tool != "environment" || lesson.language != "text") continue;
    EXPECT_EQ(code_of_pip(lesson.bad_example), lesson.codes.at(0)) << lesson.id;
    EXPECT_EQ(code_of_pip(lesson.good_example), "works") << lesson.id;
    ++proved;
  }
  EXPECT_GE(proved, 7);
}

TEST_F(EnvironmentLesson, ExamplesOfALockThatIsLeftBehindAreExplainedByTheirCode) {
  if (!std::filesystem::exists(tools_ + "/bin/uv")) GTEST_SKIP() << "no uv at " << tools_ << "/bin";
  const Lesson* lesson = lessons().by_id("environment/ENV007");
  ASSERT_NE(lesson, nullptr);
  EXPECT_EQ(code_of_uv(lesson->bad_example), "ENV007");
  EXPECT_EQ(code_of_uv(lesson->good_example), "works");
}

}  // namespace
}  // namespace greenroom::teaching
