#include <filesystem>
#include <regex>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/checks/check.h"
#include "lib/process/process.h"
#include "lib/sandbox/root_filesystem.h"
#include "lib/sandbox/scratch.h"

namespace greenroom::checks {
namespace {

struct Kind {
  std::string_view name;
  std::vector<std::string> version_words;
  std::string_view module;  // runs as `python -m MODULE` from a virtualenv, whose scripts know only their first home
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{{"black", {"--version"}, "black"},
                                     {"isort", {"--version"}, "isort"},
                                     {"clang-format", {"--version"}, ""},
                                     {"flake8", {"--version"}, "flake8"},
                                     {"ruff", {"--version"}, ""},
                                     {"pylint", {"--version"}, "pylint"},
                                     {"python3", {"--version"}, ""},
                                     {"shellcheck", {"--version"}, ""},
                                     {"cppcheck", {"--version"}, ""},
                                     {"mypy", {"--version"}, "mypy"},
                                     {"pytest", {"--version"}, ""},
                                     {"virtualenv", {"--version"}, ""},
                                     {"uv", {"--version"}, ""},
                                     {"pipenv", {"--version"}, "pipenv"},
                                     {"rez", {"--version"}, "rez.cli._main"}};
  return all;
}

constexpr std::chrono::seconds kPatience{30};

Result<process::Outcome> ask_here(std::vector<std::string> argv) {
  process::Command command;
  command.argv = std::move(argv);
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", "/nonexistent"}, {"LC_ALL", "C.UTF-8"}};
  command.directory = "/";
  command.wall = kPatience;
  command.capture_bytes = 4096;
  return process::run(command);
}

// Only a job sees the tools of a root filesystem where they belong.
Result<process::Outcome> ask_inside(const std::string& root, const Tool& tool, std::vector<std::string> argv) {
  std::error_code failed;
  const auto folder = std::filesystem::temp_directory_path(failed) / ("greenroom-tools-" + random_hex(8));
  std::filesystem::create_directories(folder / "work", failed);
  if (failed) return transient("make '" + folder.string() + "': " + failed.message());
  sandbox::Plan plan;
  plan.argv = std::move(argv);
  plan.workspace = (folder / "work").string();
  plan.scratch = (folder / "scratch").string();
  plan.root = root;
  plan.binds = tool.binds;
  plan.limits.wall = kPatience;
  const auto outcome = sandbox::execute(plan);
  sandbox::remove_thoroughly(folder);
  if (!outcome) return tl::unexpected<Error>(outcome.error());
  return outcome->process;
}

// The first number with a dot: "black, 23.1.0 (compiled: no)" → "23.1.0". Empty: the tool did not answer.
std::string version_in(const Result<process::Outcome>& outcome) {
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

std::vector<std::string> asking_version(std::vector<std::string> argv, const Kind& kind) {
  argv.insert(argv.end(), kind.version_words.begin(), kind.version_words.end());
  return argv;
}

// `home` is a virtualenv on the machine, or /usr as a job sees it.
bool add(Toolbox& toolbox, const Kind& kind, const std::string& home, bool virtualenv, const std::string& root) {
  if (!sandbox::is_program(virtualenv ? std::string() : root, home + "/bin/" + std::string(kind.name))) return false;
  const std::string inside = virtualenv ? std::string(kToolsInside) : home;
  auto words = invocation(inside + "/bin", kind, virtualenv);
  Tool tool{std::string(kind.name), words[0], {}, {}, {words.begin() + 1, words.end()}};
  if (virtualenv) tool.binds = {{home, inside}};
  tool.version = version_in(root.empty() ? ask_here(asking_version(invocation(home + "/bin", kind, virtualenv), kind))
                                         : ask_inside(root, tool, asking_version(std::move(words), kind)));
  if (tool.version.empty()) return false;
  toolbox.push_back(std::move(tool));
  return true;
}

}  // namespace

Toolbox find_tools(const std::string& tools_directory, const std::string& root) {
  Toolbox toolbox;
  for (const Kind& kind : kinds()) {
    // The interpreter of our own rules, of the tests and of their environments is always the system's: the tests'
    // packages are installed there.
    const bool own = kind.name != "python3" && kind.name != "pytest" && kind.name != "virtualenv";
    if (own && !tools_directory.empty() && add(toolbox, kind, tools_directory, true, root)) continue;
    add(toolbox, kind, "/usr", false, root);
  }
  return toolbox;
}

}  // namespace greenroom::checks
