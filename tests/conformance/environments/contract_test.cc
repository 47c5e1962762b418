// What every provider of environments promises, asked of the real tools in the real sandbox, over an index on loopback
// and, for rez, over package folders.

#include <filesystem>

#include "lib/base/text.h"
#include "tests/conformance/environments/kind.h"
#include "tests/unit/environment/fixture.h"

namespace greenroom::environment {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Package;

const Package kNaming{"shot-naming",
                      "1.2",
                      {{"shot_naming/__init__.py", "PADDING = 4\ndef main():\n    print('sh0010')\n"},
                       {"shot_naming.pth",
                        "import os, sys; sys.shot_naming = 'begun'; os.path.exists('/greenroom/plan.json') and "
                        "(print('PTH RAN', flush=True), open('/opt/greenroom-env/ran', 'a'))\n"}},
                      {},
                      {},
                      {{"naming", "shot_naming:main"}}};

class Environments : public EnvironmentFixture, public ::testing::WithParamInterface<Kind> {
 protected:
  void SetUp() override {
    for (const std::string& tool : GetParam().pinned) {
      const char* folder = std::getenv("GREENROOM_TOOLS");
      const std::string program = std::string(folder != nullptr ? folder : "/usr/local") + "/bin/" + tool;
      if (!std::filesystem::exists(program)) GTEST_SKIP() << "no " << tool << " at " << program;
    }
    set("ENVIRONMENTS_REZ_PACKAGES_PATH", folder / "studio");
    std::filesystem::create_directories(folder / "studio");
    offer("1.2");
  }

  // The one version of shot-naming that there is.
  void offer(const std::string& version) {
    take_back();
    Package package = kNaming;
    package.version = version;
    sha256_ = index.add(package);
    const std::string root = "studio/shot_naming/" + version;
    folder.write(root + "/package.py", "name = 'shot_naming'\nversion = '" + version +
                                           "'\ndef commands():\n    env.PYTHONPATH.append('{root}/python')\n");
    folder.write(root + "/python/shot_naming.py", "PADDING = 4\n");
  }
  void take_back() {
    index.remove("shot-naming");
    std::filesystem::remove_all(folder / "studio/shot_naming");
  }

  Files project() const { return GetParam().project(sha256_); }
  Result<Provided> provided(const Files& files) {
    return provide(chosen(files), {folder / "environments", GetParam().tools, config, execute, clock}, on_output,
                   cancelled);
  }
  // The environment of the project as it is; its absence is a failure of the test.
  Provided built(const Files& files) {
    auto made = provided(files);
    EXPECT_TRUE(made) << made.error().describe();
    if (!made) return {};
    EXPECT_TRUE(made->environment) << (made->fault ? made->fault->message : "") << "\n" << made->log;
    return std::move(*made);
  }
  // "ENV001 …" when the lock is at fault, "ours: …" when it is not.
  std::string fault_of(const Files& files) {
    const auto made = provided(files);
    if (!made) return "ours: " + made.error().message;
    return made->fault ? made->fault->code + " " + made->fault->message : "none";
  }

  std::string sha256_;
};

class OverAnIndex : public Environments {};

TEST_P(Environments, AreChosenByTheirLock) {
  EXPECT_EQ(chosen(project()).provider.name, GetParam().name);
  EXPECT_EQ(chosen(project()).plan.lock, GetParam().lock);
  set("ENVIRONMENT_PROVIDER", GetParam().name);
  EXPECT_EQ(chosen(project()).provider.name, GetParam().name);
  const auto other = checks::choose_environment(
      {"src/shots.py"}, [](auto) { return std::string(); }, config);
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().message, HasSubstr("the base branch has no lock of that kind"));
}

TEST_P(Environments, ArePlannedFromTheBaseBranchAlone) {
  const Files files = project();
  std::vector<std::string> names;
  for (const auto& [name, content] : files) names.push_back(name);
  const auto found = checks::choose_environment(
      names,
      [&](std::string_view name) {
        EXPECT_TRUE(files.contains(std::string(name))) << name << " was asked for and is not of the base branch";
        const auto file = files.find(std::string(name));
        return file == files.end() ? std::string() : file->second;
      },
      config);
  ASSERT_TRUE(found && *found);
  for (const auto& [path, content] : (*found)->plan.sources)
    EXPECT_TRUE(files.contains(path) || path.starts_with("greenroom-")) << path;
}

