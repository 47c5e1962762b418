#pragma once
// Environments of a project whose files the test writes, from an index that it fills, in a folder of its own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "lib/environment/environment.h"
#include "tests/support/fake_clock.h"
#include "tests/support/package_index.h"
#include "tests/support/temp_directory.h"

namespace greenroom::environment {

class EnvironmentFixture : public ::testing::Test {
 protected:
  EnvironmentFixture() {
    index.add({"pytest", "8.0", {{"pytest/__init__.py", ""}, {"pytest/__main__.py", "print('tests ran')\n"}}});
    index.add({"shot-naming", "1.2", {{"shot_naming/__init__.py", "PADDING = 4\n"}}});
    set("ENVIRONMENTS_INDEX", index.url());
    set("ENVIRONMENTS_INDEX_HOSTS", "");
  }

  void set(const std::string& variable, const std::string& value) {
    variables_["GREENROOM_" + variable] = value;
    const auto of = [this](const std::string& name) {
      const auto found = variables_.find(name);
      return found == variables_.end() ? std::string() : found->second;
    };
    config = config::Config::load("", of).value();
  }

  // The base branch's files → what is chosen for them.
  checks::Chosen chosen(const std::map<std::string, std::string>& files) {
    std::vector<std::string> names;
    for (const auto& [name, content] : files) names.push_back(name);
    const auto content = [&](std::string_view name) {
      const auto found = files.find(std::string(name));
      return found == files.end() ? std::string() : found->second;
    };
    const auto found = checks::choose_environment(names, content, config);
    EXPECT_TRUE(found && *found) << (found ? "no provider fits" : found.error().describe());
    return **found;
  }

  Settings settings() { return {folder / "environments", toolbox(), config, execute, clock}; }
  Result<Provided> provide_for(const std::map<std::string, std::string>& files) {
    return provide(chosen(files), settings(), on_output, cancelled);
  }

  static const checks::Toolbox& toolbox() {
    static const checks::Toolbox all = checks::find_tools("");
    return all;
  }

  // What a job with this environment prints.
  std::string in_job(const Environment& environment, const std::string& python) {
    sandbox::Plan plan;
    plan.argv = {environment.built.python, "-c", python};
    folder.write("work/empty", "");
    plan.workspace = folder / "work";
    plan.scratch = folder / "scratch";
    plan.binds = environment.binds;
    plan.binds.push_back({environment.tree, std::string(checks::kEnvironmentInside)});
    plan.environment = environment.built.variables;
    const auto outcome = sandbox::execute(plan);
    if (!outcome) return outcome.error().describe();
    return outcome->process.out.joined() + outcome->process.err.joined();
  }

  testing::TempDirectory folder;
  testing::PackageIndex index;
  testing::FakeClock clock;
  config::Config config;
  Executor execute = sandbox::execute;
  std::function<void(process::Stream, std::string_view)> on_output;
  std::function<bool()> cancelled;

 private:
  std::map<std::string, std::string> variables_;
};

}  // namespace greenroom::environment
