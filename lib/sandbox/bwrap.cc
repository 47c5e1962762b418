#include "lib/sandbox/bwrap.h"

#include <algorithm>
#include <initializer_list>

namespace greenroom::sandbox {
namespace {

constexpr const char* kUser = "10001";
constexpr std::uint64_t kTmpBytes = 256ull << 20;
constexpr std::uint64_t kSharedMemoryBytes = 64ull << 20;

class Words {
 public:
  explicit Words(std::string program) : words_{std::move(program)} {}
  void add(std::initializer_list<std::string> words) { words_.insert(words_.end(), words); }
  void tmpfs(const std::string& path, std::uint64_t bytes) { add({"--size", std::to_string(bytes), "--tmpfs", path}); }
  std::vector<std::string> take() && { return std::move(words_); }

 private:
  std::vector<std::string> words_;
};

void add_isolation(Words& words) {
  // --unshare-all leaves out the user namespace when it cannot have one; the second word makes that an error.
  words.add({"--unshare-all", "--unshare-user", "--uid", kUser, "--gid", kUser, "--new-session", "--die-with-parent",
             "--cap-drop", "ALL", "--hostname", "greenroom"});
}

void add_environment(Words& words, const Plan& plan) {
  words.add({"--clearenv"});
  for (const auto& [name, value] : job_environment(plan)) words.add({"--setenv", name, value});
}

// All of /dev with terminals of its own, for tests. Bubblewrap mounts them in one user namespace and makes a second for
// the job; without them it needs no second.
bool has_terminals(const Plan& plan) { return plan.access == WorkspaceAccess::throw_away; }

void add_devices(Words& words, const Plan& plan) {
  if (has_terminals(plan)) return words.add({"--dev", "/dev"});
  for (const std::string name : {"null", "zero", "urandom"}) words.add({"--dev-bind", "/dev/" + name, "/dev/" + name});
  // Both give the same bytes once the machine has booted, and a link is no mount.
  words.add({"--symlink", "urandom", "/dev/random", "--symlink", "/proc/self/fd", "/dev/fd"});
  words.add(
      {"--symlink", "fd/0", "/dev/stdin", "--symlink", "fd/1", "/dev/stdout", "--symlink", "fd/2", "/dev/stderr"});
}

void add_system(Words& words, const Plan& plan, const Wiring& wiring) {
  words.add({"--ro-bind", plan.root + "/usr", "/usr"});
  for (const std::string folder : {"bin", "sbin", "lib", "lib64"})
    words.add({"--symlink", "usr/" + folder, "/" + folder});
  words.add({"--ro-bind", wiring.etc, "/etc", "--proc", "/proc"});
  for (const auto& path : wiring.blanked) words.add({"--dev-bind", "/dev/null", path});
  add_devices(words, plan);
  words.tmpfs("/dev/shm", kSharedMemoryBytes);
}

void add_tmp(Words& words, const Plan& plan, const Wiring& wiring) {
  if (!wiring.tmp.empty()) return words.add({"--bind", wiring.tmp, "/tmp"});
  words.tmpfs("/tmp", std::min(kTmpBytes, plan.limits.scratch_bytes));
  words.add({"--dir", "/tmp/home"});
}

void add_files(Words& words, const Plan& plan, const Wiring& wiring) {
  words.add({"--dir", "/greenroom"});
  for (const auto& bind : plan.binds) words.add({"--ro-bind", bind.from, bind.to});
  if (plan.provision) {
    words.add({"--bind", plan.provision->tree, plan.provision->inside});
    if (!plan.provision->socket.empty()) words.add({"--ro-bind", plan.provision->socket, std::string(kEgressInside)});
  }
  for (const auto& [path, fd] : wiring.files) words.add({"--perms", "0444", "--file", std::to_string(fd), path});
  words.add({plan.access == WorkspaceAccess::throw_away ? "--bind" : "--ro-bind", wiring.workspace, "/work"});
  // Last: everything that bubblewrap itself had to create is there by now.
  if (has_terminals(plan)) words.add({"--remount-ro", "/dev"});
  words.add({"--remount-ro", "/", "--chdir", "/work"});
}

}  // namespace

std::vector<std::pair<std::string, std::string>> job_environment(const Plan& plan) {
  std::vector<std::pair<std::string, std::string>> all = {{"PATH", "/usr/local/bin:/usr/bin:/bin"},
                                                          {"HOME", "/tmp/home"},
                                                          {"TMPDIR", "/tmp"},
                                                          {"USER", "greenroom"},
                                                          {"LANG", "C.UTF-8"},
                                                          {"TZ", "UTC"},
                                                          {"CI", "true"},
                                                          {"PYTHONDONTWRITEBYTECODE", "1"},
                                                          {"PYTHONNOUSERSITE", "1"},
                                                          {"PYTHONHASHSEED", "0"}};
  for (const auto& [name, value] : plan.environment) {
    const auto same =
        std::find_if(all.begin(), all.end(), [&name = name](const auto& pair) { return pair.first == name; });
    if (same == all.end())
      all.emplace_back(name, value);
    else
      same->second = value;
  }
  return all;
}

int user_namespaces(const Plan& plan) { return has_terminals(plan) ? 2 : 1; }

std::vector<std::string> bwrap_arguments(const Plan& plan, const Wiring& wiring) {
  Words words(kBwrap);
  add_isolation(words);
  add_environment(words, plan);
  add_system(words, plan, wiring);
  add_tmp(words, plan, wiring);
  add_files(words, plan, wiring);
  words.add({"--seccomp", std::to_string(wiring.filter), "--json-status-fd", std::to_string(wiring.status), "--"});
  auto all = std::move(words).take();
  all.insert(all.end(), plan.argv.begin(), plan.argv.end());
  return all;
}

}  // namespace greenroom::sandbox
