// Every system call that a job may not make, made for real. The verdicts of the program alone are tests/unit/sandbox's.

#include <seccomp.h>

#include <algorithm>
#include <set>

#include "lib/sandbox/seccomp_filter.h"
#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

class SandboxCalls : public SandboxFixture {
 protected:
  // What each call must answer, and what it does.
  void expect(const std::set<int>& numbers, const std::string& answer) const {
    std::vector<std::string> words = {"calls"};
    std::string wanted;
    for (const int number : numbers) {
      words.push_back(std::to_string(number));
      wanted += words.back() + ": " + answer + "\n";
    }
    EXPECT_EQ(output(attack(words)) + "\n", wanted);
  }
};

std::set<int> numbers_of(const std::vector<const char*>& calls) {
  std::set<int> numbers;
  for (const char* call : calls)
    if (const int number = seccomp_syscall_resolve_name(call); number >= 0) numbers.insert(number);
  return numbers;
}

TEST_F(SandboxCalls, EveryForbiddenOneIsNotPermitted) { expect(numbers_of(forbidden_calls()), "EPERM"); }

TEST_F(SandboxCalls, EveryOneThatIsInNoTableDoesNotExist) {
  std::set<int> known = numbers_of(allowed_calls()), unknown;
  known.merge(numbers_of(forbidden_calls()));
  // The kernel's own way back from a probe: no filter is asked, and who makes the call by hand is ended.
  const std::set<int> probes = {335, 336};
  for (int number = 0; number < 600; ++number)
    if (!known.contains(number) && !probes.contains(number)) unknown.insert(number);
  for (const char* call : {"clone3", "io_uring_setup", "io_uring_enter", "io_uring_register", "open_tree", "move_mount",
                           "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "memfd_secret", "pidfd_getfd"})
    EXPECT_TRUE(unknown.contains(seccomp_syscall_resolve_name(call))) << call;
  expect(unknown, "ENOSYS");
}

TEST_F(SandboxCalls, AHighBitDisguisesNoArgument) {
  EXPECT_EQ(output(attack({"tiocsti_disguised", "socket_disguised", "clone_disguised", "personality_disguised",
                           "mknod_disguised"})),
            "tiocsti_disguised: EPERM\nsocket_disguised: EAFNOSUPPORT\nclone_disguised: EPERM\n"
            "personality_disguised: EPERM\nmknod_disguised: EPERM");
}

}  // namespace
}  // namespace greenroom::sandbox
