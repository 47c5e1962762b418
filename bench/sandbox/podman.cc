#include "bench/sandbox/podman.h"

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <utility>
#include <vector>

#include "lib/base/text.h"

namespace greenroom::bench {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPodman = "/usr/bin/podman";

std::string make_root(const fs::path& root) {
  for (const char* name : {"usr", "etc", "proc", "sys", "dev", "tmp", "run"}) fs::create_directories(root / name);
  for (const std::string name : {"bin", "lib", "lib64"}) fs::create_symlink("usr/" + name, root / name);
  return root.string();
}

process::Command podman(std::vector<std::string> words, const std::string& home) {
  process::Command command;
  command.argv = std::move(words);
  command.argv.insert(command.argv.begin(), kPodman);
  command.environment = {{"PATH", "/usr/bin:/bin:/usr/sbin"}, {"HOME", home}, {"XDG_RUNTIME_DIR", home}};
  return command;
}

// crun refuses some machines' control groups; runc takes them.
process::Command with_runtime(const std::string& runtime, const std::string& root, const std::string& home) {
  std::vector<std::string> words = {"--runtime", runtime, "run", "--rm", "--network", "none"};
  words.insert(words.end(), {"--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"});
  words.insert(words.end(), {"--volume", "/usr:/usr:ro", "--rootfs", root, "/bin/true"});
  return podman(std::move(words), home);
}

std::string home_in(const std::string& place) { return place + "/home"; }

}  // namespace

PodmanHome::PodmanHome() {
  std::string name = "/tmp/gr-XXXXXX";
  if (::mkdtemp(name.data()) != nullptr) path_ = name;
}
PodmanHome::~PodmanHome() {
  if (path_.empty()) return;
  // Between runs podman keeps a process that holds its user namespace; this command ends it.
  std::error_code ignored;
  if (fs::exists(home_in(path_), ignored)) (void)process::run(podman({"system", "migrate"}, home_in(path_)));
  fs::remove_all(path_, ignored);
}

std::optional<process::Command> podman_command(const PodmanHome& place, std::string& why_not) {
  why_not = "podman is not installed";
  if (::access(kPodman, X_OK) != 0) return std::nullopt;
  const std::string root = make_root(fs::path(place.path()) / "root"), home = home_in(place.path());
  fs::create_directories(home);
  for (const char* runtime : {"crun", "runc"}) {
    process::Command command = with_runtime(runtime, root, home);
    const auto outcome = process::run(command);
    if (outcome && outcome->ok()) return command;
    const std::string words = outcome ? outcome->err.joined() : outcome.error().message;
    why_not = "podman does not run here: " + shorten(trim(words), 300);
  }
  return std::nullopt;
}

}  // namespace greenroom::bench
