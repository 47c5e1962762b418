#include <unistd.h>

#include <array>

#include "lib/base/text.h"
#include "lib/checks/check.h"
#include "lib/process/process.h"

namespace greenroom::checks {
namespace {

constexpr std::array kNames{"ruff", "black", "isort", "flake8", "pylint", "mypy", "pytest", "python3", "shellcheck", "clang-format", "cppcheck"};

// The first "1.2.3" in what --version prints.
std::string version_in(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) continue;
    const auto end = text.find_first_not_of("0123456789.", i);
    const std::string_view word = text.substr(i, end == std::string_view::npos ? end : end - i);
    if (word.find('.') != std::string_view::npos) return std::string(word.substr(0, word.find_last_not_of('.') + 1));
    i += word.size();
  }
  return "";
}

std::optional<Tool> try_tool(const std::string& name, const std::string& path) {
  if (access(path.c_str(), X_OK) != 0) return std::nullopt;
  process::Command command;
  command.argv = {path, "--version"};
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}, {"HOME", "/nonexistent"}};
  command.wall = std::chrono::seconds(20);
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok()) return std::nullopt;
  return Tool{name, path, version_in(outcome->out.joined() + outcome->err.joined()), {}};
}

}  // namespace

Toolbox find_tools(const std::string& tools_directory) {
  Toolbox toolbox;
  for (const std::string name : kNames) {
    // pytest runs the project's code against the machine's own packages, so its Python has to be the system's.
    const bool of_the_system = name == "python3" || name == "pytest";
    if (!tools_directory.empty() && !of_the_system) {
      if (auto tool = try_tool(name, tools_directory + "/bin/" + name)) {
        tool->binds = {{tools_directory, tools_directory}};
        toolbox.push_back(std::move(*tool));
        continue;
      }
    }
    const std::string path = "/usr/bin/" + (name == "pytest" ? std::string("pytest-3") : name);
    auto tool = try_tool(name, path);
    if (!tool && name == "pytest") tool = try_tool(name, "/usr/bin/pytest");
    if (tool) toolbox.push_back(std::move(*tool));
  }
  return toolbox;
}

}  // namespace greenroom::checks
