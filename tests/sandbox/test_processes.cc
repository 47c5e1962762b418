#include <linux/keyctl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

using SandboxProcesses = SandboxFixture;

TEST_F(SandboxProcesses, SeesOnlyItsOwn) {
  const Plan plan = python(R"(
import os
print(sorted(open(f"/proc/{pid}/comm").read().strip() for pid in os.listdir("/proc") if pid.isdigit()))
)");
  EXPECT_EQ(output(plan), "['bwrap', 'python3']");
}

TEST_F(SandboxProcesses, HasAnEnvironmentBuiltFromNothing) {
  Plan plan = this->plan({"/usr/bin/env"});
  plan.environment = {{"EXTRA", "1"}, {"LANG", "C"}};
  EXPECT_EQ(output(plan),
            "PATH=/usr/local/bin:/usr/bin:/bin\nHOME=/tmp/home\nTMPDIR=/tmp\nUSER=greenroom\nLANG=C\nTZ=UTC\nCI=true\n"
            "PYTHONDONTWRITEBYTECODE=1\nPYTHONNOUSERSITE=1\nPYTHONHASHSEED=0\nEXTRA=1\nPWD=/work");
}

TEST_F(SandboxProcesses, FindsNoSecretOfTheRunnerInAnyEnvironmentOrCommandLine) {
  const std::string seen = output(shell("cat /proc/*/environ /proc/*/cmdline /proc/*/task/*/environ | tr '\\0' '\\n'"));
  EXPECT_NE(seen.find("PATH="), std::string::npos) << "the attack must have read something";
  EXPECT_EQ(seen.find(kSecret), std::string::npos);
  EXPECT_EQ(output(shell("wc -c < /proc/1/environ")), "0");
}

TEST_F(SandboxProcesses, ReadsNoMemoryAndNoSecretThroughProc) {
  EXPECT_EQ(output(python(R"(
import errno, os
for path in ("/proc/kcore", "/proc/kmsg", "/proc/1/mem", "/proc/kpagecount", "/proc/1/root/root", "/proc/1/cwd/../root"):
  try: os.listdir(path) if path.endswith("root") else open(path, "rb").read(1); print("read", path)
  except OSError as error: print(path, error.errno in (errno.EACCES, errno.EPERM, errno.ENOENT, errno.EIO))
)")),
            "/proc/kcore True\n/proc/kmsg True\n/proc/1/mem True\n/proc/kpagecount True\n/proc/1/root/root True\n"
            "/proc/1/cwd/../root True");
}

// The keyring of the runner's own user: asking for it makes it, and from then on the kernel names it to that user.
TEST_F(SandboxProcesses, LearnsOfNoKeyOfTheRunner) {
  if (::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 1) == -1)
    GTEST_SKIP() << "nobody can have a key on this machine";
  ASSERT_NE(read("/proc/keys").find("_uid." + std::to_string(::getuid())), std::string::npos);
  EXPECT_EQ(output(shell("cat /proc/keys /proc/key-users; echo read")), "read");
}

