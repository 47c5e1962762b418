// That honest jobs work: a sandbox in which nothing runs would pass every attack.

#include <atomic>

#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

using Sandbox = SandboxFixture;

TEST_F(Sandbox, RunsAProgramInTheWorkspace) {
  const SandboxOutcome outcome = run(shell("pwd; ./run.sh; cat package/module.py; echo complaint >&2; exit 3"));
  EXPECT_EQ(outcome.process.exit_code, 3);
  EXPECT_EQ(outcome.process.out.joined(), "/work\nhello\nx = 1\n");
  EXPECT_EQ(outcome.process.err.joined(), "complaint\n");
  EXPECT_FALSE(outcome.out_of_memory);
}

TEST_F(Sandbox, TellsAJobThatFailsFromASandboxThatFails) {
  EXPECT_EQ(run(shell("exit 1")).process.exit_code, 1);
  EXPECT_EQ(run(shell("exit 125")).process.exit_code, 125);
  EXPECT_EQ(run(shell("kill -SEGV $$")).process.exit_code, 128 + 11);
  const auto missing = execute(plan({"/usr/bin/no-such-program"}));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  Plan nowhere = shell("true");
  nowhere.workspace = (root_ / "nowhere").string();
  EXPECT_EQ(execute(nowhere).error().kind, ErrorKind::not_found);
}

TEST_F(Sandbox, AWorkspaceThatCannotBeBoundIsTheSandboxsFailureNotTheJobs) {
  fs::create_directories(root_ / "closed/inner");
  fs::permissions(root_ / "closed/inner", fs::perms::none);
  Plan plan = shell("true");
  plan.workspace = (root_ / "closed/inner").string();
  const auto outcome = execute(plan);
  fs::permissions(root_ / "closed/inner", fs::perms::owner_all);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::rejected) << outcome.error().describe();
}

TEST_F(Sandbox, ShowsTrustedFilesThatTheJobCannotChange) {
  Plan plan = shell(
      "cat /greenroom/pylintrc /greenroom/a/b; echo x > /greenroom/pylintrc; rm -f /greenroom/pylintrc; "
      "mv /greenroom /tmp/g; cat /greenroom/pylintrc");
  plan.files = {{"pylintrc", "trusted\n"}, {"a/b", "too\n"}};
  const SandboxOutcome outcome = run(plan);
  EXPECT_EQ(outcome.process.out.joined(), "trusted\ntoo\ntrusted\n") << outcome.process.err.joined();
}

TEST_F(Sandbox, ShowsToolFoldersUnderTheirOwnPathEvenBelowTmp) {
  Plan plan = shell("cat " + canary().string() + "; touch " + canary().string() + " 2>/dev/null || echo read-only");
  plan.binds = {{canary().parent_path(), canary().parent_path()}};
  EXPECT_EQ(output(plan), "untouchedread-only");
  plan.access = WorkspaceAccess::throw_away;
  EXPECT_EQ(output(plan), "untouchedread-only");
}

TEST_F(Sandbox, ThrowAwayJobsMayChangeTheirWorkspaceAndSeeTheirChanges) {
  const Plan plan = shell(
      "echo y > package/module.py && rm run.sh && mkdir -p new/deep && echo z > new/deep/file && "
      "mv package/module.py new/moved.py && chmod 600 new/moved.py && rm -rf package && "
      "mkdir package && cat new/moved.py new/deep/file && ls -A . package",
      WorkspaceAccess::throw_away);
  const SandboxOutcome outcome = run(plan);
  EXPECT_EQ(outcome.process.out.joined(), "y\nz\n.:\nnew\npackage\n\npackage:\n") << outcome.process.err.joined();
}

TEST_F(Sandbox, ThrowAwayJobsStartFromTheCheckoutEveryTime) {
  const Plan plan = shell("test ! -e residue && touch residue /tmp/residue", WorkspaceAccess::throw_away);
  EXPECT_TRUE(run(plan).process.ok());
  EXPECT_TRUE(run(plan).process.ok());
}

TEST_F(Sandbox, BringsArtefactsBack) {
  Plan plan = shell("mkdir /tmp/out/sub; echo one > /tmp/out/a.xml; printf 'two\\0' > /tmp/out/sub/b.bin");
  plan.artefacts = {"a.xml", "sub/b.bin", "missing.xml"};
  const SandboxOutcome outcome = run(plan);
  ASSERT_EQ(outcome.artefacts.size(), 2u);
  EXPECT_EQ(outcome.artefacts[0].name, "a.xml");
  EXPECT_EQ(outcome.artefacts[0].content, "one\n");
  EXPECT_EQ(outcome.artefacts[1].content, std::string("two\0", 4));
  EXPECT_TRUE(outcome.refused_artefacts.empty());
}

TEST_F(Sandbox, GivesRoomInTmpAndHome) {
  EXPECT_EQ(output(shell("echo a > /tmp/a; echo b > ~/b; cat /tmp/a ~/b; echo $HOME")), "a\nb\n/tmp/home");
  EXPECT_EQ(output(shell("echo a > /tmp/a; echo b > ~/b; cat /tmp/a ~/b; echo $HOME", WorkspaceAccess::throw_away)),
            "a\nb\n/tmp/home");
}

TEST_F(Sandbox, RunsThreadsSubprocessesPipesAndLoopback) {
  const Plan plan = python(R"(
import os, socket, subprocess, tempfile, threading
server = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=lambda: server.accept()[0].sendall(b"hello")).start()
client = socket.create_connection(server.getsockname())
os.mkfifo("/tmp/fifo")
with tempfile.NamedTemporaryFile() as file: file.write(b"x")
import multiprocessing
print(client.recv(5).decode(), subprocess.check_output(["echo", "child"], text=True).strip(),
      multiprocessing.get_context("fork").Pool(2).map(abs, [-1, -2]))
)");
  EXPECT_EQ(output(plan), "hello child [1, 2]");
}

TEST_F(Sandbox, EndsAJobWhenItsTimeIsUp) {
  Plan plan = shell("trap '' TERM INT HUP; sleep 60 & sleep 60; sleep 60");
  plan.limits.wall = std::chrono::milliseconds(300);
  const SandboxOutcome outcome = run(plan);
  EXPECT_TRUE(outcome.process.timed_out);
  EXPECT_FALSE(outcome.process.ok());
  EXPECT_FALSE(outcome.out_of_memory);
}

TEST_F(Sandbox, EndsAJobThatIsCancelledWhileItSpeaks) {
  std::atomic<bool> spoke = false;
  const auto outcome = execute(
      shell("echo ready; sleep 60", WorkspaceAccess::throw_away),
      [&](process::Stream, std::string_view text) { spoke = text == "ready\n"; }, [&] { return spoke.load(); });
  ASSERT_TRUE(outcome) << outcome.error().describe();
  EXPECT_TRUE(outcome->process.cancelled);
}

}  // namespace
}  // namespace greenroom::sandbox
