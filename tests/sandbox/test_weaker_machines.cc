// The paths for machines that give less than this one.

#include <unistd.h>

#include <thread>

#include "lib/sandbox/cgroup.h"
#include "lib/sandbox/layered_run.h"
#include "lib/sandbox/stage.h"
#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

class WeakerMachine : public SandboxFixture, public ::testing::WithParamInterface<Layering> {};
using SandboxStage = SandboxFixture;

bool says_disk(const SandboxOutcome& outcome) {
  for (const auto& phrase : outcome.degraded) {
    if (phrase.starts_with("disk use is not limited")) return true;
  }
  return false;
}

TEST_P(WeakerMachine, StillThrowsEverythingAwayAndSaysWhatItCannotLimit) {
  Plan plan = shell(
      "echo evil > package/module.py && rm run.sh && mkdir -p a/b && chmod 000 a/b a && "
      "echo report > /tmp/out/r && mkdir /tmp/x && chmod 000 /tmp/x && ls -A",
      WorkspaceAccess::throw_away);
  plan.artefacts = {"r"};
  const auto outcome = run_layered(plan, GetParam());
  ASSERT_TRUE(outcome) << outcome.error().describe();
  EXPECT_EQ(outcome->process.out.joined(), "a\npackage\n") << outcome->process.err.joined();
  ASSERT_EQ(outcome->artefacts.size(), 1u);
  EXPECT_EQ(outcome->artefacts[0].content, "report\n");
  EXPECT_EQ(says_disk(*outcome), GetParam() != Layering::memory);
}

TEST_P(WeakerMachine, CopiesSymlinksAsSymlinks) {
  fs::create_symlink(canary(), workspace() / "to-canary");
  const auto outcome = run_layered(shell("readlink to-canary; cat to-canary", WorkspaceAccess::throw_away), GetParam());
  fs::remove(workspace() / "to-canary");
  ASSERT_TRUE(outcome) << outcome.error().describe();
  EXPECT_EQ(outcome->process.out.joined(), canary().string() + "\n");
}

TEST_P(WeakerMachine, RemovesFoldersDeeperThanAnyPathAndNamesThatNobodyWouldChoose) {
  Plan plan = shell("", WorkspaceAccess::throw_away);
  plan.argv = {"/usr/bin/python3", "-I", "-c", R"(
import os
for name in (b"-rf", b"--", b"a\nb", b"\x1b[2J", b"\xff\xfe", b"*", b"%s%n", b"x" * 255, "\u202egpj".encode()):
  os.mkdir(name); open(name + b"/" + name, "w").close(); os.chmod(name, 0)
for folder in ("/work", "/tmp"):
  os.chdir(folder)
  for depth in range(3000): os.mkdir("a-folder-of-twenty-b"); os.chdir("a-folder-of-twenty-b")
print("made")
)"};
  const auto outcome = run_layered(plan, GetParam());
  ASSERT_TRUE(outcome) << outcome.error().describe();
  EXPECT_EQ(outcome->process.out.joined(), "made\n") << outcome->process.err.joined();
}

INSTANTIATE_TEST_SUITE_P(Layerings, WeakerMachine, ::testing::Values(Layering::memory, Layering::disk, Layering::copy));

TEST_F(SandboxStage, SaysWhichStepFailedAndRunsNothing) {
  StageSettings settings;
  settings.layering = Layering::disk;
  settings.directory = (root_ / "missing").string();
  settings.workspace = workspace().string();
  const auto stage = Stage::prepare(settings);
  ASSERT_TRUE(stage);
  process::Command command;
  command.argv = {"/bin/echo", "ran"};
  command.before_exec = [&] { stage->enter(); };
  const auto outcome = process::run(command);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out.joined(), "");
  EXPECT_EQ(stage->failure(), "enter stage: No such file or directory");
}

TEST_F(SandboxStage, AScratchThatCannotBeMadeIsAPassingFault) {
  write(root_ / "file", "");
  Plan plan = shell("true", WorkspaceAccess::throw_away);
  plan.scratch = (root_ / "file/scratch").string();
  const auto outcome = execute(plan);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::transient);
}

TEST_F(SandboxStage, ManyThreadsRunJobsAtOnce) {
  std::vector<std::thread> threads;
  std::vector<std::string> said(4);
  for (std::size_t i = 0; i < said.size(); ++i) {
    threads.emplace_back([&, i] {
      const auto outcome = execute(shell("echo " + std::to_string(i) + " > f && cat f", WorkspaceAccess::throw_away));
      if (outcome) said[i] = outcome->process.out.joined();
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(said, (std::vector<std::string>{"0\n", "1\n", "2\n", "3\n"}));
}

// Both answers are right, each on its machine; what must not happen is a limit that is neither kept nor confessed.
TEST_F(SandboxStage, MemoryIsLimitedForTheWholeJobOrTheOutcomeSaysThatItIsNot) {
  Plan plan = python(R"(
import os
ready, said = os.pipe()
hold, let_go = os.pipe()
for i in range(4):
  if os.fork() == 0:
    os.close(let_go)
    x = b"x" * (100 << 20)
    os.close(said)
    os.read(hold, 1)
    os._exit(0)
os.close(said)
os.read(ready, 1)  # ends when every child has its memory or is dead
os.close(let_go)
ends = [os.wait()[1] for i in range(4)]
print("all lived" if not any(ends) else "killed")
)");
  plan.limits.memory_bytes = 200u << 20;
  const SandboxOutcome outcome = run(plan);
  const bool confessed = !outcome.degraded.empty() && outcome.degraded[0].starts_with("memory is limited per process");
  const auto group = JobCgroup::make(plan.limits);
  ASSERT_TRUE(group) << group.error().describe();
  EXPECT_EQ(confessed, !group->has_value());
  if (confessed) {
    EXPECT_EQ(outcome.process.out.joined(), "all lived\n") << outcome.process.err.joined();
  } else {
    EXPECT_TRUE(outcome.out_of_memory);
    EXPECT_NE(outcome.process.out.joined(), "all lived\n");
  }
}

}  // namespace
}  // namespace greenroom::sandbox
