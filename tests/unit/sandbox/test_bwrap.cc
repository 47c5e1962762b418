#include "lib/sandbox/bwrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lib/base/text.h"

namespace greenroom::sandbox {
namespace {

Plan linter() {
  Plan plan;
  plan.argv = {"/usr/bin/flake8", "--config=/greenroom/flake8", "a.py"};
  plan.workspace = "/var/slot/work";
  plan.binds = {{"/var/tools", "/tools"}};
  plan.environment = {{"MYPYPATH", "/work"}, {"LANG", "C"}};
  return plan;
}

Wiring wiring() { return {"/var/slot/work", "/var/slot/etc", "", {{"/greenroom/flake8", 8}}, {"/proc/keys"}, 9, 10}; }

TEST(Bwrap, TurnsALintersPlanIntoTheseArguments) {
  EXPECT_EQ(join(bwrap_arguments(linter(), wiring()), " "),
            "/usr/bin/bwrap --unshare-all --unshare-user --uid 10001 --gid 10001 --new-session "
            "--die-with-parent --cap-drop ALL --hostname greenroom --clearenv "
            "--setenv PATH /usr/local/bin:/usr/bin:/bin --setenv HOME /tmp/home --setenv TMPDIR /tmp "
            "--setenv USER greenroom --setenv LANG C --setenv TZ UTC --setenv CI true "
            "--setenv PYTHONDONTWRITEBYTECODE 1 --setenv PYTHONNOUSERSITE 1 --setenv PYTHONHASHSEED 0 "
            "--setenv MYPYPATH /work "
            "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/sbin /sbin --symlink usr/lib /lib "
            "--symlink usr/lib64 /lib64 --ro-bind /var/slot/etc /etc --proc /proc "
            "--dev-bind /dev/null /proc/keys --dev-bind /dev/null /dev/null --dev-bind /dev/zero /dev/zero "
            "--dev-bind /dev/urandom /dev/urandom --symlink urandom /dev/random --symlink /proc/self/fd /dev/fd "
            "--symlink fd/0 /dev/stdin --symlink fd/1 /dev/stdout --symlink fd/2 /dev/stderr "
            "--size 67108864 --tmpfs /dev/shm --size 268435456 --tmpfs /tmp --dir /tmp/home --dir /greenroom "
            "--ro-bind /var/tools /tools --perms 0444 --file 8 /greenroom/flake8 "
            "--ro-bind /var/slot/work /work --remount-ro / --chdir /work "
            "--seccomp 9 --json-status-fd 10 -- "
            "/usr/bin/flake8 --config=/greenroom/flake8 a.py");
}

TEST(Bwrap, GivesATestItsLayerAndItsStagesTmp) {
  Plan plan = linter();
  plan.access = WorkspaceAccess::throw_away;
  Wiring wired = wiring();
  wired.workspace = "/scratch/job/merged";
  wired.tmp = "/scratch/job/tmp";
  const std::string words = join(bwrap_arguments(plan, wired), " ");
  EXPECT_NE(words.find(" --bind /scratch/job/merged /work "), std::string::npos);
  EXPECT_NE(words.find(" --bind /scratch/job/tmp /tmp "), std::string::npos);
  EXPECT_EQ(words.find("--tmpfs /tmp"), std::string::npos);
  EXPECT_NE(words.find(" --dev /dev "), std::string::npos) << "tests may open terminals";
  EXPECT_NE(words.find(" --remount-ro /dev "), std::string::npos);
}

TEST(Bwrap, ShowsTheUsrOfARootFilesystem) {
  Plan plan = linter();
  plan.root = "/srv/root";
  const std::string words = join(bwrap_arguments(plan, wiring()), " ");
  EXPECT_NE(words.find(" --ro-bind /srv/root/usr /usr "), std::string::npos);
  EXPECT_EQ(words.find(" --ro-bind /usr /usr "), std::string::npos);
}

TEST(Bwrap, NoWordOfAJobCanBecomeAnOption) {
  Plan plan = linter();
  plan.argv = {"/usr/bin/true", "--bind", "/", "/work"};
  const auto words = bwrap_arguments(plan, wiring());
  const auto end = std::find(words.begin(), words.end(), "--");
  EXPECT_EQ(std::vector<std::string>(end + 1, words.end()), plan.argv);
}

TEST(Bwrap, TmpIsNeverLargerThanTheScratchLimit) {
  Plan plan = linter();
  plan.limits.scratch_bytes = 4096;
  EXPECT_NE(join(bwrap_arguments(plan, wiring()), " ").find("--size 4096 --tmpfs /tmp"), std::string::npos);
}

}  // namespace
}  // namespace greenroom::sandbox