// Whatever bubblewrap has open, a process of the same user could open again through /proc.
TEST_F(SandboxProcesses, CannotForgeItsVerdictThroughTheFirstProcess) {
  const SandboxOutcome outcome = run(python(R"(
import os
for pid in [p for p in os.listdir("/proc") if p.isdigit()]:
  try: numbers = os.listdir(f"/proc/{pid}/fd")
  except OSError: continue
  for number in numbers:
    if pid == str(os.getpid()) or number in "012": continue
    try:
      fd = os.open(f"/proc/{pid}/fd/{number}", os.O_WRONLY)
      os.write(fd, b'{ "exit-code": 0 }\n'); print("wrote", pid, number)
    except OSError: pass
raise SystemExit(3)
)"));
  EXPECT_EQ(outcome.process.out.joined(), "");
  EXPECT_EQ(outcome.process.exit_code, 3);
}

TEST_F(SandboxProcesses, CannotKillAProcessOutside) {
  const pid_t bystander = ::fork();
  if (bystander == 0) {
    ::pause();
    ::_exit(0);
  }
  EXPECT_EQ(output(shell("kill -9 " + std::to_string(bystander) + " 2>&1 | grep -o 'No such process'")),
            "No such process");
  run(shell("kill -9 -1"));
  EXPECT_EQ(::waitpid(bystander, nullptr, WNOHANG), 0) << "the bystander must live";
  ::kill(bystander, SIGKILL);
  ::waitpid(bystander, nullptr, 0);
}

// Each of these leaves something behind on purpose; the fixture looks for survivors on the whole machine.
TEST_F(SandboxProcesses, ADaemonDoesNotOutliveItsJob) {
  const SandboxOutcome outcome =
      run(python("import os, signal, time\n"
                 "for s in (signal.SIGTERM, signal.SIGHUP): signal.signal(s, signal.SIG_IGN)\n"
                 "if os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    os.read(os.pipe()[0], 1)\n"
                 "  os._exit(0)\nprint('gone')"));
  EXPECT_EQ(outcome.process.out.joined(), "gone\n");
  EXPECT_EQ(survivors(), std::vector<std::string>{});
}

TEST_F(SandboxProcesses, ADaemonDoesNotOutliveTheWallClock) {
  Plan plan =
      shell("trap '' TERM; (setsid sh -c 'trap \"\" TERM; sleep 600' &) ; sleep 600", WorkspaceAccess::throw_away);
  plan.limits.wall = std::chrono::milliseconds(300);
  EXPECT_TRUE(run(plan).process.timed_out);
  EXPECT_EQ(survivors(), std::vector<std::string>{});
}

TEST_F(SandboxProcesses, AForkBombStaysSmallAndEnds) {
  Plan plan = python(R"(
import os, time
children = 0
try:
  while True:
    if os.fork() == 0: os.read(os.pipe()[0], 1)
    children += 1
except OSError as error: print(error.strerror, children < 64)
)");
  plan.limits.processes = 64;
  EXPECT_EQ(output(plan), "Resource temporarily unavailable True");
}

TEST_F(SandboxProcesses, AForkBombThatNeverGivesUpEndsWithTheWallClock) {
  for (const auto access : {WorkspaceAccess::read_only, WorkspaceAccess::throw_away}) {
    Plan plan = python(
        "import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "while True:\n  try:\n    if os.fork() == 0: os.setsid()\n  except OSError: pass",
        access);
    plan.limits.processes = 64;
    plan.limits.wall = std::chrono::milliseconds(700);
    EXPECT_TRUE(run(plan).process.timed_out);
    EXPECT_EQ(survivors(), std::vector<std::string>{});
  }
}

TEST_F(SandboxProcesses, TheNumberOfProcessesIsCountedForEachJobAlone) {
  Plan small = shell("sh -c 'sleep 0 & sleep 0 & wait'");
  small.limits.processes = 16;  // far fewer than this user runs on the machine
  EXPECT_TRUE(run(small).process.ok());
}

TEST_F(SandboxProcesses, AMemoryBombEndsAndIsRecognised) {
  Plan plan = python("x = bytearray(3 << 30)");
  plan.limits.memory_bytes = 128u << 20;
  const SandboxOutcome outcome = run(plan);
  EXPECT_NE(outcome.process.exit_code, 0);
  EXPECT_TRUE(outcome.out_of_memory);
}

TEST_F(SandboxProcesses, AFileBombStopsAtEachLimit) {
  const char* script = R"(
import errno, os, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def fill(path):
  written = 0
  try:
    with open(path, "wb", buffering=0) as file:
      while True: written += file.write(b"x" * 65536)
  except OSError as error: return errno.errorcode[error.errno]
print(fill("/tmp/one"), fill("/tmp/two"), fill("/tmp/three"), fill("/dev/shm/x"))
)";
  for (const auto access : {WorkspaceAccess::read_only, WorkspaceAccess::throw_away}) {
    Plan plan = python(script, access);
    plan.limits.file_bytes = 4u << 20;
    plan.limits.scratch_bytes = 10u << 20;
    EXPECT_EQ(output(plan), "EFBIG EFBIG ENOSPC EFBIG");
  }
}

TEST_F(SandboxProcesses, AJobCannotFillTheDiskThroughItsWorkspace) {
  Plan plan = shell("head -c 20M /dev/zero 2>&1 > big", WorkspaceAccess::throw_away);
  plan.limits.scratch_bytes = 8u << 20;
  const std::string said = output(plan);
  EXPECT_NE(said.find("No space left on device"), std::string::npos) << said;
}