TEST_P(Environments, HoldWhatTheLockNames) {
  const Provided made = built(project());
  ASSERT_TRUE(made.environment);
  EXPECT_THAT(made.environment->built.packages, ElementsAreArray(GetParam().packages));
  EXPECT_EQ(in_job(*made.environment, "import shot_naming; print(shot_naming.PADDING)"), "4\n");
  EXPECT_EQ(in_job(*made.environment, "import pytest; print('imported')"), "imported\n");
  EXPECT_THAT(made.left_out, ElementsAre());
}

TEST_P(OverAnIndex, HoldProgramsStartedModulesAndAPytest) {
  const Provided made = built(project());
  ASSERT_TRUE(made.environment);
  EXPECT_EQ(in_job(*made.environment, "import sys; print(sys.shot_naming)"), "begun\n");
  EXPECT_EQ(in_job(*made.environment, "import subprocess; subprocess.run(['naming'])"), "sh0010\n");
  EXPECT_EQ(in_job(*made.environment, "import subprocess, sys; subprocess.run([sys.executable, '-m', 'pytest'])"),
            "tests ran\n");
  EXPECT_THAT(made.log, HasSubstr(GetParam().lock + " does not name pytest, which runs the tests: adding it."));
}

TEST_P(Environments, AreWrittenToByNobody) {
  const Provided made = built(project());
  ASSERT_TRUE(made.environment);
  const std::string tried = in_job(*made.environment, R"(import os, shot_naming, sys
for name in (shot_naming.__file__, os.path.dirname(shot_naming.__file__) + '/new', sys.executable):
    try: open(name, 'a').close(); print(name, 'was opened')
    except OSError as error: print(error.strerror)
try: os.remove(shot_naming.__file__)
except OSError as error: print(error.strerror)
)");
  EXPECT_THAT(split_lines(tried), Not(Contains(HasSubstr("was opened")))) << tried;
  EXPECT_THAT(split_lines(tried), Contains("Read-only file system").Times(::testing::Ge(3u))) << tried;
}

TEST_P(Environments, AreKeptAndThenAskTheIndexNothing) {
  ASSERT_TRUE(built(project()).environment);
  index.forget();
  const Provided again = built(project());
  ASSERT_TRUE(again.environment);
  EXPECT_TRUE(again.kept);
  EXPECT_EQ(index.requests(), 0u);
  EXPECT_EQ(in_job(*again.environment, "import shot_naming; print(shot_naming.PADDING)"), "4\n");
}

// A .pth file runs at the start of the interpreter that it lies beside: in a job, never while the environment is built.
TEST_P(OverAnIndex, RunNothingOfAPackageWhileTheyAreBuilt) {
  const Provided made = built(project());
  ASSERT_TRUE(made.environment);
  EXPECT_THAT(made.log, Not(HasSubstr("PTH RAN")));
  EXPECT_EQ(in_job(*made.environment, "import os; print(os.path.exists('/opt/greenroom-env/ran'))"), "False\n");
}

TEST_P(OverAnIndex, RunNothingOfAPackageWithoutAWheel) {
  index.remove("shot-naming");
  Package source = kNaming;
  source.setup_py = "print('SETUP RAN', flush=True)\nopen('/opt/greenroom-env/ran', 'w')";
  index.add_sdist(source);
  const auto made = provided(GetParam().project(index.add_sdist(source)));
  ASSERT_TRUE(made) << made.error().describe();
  ASSERT_TRUE(made->fault) << made->log;
  EXPECT_EQ(made->fault->code, "ENV004");
  EXPECT_THAT(made->log, Not(HasSubstr("SETUP RAN")));
}

