// What one job could leave for another. The fixture looks at what the next one finds; here are the ways to hide it.

#include <atomic>

#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

using SandboxResidue = SandboxFixture;

// Byte code beside the source, which Python believes without comparing; then the caches of mypy and pytest, and modules
// that every Python of this user would load.
TEST_F(SandboxResidue, ACacheIsPoisonedForNobodyElse) {
  const Plan poison = python(R"py(
import importlib.util, os, py_compile, subprocess, sys
sys.dont_write_bytecode = False
open("/tmp/evil.py", "w").write("x = 'evil'\n")
py_compile.compile("/tmp/evil.py", cfile=importlib.util.cache_from_source("/work/package/module.py"),
                   invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
for place in (".mypy_cache/3.11", ".pytest_cache/v/cache", "/tmp/home/.cache/black",
              "/tmp/home/.local/lib/python3.11/site-packages"):
  os.makedirs(place); open(place + "/usercustomize.py", "w").write("print('evil')\n")
print(subprocess.check_output([sys.executable, "-c", "from package.module import x; print(x)"], text=True))
)py",
                             WorkspaceAccess::throw_away);
  EXPECT_EQ(output(poison), "evil") << "the attack must work on its own job";
  for (const auto access : {WorkspaceAccess::read_only, WorkspaceAccess::throw_away})
    EXPECT_EQ(output(plan({"/usr/bin/python3", "-c", "from package.module import x; print(x)"}, access)), "1");
}

TEST_F(SandboxResidue, NoSharedMemoryQueueOrSemaphoreOutlivesItsJob) {
  EXPECT_EQ(output(python(R"(
import ctypes, os
libc = ctypes.CDLL(None)
print(libc.shmget(7, 4096, 0o1666) >= 0, libc.semget(7, 1, 0o1666) >= 0, libc.msgget(7, 0o1666) >= 0)
open("/dev/shm/residue", "w").write("x"); os.memfd_create("residue")
)",
                          WorkspaceAccess::throw_away)),
            "True True True");
}

// The second runs while the first is still there: from the first one's output.
TEST_F(SandboxResidue, TwoJobsAtOnceSeeNothingOfEachOther) {
  const Plan first = python(R"(
import ctypes, os, socket
ctypes.CDLL(None).shmget(7, 4096, 0o1666)
for path in ("/tmp/mine", "/tmp/home/mine", "/dev/shm/mine", "/work/mine"): open(path, "w").write("x")
inet = socket.create_server(("127.0.0.1", 7007))
unix = socket.socket(socket.AF_UNIX); unix.bind("\0mine"); unix.listen()
print("ready", flush=True)
inet.accept()
)",
                            WorkspaceAccess::throw_away);
  const Plan second = python(R"(
import ctypes, os, socket
print([p for p in ("/tmp/mine", "/tmp/home/mine", "/dev/shm/mine", "/work/mine") if os.path.exists(p)],
      ctypes.CDLL(None).shmget(7, 4096, 0), [p for p in os.listdir("/proc") if p.isdigit()])
for family, place in ((socket.AF_INET, ("127.0.0.1", 7007)), (socket.AF_UNIX, "\0mine")):
  try: socket.socket(family).connect(place); print("in")
  except OSError as error: print(error.strerror)
)",
                             WorkspaceAccess::throw_away);
  std::atomic<bool> seen = false;
  const auto outcome = execute(
      first,
      [&](process::Stream, std::string_view) {
        EXPECT_EQ(output(second), "[] -1 ['1', '2']\nConnection refused\nConnection refused");
        seen = true;
      },
      [&] { return seen.load(); });
  ASSERT_TRUE(outcome) << outcome.error().describe();
  EXPECT_TRUE(outcome->process.cancelled);
  EXPECT_TRUE(seen) << outcome->process.err.joined();
}

}  // namespace
}  // namespace greenroom::sandbox
