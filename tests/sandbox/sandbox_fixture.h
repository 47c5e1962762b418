#pragma once
// A workspace, a scratch and a canary of the machine, looked at again after every attack: whatever the attacker saw,
// the outside must be as it was, and so must all that the next job finds.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/sandbox/etc_folder.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

namespace fs = std::filesystem;

class SandboxFixture : public ::testing::Test {
 protected:
  SandboxFixture() : root_(fs::temp_directory_path() / ("greenroom-sandbox-" + random_hex(8))) {
    fs::create_directories(workspace() / "package");
    fs::create_directories(root_ / "outside");
    write(workspace() / "package/module.py", "x = 1\n");
    write(workspace() / "run.sh", "#!/bin/sh\necho hello\n");
    fs::permissions(workspace() / "run.sh", fs::perms::owner_exec, fs::perm_options::add);
    write(root_ / "outside/canary", "untouched");
    ::setenv("GREENROOM_SECRET", kSecret, 1);
  }
  ~SandboxFixture() override { fs::remove_all(root_); }

  void SetUp() override { before_ = snapshot(); }
  void TearDown() override {
    EXPECT_EQ(snapshot(), before_) << "the outside changed";
    EXPECT_EQ(seen_by_the_next(), kClean) << "the next job finds something";
    EXPECT_EQ(left_over(), "") << "something was left in the scratch";
    EXPECT_TRUE(survivors().empty()) << "a process of the job lives on: " << join(survivors(), ", ");
  }

  // What a job finds that runs after the attack, on the same checkout and the same scratch.
  std::string seen_by_the_next() const {
    return output(
        shell("ls -A /tmp /tmp/home /tmp/out /dev/shm; cat package/module.py; ./run.sh; "
              "tail -qn +2 /proc/sysvipc/*; tail -n +2 /proc/net/unix; find . | sort",
              WorkspaceAccess::throw_away));
  }
  static constexpr const char* kClean =
      "/dev/shm:\n\n/tmp:\nhome\nout\n\n/tmp/home:\n\n/tmp/out:\nx = 1\nhello\n.\n./package\n"
      "./package/module.py\n./run.sh";

  // What lies in the scratch but the /etc of all jobs.
  std::string left_over() const {
    std::string names;
    if (!fs::exists(scratch())) return names;
    for (const auto& entry : fs::directory_iterator(scratch()))
      if (const auto etc = etc_folder(scratch().string(), root_filesystem_); !etc || entry.path() != *etc)
        names += entry.path().string();
    return names;
  }

  static constexpr const char* kSecret = "s3cret-of-the-runner";

  fs::path workspace() const { return root_ / "checkout"; }
  fs::path scratch() const { return root_ / "scratch"; }
  fs::path canary() const { return root_ / "outside/canary"; }

  Plan plan(std::vector<std::string> argv, WorkspaceAccess access = WorkspaceAccess::read_only) const {
    Plan plan;
    plan.argv = std::move(argv);
    plan.workspace = workspace().string();
    plan.scratch = scratch().string();
    plan.access = access;
    plan.root = root_filesystem_;
    plan.limits.wall = std::chrono::seconds(60);
    // Names this test's processes, so that a survivor can be recognised from outside.
    plan.environment = {{"GREENROOM_TEST_MARK", mark_}};
    return plan;
  }
  Plan shell(const std::string& script, WorkspaceAccess access = WorkspaceAccess::read_only) const {
    return plan({"/bin/sh", "-c", script}, access);
  }
  Plan python(const std::string& script, WorkspaceAccess access = WorkspaceAccess::read_only) const {
    return plan({"/usr/bin/python3", "-I", "-c", script}, access);
  }
  Plan attack(const std::vector<std::string>& names) const {
    Plan attack = plan({"/attacks/sandbox_attack"});
    attack.argv.insert(attack.argv.end(), names.begin(), names.end());
    attack.binds = {{GREENROOM_ATTACKS, "/attacks"}};
    return attack;
  }

  static SandboxOutcome run(const Plan& plan) {
    auto outcome = execute(plan);
    EXPECT_TRUE(outcome) << outcome.error().describe();
    return outcome ? std::move(*outcome) : SandboxOutcome{};
  }
  // What the job printed on both streams, trimmed.
  static std::string output(const Plan& plan) {
    const SandboxOutcome outcome = run(plan);
    return std::string(trim(outcome.process.out.joined() + outcome.process.err.joined()));
  }

  // Command lines of processes on this machine that carry this test's mark in their environment.
  std::vector<std::string> survivors() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      const std::string pid = entry.path().filename();
      if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
      if (read(entry.path() / "environ").find(mark_) != std::string::npos) found.push_back(pid);
    }
    return found;
  }

  static void write(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
  }
  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const fs::path root_;
  std::string root_filesystem_;  // of every plan; empty: the machine's own

 private:
  std::map<std::string, std::string> snapshot() const {
    std::map<std::string, std::string> all;
    for (const auto& folder : {workspace(), root_ / "outside"}) {
      for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        struct stat status {};
        ::lstat(entry.path().c_str(), &status);
        all[entry.path()] = std::to_string(status.st_mode) + " " + std::to_string(status.st_uid) + " " +
                            std::to_string(status.st_nlink) + " " + (entry.is_regular_file() ? read(entry.path()) : "");
      }
    }
    return all;
  }

  const std::string mark_ = "mark-" + random_hex(8);
  std::map<std::string, std::string> before_;
};

}  // namespace greenroom::sandbox