TEST_P(OverAnIndex, NameWhatTheyLeaveOut) {
  Files files = project();
  GetParam().ask_for_a_folder(files);
  const Provided made = built(files);
  ASSERT_TRUE(made.environment);
  EXPECT_THAT(made.left_out, ElementsAre(GetParam().left_out));
  EXPECT_EQ(in_job(*made.environment, "import shot_naming; print(shot_naming.PADDING)"), "4\n");
}

TEST_P(Environments, BlameTheLockForAVersionThatIsNotThere) {
  offer("1.1");
  EXPECT_THAT(fault_of(project()), HasSubstr(GetParam().wrong_version));
}

TEST_P(Environments, BlameTheLockForAPackageThatIsNotThere) {
  take_back();
  EXPECT_EQ(fault_of(project()), GetParam().no_package);
}

TEST_P(OverAnIndex, BlameTheLockForAHashThatDoesNotMatch) {
  index.tamper(testing::wheel_name(kNaming));
  EXPECT_EQ(
      fault_of(project()),
      "ENV005 the package index's file of shot-naming==1.2 does not have the hash that stands in " + GetParam().lock);
}

TEST_P(OverAnIndex, BlameTheLockForAPackageOfAnotherPython) {
  Package later = kNaming;
  later.requires_python = ">=3.99";
  EXPECT_EQ(fault_of(GetParam().project(index.add(later))),
            "ENV006 " + GetParam().lock + " asks for shot-naming==1.2, which needs Python >=3.99");
}

TEST_P(OverAnIndex, BlameTheLockThatWasLeftBehind) {
  if (GetParam().leave_the_lock_behind == nullptr) GTEST_SKIP() << "a lock that is made of nothing else";
  Files files = project();
  GetParam().leave_the_lock_behind(files);
  EXPECT_THAT(fault_of(files), HasSubstr("ENV007 " + GetParam().lock + " was made from an older "));
  EXPECT_EQ(index.requests(), 0u);
}

TEST_P(Environments, BlameTheLockThatCannotBeRead) {
  Files files = project();
  GetParam().spoil(files);
  EXPECT_THAT(fault_of(files), AnyOf(HasSubstr("ENV008 "), HasSubstr("ENV023 ")));
}

TEST_P(OverAnIndex, BlameNoLockForAnIndexThatIsNotWell) {
  index.answer_with(503);
  EXPECT_THAT(fault_of(project()), HasSubstr("ours: "));
  index.answer_with(200);
  ASSERT_TRUE(built(project()).environment);
}

TEST_P(OverAnIndex, BlameNoLockForAnIndexThatDoesNotAnswer) {
  set("ENVIRONMENTS_INDEX", "http://127.0.0.1:1/simple");
  EXPECT_THAT(fault_of(project()), HasSubstr("ours: the package index does not answer"));
}

std::string name_of(const ::testing::TestParamInfo<Kind>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Of, Environments, ::testing::ValuesIn(all_kinds()), name_of);
INSTANTIATE_TEST_SUITE_P(Of, OverAnIndex, ::testing::ValuesIn(kinds_over_an_index()), name_of);

// Where there is no lock, or none is to be used, tests have the machine's own packages.
using Plain = EnvironmentFixture;

TEST_F(Plain, IsWhatAProjectWithoutALockGets) {
  const auto found = checks::choose_environment(
      {"src/shots.py"}, [](auto) { return std::string(); }, config);
  ASSERT_TRUE(found);
  EXPECT_FALSE(*found);
}

TEST_F(Plain, IsWhatAProjectGetsThatAsksForIt) {
  set("ENVIRONMENT_PROVIDER", "plain");
  for (const Kind& kind : all_kinds()) {
    const Files files = kind.project("00");
    std::vector<std::string> names;
    for (const auto& [name, content] : files) names.push_back(name);
    const auto found = checks::choose_environment(
        names, [&](auto name) { return files.at(std::string(name)); }, config);
    ASSERT_TRUE(found) << kind.name;
    EXPECT_FALSE(*found) << kind.name;
  }
}

}  // namespace
}  // namespace greenroom::environment
