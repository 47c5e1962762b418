#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

using SandboxArtefacts = SandboxFixture;

SandboxOutcome after(Plan plan, std::vector<std::string> names) {
  plan.artefacts = std::move(names);
  plan.limits.artefact_bytes = 1000;
  auto outcome = execute(plan);
  EXPECT_TRUE(outcome) << outcome.error().describe();
  return outcome ? std::move(*outcome) : SandboxOutcome{};
}

using Refused = std::vector<std::string>;

TEST_F(SandboxArtefacts, ASymlinkIsNotFollowed) {
  const auto outcome = after(shell("cd /tmp/out; ln -s /etc/shadow a.xml; ln -s " + canary().string() +
                                   " b.xml; ln -s /etc dir; ln -s real.xml c.xml; echo x > real.xml"),
                             {"a.xml", "b.xml", "dir/passwd", "c.xml"});
  EXPECT_TRUE(outcome.artefacts.empty());
  EXPECT_EQ(outcome.refused_artefacts,
            (Refused{"a.xml: a symlink", "b.xml: a symlink", "dir/passwd: a symlink", "c.xml: a symlink"}));
}

TEST_F(SandboxArtefacts, AFifoASocketOrAFolderIsNotReadAndMakesNobodyWait) {
  const auto outcome =
      after(python("import os, socket\nos.chdir('/tmp/out')\nos.mkfifo('fifo.xml')\nos.mkdir('dir.xml')\n"
                   "socket.socket(socket.AF_UNIX).bind('socket.xml')"),
            {"fifo.xml", "dir.xml", "socket.xml"});
  EXPECT_TRUE(outcome.artefacts.empty());
  ASSERT_EQ(outcome.refused_artefacts.size(), 3u);
  EXPECT_EQ(outcome.refused_artefacts[0], "fifo.xml: not a regular file");
  EXPECT_EQ(outcome.refused_artefacts[1], "dir.xml: not a regular file");
}

TEST_F(SandboxArtefacts, AHardLinkIsRefused) {
  const auto outcome = after(shell("cd /tmp/out; echo x > a.xml; ln a.xml b.xml"), {"a.xml"});
  EXPECT_EQ(outcome.refused_artefacts, (Refused{"a.xml: a file with several names"}));
}

TEST_F(SandboxArtefacts, AllOfThemTogetherHaveALimit) {
  const auto outcome = after(shell("cd /tmp/out; head -c 600 /dev/zero > a; head -c 600 /dev/zero > b; echo x > c; "
                                   "truncate -s 100M sparse"),
                             {"a", "b", "c", "sparse"});
  ASSERT_EQ(outcome.artefacts.size(), 2u);
  EXPECT_EQ(outcome.artefacts[0].name, "a");
  EXPECT_EQ(outcome.artefacts[1].name, "c");
  EXPECT_EQ(outcome.refused_artefacts,
            (Refused{"b: larger than the limit for artefacts", "sparse: larger than the limit for artefacts"}));
}

TEST_F(SandboxArtefacts, ReplacingTheFolderItselfRedirectsNothing) {
  const auto outcome = after(shell("rmdir /tmp/out && ln -s /etc /tmp/out"), {"passwd"});
  EXPECT_TRUE(outcome.artefacts.empty());
}

TEST_F(SandboxArtefacts, AFileThatNobodyMayReadIsRefused) {
  const auto outcome = after(shell("cd /tmp/out; echo x > a; chmod 000 a"), {"a"});
  EXPECT_EQ(outcome.refused_artefacts, (Refused{"a: Permission denied"}));
}

TEST_F(SandboxArtefacts, ADeviceOrAClosedFolderIsRefused) {
  const auto outcome = after(shell("cd /tmp/out; ln -s /dev/zero zero; mknod device c 1 5 2> /dev/null; "
                                   "mkdir -p closed/inner; echo x > closed/inner/a; chmod 000 closed/inner closed",
                                   WorkspaceAccess::throw_away),
                             {"zero", "device", "closed/inner/a"});
  EXPECT_TRUE(outcome.artefacts.empty());
  EXPECT_EQ(outcome.refused_artefacts, (Refused{"zero: a symlink", "closed/inner/a: Permission denied"}));
}

TEST_F(SandboxArtefacts, ASparseFileBelowTheLimitIsWhatItSays) {
  const auto outcome = after(shell("truncate -s 900 /tmp/out/sparse"), {"sparse"});
  ASSERT_EQ(outcome.artefacts.size(), 1u);
  EXPECT_EQ(outcome.artefacts[0].content, std::string(900, '\0'));
}

TEST_F(SandboxArtefacts, AreBroughtBackFromAJobThatFailed) {
  const auto outcome = after(shell("echo report > /tmp/out/a; exit 1", WorkspaceAccess::throw_away), {"a"});
  EXPECT_EQ(outcome.process.exit_code, 1);
  ASSERT_EQ(outcome.artefacts.size(), 1u);
  EXPECT_EQ(outcome.artefacts[0].content, "report\n");
}

TEST_F(SandboxArtefacts, NamesThatLeadOutAreTheCallersBug) {
  for (const char* name : {"../x", "/etc/passwd", "", "a//b", "./a"}) {
    Plan plan = shell("true");
    plan.artefacts = {name};
    const auto outcome = execute(plan);
    ASSERT_FALSE(outcome) << name;
    EXPECT_EQ(outcome.error().kind, ErrorKind::bug);
  }
}

}  // namespace
}  // namespace greenroom::sandbox
