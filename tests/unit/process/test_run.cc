#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "lib/base/fd.h"
#include "lib/base/text.h"
#include "lib/process/process.h"

namespace greenroom::process {
namespace {

using std::chrono::milliseconds;

Command shell(const std::string& script) {
  Command command;
  command.argv = {"sh", "-c", script};
  command.environment = {{"PATH", "/usr/bin:/bin"}};
  command.grace = milliseconds(100);
  return command;
}

Outcome run_well(const Command& command) {
  auto outcome = run(command);
  EXPECT_TRUE(outcome) << outcome.error().describe();
  return outcome ? *outcome : Outcome{};
}

bool is_alive(pid_t pid) {
  // A zombie that nobody has reaped yet is dead for our purposes.
  const Outcome outcome = run_well(shell("ps -o stat= -p " + std::to_string(pid)));
  const auto state = trim(outcome.out.head);
  return !state.empty() && state[0] != 'Z';
}

// An orphan is reaped by init at init's leisure; its death is immediate all the same.
bool dies(pid_t pid) {
  for (int tries = 0; tries < 500; ++tries) {
    if (!is_alive(pid)) return true;
  }
  return false;
}

TEST(Run, AnswersExitCodeAndBothStreams) {
  const Outcome outcome = run_well(shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.signal, 0);
  EXPECT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.out.joined(), "out\n");
  EXPECT_EQ(outcome.err.joined(), "err\n");
}

TEST(Run, AnswersTheSignalThatEndedTheChild) {
  const Outcome outcome = run_well(shell("kill -SEGV $$"));
  EXPECT_EQ(outcome.exit_code, -1);
  EXPECT_EQ(outcome.signal, SIGSEGV);
  EXPECT_FALSE(outcome.ok());
}

TEST(Run, SaysWhichProgramIsMissing) {
  Command command = shell("");
  command.argv = {"no-such-program-anywhere"};
  const auto outcome = run(command);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::not_found);
  EXPECT_NE(outcome.error().message.find("no-such-program-anywhere"), std::string::npos);
}

TEST(Run, SaysWhenAnAbsoluteProgramCannotBeExecuted) {
  for (const char* program : {"/no/such/program", "/etc/passwd", "/"}) {
    Command command;
    command.argv = {program};
    const auto outcome = run(command);
    ASSERT_FALSE(outcome) << program;
    EXPECT_EQ(outcome.error().kind, ErrorKind::not_found);
    EXPECT_NE(outcome.error().message.find(program), std::string::npos);
  }
}

TEST(Run, SaysWhichDirectoryCannotBeEntered) {
  Command command = shell("true");
  command.directory = "/no/such/directory";
  const auto outcome = run(command);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::not_found);
  EXPECT_NE(outcome.error().message.find("/no/such/directory"), std::string::npos);
}

TEST(Run, RefusesAnEmptyCommandAsABug) {
  const auto outcome = run(Command{});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::bug);
}

TEST(Run, LooksForProgramsInTheCommandsPathOnly) {
  Command command;
  command.argv = {"true"};
  command.environment = {{"PATH", "/nowhere"}};
  EXPECT_FALSE(run(command));
  command.environment.clear();
  EXPECT_FALSE(run(command));
}

TEST(Run, GivesTheChildTheWholeEnvironmentAndNothingElse) {
  ::setenv("GREENROOM_SECRET_OF_THE_RUNNER", "hunter2", 1);
  Command command;
  command.argv = {"/usr/bin/env"};
  command.environment = {{"A", "1"}, {"B", "two words"}};
  EXPECT_EQ(run_well(command).out.joined(), "A=1\nB=two words\n");
}

TEST(Run, GivesInputOfAnySizeOnStandardInput) {
  Command command = shell("wc -c");
  command.input.assign(3u << 20, 'x');
  EXPECT_EQ(trim(run_well(command).out.joined()), "3145728");
}

TEST(Run, DoesNotMindAChildThatNeverReadsItsInput) {
  Command command = shell("exit 0");
  command.input.assign(1u << 20, 'x');
  EXPECT_TRUE(run_well(command).ok());
}

TEST(Run, GivesAnEmptyStandardInputOtherwise) {
  EXPECT_EQ(run_well(shell("cat; readlink /proc/self/fd/0")).out.joined(), "/dev/null\n");
}

