// What a job waits for an environment that was built before: the key, the lock of the tree, its manifest. The build is
// a stand-in; the tree is as large as that of a project with a few hundred packages.

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "bench/figure.h"
#include "lib/base/hash.h"
#include "lib/environment/environment.h"

namespace greenroom::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kPackages = 300, kFilesEach = 60, kOthers = 30, kRounds = 200;
constexpr double kMost = 20;  // milliseconds

std::string lock(int salt) {
  std::string text;
  for (int i = 0; i < kPackages; ++i)
    text +=
        "package-" + std::to_string(i) + "==1." + std::to_string(salt) + " --hash=sha256:" + to_hex(sha256("x")) + "\n";
  return text;
}

// Leaves what a builder would.
Result<sandbox::SandboxOutcome> stand_in(const sandbox::Plan& plan, int packages) {
  std::string listed;
  for (int i = 0; i < packages; ++i) {
    const std::string folder = plan.provision->tree + "/lib/package" + std::to_string(i);
    fs::create_directories(folder);
    for (int file = 0; file < kFilesEach; ++file)
      std::ofstream(folder + "/" + std::to_string(file) + ".py") << "x = 1\n";
    listed += std::string(i == 0 ? "" : ",") + "[\"package-" + std::to_string(i) + "\", \"1.0\"]";
  }
  sandbox::SandboxOutcome outcome;
  outcome.process.exit_code = 0;
  outcome.artefacts = {{"environment.json", "{\"python\": \"/opt/greenroom-env/bin/python\", \"packages\": [" + listed +
                                                "], \"variables\": [[\"PATH\", \"/opt/greenroom-env/bin\"]]}"}};
  return outcome;
}

int run() {
  const fs::path root = fs::temp_directory_path() / ("greenroom-bench-" + random_hex(8));
  const auto config = config::Config::load("", [](const std::string& name) {
                        return std::string(name == "GREENROOM_ENVIRONMENTS_INDEX" ? "http://127.0.0.1:1/simple" : "");
                      }).value();
  const checks::Toolbox toolbox{{"python3", "/usr/bin/python3", "3.11.2", {}, {}},
                                {"virtualenv", "/usr/bin/virtualenv", "20.17.1", {}, {}}};
  int packages = 1;
  const environment::Settings settings{
      (root / "environments").string(), toolbox, config,
      [&](const sandbox::Plan& plan, const auto&, const auto&) { return stand_in(plan, packages); }};
  const auto provide = [&](int salt) {
    const std::string text = lock(salt);
    const auto chosen = checks::choose_environment(
        {"requirements.txt"}, [&](std::string_view) { return text; }, config);
    return chosen && *chosen && environment::provide(**chosen, settings);
  };
  bool good = true;
  for (int other = 1; other <= kOthers; ++other) good &= provide(other);
  packages = kPackages;
  good &= provide(0);
  std::vector<double> times;
  for (int i = 0; i < kRounds && good; ++i) times.push_back(milliseconds([&] { good &= provide(0); }));
  fs::remove_all(root);
  if (!good) return std::fprintf(stderr, "no environment can be kept here\n"), kCannotRun;
  return report({"provision", quantile(times, 0.99), "ms", kMost, Direction::at_most, 1}) ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() { return greenroom::bench::run(); }
