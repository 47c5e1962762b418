#include <gmock/gmock.h>

#include <filesystem>

#include "tests/unit/cli/program.h"

namespace greenroom::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Try : public Program {
 protected:
  Try() {
    folder_.write("tmp/keep", "");
    environment_["TMPDIR"] = folder_ / "tmp";
  }
  Answer of(const std::string& name, const std::string& snippet, std::vector<std::string> words = {}) {
    folder_.write(name, snippet);
    words.insert(words.begin(), {"try", name});
    return greenroom(words, "");
  }
};

TEST_F(Try, TeachesAboutASnippetAndKeepsNothing) {
  const Answer answer = of("mine.py", "import os\n");
  EXPECT_EQ(answer.code, 1);
  EXPECT_EQ(answer.err, "");
  EXPECT_THAT(answer.out, AllOf(HasSubstr("Remove the import that nothing uses  F401"), HasSubstr("mine.py:1")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / ".git"));
  std::vector<std::string> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "tmp"))
    left.push_back(entry.path().filename());
  EXPECT_THAT(left, ::testing::ElementsAre("keep"));
}

TEST_F(Try, ReadsTheStandardInputUnderAName) {
  input_ = "cd $1\nrm x\n";
  const Answer answer = greenroom({"try", "-", "--as", "clean.sh"}, "");
  EXPECT_EQ(answer.code, 1);
  EXPECT_THAT(answer.out, AllOf(HasSubstr("clean.sh:1"), HasSubstr("SC2164")));
}

TEST_F(Try, RunsItOnlyWhenAsked) {
  const std::string snippet = "print(\"it ran\")\n";
  EXPECT_THAT(of("a.py", snippet).out, Not(HasSubstr("it ran")));
  const Answer answer = of("a.py", snippet, {"--run"});
  EXPECT_EQ(answer.code, 0) << answer.out << answer.err;
  EXPECT_THAT(answer.out, AllOf(StartsWith("it ran\nIt ended well, after "), HasSubstr("Everything passes")));
}

TEST_F(Try, WhatRunsHasNoNetworkNoSecretsAndNoTerminalTricks) {
  environment_["GREENROOM_TEST_SECRET"] = "s3cret";
  const Answer answer = of("a.py",
                           "import os\nimport socket\n\nprint('secret', 'GREENROOM_TEST_SECRET' in os.environ)\n"
                           "print('title \\x1b]0;mine\\x07')\ntry:\n    socket.create_connection(('192.0.2.1', 80))\n"
                           "except OSError as error:\n    print('network', error.errno)\n",
                           {"--run"});
  EXPECT_THAT(answer.out, AllOf(HasSubstr("secret False\n"), HasSubstr("title ‹U+001B›]0;mine‹U+0007›"),
                                HasSubstr("network 101"), Not(HasSubstr("\x1b"))));
}

TEST_F(Try, SaysHowItEnded) {
  const Answer code = of("a.py", "raise SystemExit(3)\n", {"--run"});
  EXPECT_EQ(code.code, 1);
  EXPECT_THAT(code.out, HasSubstr("It ended with exit code 3, after "));
  environment_["GREENROOM_CHECKS_TEST_SECONDS"] = "1";
  const Answer endless = of("a.py", "while True:\n    pass\n", {"--run"});
  EXPECT_EQ(endless.code, 1);
  EXPECT_THAT(endless.out, HasSubstr("It was ended by its time limit, after "));
}

class TryBranch : public Try {
 protected:
  TryBranch() {
    make_tree({{"shots.py", "def first() -> int:\n    return 1\n"}});
    write("shots.py", "import os\n\n\ndef first() -> int:\n    return 2\n");
    write("tests/test_shots.py", "from shots import first\n\n\ndef test_first() -> None:\n    assert first() == 1\n");
    commit("two");
    git({"switch", "-q", "main"});
    write("shots.py", "what I am in the middle of\n");  // not committed
    write("new.py", "not known to git\n");
    git({"add", "new.py"});
  }
  std::string state_of_the_tree() { return git({"status", "--porcelain=v2", "--branch"}) + git({"diff", "HEAD"}); }
};

TEST_F(TryBranch, ChecksAndTestsABranchWithoutTouchingTheWorkingTree) {
  const std::string before = state_of_the_tree();
  for (const auto& words : {std::vector<std::string>{"try", "--branch", "mine"}, {"try", "--commit", "mine~0"}}) {
    const Answer answer = greenroom(words);
    EXPECT_EQ(answer.code, 1) << answer.out << answer.err;
    EXPECT_THAT(answer.out, AllOf(HasSubstr("shots.py:1"), HasSubstr("F401"), HasSubstr("test_first")));
    EXPECT_THAT(answer.out, AllOf(Not(HasSubstr("new.py")), Not(HasSubstr("E999"))));
  }
  EXPECT_EQ(state_of_the_tree(), before);
}

TEST_F(TryBranch, FindsABranchOfOriginToo) {
  git({"update-ref", "refs/remotes/origin/maya/first", "mine"});
  EXPECT_THAT(greenroom({"try", "--branch", "maya/first"}).out, HasSubstr("F401"));
}

TEST_F(TryBranch, RunsItsTestsInTheSandbox) {
  git({"stash", "-q"});
  git({"switch", "-q", "mine"});
  write("tests/test_shots.py",
        "import os\n\n\ndef test_outside() -> None:\n    assert os.path.exists('" + folder_.path() + "')\n");
  commit("three");
  git({"switch", "-q", "main"});
  EXPECT_THAT(greenroom({"try", "--branch", "mine"}).out, HasSubstr("test_outside")) << "it must not be seen";
}

TEST_F(TryBranch, SaysWhatIsNotThere) {
  struct Case {
    std::vector<std::string> words;
    std::string says;
  };
  for (const Case& each :
       {Case{{"try", "--branch", "none"}, "there is no branch 'none', here or at origin"},
        Case{{"try", "--branch", "--upload-pack=x"}, "there is no branch"},
        Case{{"try", "--commit", "none"}, "there is no commit 'none' here"},
        Case{{"try", "--branch", "mine", "--base", "none"}, "there is no branch or commit 'none'"},
        Case{{"try", "--branch", "mine", "--run"}, "--run and --as are for a snippet"},
        Case{{"try", "a.py", "--branch", "mine"}, "say one thing to try"}, Case{{"try"}, "say one thing to try"},
        Case{{"try", "a.py", "--base", "main"}, "--base is for --branch and --commit"}}) {
    const Answer answer = greenroom(each.words);
    EXPECT_EQ(answer.code, 2) << each.says;
    EXPECT_THAT(answer.err, HasSubstr(each.says));
  }
}

TEST_F(Try, SaysWhatItCannotTake) {
  struct Case {
    std::vector<std::string> words;
    std::string says;
  };
  folder_.write("notes.txt", "words\n");
  folder_.write("large.py", std::string((1u << 20) + 1, '#'));
  for (const Case& each :
       {Case{{"try", "none.py"}, "'none.py' is no file that can be read"},
        Case{{"try", "tmp"}, "'tmp' is no file that can be read"}, Case{{"try", "large.py"}, "larger than 1 MiB"},
        Case{{"try", "-", "--as", ".."}, "--as takes a file's name"},
        Case{{"try", "notes.txt", "--run"}, "only .py and .sh can be run"}}) {
    const Answer answer = greenroom(each.words, "");
    EXPECT_EQ(answer.code, 2) << each.says;
    EXPECT_THAT(answer.err, HasSubstr(each.says));
    EXPECT_THAT(answer.out, IsEmpty());
  }
}

}  // namespace
}  // namespace greenroom::cli
