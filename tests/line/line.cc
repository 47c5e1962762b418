#include "tests/line/line.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "lib/process/process.h"
#include "tests/line/ports.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

constexpr std::chrono::seconds kStartPatience{60};

std::string must(const process::Command& command) {
  const auto outcome = process::run(command);
  if (!outcome) throw std::runtime_error(command.argv[0] + ": " + outcome.error().describe());
  if (!outcome->ok())
    throw std::runtime_error(command.argv[0] + " " + command.argv[1] + " ended with " +
                             std::to_string(outcome->exit_code) + ":\n" + outcome->out.joined() +
                             outcome->err.joined());
  return outcome->out.joined();
}

}  // namespace

Line::Line(Options options) : options_(std::move(options)), webhook_port_(free_port()), dashboard_port_(free_port()) {
  for (const char* name : {"run", "log", "config", "git", "runner", "secrets", "redis", "home"})
    std::filesystem::create_directories(path(name));
  make_database();
  start_redis();
  write_configuration();
  for (const std::string& service : options_.services) start(service);
}

Line::~Line() {
  if (::testing::Test::HasFailure()) fprintf(stderr, "%s\n", failure_report().c_str());
  for (auto& [name, child] : services_) child->signal(SIGTERM);
  services_.clear();
}

std::string Line::path(std::string_view name) const { return directory_.path() + "/" + std::string(name); }

void Line::start(const std::string& service, const std::map<std::string, std::string>& environment) {
  services_.erase(service);
  const std::string ready = path("run/" + service + ".ready");
  std::filesystem::remove(ready);
  auto variables = environment_of(service);
  for (const auto& [name, value] : environment) variables[name] = value;
  auto& child = services_[service];
  child = std::make_unique<Child>(std::vector<std::string>{GREENROOM_BINARY_DIR "/bin/greenroom-" + service}, variables,
                                  path("log/" + service + ".log"));
  if (!testing::wait_until([&] { return std::filesystem::exists(ready) || !child->running(); }, kStartPatience) ||
      !child->running())
    throw std::runtime_error(service + " did not become ready\n" + failure_report());
}

void Line::signal(const std::string& service, int number) { services_.at(service)->signal(number); }

bool Line::wait_exit(const std::string& service, std::chrono::seconds patience) {
  return services_.at(service)->wait(patience).has_value();
}

std::map<std::string, std::string> Line::environment_of(const std::string& service) const {
  return {{"PATH", "/usr/bin:/bin"},
          {"LANG", "C.UTF-8"},
          {"HOME", path("home")},
          {"GREENROOM_CONFIG", path("config/" + service + ".yml")},
          // Services that forbid others to trace them cannot be searched for leaks at their exit; unit tests are.
          {"ASAN_OPTIONS", "detect_leaks=0"}};
}

std::string Line::cli(const std::vector<std::string>& words) {
  process::Command command;
  command.argv = {GREENROOM_BINARY_DIR "/bin/greenroom"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  for (const auto& variable : environment_of("admin")) command.environment.push_back(variable);
  return must(command);
}

std::string Line::git(const std::vector<std::string>& words, const std::string& login) {
  process::Command command;
  command.argv = {"git", "-c", "core.quotePath=false"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.directory = path("work");
  command.environment = {{"PATH", "/usr/bin:/bin"},    {"LANG", "C.UTF-8"},
                         {"HOME", path("home")},       {"GIT_CONFIG_NOSYSTEM", "1"},
                         {"GIT_TERMINAL_PROMPT", "0"}, {"GIT_ASKPASS", path("askpass")},
                         {"LINE_LOGIN", login},        {"LINE_TOKEN", path("secrets/push-" + login)}};
  return must(command);
}

}  // namespace greenroom::testing
