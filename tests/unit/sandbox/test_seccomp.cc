#include <gtest/gtest.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <set>
#include <string>
#include <vector>

#include "lib/sandbox/seccomp_filter.h"
#include "tests/unit/sandbox/bpf.h"

namespace greenroom::sandbox {
namespace {

constexpr int kNumbers = 1024;  // far beyond the newest call
constexpr std::uint64_t kHighBit = 1ull << 32, kTopBit = 1ull << 63, kHighBits = ~0ull << 32, kAllBits = ~0ull;

// The numbers of the calls of a table that this architecture has.
std::set<int> numbers_of(const std::vector<const char*>& calls) {
  std::set<int> numbers;
  for (const char* call : calls)
    if (const int number = seccomp_syscall_resolve_name(call); number >= 0) numbers.insert(number);
  return numbers;
}

TEST(Seccomp, NoCallIsBothAllowedAndForbidden) {
  std::set<std::string> allowed(allowed_calls().begin(), allowed_calls().end());
  EXPECT_EQ(allowed.size(), allowed_calls().size()) << "a call is listed twice";
  for (const char* call : forbidden_calls()) EXPECT_FALSE(allowed.contains(call)) << call;
}

TEST(Seccomp, EveryRowIsACallThatTheLibraryKnows) {
  for (const auto* table : {&allowed_calls(), &forbidden_calls()})
    for (const char* call : *table) EXPECT_NE(seccomp_syscall_resolve_name(call), __NR_SCMP_ERROR) << call;
}

TEST(Seccomp, CompilesToAProgramTheKernelCanTake) {
  const auto& program = seccomp_program();
  ASSERT_TRUE(program) << program.error().describe();
  EXPECT_EQ(program->size() % 8, 0u) << "whole BPF instructions";
  EXPECT_LE(program->size() / 8, 4096u) << "the kernel's limit";
}

// Arguments of zero are harmless but in one place: there is no socket family 0.
TEST(Seccomp, EveryNumberGetsTheVerdictOfItsTable) {
  const auto allowed = numbers_of(allowed_calls()), forbidden = numbers_of(forbidden_calls());
  ASSERT_GT(allowed.size(), 250u);
  ASSERT_GT(forbidden.size(), 50u);
  for (int number = 0; number < kNumbers; ++number) {
    const std::uint32_t wanted = allowed.contains(number)     ? SECCOMP_RET_ALLOW
                                 : forbidden.contains(number) ? answers(EPERM)
                                                              : answers(ENOSYS);
    const bool socket = number == SYS_socket || number == SYS_socketpair;
    EXPECT_EQ(verdict_of(*seccomp_program(), kNative, number, {socket ? AF_UNIX : 0u}), wanted) << number;
  }
}

TEST(Seccomp, NoArgumentSavesACallThatIsForbiddenOrUnknown) {
  const auto allowed = numbers_of(allowed_calls());
  for (int number = 0; number < kNumbers; ++number) {
    if (allowed.contains(number)) continue;
    for (const std::uint64_t filled : {kHighBit, kTopBit, kHighBits, kAllBits, std::uint64_t{AF_UNIX}})
      EXPECT_NE(verdict_of(*seccomp_program(), kNative, number, {filled, filled, filled}), SECCOMP_RET_ALLOW) << number;
  }
}

TEST(Seccomp, EveryCallOfAnotherAbiIsKilled) {
  for (int number = 0; number < kNumbers; ++number) {
    EXPECT_EQ(verdict_of(*seccomp_program(), AUDIT_ARCH_I386, number), SECCOMP_RET_KILL_PROCESS) << number;
    EXPECT_EQ(verdict_of(*seccomp_program(), kNative, __X32_SYSCALL_BIT | number), SECCOMP_RET_KILL_PROCESS) << number;
  }
  EXPECT_EQ(verdict_of(*seccomp_program(), AUDIT_ARCH_AARCH64, SYS_read), SECCOMP_RET_KILL_PROCESS);
}

TEST(Seccomp, OpensOnlySocketsOfUnixAndIp) {
  for (const int call : {SYS_socket, SYS_socketpair}) {
    for (std::uint64_t family = 0; family < 256; ++family) {
      const bool good = family == AF_UNIX || family == AF_INET || family == AF_INET6;
      EXPECT_EQ(verdict_of(*seccomp_program(), kNative, call, {family}),
                good ? SECCOMP_RET_ALLOW : answers(EAFNOSUPPORT))
          << family;
      if (good) continue;  // the kernel reads 32 bits, so these are the same families to it
      for (const std::uint64_t high : {kHighBit, kTopBit, kHighBits})
        EXPECT_EQ(verdict_of(*seccomp_program(), kNative, call, {family | high}), answers(EAFNOSUPPORT)) << family;
    }
  }
}

TEST(Seccomp, ClonesIntoNoNamespaceWhateverElseIsAsked) {
  const std::uint64_t threads = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                                CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  for (const std::uint64_t fine : {std::uint64_t{SIGCHLD}, threads, std::uint64_t{CLONE_VM | CLONE_VFORK | SIGCHLD}}) {
    EXPECT_EQ(verdict_of(*seccomp_program(), kNative, SYS_clone, {fine}), SECCOMP_RET_ALLOW) << fine;
    for (const std::uint64_t bit : {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER,
                                    CLONE_NEWPID, CLONE_NEWNET, 0x80 /* CLONE_NEWTIME */})
      for (const std::uint64_t high : {std::uint64_t{0}, kHighBit, kHighBits})
        EXPECT_EQ(verdict_of(*seccomp_program(), kNative, SYS_clone, {fine | bit | high}), answers(EPERM)) << bit;
  }
}

struct Argument {
  std::string_view what;
  int call;
  CallArguments arguments;
  std::uint32_t verdict;
};

TEST(Seccomp, LooksAtTheArgumentsAsTheKernelDoes) {
  const std::vector<Argument> cases = {
      {"typing into a terminal", SYS_ioctl, {0, TIOCSTI}, answers(EPERM)},
      {"with a high bit", SYS_ioctl, {0, TIOCSTI | kHighBit}, answers(EPERM)},
      {"with all high bits", SYS_ioctl, {0, TIOCSTI | kHighBits}, answers(EPERM)},
      {"pasting into a console", SYS_ioctl, {0, TIOCLINUX}, answers(EPERM)},
      {"with a high bit", SYS_ioctl, {0, TIOCLINUX | kHighBit}, answers(EPERM)},
      {"the size of a terminal", SYS_ioctl, {0, TIOCGWINSZ}, SECCOMP_RET_ALLOW},
      {"the usual personality", SYS_personality, {0}, SECCOMP_RET_ALLOW},
      {"addresses that can be guessed", SYS_personality, {0x0040000}, answers(EPERM)},
      {"a personality with a high bit", SYS_personality, {0x0040000 | kHighBit}, answers(EPERM)},
      {"asking for the personality", SYS_personality, {0xffffffff}, answers(EPERM)},
      {"a fifo", SYS_mknod, {0, S_IFIFO | 0600}, SECCOMP_RET_ALLOW},
      {"a plain file", SYS_mknodat, {0, 0, S_IFREG | 0600}, SECCOMP_RET_ALLOW},
      {"a character device", SYS_mknod, {0, S_IFCHR | 0600}, answers(EPERM)},
      {"a block device", SYS_mknod, {0, S_IFBLK | 0600}, answers(EPERM)},
      {"a block device with a high bit", SYS_mknod, {0, S_IFBLK | kHighBit}, answers(EPERM)},
      {"a character device", SYS_mknodat, {0, 0, S_IFCHR | 0600}, answers(EPERM)},
      {"a block device with a high bit", SYS_mknodat, {0, 0, S_IFBLK | kHighBit}, answers(EPERM)}};
  for (const Argument& each : cases)
    EXPECT_EQ(verdict_of(*seccomp_program(), kNative, each.call, each.arguments), each.verdict) << each.what;
}

}  // namespace
}  // namespace greenroom::sandbox
