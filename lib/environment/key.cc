#include <gnu/libc-version.h>
#include <sys/utsname.h>

#include <algorithm>

#include "lib/base/hash.h"
#include "lib/environment/environment.h"

namespace greenroom::environment {
namespace {

class Ingredients {
 public:
  // Lengths stand before the texts, so that no two lists read the same.
  void add(std::string_view text) { all_ += std::to_string(text.size()) + ":" + std::string(text); }
  std::string key() const { return to_hex(sha256(all_)); }

 private:
  std::string all_;
};

std::string version_of(const checks::Toolbox& toolbox, std::string_view name) {
  const auto tool = std::find_if(toolbox.begin(), toolbox.end(), [&](const auto& each) { return each.name == name; });
  return tool == toolbox.end() ? std::string() : tool->path + " " + tool->version;
}

}  // namespace

std::string key_of(const checks::EnvironmentPlan& plan, const Settings& settings) {
  Ingredients all;
  all.add("1");  // raised when what is kept changes its form
  all.add(plan.provider);
  all.add(plan.stamp);
  for (const auto& [path, content] : plan.sources) {
    all.add(path);
    all.add(content);
  }
  for (const auto& [name, content] : checks::builder_files()) {
    if (name.starts_with("build_") && name != plan.builder) continue;  // the rest is shared
    all.add(name);
    all.add(content);
  }
  all.add(version_of(settings.toolbox, "python3"));
  for (const std::string& need : plan.needs) all.add(version_of(settings.toolbox, need));
  for (const auto& bind : plan.binds) {
    all.add(bind.from);
    all.add(bind.to);
  }
  utsname machine{};
  ::uname(&machine);
  all.add(machine.sysname);
  all.add(machine.machine);
  all.add(::gnu_get_libc_version());
  if (plan.network) {
    all.add(settings.config.text("environments.index"));
    all.add(settings.config.boolean("environments.allow_builds") ? "builds" : "wheels");
  }
  return all.key();
}

}  // namespace greenroom::environment
