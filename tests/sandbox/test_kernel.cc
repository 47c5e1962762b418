#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

using SandboxKernel = SandboxFixture;

TEST_F(SandboxKernel, CannotTraceOrReadOtherProcesses) {
  EXPECT_EQ(output(attack({"ptrace", "process_vm_readv", "pidfd_getfd"})),
            "ptrace: EPERM\nprocess_vm_readv: EPERM\npidfd_getfd: ENOSYS");
}

TEST_F(SandboxKernel, CannotMountAnything) {
  EXPECT_EQ(
      output(attack({"mount", "remount", "umount", "pivot_root", "chroot", "open_tree", "fsopen", "mount_setattr"})),
      "mount: EPERM\nremount: EPERM\numount: EPERM\npivot_root: EPERM\nchroot: EPERM\nopen_tree: ENOSYS\n"
      "fsopen: ENOSYS\nmount_setattr: ENOSYS");
}

TEST_F(SandboxKernel, CannotMakeOrEnterANamespace) {
  EXPECT_EQ(output(attack({"unshare_user", "unshare_net", "setns", "clone_newuser", "clone_newnet", "clone3"})),
            "unshare_user: EPERM\nunshare_net: EPERM\nsetns: EPERM\nclone_newuser: EPERM\nclone_newnet: EPERM\n"
            "clone3: ENOSYS");
  const SandboxOutcome nested = run(shell("/usr/bin/bwrap --ro-bind / / /bin/true 2>&1"));
  EXPECT_NE(nested.process.exit_code, 0);
}

TEST_F(SandboxKernel, CannotReachKeyrings) {
  EXPECT_EQ(output(attack({"keyctl", "add_key", "request_key"})), "keyctl: EPERM\nadd_key: EPERM\nrequest_key: EPERM");
}

TEST_F(SandboxKernel, CannotReachTheWideSurfacesOfTheKernel) {
  EXPECT_EQ(output(attack({"bpf", "perf_event_open", "io_uring", "userfaultfd", "init_module", "kexec_load",
                           "memfd_secret", "syslog", "quotactl", "swapon", "reboot", "settime", "modify_ldt",
                           "personality", "open_by_handle", "name_to_handle"})),
            "bpf: EPERM\nperf_event_open: EPERM\nio_uring: ENOSYS\nuserfaultfd: EPERM\ninit_module: EPERM\n"
            "kexec_load: EPERM\nmemfd_secret: ENOSYS\nsyslog: EPERM\nquotactl: EPERM\nswapon: EPERM\nreboot: EPERM\n"
            "settime: EPERM\nmodify_ldt: EPERM\npersonality: EPERM\nopen_by_handle: EPERM\nname_to_handle: EPERM");
}

TEST_F(SandboxKernel, ACallThatNobodyHeardOfDoesNotExist) {
  EXPECT_EQ(output(attack({"unknown_call"})), "unknown_call: ENOSYS");
}

TEST_F(SandboxKernel, CannotTypeIntoATerminal) {
  EXPECT_EQ(output(attack({"tiocsti", "tiocsti_disguised", "tioclinux"})),
            "tiocsti: EPERM\ntiocsti_disguised: EPERM\ntioclinux: EPERM");
}

TEST_F(SandboxKernel, AProgramForAnotherAbiIsKilled) {
  constexpr int kKilledBySigsys = 128 + 31;
  const SandboxOutcome i386 = run(attack({"i386"}));
  EXPECT_TRUE(i386.process.exit_code == kKilledBySigsys || i386.process.exit_code == 128 + 11)  // 11: no i386 kernel
      << i386.process.exit_code;
  EXPECT_EQ(i386.process.out.joined(), "");
  const SandboxOutcome x32 = run(attack({"x32"}));
  EXPECT_EQ(x32.process.exit_code, kKilledBySigsys);
}

TEST_F(SandboxKernel, CannotRaiseItsLimitsOrBecomeRoot) {
  EXPECT_EQ(output(attack({"raise_limit", "setuid_root"})), "raise_limit: EPERM\nsetuid_root: EINVAL");
}

TEST_F(SandboxKernel, CannotMakeItselfImmuneToTheOomKiller) {
  const SandboxOutcome outcome = run(shell("echo -1000 > /proc/self/oom_score_adj"));
  EXPECT_NE(outcome.process.exit_code, 0);
}

}  // namespace
}  // namespace greenroom::sandbox
