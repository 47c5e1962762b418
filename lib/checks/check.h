#pragma once
// What to run: from the files of the head, the changed files and the base branch's configuration to a list of checks.
// plan() is pure. A check is data: argv inside the sandbox, trusted config files, the format of its output, and the
// words that explain it. docs/checks.md lists them all.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/error.h"
#include "lib/config/config.h"
#include "lib/model/check.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::checks {

struct Check {
  std::string name;  // "flake8"
  model::CheckKind kind{};
  std::string what, why, run_yourself;
  std::vector<std::string> argv;  // argv[0] is the tool's absolute path inside the sandbox
  std::size_t paths = 0;     // the last `paths` words of argv are changed files; the tool may run on any part of them
  std::size_t left_out = 0;  // changed files beyond kMaxPaths, which this check does not look at
  std::vector<std::pair<std::string, std::string>> files;  // trusted config under /greenroom/
  std::vector<sandbox::ReadOnlyBind> binds;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<std::string> artefacts;
  sandbox::WorkspaceAccess access = sandbox::WorkspaceAccess::read_only;
  sandbox::Limits limits;
  int load = 0;            // how long it takes beside the others, roughly; the greatest starts first
  std::string format;      // diagnostics::format_named
  std::vector<int> exits;  // exit codes of a tool that did its work; any other is a crash of ours
  std::string tool_version;
  std::string verdict;  // not empty: planning has found this for the author, and nothing is run
};
inline constexpr std::size_t kMaxPaths = 2000;

// The tools that exist on this machine (or in the job's root), found once at start-up.
struct Tool {
  std::string name;                          // "ruff"
  std::string path;                          // absolute, as seen inside the sandbox
  std::string version;                       // "0.1.9"
  std::vector<sandbox::ReadOnlyBind> binds;  // what must be bound for it to run
  std::vector<std::string> prefix;           // words between path and the tool's own arguments: "-P", "-m", "mypy"
};
using Toolbox = std::vector<Tool>;
// Looks in `tools_directory`/bin (the pinned virtualenv; may be empty) and then /usr/bin. Runs each tool's --version;
// one that does not answer is left out. A virtualenv is bound to kToolsInside, wherever it lies on the machine.
// With a root filesystem (sandbox::Plan::root) its /usr/bin is looked in, and every tool is asked as a job would run
// it, which root may not: it finds none.
inline constexpr std::string_view kToolsInside = "/opt/greenroom-tools";
Toolbox find_tools(const std::string& tools_directory, const std::string& root = {});

struct ProjectView {
  std::vector<std::string> files;    // every path of the head's tree
  std::vector<std::string> changed;  // head paths this change added or edited (not deleted, not submodules)
  // Content of a file on the BASE branch, for the project's own tool configuration; empty when there is none.
  std::function<std::string(std::string_view path)> base_file;
};

inline constexpr std::string_view kRepositoryConfig = ".greenroom.yml";

// The operator's settings with those of the base branch's .greenroom.yml on top. Errors: user_fault, as plan().
Result<config::Config> repository_settings(const ProjectView& project, const config::Config& config);

// Checks for this change, in the order in which they are shown. `config` is the operator's; `.greenroom.yml` is read
// from the base branch only. Empty `changed` gives no lint checks; tests run whenever the project has some.
// A file whose name is not UTF-8, or holds control characters, is given to no tool: it would crash over it, or its
// report could not be read. Where the change brings such a file, the first check (model::kFileNamesCheck) names it.
// Errors: user_fault with file, line and what to write instead, when .greenroom.yml is wrong.
Result<std::vector<Check>> plan(const ProjectView& project, const Toolbox& toolbox, const config::Config& config);

struct Description {
  std::string_view name;
  model::CheckKind kind{};
  std::string_view what, why;
};
// Every check there is, in the order of a report.
std::vector<Description> all_checks();

}  // namespace greenroom::checks
