#include "lib/checks/providers/requirements.h"

#include <gmock/gmock.h>

#include <map>

#include "lib/checks/providers/provider.h"
#include "lib/checks/providers/pyproject.h"

namespace greenroom::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

using Files = std::map<std::string, std::string>;

BaseFile reader(const Files& files) {
  return [files](std::string_view name) {
    const auto found = files.find(std::string(name));
    return found == files.end() ? std::string() : found->second;
  };
}

Requirements read(const Files& files, std::string_view first = "requirements.txt") {
  Requirements all;
  read_requirements(first, reader(files), all);
  return all;
}

Result<std::optional<EnvironmentPlan>> plan(const Files& files) {
  std::vector<std::string> names;
  for (const auto& [name, content] : files) names.push_back(name);
  const auto settings = config::Config::load("", [](const std::string&) { return std::string(); }).value();
  return virtualenv_provider().plan(names, reader(files), settings);
}

TEST(Requirements, OfAnIndexAreFollowed) {
  for (const char* line :
       {"flask", "flask==2.3", "Flask[async,dotenv]>=2,<3", "flask ~= 2.0 ; python_version >= '3.8'", "a.b_c-d",
        "zope.interface", "numpy!=1.20.*", "flask (>=2)", "x==1.0+local", "x === 1.0", "x;sys_platform=='linux'",
        "x==1 --hash=sha256:0123abcdef", "x==1 --hash=sha256:01 --hash=sha384:ab"})
    EXPECT_TRUE(names_a_package(line)) << line;
}

TEST(Requirements, ThatNameCodeOrAnotherPlaceAreNot) {
  for (const char* line : {"-e .",
                           ".",
                           "./local",
                           "../up",
                           "/etc",
                           "git+https://example.org/x.git",
                           "x @ https://example.org/x.whl",
                           "x@file:///etc/passwd",
                           "http://example.org/x.tar.gz",
                           "x-1.0-py3-none-any.whl",
                           "x.tar.gz",
                           "dir/x.zip",
                           "--index-url=http://evil",
                           "x --install-option=--prefix=/",
                           "x --global-option=y",
                           "x --config-settings=a=b",
                           "x --hash=md5:00",
                           "x==${VERSION}",
                           "x y",
                           "-x",
                           "x\x01y",
                           "",
                           "_x",
                           "x.whl",
                           "x==1\n-e .",
                           "x==1 --hash=sha256:zz"})
    EXPECT_FALSE(names_a_package(line)) << line;
}

TEST(Requirements, KeepTheirLinesAndNameWhatIsLeftOut) {
  const auto all =
      read({{"requirements.txt", "# a comment\nflask==2 # why\n-e .\r\nx \\\n  ==1\n--find-links http://e\n"}});
  ASSERT_EQ(all.files.size(), 1u);
  EXPECT_EQ(all.files[0].second, "\nflask==2\n\nx    ==1\n\n\n");
  EXPECT_THAT(all.left_out,
              ElementsAre("requirements.txt line 3: -e .", "requirements.txt line 6: --find-links http://e"));
  EXPECT_EQ(all.packages, 2u);
  EXPECT_FALSE(all.hashed);
}

TEST(Requirements, FollowOtherFilesOfTheRepositoryOnce) {
  const auto all = read({{"requirements.txt", "-r requirements/base.txt\n-c constraints.txt\n-r ../outside.txt\n"},
                         {"requirements/base.txt", "a\n-r ../requirements.txt\n--requirement=more.txt\n-rabsent.txt\n"},
                         {"requirements/more.txt", "b\n"},
                         {"constraints.txt", "c==1\n"}});
  EXPECT_THAT(all.files, ElementsAre(Pair("requirements.txt", "-r requirements/base.txt\n-c constraints.txt\n\n"),
                                     Pair("requirements/base.txt", "a\n\n-r ../requirements/more.txt\n\n"),
                                     Pair("requirements/more.txt", "b\n"), Pair("constraints.txt", "c==1\n")));
  EXPECT_THAT(all.left_out,
              ElementsAre("requirements/base.txt line 4: -rabsent.txt", "requirements.txt line 3: -r ../outside.txt"));
  EXPECT_EQ(all.packages, 2u) << "constraints ask for nothing";
}