TEST(Run, RunsInTheDirectoryAskedFor) {
  Command command = shell("pwd");
  command.directory = "/usr/lib";
  EXPECT_EQ(run_well(command).out.joined(), "/usr/lib\n");
}

TEST(Run, LeaksNoDescriptorEvenWithoutCloseOnExec) {
  const Fd file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const Fd leak(::fcntl(file.get(), F_DUPFD, 200));  // deliberately not close-on-exec, where no shell opens its own
  ASSERT_GE(leak.get(), 200);
  const Outcome outcome = run_well(shell("for f in /proc/$$/fd/*; do echo ${f##*/}; done"));
  EXPECT_EQ(outcome.out.head.substr(0, 6), "0\n1\n2\n");
  EXPECT_EQ(outcome.out.head.find(std::to_string(leak.get())), std::string::npos) << outcome.out.head;
}

TEST(Run, KeepsTheDescriptorsAskedForUnderTheirNumbers) {
  const Fd file(::memfd_create("kept", MFD_CLOEXEC));
  ASSERT_EQ(::write(file.get(), "kept", 4), 4);
  ::lseek(file.get(), 0, SEEK_SET);
  Command command;
  command.argv = {"/bin/cat", "/proc/self/fd/" + std::to_string(file.get())};
  command.keep_fds = {file.get()};
  EXPECT_EQ(run_well(command).out.joined(), "kept");
}

TEST(Run, LeavesNoDescriptorOpenInUs) {
  const auto count = [] {
    int open = 0;
    for (int fd = 0; fd < 1024; ++fd) open += ::fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
    return open;
  };
  const int before = count();
  run_well(shell("echo a"));
  Command command;
  command.argv = {"/no/such/program"};
  EXPECT_FALSE(run(command));
  EXPECT_EQ(count(), before);
}

TEST(Run, RestoresSignalsThatWeIgnoreOrBlock) {
  sigset_t blocked;
  ::sigemptyset(&blocked);
  ::sigaddset(&blocked, SIGUSR1);
  sigset_t before;
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto old = ::signal(SIGPIPE, SIG_IGN);
  Command command;
  command.argv = {"/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"};
  const Outcome outcome = run_well(command);
  ::signal(SIGPIPE, old);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(outcome.out.joined(), "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST(Run, EndsAChildAtTheWallClockLimit) {
  Command command = shell("exec sleep 60");
  command.wall = milliseconds(100);
  const Outcome outcome = run_well(command);
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.signal, SIGTERM);
  EXPECT_FALSE(outcome.ok());
  EXPECT_GE(outcome.took, milliseconds(100));
  EXPECT_LT(outcome.took, std::chrono::seconds(30));
}

TEST(Run, LetsAChildTidyUpWithinTheGrace) {
  Command command = shell("trap 'echo bye; exit 0' TERM; echo ready; sleep 60 & wait");
  command.grace = std::chrono::seconds(30);
  std::atomic<bool> ready = false;
  command.on_output = [&](Stream, std::string_view) { ready = true; };
  command.cancelled = [&] { return ready.load(); };
  const Outcome outcome = run_well(command);
  EXPECT_TRUE(outcome.cancelled);
  EXPECT_EQ(outcome.out.joined(), "ready\nbye\n");
  EXPECT_FALSE(outcome.ok()) << "a cancelled child is not a success, whatever it says";
}

TEST(Run, KillsAChildThatIgnoresTermAfterTheGrace) {
  Command command = shell("trap '' TERM; echo ready; while :; do sleep 60; done");
  std::atomic<bool> ready = false;
  command.on_output = [&](Stream, std::string_view) { ready = true; };
  command.cancelled = [&] { return ready.load(); };
  const Outcome outcome = run_well(command);
  EXPECT_TRUE(outcome.cancelled);
  EXPECT_EQ(outcome.signal, SIGKILL);
}

TEST(Run, KillsGrandchildrenWithTheGroup) {
  Command command = shell("trap '' TERM; sleep 60 & echo $!; wait; sleep 60");
  command.wall = milliseconds(500);
  const Outcome outcome = run_well(command);
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_TRUE(dies(static_cast<pid_t>(std::stol(outcome.out.head))));
}

TEST(Run, LeavesNoBackgroundProcessOfAChildThatEndedByItself) {
  const Outcome outcome = run_well(shell("sleep 60 & echo $!"));
  EXPECT_TRUE(outcome.ok());
  EXPECT_LT(outcome.took, std::chrono::seconds(30)) << "must not wait for whoever still holds the pipe";
  EXPECT_TRUE(dies(static_cast<pid_t>(std::stol(outcome.out.head))));
}

