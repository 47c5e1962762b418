// Pipfile.lock: its packages and those for development, by pipenv. builders/build_pipenv.py makes it.

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/checks/providers/explain/explain.h"
#include "lib/checks/providers/left_out.h"
#include "lib/json/json.h"

namespace greenroom::checks {
namespace {

constexpr std::string_view kLock = "Pipfile.lock", kPipfile = "Pipfile";
constexpr std::array<std::string_view, 2> kSections{"default", "develop"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kElsewhere{
    {{"git", "git"}, {"hg", "hg"}, {"svn", "svn"}, {"bzr", "bzr"}, {"file", "the address"}, {"path", "the folder"}}};

tl::unexpected<Error> no_lock(const std::string& why) {
  return user_fault(std::string(kLock) + ": " + why + "; `pipenv lock` writes it anew");
}

// An entry of a section, if it is from elsewhere: one line of left_out.
void add_entry(const std::string& name, const json::Value& entry, std::vector<std::string>& lines) {
  for (const auto& [key, kind] : kElsewhere) {
    const std::string where = json::text(entry, key);
    if (where.empty()) continue;
    if (where != ".") leave_out(lines, kLock, name, kind, where);
    return;
  }
}

Result<std::vector<std::string>> left_out_of(std::string_view lock) {
  if (lock.size() > kMaxLockBytes) return no_lock("larger than eight megabytes");
  auto parsed = json::parse(lock);
  if (!parsed) return no_lock(parsed.error().message);
  if (!json::member(*parsed, "_meta").is_object()) return no_lock("the member _meta is missing");
  std::vector<std::string> lines;
  for (const auto& [section, entries] : parsed->items()) {
    if (!entries.is_object()) return no_lock(shorten(escape_bytes(section), 40) + " is not an object");
    if (section == "_meta") continue;
    const bool is_followed = std::find(kSections.begin(), kSections.end(), section) != kSections.end();
    for (const auto& [name, entry] : entries.items()) {
      if (!entry.is_object()) return no_lock(shorten(escape_bytes(name), 40) + " is not an object");
      if (is_followed) add_entry(name, entry, lines);
    }
  }
  return lines;
}

Result<std::optional<EnvironmentPlan>> plan_pipenv(const std::vector<std::string>& base_files,
                                                   const std::function<std::string(std::string_view)>& base_file,
                                                   const config::Config&) {
  const auto has = [&](std::string_view name) {
    return std::find(base_files.begin(), base_files.end(), name) != base_files.end();
  };
  if (!has(kLock) || !has(kPipfile)) return std::optional<EnvironmentPlan>();
  EnvironmentPlan plan;
  plan.provider = "pipenv";
  plan.lock = kLock;
  plan.builder = "build_pipenv.py";
  plan.needs = {"pipenv", "virtualenv"};
  plan.pinned = true;
  plan.sources = {{std::string(kLock), base_file(kLock)}, {std::string(kPipfile), base_file(kPipfile)}};
  GREENROOM_TRY(left_out, left_out_of(plan.sources[0].second));
  plan.left_out = std::move(left_out);
  return std::optional<EnvironmentPlan>(std::move(plan));
}

}  // namespace

Provider pipenv_provider() { return {"pipenv", plan_pipenv, explain_pipenv}; }

}  // namespace greenroom::checks