TEST_F(SandboxProcesses, TheNumberOfFilesIsLimited) {
  Plan plan =
      python("i = 0\ntry:\n  while True: open(f'f{i}', 'w').close(); i += 1\nexcept OSError as e: print(e.strerror)",
             WorkspaceAccess::throw_away);
  plan.limits.scratch_bytes = 8u << 20;
  EXPECT_EQ(output(plan), "No space left on device");
}

// A job that writes until it cannot, and then ends as the row says.
struct RoomCase {
  const char* script;
  Room room;
};

TEST_F(SandboxProcesses, AJobThatRanOutOfRoomIsRecognised) {
  const RoomCase cases[] = {
      {"for i in range(10**6): open(f'f{i}', 'w').close()", Room::no_more_files},
      {"for i in range(99): open(f'/tmp/f{i}', 'wb').write(b'x' * 1000000)", Room::no_more_bytes},
      {"open('one', 'wb', buffering=0).write(b'x' * 3000000); open('one', 'ab', buffering=0).write(b'x')",
       Room::file_too_large},
      {"import os\ntry: [open(f'f{i}', 'w').close() for i in range(10**6)]\n"
       "except OSError as e: [os.remove(f) for f in os.listdir() if f[0] == 'f']; raise e",
       Room::none_it_says},
      {"try: [open(f'f{i}', 'w').close() for i in range(10**6)]\nexcept OSError: pass", Room::enough},
      {"raise SystemExit(1)", Room::enough},
  };
  for (const auto& [script, room] : cases) {
    Plan plan = python(script, WorkspaceAccess::throw_away);
    plan.limits.scratch_bytes = 8u << 20;
    plan.limits.file_bytes = 2u << 20;
    const SandboxOutcome outcome = run(plan);
    EXPECT_EQ(outcome.room, room) << script << "\n" << outcome.process.err.joined();
  }
}

TEST_F(SandboxProcesses, DescriptorsAreLimited) {
  EXPECT_EQ(
      output(python(
          "import os\nn = 0\ntry:\n  while True: os.dup(0); n += 1\nexcept OSError as e: print(e.strerror, n < 1024)")),
      "Too many open files True");
}

TEST_F(SandboxProcesses, AFloodOfOutputIsCut) {
  Plan plan = shell("yes | head -c 30000000; echo last");
  plan.limits.output_bytes = 1u << 20;
  const SandboxOutcome outcome = run(plan);
  EXPECT_TRUE(outcome.process.ok());
  EXPECT_GT(outcome.process.out.cut, 20'000'000u);
  EXPECT_TRUE(outcome.process.out.tail.ends_with("last\n"));
}

TEST_F(SandboxProcesses, AFloodOnBothStreamsWithoutALineEndIsCutAndEndsWithTheWallClock) {
  Plan plan = shell("cat /dev/zero >&2 & cat /dev/zero");
  plan.limits.output_bytes = 1u << 20;
  plan.limits.wall = std::chrono::milliseconds(700);
  const SandboxOutcome outcome = run(plan);
  EXPECT_TRUE(outcome.process.timed_out);
  for (const auto* stream : {&outcome.process.out, &outcome.process.err}) {
    EXPECT_GT(stream->cut, 0u);
    EXPECT_LE(stream->head.size() + stream->tail.size(), plan.limits.output_bytes);
  }
}

TEST_F(SandboxProcesses, ProcessorTimeIsLimited) {
  Plan plan = shell("while :; do :; done");
  plan.limits.cpu = std::chrono::seconds(1);
  const SandboxOutcome outcome = run(plan);
  EXPECT_FALSE(outcome.process.timed_out);
  EXPECT_GE(outcome.process.exit_code, 128) << "ended by SIGXCPU or SIGKILL";
}

TEST_F(SandboxProcesses, IsNobodyOnAMachineWithoutAName) {
  EXPECT_EQ(output(shell("id -u; id -g; id -G; uname -n; whoami")), "10001\n10001\n10001\ngreenroom\ngreenroom");
}

}  // namespace
}  // namespace greenroom::sandbox
