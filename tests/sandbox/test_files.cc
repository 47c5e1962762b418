#include "sandbox_fixture.h"

namespace greenroom::sandbox {
namespace {

using SandboxFiles = SandboxFixture;

TEST_F(SandboxFiles, ALinterCannotWriteToTheCheckout) {
  EXPECT_EQ(
      output(shell("exec 2>/dev/null; for f in package/module.py new; do touch $f && echo wrote $f; done; "
                   "for c in 'rm -f run.sh' 'mv package p' 'chmod 777 run.sh' 'ln run.sh b' 'ln -s a b' 'mkdir d'; "
                   "do $c && echo did $c; done; echo end")),
      "end");
}

TEST_F(SandboxFiles, ATestCannotWriteToTheCheckoutThroughItsLayer) {
  // What the fixture's snapshot compares afterwards: contents, modes, owners, link counts.
  const SandboxOutcome outcome =
      run(shell("echo evil > package/module.py && chmod 4777 run.sh && rm -rf package && "
                "mkdir .git && echo '[core] fsmonitor=evil' > .git/config && ls -A",
                WorkspaceAccess::throw_away));
  EXPECT_EQ(outcome.process.out.joined(), ".git\nrun.sh\n") << outcome.process.err.joined();
  EXPECT_FALSE(fs::exists(workspace() / ".git"));
}

TEST_F(SandboxFiles, CannotWriteToTheSystem) {
  EXPECT_EQ(
      output(python(R"(
import errno, os
for path in ("/etc/passwd", "/etc/new", "/usr/bin/env", "/usr/new", "/new", "/greenroom/new", "/attacks/new", "/bin/new",
             "/dev/new"):
  try: open(path, "a"); print("wrote", path)
  except OSError as error: print(path, errno.errorcode[error.errno])
)")),
      "/etc/passwd EACCES\n/etc/new EROFS\n/usr/bin/env EACCES\n/usr/new EROFS\n/new EROFS\n/greenroom/new EROFS\n"
      "/attacks/new ENOENT\n/bin/new EROFS\n/dev/new EROFS");
}

TEST_F(SandboxFiles, SeesNothingOfTheMachineButUsr) {
  EXPECT_EQ(output(shell("ls -A /")), "bin\ndev\netc\ngreenroom\nlib\nlib64\nproc\nsbin\ntmp\nusr\nwork");
  EXPECT_EQ(output(shell("ls -A /etc | grep -v -x -e alternatives -e ld.so.cache")),
            "group\nhosts\nnsswitch.conf\npasswd");
  EXPECT_EQ(output(shell("for p in /etc/shadow /var/lib/greenroom /root /home /run /sys /srv /opt " + root_.string() +
                         "/outside/canary; do test -e $p && echo $p; done; echo end")),
            "end");
}

TEST_F(SandboxFiles, ASymlinkInTheCheckoutLeadsNowhereOutside) {
  fs::create_symlink(canary(), workspace() / "to-canary");
  fs::create_symlink("/etc/shadow", workspace() / "to-shadow");
  fs::create_symlink("../outside/canary", workspace() / "up");
  EXPECT_EQ(output(shell("cat to-canary to-shadow up 2>/dev/null; echo end")), "end");
  EXPECT_EQ(output(shell("(echo evil > to-canary; echo evil > up) 2>/dev/null; echo end", WorkspaceAccess::throw_away)),
            "end");
  EXPECT_EQ(read(canary()), "untouched");
  for (const char* name : {"to-canary", "to-shadow", "up"}) fs::remove(workspace() / name);
}

TEST_F(SandboxFiles, CannotHardLinkOutOfItsMounts) {
  EXPECT_EQ(output(python(R"(
import errno, os
for source in ("/usr/bin/env", "/work/run.sh", "/proc/self/exe"):
  try: os.link(source, "/tmp/out/linked", follow_symlinks=True); print("linked")
  except OSError as error: print(errno.errorcode[error.errno])
)",
                          WorkspaceAccess::throw_away)),
            "EXDEV\nEXDEV\nEXDEV");
}

TEST_F(SandboxFiles, SeesOnlyHarmlessDevices) {
  EXPECT_EQ(output(shell("ls -A /dev")), "fd\nnull\nrandom\nshm\nstderr\nstdin\nstdout\nurandom\nzero");
  EXPECT_EQ(output(shell("ls -A /dev", WorkspaceAccess::throw_away)),
            "core\nfd\nfull\nnull\nptmx\npts\nrandom\nshm\nstderr\nstdin\nstdout\ntty\nurandom\nzero");
  EXPECT_EQ(output(attack({"mknod_device", "mknod_char"})), "mknod_device: EPERM\nmknod_char: EPERM");
}

TEST_F(SandboxFiles, CannotChangeTheKernelsSettings) {
  EXPECT_EQ(output(python(R"(
import errno
for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches",
             "/proc/sys/kernel/hostname", "/proc/sys/user/max_user_namespaces", "/sys/kernel/mm/ksm/run"):
  try: open(path, "w").write("x"); print("wrote", path)
  except OSError as error: print(error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT))
)")),
            "True\nTrue\nTrue\nTrue\nTrue\nTrue\nTrue");
}

TEST_F(SandboxFiles, ASetuidBitGivesNothing) {
  const std::string script =
      "cp /usr/bin/id /tmp/id && chmod 6755 /tmp/id; /tmp/id -u; grep -E '^(Cap|NoNewPrivs|Seccomp:)' "
      "/proc/self/status";
  EXPECT_EQ(output(shell(script)),
            "10001\nCapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n"
            "CapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2");
}

TEST_F(SandboxFiles, LeavesNothingThatCannotBeRemoved) {
  const SandboxOutcome outcome = run(
      shell("mkdir -p a/b/c && touch a/b/c/f && chmod 000 a/b a && mkdir -p /tmp/out/x/y && chmod 000 /tmp/out/x && "
            "mkfifo fifo && chmod 000 fifo",
            WorkspaceAccess::throw_away));
  EXPECT_TRUE(outcome.process.ok()) << outcome.process.err.joined();
}

TEST_F(SandboxFiles, InheritsNoDescriptor) {
  EXPECT_EQ(output(shell("ls /proc/self/fd")), "0\n1\n2\n3") << "3 is the list's own";
  EXPECT_EQ(output(shell("readlink /proc/self/fd/0")), "/dev/null");
}

TEST_F(SandboxFiles, AToolsModuleIsNotShadowedByTheCheckoutUnderIsolatedPython) {
  write(workspace() / "json.py", "print('shadowed')\n");
  EXPECT_EQ(output(plan({"/usr/bin/python3", "-I", "-m", "json.tool", "--help"})).substr(0, 5), "usage");
  fs::remove(workspace() / "json.py");
}

}  // namespace
}  // namespace greenroom::sandbox
