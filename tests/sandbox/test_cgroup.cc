// Limits of the job as a whole. `./dev test`, called by root, delegates a control group and says so: then nothing is
// skipped here.

#include <cstdlib>

#include "lib/sandbox/cgroup.h"
#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

class SandboxCgroup : public SandboxFixture {
 protected:
  void SetUp() override {
    SandboxFixture::SetUp();
    const char* said = std::getenv("GREENROOM_CGROUP");
    const auto group = JobCgroup::make({});
    ASSERT_TRUE(group) << group.error().describe();
    if (said != nullptr && std::string_view(said) == "delegated") {
      ASSERT_TRUE(group->has_value()) << "a group was delegated, and the sandbox does not find it";
    } else if (!group->has_value()) {
      GTEST_SKIP() << "no control group is delegated to this user";
    }
  }
};

TEST_F(SandboxCgroup, WhereOneIsDelegatedNothingIsDegraded) {
  EXPECT_EQ(run(shell("true", WorkspaceAccess::throw_away)).degraded, std::vector<std::string>{});
}

TEST_F(SandboxCgroup, NoLimitIsPerProcess) { EXPECT_EQ(run(shell("true")).degraded, std::vector<std::string>{}); }

TEST_F(SandboxCgroup, SeveralProcessesShareOneLimitOfMemory) {
  Plan plan = python(
      "import os\nr, w = os.pipe()\nfor i in range(4):\n  if os.fork() == 0:\n    x = b'x' * (30 << 20); os.close(w); "
      "os.read(r, 1); os._exit(0)\nos.close(w)\nfor i in range(4): os.wait()");
  plan.limits.memory_bytes = 64u << 20;
  EXPECT_TRUE(run(plan).out_of_memory);
}

// Each holds 200 MiB that no limit of a process's address space would see.
TEST_F(SandboxCgroup, MemoryThatHasNoAddressCountsToo) {
  for (const char* hoard : {
           "held = [os.memfd_create(str(i)) for i in range(50)]\nfor fd in held: os.write(fd, chunk)",
           "for i in range(50): open(f'/tmp/{i}', 'wb').write(chunk)",
           "for i in range(15): open(f'/dev/shm/{i}', 'wb').write(chunk)\nfor i in range(40): open(f'/tmp/{i}', "
           "'wb').write(chunk)",
           "libc = ctypes.CDLL(None); libc.shmat.restype = ctypes.c_void_p\nfor i in range(50):\n"
           "  at = libc.shmat(libc.shmget(0, len(chunk), 0o1600), None, 0)\n  ctypes.memset(at, 1, len(chunk))\n"
           "  libc.shmdt(ctypes.c_void_p(at))",
       }) {
    Plan plan = python("import ctypes, os\nchunk = b'x' * (4 << 20)\n" + std::string(hoard) + "\nprint('held')",
                       WorkspaceAccess::throw_away);
    plan.limits.memory_bytes = 100u << 20;
    const SandboxOutcome outcome = run(plan);
    EXPECT_TRUE(outcome.out_of_memory) << hoard << "\n" << outcome.process.err.joined();
    EXPECT_EQ(outcome.process.out.joined(), "") << hoard;
  }
}

TEST_F(SandboxCgroup, ManyEmptyFilesCountToo) {
  Plan plan = python("for i in range(10**6):\n  open(f'/dev/shm/{i}', 'w').close()", WorkspaceAccess::throw_away);
  plan.limits.memory_bytes = 100u << 20;
  const SandboxOutcome outcome = run(plan);
  EXPECT_TRUE(outcome.out_of_memory) << outcome.process.err.joined();
}

TEST_F(SandboxCgroup, ProcessesTogetherGetTheirShareOfOneProcessor) {
  Plan plan = python(R"(
import os, time
start = time.monotonic()
for i in range(2):
  if os.fork() == 0:
    while time.monotonic() < start + 1: pass
    os._exit(0)
for i in range(2): os.wait()
used = os.times()
print((used.children_user + used.children_system) / (time.monotonic() - start))
)");
  plan.limits.cpu_percent = 30;
  const double share = std::stod(output(plan));
  EXPECT_GT(share, 0.05);
  EXPECT_LT(share, 0.6) << "two without a limit take 1 to 2";
}

}  // namespace
}  // namespace greenroom::sandbox