TEST(Run, DoesNotWaitForAProcessThatLeftTheGroupWithThePipe) {
  const Outcome outcome = run_well(shell("setsid sleep 60 & echo $!"));
  EXPECT_TRUE(outcome.ok());
  EXPECT_LT(outcome.took, std::chrono::seconds(30));
  ::kill(static_cast<pid_t>(std::stol(outcome.out.head)), SIGKILL);
}

TEST(Run, CutsAFloodOfOutputInTheMiddle) {
  Command command = shell("echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo last; echo complaint >&2");
  command.capture_bytes = 64u << 10;
  const Outcome outcome = run_well(command);
  EXPECT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.out.head.substr(0, 6), "first\n");
  EXPECT_EQ(outcome.out.tail.substr(outcome.out.tail.size() - 6), "\nlast\n");
  EXPECT_EQ(outcome.out.head.size() + outcome.out.tail.size(), command.capture_bytes);
  EXPECT_EQ(outcome.out.cut, 50000000u + 12 - command.capture_bytes);
  EXPECT_EQ(outcome.err.joined(), "complaint\n");
}

TEST(Run, EndsAFloodWithoutEndAtTheLimit) {
  Command command = shell("exec yes");
  command.capture_bytes = 4096;
  command.wall = milliseconds(200);
  const Outcome outcome = run_well(command);
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_GT(outcome.out.cut, 0u);
}

TEST(Run, ShowsEachChunkAsItArrives) {
  Command command = shell("echo one; read -r answer < \"$FIFO\"; echo two");
  std::string directory = "/tmp/greenroom-process-XXXXXX";
  ASSERT_NE(::mkdtemp(directory.data()), nullptr);
  const std::string fifo = directory + "/fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  command.environment.emplace_back("FIFO", fifo);
  std::string seen;
  command.on_output = [&](Stream stream, std::string_view text) {
    EXPECT_EQ(stream, Stream::out);
    seen += text;
    if (seen != "one\n") return;
    const Fd answer(::open(fifo.c_str(), O_WRONLY | O_CLOEXEC));  // the child goes on only because we saw "one"
    EXPECT_EQ(::write(answer.get(), "go\n", 3), 3);
  };
  EXPECT_TRUE(run_well(command).ok());
  EXPECT_EQ(seen, "one\ntwo\n");
  ::unlink(fifo.c_str());
  ::rmdir(directory.c_str());
}

TEST(Run, CallsBeforeExecInTheChildOnly) {
  Command command;
  command.argv = {"/usr/bin/nice"};
  command.before_exec = [] { [[maybe_unused]] const int now = ::nice(7); };
  EXPECT_EQ(run_well(command).out.joined(), "7\n");
  EXPECT_EQ(::nice(0), 0);
}

TEST(Run, ServesManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&good, i] {
      for (int round = 0; round < 5; ++round) {
        const auto outcome = run(shell("echo " + std::to_string(i)));
        if (outcome && outcome->ok() && outcome->out.joined() == std::to_string(i) + "\n") ++good;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, 40);
}

// The child holds a lock on a file for as long as it lives; the lock comes free only when it has died with its parent.
TEST(Run, TheChildDiesWithItsParent) {
  std::string file = "/tmp/greenroom-process-XXXXXX";
  const Fd lock(::mkostemp(file.data(), O_CLOEXEC));
  ASSERT_TRUE(lock);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    Command command = shell("exec 9<\"$FILE\"; flock -x 9; echo locked; exec sleep 60");
    command.environment.emplace_back("FILE", file);
    command.on_output = [&](Stream, std::string_view) { [[maybe_unused]] const auto n = ::write(ends[1], "x", 1); };
    [[maybe_unused]] const auto outcome = run(command);
    ::_exit(0);
  }
  char ready = 0;
  ASSERT_EQ(::read(ends[0], &ready, 1), 1);
  EXPECT_NE(::flock(lock.get(), LOCK_EX | LOCK_NB), 0);
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  EXPECT_EQ(::flock(lock.get(), LOCK_EX), 0);  // ctest's time limit fails this test when the child lives on
  ::close(ends[0]);
  ::close(ends[1]);
  ::unlink(file.c_str());
}

}  // namespace
}  // namespace greenroom::process
