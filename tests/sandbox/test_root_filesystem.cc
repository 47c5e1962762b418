// Jobs on a root filesystem of their own, as ./dev root makes one: what they see of the machine is even less.

#include "lib/sandbox/root_filesystem.h"

#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

class OwnRootFilesystem : public SandboxFixture {
 protected:
  void SetUp() override {
    const char* made = std::getenv("GREENROOM_ROOT_FILESYSTEM");
    if (made == nullptr) GTEST_SKIP() << "no root filesystem for jobs was made";
    const auto root = open_root_filesystem(made);
    ASSERT_TRUE(root) << root.error().describe();
    root_filesystem_ = root->path;
    label_ = root->label;
    SandboxFixture::SetUp();
  }
  void TearDown() override {
    if (!root_filesystem_.empty()) SandboxFixture::TearDown();
  }
  std::string label_;
};

TEST_F(OwnRootFilesystem, IsCalledByItsManifest) {
  EXPECT_EQ(label_.substr(0, 21), "root filesystem of 20");
  EXPECT_NE(label_.find(", manifest "), std::string::npos);
}

TEST_F(OwnRootFilesystem, AJobSeesNothingOfTheMachinesUsr) {
  const std::string of_the_machine =
      "/usr/bin/git /usr/bin/gcc /usr/bin/cmake /usr/lib/postgresql /usr/include/stdio.h";
  EXPECT_EQ(output(shell("ls -d " + of_the_machine + " 2>/dev/null; echo end")), "end");
  root_filesystem_.clear();
  EXPECT_NE(output(shell("ls -d " + of_the_machine + " 2>/dev/null; echo end")), "end") << "the machine has some";
  root_filesystem_ = open_root_filesystem(std::getenv("GREENROOM_ROOT_FILESYSTEM"))->path;
  fs::remove_all(scratch());  // the /etc of those who see the machine's
}

TEST_F(OwnRootFilesystem, AJobSeesTheSamePlacesAsOnTheMachinesOwn) {
  EXPECT_EQ(output(shell("ls -A /")), "bin\ndev\netc\ngreenroom\nlib\nlib64\nproc\nsbin\ntmp\nusr\nwork");
  EXPECT_EQ(output(shell("ls -A /etc")), "alternatives\ngroup\nhosts\nld.so.cache\nnsswitch.conf\npasswd");
  EXPECT_EQ(output(shell("for p in /etc/shadow /root /home /var /run /sys /srv /opt " + root_filesystem_ +
                         "; do test -e $p && echo $p; done; echo end")),
            "end");
}

TEST_F(OwnRootFilesystem, AJobCannotWriteToIt) {
  EXPECT_EQ(output(python(R"(
import errno, os
for path in ("/usr/bin/env", "/usr/new", "/usr/lib/python3/dist-packages/new.py", "/etc/ld.so.cache", "/new"):
  try: open(path, "a"); print("wrote", path)
  except OSError as error: print(error.errno in (errno.EROFS, errno.EACCES))
)",
                          WorkspaceAccess::throw_away)),
            "True\nTrue\nTrue\nTrue\nTrue");
}

TEST_F(OwnRootFilesystem, HoldsNoCompilerAndNoWayToMoreRights) {
  EXPECT_EQ(
      output(shell(
          "find /usr -perm /7000 -o ! -type l -perm /222 | head; ls /usr/bin | grep -E '^(g?cc|g\\+\\+|ld)(-|$)'; "
          "echo end")),
      "end");
}

TEST_F(OwnRootFilesystem, EveryGuaranteeHoldsThatHoldsOnTheMachinesOwn) {
  const auto machine = probe(), own = probe(root_filesystem_);
  ASSERT_EQ(own.size(), machine.size());
  for (std::size_t i = 0; i < own.size(); ++i)
    EXPECT_TRUE(own[i].held || !machine[i].held) << own[i].name << ": " << own[i].detail;
}

TEST_F(OwnRootFilesystem, TheTestsOfAProjectRunAndReport) {
  write(workspace() / "test_module.py", "from package.module import x\n\n\ndef test_x():\n    assert x == 1\n");
  Plan plan = this->plan({"/usr/bin/pytest", "-q", "-p", "no:cacheprovider", "--junitxml=/tmp/out/junit.xml"},
                         WorkspaceAccess::throw_away);
  plan.artefacts = {"junit.xml"};
  plan.environment.emplace_back("PYTHONPATH", "/work");
  const SandboxOutcome outcome = run(plan);
  fs::remove(workspace() / "test_module.py");
  EXPECT_TRUE(outcome.process.ok()) << outcome.process.out.joined() << outcome.process.err.joined();
  ASSERT_EQ(outcome.artefacts.size(), 1u);
  EXPECT_NE(outcome.artefacts[0].content.find("tests=\"1\""), std::string::npos);
}

}  // namespace
}  // namespace greenroom::sandbox
