// The whole way with the real pip, in the real sandbox, from an index on loopback.

#include <algorithm>
#include <filesystem>

#include "lib/base/text.h"
#include "tests/unit/environment/fixture.h"

namespace greenroom::environment {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
namespace fs = std::filesystem;

using RealEnvironment = EnvironmentFixture;

TEST_F(RealEnvironment, IsBuiltFromRequirementsAndSeenByAJob) {
  const auto provided = provide_for({{"requirements.txt", "shot-naming==1.2\npytest\n"}});
  ASSERT_TRUE(provided) << provided.error().describe();
  ASSERT_TRUE(provided->environment) << provided->log;
  EXPECT_FALSE(provided->kept);
  const auto& built = provided->environment->built;
  EXPECT_EQ(built.python, "/opt/greenroom-env/bin/python");
  EXPECT_THAT(built.packages, ElementsAre(Pair("pytest", "8.0"), Pair("shot-naming", "1.2")));
  EXPECT_EQ(in_job(*provided->environment, "import shot_naming; print(shot_naming.PADDING)"), "4\n");
  EXPECT_THAT(
      in_job(*provided->environment,
             "import shot_naming\ntry: open(shot_naming.__file__, 'w')\nexcept OSError as e: print(e.strerror)"),
      HasSubstr("Read-only file system"));
}

TEST_F(RealEnvironment, ASecondOneIsKeptAndAsksTheIndexNothing) {
  const std::map<std::string, std::string> files{{"requirements.txt", "shot-naming\n"}};
  ASSERT_TRUE(provide_for(files));
  index.forget();
  const auto again = provide_for(files);
  ASSERT_TRUE(again && again->environment);
  EXPECT_TRUE(again->kept);
  EXPECT_EQ(index.requests(), 0u);
  EXPECT_EQ(in_job(*again->environment, "import shot_naming; print(shot_naming.PADDING)"), "4\n");
}

TEST_F(RealEnvironment, GetsAPytestWhenTheLockNamesNone) {
  const auto provided = provide_for({{"requirements.txt", "shot-naming\n"}});
  ASSERT_TRUE(provided && provided->environment);
  EXPECT_THAT(provided->environment->built.packages, ElementsAre(Pair("pytest", "8.0"), Pair("shot-naming", "1.2")));
  EXPECT_THAT(provided->log, HasSubstr("does not name pytest, which runs the tests: adding it."));
}

TEST_F(RealEnvironment, TakesTestDependenciesFromPyproject) {
  index.add({"frames", "2.0", {{"frames.py", "FIRST = 1001\n"}}});
  const auto provided = provide_for(
      {{"pyproject.toml",
        "[project]\nname='x'\ndependencies=['shot-naming>=1']\n[project.optional-dependencies]\ntest=['frames']\n"}});
  ASSERT_TRUE(provided && provided->environment);
  EXPECT_EQ(in_job(*provided->environment, "import frames, shot_naming; print(frames.FIRST)"), "1001\n");
}

TEST_F(RealEnvironment, RunsNothingOfAPackageWithoutAWheel) {
  index.add_sdist({"evil", "1.0", {}, {}, {}, {}, "open('/tmp/out/ran', 'w')\nprint('SETUP RAN')"});
  const auto provided = provide_for({{"requirements.txt", "evil\n"}});
  const std::string said = provided ? provided->log : provided.error().describe();
  EXPECT_FALSE(provided && provided->environment);
  EXPECT_EQ(said.find("SETUP RAN"), std::string::npos) << said;
  EXPECT_EQ(index.asked().size(), static_cast<std::size_t>(std::ranges::count_if(
                                      index.asked(), [](const auto& path) { return path.starts_with("/simple/"); })));
}

TEST_F(RealEnvironment, OfAnIndexThatDoesNotAnswerIsOurFault) {
  set("ENVIRONMENTS_INDEX", "http://127.0.0.1:1/simple");
  const auto provided = provide_for({{"requirements.txt", "shot-naming\n"}});
  ASSERT_FALSE(provided);
  EXPECT_EQ(provided.error().kind, ErrorKind::transient);
  EXPECT_EQ(provided.error().message, "the package index does not answer (127.0.0.1:1: Connection refused)");
  for (const auto& entry : fs::directory_iterator(folder / "environments"))
    EXPECT_FALSE(entry.path().filename().string().starts_with("building-")) << entry.path();
}

TEST_F(RealEnvironment, ReachesNothingButTheIndex) {
  testing::PackageIndex other;
  const auto provided = provide_for({{"requirements.txt", "--index-url " + other.url() + "\nshot-naming\n"}});
  ASSERT_TRUE(provided && provided->environment);
  EXPECT_EQ(other.requests(), 0u);
  EXPECT_THAT(provided->left_out, ElementsAre(HasSubstr("requirements.txt line 1: --index-url")));
}

}  // namespace
}  // namespace greenroom::environment
