#pragma once
// A project in a folder, over which the real tools run with the real arguments, without the sandbox.

#include <gmock/gmock.h>

#include "lib/checks/run_here.h"
#include "tests/support/temp_directory.h"
#include "tests/unit/checks/view.h"

namespace greenroom::checks {

inline const Toolbox& debian() {
  static const Toolbox toolbox = find_tools("");
  return toolbox;
}

class Tools : public ::testing::Test {
 protected:
  void add(const std::string& path, const std::string& content) {
    folder_.write(path, content);
    view_.files.push_back(path);
    view_.changed.push_back(path);
  }
  sandbox::SandboxOutcome run(const std::string& name, const Toolbox& toolbox = debian()) {
    const auto checks = plan(view_.project(), toolbox, operators());
    EXPECT_TRUE(checks) << checks.error().describe();
    const Check* check = checks ? find(*checks, name) : nullptr;
    if (check == nullptr) {
      ADD_FAILURE() << name << " was not planned";
      return {};
    }
    sandbox::Plan plan{check->argv,      folder_.path(),
                       check->access,    check->files,
                       check->binds,     check->environment,
                       check->artefacts, "",
                       check->limits,    {}};
    auto outcome = run_here(plan);
    EXPECT_TRUE(outcome) << outcome.error().describe();
    if (!outcome) return {};
    EXPECT_THAT(check->exits, ::testing::Contains(outcome->process.exit_code)) << outcome->process.err.joined();
    return *outcome;
  }
  static std::string printed(const sandbox::SandboxOutcome& outcome) {
    return outcome.process.out.joined() + outcome.process.err.joined();
  }

  testing::TempDirectory folder_;
  View view_;
};

}  // namespace greenroom::checks