TEST(Requirements, AreBoundedHoweverManyThereAre) {
  Files files;
  for (int i = 0; i < 100; ++i)
    files["r" + std::to_string(i) + ".txt"] = "-r r" + std::to_string(i + 1) + ".txt\n-e .\n";
  const auto all = read(files, "r0.txt");
  EXPECT_LE(all.files.size(), 32u);
  EXPECT_LE(all.left_out.size(), 50u);
}

TEST(VirtualenvPlan, IsMadeOfRequirementsForRunningAndForTests) {
  const auto made =
      plan({{"requirements.txt", "flask==2\n"}, {"requirements-dev.txt", "-r requirements.txt\npytest\n"}});
  ASSERT_TRUE(made && *made);
  EXPECT_EQ((*made)->lock, "requirements.txt, requirements-dev.txt");
  EXPECT_THAT((*made)->sources,
              ElementsAre(Pair("greenroom-requirements.txt", "-r requirements.txt\n-r requirements-dev.txt\n"),
                          Pair("requirements.txt", "flask==2\n"), Pair("requirements-dev.txt", "\npytest\n")));
  EXPECT_FALSE((*made)->pinned);
}

TEST(VirtualenvPlan, IsPinnedOnlyByHashes) {
  EXPECT_TRUE((*plan({{"requirements.txt", "a==1 --hash=sha256:00\n"}}))->pinned);
  EXPECT_FALSE((*plan({{"requirements.txt", "a==1\n"}}))->pinned);
}

TEST(VirtualenvPlan, TakesWhatPyprojectSaysWhereNoFileDoes) {
  const std::string project =
      "[project]\nname='my-tool'\ndependencies=['flask>=2', 'x @ https://e/x.whl']\n"
      "[project.optional-dependencies]\ntest=['pytest', 'my_tool[extra]']\nextra=['frames']\ndocs=['sphinx']\n"
      "[dependency-groups]\ndev=[{include-group='lint'}, 'tox']\nlint=['ruff', {include-group='dev'}]\n";
  const auto made = plan({{"pyproject.toml", project}});
  ASSERT_TRUE(made && *made);
  EXPECT_THAT((*made)->sources,
              ElementsAre(Pair("greenroom-requirements.txt", "flask>=2\npytest\nframes\nruff\ntox\n")));
  EXPECT_THAT((*made)->left_out, ElementsAre("pyproject.toml: x @ https://e/x.whl"));
  const auto both = plan({{"pyproject.toml", project}, {"requirements.txt", "django\n"}});
  EXPECT_THAT((*both)->sources[0].second, ::testing::StartsWith("-r requirements.txt\npytest\n"));
}

TEST(VirtualenvPlan, IsNoneWhereNothingIsAskedFor) {
  for (const Files& files : {Files{}, Files{{"requirements.txt", "# nothing\n-e .\n"}},
                             Files{{"pyproject.toml", "[project]\nname='x'\n[tool.black]\n"}},
                             Files{{"pyproject.toml", "[tool.poetry.dependencies]\nflask='2'\n"}}}) {
    const auto made = plan(files);
    ASSERT_TRUE(made);
    EXPECT_FALSE(*made);
  }
}

TEST(VirtualenvPlan, SaysWhereAPyprojectCannotBeRead) {
  const auto made = plan({{"pyproject.toml", "[project]\nname = \n"}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::user_fault);
  EXPECT_THAT(made.error().message, HasSubstr("pyproject.toml line 2"));
}

TEST(ChooseEnvironment, ObeysTheProjectsWord) {
  const Files files{{"requirements.txt", "a\n"}};
  const auto choose = [&](const std::string& provider, const Files& from) {
    std::vector<std::string> names;
    for (const auto& [name, content] : from) names.push_back(name);
    const auto settings = config::Config::load("", [](const std::string&) { return std::string(); })
                              .value()
                              .with_repository("environment: {provider: " + provider + "}\n")
                              .value();
    return choose_environment(names, reader(from), settings);
  };
  EXPECT_TRUE(choose("auto", files).value());
  EXPECT_FALSE(choose("plain", files).value());
  EXPECT_TRUE(choose("virtualenv", files).value());
  EXPECT_FALSE(choose("auto", {}).value());
  EXPECT_THAT(choose("virtualenv", {}).error().message, HasSubstr("no lock of that kind"));
  EXPECT_THAT(choose("virtualnev", files).error().message, HasSubstr("did you mean 'virtualenv'?"));
}

}  // namespace
}  // namespace greenroom::checks
