// uv.lock: what uv's export names for this machine, with its hashes. builders/build_uv.py makes it.

#include <algorithm>
#include <array>

#include "lib/base/text.h"
#include "lib/checks/providers/explain/explain.h"
#include "lib/checks/providers/left_out.h"
#include "lib/checks/toml.h"

namespace greenroom::checks {
namespace {

constexpr std::string_view kLock = "uv.lock", kProject = "pyproject.toml";
constexpr std::size_t kMaxProjects = 64, kMaxProjectBytes = 1u << 20;

// Kinds of a lock's sources that are no index, and how a person calls them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kElsewhere{{{"git", "git"},
                                                                                   {"url", "the address"},
                                                                                   {"path", "the file"},
                                                                                   {"directory", "the folder"},
                                                                                   {"editable", "the folder"},
                                                                                   {"virtual", "the folder"}}};

bool is_project(std::string_view path) {
  return path == kProject || (path.ends_with("/pyproject.toml") && escape_bytes(path) == path);
}

Result<std::vector<std::string>> left_out_of(std::string_view lock) {
  if (lock.size() > kMaxLockBytes) return user_fault("uv.lock: larger than eight megabytes");
  const toml::parse_result parsed = toml::parse(lock);
  if (!parsed)
    return user_fault("uv.lock line " + std::to_string(parsed.error().source().begin.line) + ": " +
                      shorten(escape_bytes(parsed.error().description()), 200));
  std::vector<std::string> lines;
  const toml::array* packages = parsed.table()["package"].as_array();
  if (packages == nullptr) return lines;
  for (const toml::node& each : *packages) {
    const toml::table* package = each.as_table();
    const toml::table* source = package == nullptr ? nullptr : (*package)["source"].as_table();
    if (source == nullptr) continue;
    for (const auto& [key, kind] : kElsewhere) {
      const auto where = (*source)[key].value<std::string_view>();
      if (!where || *where == ".") continue;  // the project itself is at hand
      leave_out(lines, kLock, (*package)["name"].value_or(std::string_view("a package")), kind, *where);
    }
  }
  return lines;
}

Result<std::optional<EnvironmentPlan>> plan_uv(const std::vector<std::string>& base_files,
                                               const std::function<std::string(std::string_view)>& base_file,
                                               const config::Config&) {
  const auto has = [&](std::string_view name) {
    return std::find(base_files.begin(), base_files.end(), name) != base_files.end();
  };
  if (!has(kLock) || !has(kProject)) return std::optional<EnvironmentPlan>();
  EnvironmentPlan plan;
  plan.provider = "uv";
  plan.lock = kLock;
  plan.builder = "build_uv.py";
  plan.needs = {"uv"};
  plan.pinned = true;
  std::string lock = base_file(kLock);
  GREENROOM_TRY(left_out, left_out_of(lock));
  plan.left_out = std::move(left_out);
  plan.sources = {{std::string(kLock), std::move(lock)}};
  if (has("uv.toml")) plan.sources.emplace_back("uv.toml", base_file("uv.toml"));
  // A workspace's members have theirs, and so have folders that the project depends on: with them uv can tell whether
  // the lock is as new as they are.
  std::vector<std::string> projects;
  std::copy_if(base_files.begin(), base_files.end(), std::back_inserter(projects), is_project);
  std::sort(projects.begin(), projects.end(),
            [](const auto& a, const auto& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
  if (projects.size() > kMaxProjects) projects.resize(kMaxProjects);
  for (const std::string& path : projects)
    if (std::string content = base_file(path); content.size() <= kMaxProjectBytes)
      plan.sources.emplace_back(path, std::move(content));
  return std::optional<EnvironmentPlan>(std::move(plan));
}

}  // namespace

Provider uv_provider() { return {"uv", plan_uv, explain_uv}; }

}  // namespace greenroom::checks
