#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/unit/cli/program.h"

namespace greenroom::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class Check : public Program {
 protected:
  nlohmann::json look(std::vector<std::string> words) {
    words.insert(words.begin(), {"check", "--json"});
    const Answer answer = greenroom(words);
    EXPECT_EQ(answer.err, "");
    return nlohmann::json::parse(answer.out);
  }
  // "a.py:2 F401" of what is on the author's lines
  static std::vector<std::string> findings(const nlohmann::json& report) {
    std::vector<std::string> found;
    for (const auto& finding : report["findings"])
      if (finding["placement"] == "author_line")
        found.push_back(finding["path"].get<std::string>() + ":" + std::to_string(finding["line"].get<int>()) + " " +
                        finding["code"].get<std::string>());
    return found;
  }
};

TEST_F(Check, TeachesWhatTheReviewWouldTeach) {
  make_tree({{"a.py", "import os\n"}});
  write("a.py", "import os\nimport sys\n\nif os.name == None:\n    pass\n");
  const Answer answer = greenroom({"check", "flake8"});
  EXPECT_EQ(answer.code, 1);
  EXPECT_THAT(answer.out, AllOf(StartsWith("Next step: look at 2 points below"),
                                HasSubstr("Remove the import that nothing uses  F401"), HasSubstr("a.py:2"),
                                HasSubstr("a.py:4"), Not(HasSubstr("\x1b"))));
}

TEST_F(Check, LooksAtTheAuthorsLinesOnly) {
  make_tree({{"a.py", "import os\nx = 1\n"}});
  write("a.py", "import os\nx = 1\nimport sys\n");
  EXPECT_THAT(findings(look({"flake8"})), UnorderedElementsAre("a.py:3 F401", "a.py:3 E402"));
  EXPECT_THAT(findings(look({"--all", "flake8"})), UnorderedElementsAre("a.py:1 F401", "a.py:3 F401", "a.py:3 E402"));
}

TEST_F(Check, SeesCommittedStagedUnstagedAndNewFiles) {
  make_tree({{"a.py", "x = 1\n"}, {"b.py", "x = 1\n"}});
  write("a.py", "x = 1\nimport a1\n");
  commit("two");
  write("b.py", "import b1\n");
  git({"add", "b.py"});
  write("b.py", "import b1\nimport b2\n");
  write("folder/new file.py", "import c1\n");
  EXPECT_THAT(findings(look({"flake8"})), UnorderedElementsAre("a.py:2 F401", "a.py:2 E402", "b.py:1 F401",
                                                               "b.py:2 F401", "folder/new file.py:1 F401"));
}

TEST_F(Check, LeavesTheRepositoryAsItWas) {
  make_tree({{"a.py", "x = 1\n"}});
  write("a.py", "import os\n");
  write("tests/test_new.py", "def test_one():\n    pass\n");
  const std::string before = git({"status", "--porcelain", "-uall", "--ignored"});
  EXPECT_EQ(greenroom({"check"}).code, 1);
  EXPECT_EQ(git({"status", "--porcelain", "-uall", "--ignored"}), before);
}

TEST_F(Check, StagedIsWhatWouldBeCommitted) {
  make_tree({{"a.py", "x = 1\n"}});
  write("a.py", "import staged\n");
  git({"add", "a.py"});
  write("a.py", "import other\nimport more\n");
  write("new.py", "import unstaged\n");
  const auto report = look({"--staged", "flake8"});
  ASSERT_THAT(findings(report), ElementsAre("a.py:1 F401"));
  EXPECT_THAT(report["findings"][0]["message"].get<std::string>(), HasSubstr("staged"));
}

TEST_F(Check, TakesPathsFromTheFolderItIsIn) {
  make_tree({});
  write("src/a.py", "import a1\n");
  write("src/deep/b.py", "import b1\n");
  write("c.py", "import c1\n");
  EXPECT_THAT(findings(look({"flake8", "src/deep", "c.py"})),
              UnorderedElementsAre("src/deep/b.py:1 F401", "c.py:1 F401"));
  const Answer inside = greenroom({"check", "--json", "flake8", "deep"}, "tree/src");
  EXPECT_THAT(findings(nlohmann::json::parse(inside.out)), ElementsAre("src/deep/b.py:1 F401"));
}

