// A job that has to stop hears SIGTERM, and is killed two seconds later.

#include <signal.h>
#include <sys/wait.h>

#include <atomic>
#include <thread>

#include "tests/sandbox/sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

class SandboxEnding : public SandboxFixture {
 protected:
  // Waits for ever; on SIGTERM it writes what tests write at their end, and goes.
  Plan tidy(WorkspaceAccess access) const {
    return python(R"(
import os, signal
def tidy(number, frame):
  if os.path.isdir('/tmp/out'):
    with open('/tmp/out/report', 'w') as report: report.write('half')
  os.write(1, b'tidied\n')
  os._exit(3)
signal.signal(signal.SIGTERM, tidy)
os.write(1, b'ready\n')
while True: signal.sigtimedwait([], 1)
)",
                  access);
  }
  static Result<SandboxOutcome> cancel_when_ready(const Plan& plan) {
    std::atomic<bool> ready = false;
    return execute(
        plan,
        [&](process::Stream, std::string_view text) { ready = ready || text.find("ready") != std::string_view::npos; },
        [&] { return ready.load(); });
  }
};

TEST_F(SandboxEnding, AJobThatIsCancelledMayTidyUp) {
  for (const auto access : {WorkspaceAccess::read_only, WorkspaceAccess::throw_away}) {
    Plan plan = tidy(access);
    plan.artefacts = {"report"};
    const auto outcome = cancel_when_ready(plan);
    ASSERT_TRUE(outcome) << outcome.error().describe();
    EXPECT_TRUE(outcome->process.cancelled);
    EXPECT_EQ(outcome->process.out.joined(), "ready\ntidied\n") << outcome->process.err.joined();
    ASSERT_EQ(outcome->artefacts.size(), 1u);
    EXPECT_EQ(outcome->artefacts.front().content, "half");
  }
}

TEST_F(SandboxEnding, AJobThatIsOverItsTimeMayTidyUpToo) {
  Plan plan = tidy(WorkspaceAccess::throw_away);
  plan.limits.wall = std::chrono::milliseconds(1500);  // a Python starts within it
  const SandboxOutcome outcome = run(plan);
  EXPECT_TRUE(outcome.process.timed_out);
  EXPECT_FALSE(outcome.process.ok());
  EXPECT_EQ(outcome.process.out.joined(), "ready\ntidied\n");
}

TEST_F(SandboxEnding, EveryProcessOfTheJobIsAskedWhateverItsSession) {
  const auto outcome = cancel_when_ready(
      shell("trap 'wait; echo first; exit' TERM\n"
            "setsid sh -c 'trap \"echo second; exit\" TERM; echo ready; while :; do sleep 600 & wait $!; done' &\n"
            "while :; do wait; done"));
  ASSERT_TRUE(outcome) << outcome.error().describe();
  EXPECT_EQ(outcome->process.out.joined(), "ready\nsecond\nfirst\n");
}

TEST_F(SandboxEnding, AJobThatDoesNotListenIsKilled) {
  const auto outcome = cancel_when_ready(shell("trap '' TERM; echo ready; while :; do sleep 600; done"));
  ASSERT_TRUE(outcome) << outcome.error().describe();
  EXPECT_TRUE(outcome->process.cancelled);
  EXPECT_GE(outcome->process.took, std::chrono::seconds(2)) << "it had its time to tidy up";
  EXPECT_LT(outcome->process.took, std::chrono::seconds(10));
  EXPECT_EQ(survivors(), std::vector<std::string>{});
}

// Two jobs of one runner, and the runner's own children, are other people's business.
TEST_F(SandboxEnding, NobodyOutsideTheJobIsAsked) {
  const pid_t bystander = ::fork();
  if (bystander == 0) {
    ::pause();
    ::_exit(0);
  }
  std::atomic<bool> over = false, ready = false;
  std::jthread other([&] {
    const auto outcome = execute(
        tidy(WorkspaceAccess::read_only), [&](auto&&...) { ready = true; }, [&] { return over && ready; });
    ASSERT_TRUE(outcome) << outcome.error().describe();
    EXPECT_TRUE(outcome->process.cancelled);
    EXPECT_EQ(outcome->process.out.joined(), "ready\ntidied\n");
  });
  ASSERT_TRUE(cancel_when_ready(tidy(WorkspaceAccess::throw_away)));
  EXPECT_EQ(::waitpid(bystander, nullptr, WNOHANG), 0) << "the bystander must live";
  // The other job tidies up once, later, and not because of the first one's end.
  over = true;
  other.join();
  ::kill(bystander, SIGKILL);
  ::waitpid(bystander, nullptr, 0);
}

}  // namespace
}  // namespace greenroom::sandbox
