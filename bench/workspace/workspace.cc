// A warm workspace against a fresh clone: fetch the next head and write what differs, over `git clone --depth 1` of
// the same repository. Both through the file transport on the same disk.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/git/checkout.h"
#include "lib/git/mirror.h"
#include "lib/process/process.h"

namespace greenroom {
namespace {

constexpr int kFiles = 20'000, kFileBytes = 10'000, kChangedFiles = 5, kRounds = 7;
namespace fs = std::filesystem;

double milliseconds(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

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
    std::exit(2);
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
  if (!good) return std::fprintf(stderr, "the workspace cannot be refreshed here\n"), 2;
  const double ratio = median(warm) / median(clone);
  std::printf("{\"name\": \"warm workspace\", \"ours_ms\": %.1f, \"raw_ms\": %.1f, \"ratio\": %.4f, \"aim\": 0.10}\n",
              median(warm), median(clone), ratio);
  return ratio <= 0.1 ? 0 : 1;
}

}  // namespace
}  // namespace greenroom

int main() { return greenroom::run(); }