TEST_F(Check, AnswersWithItsExitCode) {
  make_tree({{"a.py", "x = 1\n"}});
  EXPECT_EQ(greenroom({"check"}).code, 0);
  EXPECT_THAT(greenroom({"check"}).out, StartsWith("Nothing differs from main"));
  write("README.md", "# New\n");
  EXPECT_EQ(greenroom({"check"}).code, 0);
  EXPECT_THAT(greenroom({"check"}).out, StartsWith("No check fits"));
  write("a.py", "x = 2\n");
  EXPECT_EQ(greenroom({"check"}).code, 0);
  write("tests/test_a.py", "def test_one():\n    assert False\n");
  const Answer failing = greenroom({"check", "pytest"});
  EXPECT_EQ(failing.code, 1);
  EXPECT_THAT(failing.out, HasSubstr("make the one failing test pass"));
}

TEST_F(Check, KeepsToTheSettingsOfTheBaseBranch) {
  make_tree({{".greenroom.yml", "checks: {enabled: [flake8]}\n"}, {"setup.cfg", "[flake8]\nignore = F401\n"}});
  write("a.py", "import os\nx = None == 1\n");
  write("setup.cfg", "[flake8]\nignore = E711\n");
  write(".greenroom.yml", "checks: {enabled: [mypy]}\n");
  const auto report = look({});
  EXPECT_EQ(report["checks"].size(), 1u);
  EXPECT_THAT(findings(report), ElementsAre("a.py:2 E711"));
}

TEST_F(Check, SaysWhatIsWrongWithTheSettingsAndRunsTheUsualChecks) {
  make_tree({{".greenroom.yml", "checks: {enbled: [flake8]}\n"}});
  write("a.py", "import os\n");
  const Answer answer = greenroom({"check", "flake8"});
  EXPECT_THAT(answer.out, AllOf(HasSubstr("did you mean 'checks.enabled'?"), HasSubstr("F401")));
}

TEST_F(Check, WorksBeforeTheFirstCommit) {
  write("a.py", "import os\n");
  git({"init", "-q"});
  EXPECT_THAT(findings(look({"flake8"})), ElementsAre("a.py:1 F401"));
  git({"add", "a.py"});
  EXPECT_THAT(findings(look({"--staged", "flake8"})), ElementsAre("a.py:1 F401"));
}

TEST_F(Check, SaysWhatToDoAboutWordsItDoesNotKnow) {
  make_tree({{"a.py", "x = 1\n"}});
  const auto complaint = [&](const std::vector<std::string>& words, const std::string& directory = "tree") {
    const Answer answer = greenroom(words, directory);
    EXPECT_EQ(answer.code, 2);
    return answer.err;
  };
  EXPECT_THAT(complaint({"check", "flake9"}), HasSubstr("'flake9' is neither a check nor a file of this tree"));
  EXPECT_THAT(complaint({"check", "--base", "nowhere"}), HasSubstr("there is no branch or commit 'nowhere'"));
  EXPECT_THAT(complaint({"check", "/etc"}), HasSubstr("lies outside of"));
  EXPECT_THAT(complaint({"check", "--staged", "--all"}), HasSubstr("exclude each other"));
  EXPECT_THAT(complaint({"check"}, ""), HasSubstr("this is no git working tree"));
  EXPECT_NE(complaint({"check", "--wrong"}), "");
}

TEST_F(Check, FollowsARename) {
  make_tree({{"old.py", "import os\n\n\ndef one():\n    return 1\n\n\ndef two():\n    return 2\n"}});
  git({"mv", "old.py", "new.py"});
  write("new.py", "import os\n\n\ndef one():\n    return 1\n\n\ndef two():\n    value = 1\n    return 2\n");
  EXPECT_THAT(findings(look({"flake8"})), ElementsAre("new.py:9 F841"));
}

}  // namespace
}  // namespace greenroom::cli
