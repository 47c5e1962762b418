// A warm workspace against a fresh clone: fetch the next head and write what differs, over `git clone --depth 1` of
// the same repository. Both through the file transport on the same disk.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/figure.h"
#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/git/checkout.h"
#include "lib/git/mirror.h"
#include "lib/process/process.h"

namespace greenroom::bench {
namespace {

constexpr int kFiles = 20'000, kFileBytes = 10'000, kChangedFiles = 5, kRounds = 7;
namespace fs = std::filesystem;

std::string git(std::vector<std::string> words, std::string input = {}) {
  process::Command command;
  command.argv = std::move(words);
  command.argv.insert(command.argv.begin(), "git");
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"GIT_CONFIG_GLOBAL", "/dev/null"}, {"HOME", "/nonexistent"}};
  command.input = std::move(input);
  command.wall = std::chrono::minutes(10);
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok()) {
    std::fprintf(stderr, "git failed: %s\n",
                 outcome ? outcome->err.joined().c_str() : outcome.error().describe().c_str());
    std::exit(kCannotRun);
  }
  return std::string(trim(outcome->out.joined()));
}

// One fast-import commit on main of `count` files with new content.
std::string commit(const std::string& source, int count, const std::string& parent) {
  std::string stream = "commit refs/heads/main\nmark :1\ncommitter B <b@example.org> 1700000000 +0000\ndata 1\nx\n";
  if (!parent.empty()) stream += "from " + parent + "\n";
  for (int i = 0; i < count; ++i) {
    const std::string content = to_hex(random_bytes(kFileBytes / 2));
    stream += "M 100644 inline src/" + std::to_string(i % 200) + "/" + std::to_string(i) + ".py\ndata " +
              std::to_string(content.size()) + "\n" + content + "\n";
  }
  return git({"--git-dir=" + source, "fast-import", "--quiet", "--force", "--date-format=raw"},
             stream + "\nget-mark :1\n");
}

bool refresh(const std::string& root, const std::string& sha) {
  const std::string mirror = root + "/mirror.git";
  if (!git::fetch_commits(mirror, {"file://" + root + "/source.git", "file", Secret()}, {sha})) return false;
  const auto repository = git::Repository::open(mirror);
  return repository && git::Checkout(root + "/work").move_to(*repository, sha);
}

int run() {
  const std::string root = (fs::temp_directory_path() / ("greenroom-bench-" + random_hex(8))).string();
  const std::string source = root + "/source.git";
  fs::create_directories(root);
  git({"init", "--quiet", "--bare", "--initial-branch=main", source});
  std::string head = commit(source, kFiles, "");
  bool good = refresh(root, head);
  std::vector<double> warm, clone;
  for (int i = 0; i < kRounds && good; ++i) {
    head = commit(source, kChangedFiles, head);
    warm.push_back(milliseconds([&] { good &= refresh(root, head); }));
    const std::string copy = root + "/clone" + std::to_string(i);  // kept to the end: removing it would slow the next
    clone.push_back(milliseconds([&] { git({"clone", "--quiet", "--depth", "1", "file://" + source, copy}); }));
  }
  fs::remove_all(root);
  if (!good) return std::fprintf(stderr, "the workspace cannot be refreshed here\n"), kCannotRun;
  return report({"workspace", median(warm), "ms", median(clone), Direction::at_most, 0.1}) ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() { return greenroom::bench::run(); }
