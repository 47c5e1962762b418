// rez, the package manager of film and animation studios: the project's package.py, resolved against the operator's
// package folders. Nothing is installed: the environment is those folders, bound read-only, and variables.

#include <algorithm>

#include "lib/base/text.h"
#include "lib/checks/providers/provider.h"
#include "lib/checks/providers/rez_paths.h"

namespace greenroom::checks {
namespace {

constexpr std::string_view kPackage = "package.py";
constexpr std::size_t kMaxSentence = 400;

// A module may be called package.py, too: a rez package gives its name and something else that rez reads, at the
// beginning of lines. The file itself is only run in the sandbox.
bool is_rez_package(std::string_view text) {
  bool named = false, more = false;
  for (const std::string_view line : split_lines(text)) {
    const auto word = line.substr(0, line.find_first_of(" =(\t"));
    const bool assigned = trim(line.substr(word.size())).starts_with('=');
    named = named || (word == "name" && assigned);
    for (const std::string_view other : {"version", "requires", "variants", "tests", "build_command", "authors"})
      more = more || (word == other && assigned);
    more = more || line.starts_with("def commands(");
  }
  return named && more;
}

Result<std::optional<EnvironmentPlan>> plan_rez(const std::vector<std::string>& base_files,
                                                const std::function<std::string(std::string_view)>& base_file,
                                                const config::Config& settings) {
  if (std::find(base_files.begin(), base_files.end(), kPackage) == base_files.end())
    return std::optional<EnvironmentPlan>();
  const std::string package = base_file(kPackage);
  if (!is_rez_package(package)) return std::optional<EnvironmentPlan>();
  const auto folders = settings.list("environments.rez_packages_path");
  if (folders.empty()) {
    if (settings.text("environment.provider") != "rez") return std::optional<EnvironmentPlan>();
    return user_fault(
        "'environment.provider' is 'rez', and this machine's operator has set no package folders "
        "(environments.rez_packages_path); write 'auto' until they have");
  }
  EnvironmentPlan plan;
  plan.provider = "rez";
  plan.lock = kPackage;
  plan.sources = {{std::string(kPackage), package}};
  plan.builder = "build_rez.py";
  plan.needs = {"rez"};
  plan.binds = rez_binds(folders);
  plan.stamp = rez_stamp(folders);
  plan.network = false;
  plan.pinned = true;  // the stamp changes with every release
  return std::optional<EnvironmentPlan>(std::move(plan));
}

// The builder says what rez found, behind a code. Packages run while it does, so the sentence is only words.
std::optional<LockFault> explain_rez(const EnvironmentPlan&, std::string_view output) {
  constexpr std::string_view kMark = "greenroom: ";
  const auto lines = split_lines(output);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (!line->starts_with(kMark)) continue;
    const std::string_view rest = line->substr(kMark.size());
    const auto space = rest.find(' ');
    const std::string_view code = rest.substr(0, space);
    const bool ours = code.size() == 6 && code.starts_with("ENV02") && code[5] >= '0' && code[5] <= '5';
    if (!ours || space == std::string_view::npos) continue;
    const std::string sentence = shorten(escape_bytes(trim(rest.substr(space))), kMaxSentence);
    if (!sentence.empty()) return LockFault{std::string(code), sentence};
  }
  return std::nullopt;
}

}  // namespace

Provider rez_provider() { return {"rez", plan_rez, explain_rez}; }

}  // namespace greenroom::checks
