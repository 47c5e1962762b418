#include <unistd.h>

#include <regex>

#include "lib/base/text.h"
#include "lib/checks/check.h"
#include "lib/process/process.h"

namespace greenroom::checks {
namespace {

struct Kind {
  std::string_view name;
  std::vector<std::string> version_words;
  std::string_view module;  // runs as `python -m MODULE` from a virtualenv, whose scripts know only their first home
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"black", {"--version"}, "black"},   {"isort", {"--version"}, "isort"}, {"clang-format", {"--version"}, ""},
      {"flake8", {"--version"}, "flake8"}, {"ruff", {"--version"}, ""},       {"pylint", {"--version"}, "pylint"},
      {"python3", {"--version"}, ""},      {"shellcheck", {"--version"}, ""}, {"cppcheck", {"--version"}, ""},
      {"mypy", {"--version"}, "mypy"},     {"pytest", {"--version"}, ""}};
  return all;
}

bool is_program(const std::string& path) { return access(path.c_str(), X_OK) == 0; }

// The first number with a dot: "black, 23.1.0 (compiled: no)" → "23.1.0". Empty: the tool did not answer.
std::string version_of(std::vector<std::string> argv, const std::vector<std::string>& words) {
  process::Command command;
  command.argv = std::move(argv);
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", "/nonexistent"}, {"LC_ALL", "C.UTF-8"}};
  command.directory = "/";
  command.wall = std::chrono::seconds(30);
  command.capture_bytes = 4096;
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok()) return {};
  static const std::regex number(R"((\d+\.\d+(\.\d+)*))");
  std::smatch match;
  const std::string text = outcome->out.joined() + "\n" + outcome->err.joined();
  return std::regex_search(text, match, number) ? match[1].str() : std::string();
}

std::vector<std::string> invocation(const std::string& program, const Kind& kind, bool virtualenv) {
  if (!virtualenv || kind.module.empty()) return {program + "/" + std::string(kind.name)};
  // -P: no module of the workspace may stand in for one of the tool's.
  return {program + "/python", "-P", "-m", std::string(kind.module)};
}

bool add(Toolbox& toolbox, const Kind& kind, const std::string& root, bool virtualenv) {
  const std::string programs = root + "/bin";
  if (!is_program(programs + "/" + std::string(kind.name))) return false;
  std::string version = version_of(invocation(programs, kind, virtualenv), kind.version_words);
  if (version.empty()) return false;
  const std::string inside = virtualenv ? std::string(kToolsInside) : root;
  auto words = invocation(inside + "/bin", kind, virtualenv);
  Tool tool{std::string(kind.name), words[0], std::move(version), {}, {words.begin() + 1, words.end()}};
  if (virtualenv) tool.binds = {{root, inside}};
  toolbox.push_back(std::move(tool));
  return true;
}

}  // namespace

Toolbox find_tools(const std::string& tools_directory) {
  Toolbox toolbox;
  for (const Kind& kind : kinds()) {
    // The interpreter of our own rules and of the tests is always the system's: the tests' packages are installed
    // there.
    const bool own = kind.name != "python3" && kind.name != "pytest";
    if (own && !tools_directory.empty() && add(toolbox, kind, tools_directory, true)) continue;
    add(toolbox, kind, "/usr", false);
  }
  return toolbox;
}

}  // namespace greenroom::checks
