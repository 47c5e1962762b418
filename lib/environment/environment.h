#pragma once
// Environments for a project's tests: built once in a sandbox of its own whose only way out is the operator's package
// index, kept as a tree that nobody writes to again, and mounted read-only into jobs. docs/environments.md walks
// through it.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/checks/check.h"
#include "lib/checks/providers/provider.h"
#include "lib/config/config.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::environment {

// How the builder's command is run: sandbox::execute, or a test's stand-in.
using Executor = std::function<Result<sandbox::SandboxOutcome>(
    const sandbox::Plan&, const std::function<void(process::Stream, std::string_view)>&, const std::function<bool()>&)>;

struct Settings {
  std::string directory;  // of this machine's environments; any number of slots and runners may share it
  const checks::Toolbox& toolbox;
  const config::Config& config;  // the operator's
  Executor execute;
  const Clock& clock = system_clock();
  std::string scratch = {};  // of the builder's throw-away parts; empty: below `directory`
};

// As long as this lives, nobody removes the tree. Movable.
struct Environment {
  std::string tree;                          // on the machine; in jobs at checks::kEnvironmentInside
  std::vector<sandbox::ReadOnlyBind> binds;  // what jobs get beside it
  checks::Built built;
  Fd hold;
};

// One of the first two is there.
struct Provided {
  std::optional<Environment> environment;
  std::optional<checks::LockFault> fault;
  bool kept = false;                  // from before; else built now, in `took`
  std::vector<std::string> left_out;  // as in the plan, and variables that no package may set
  std::string log;                    // what the builder printed; empty when kept
  std::vector<std::string> degraded;
  std::chrono::milliseconds took{0};
};

// Hexadecimal; the same for what gives the same environment: lock, builder, interpreter, platform, index.
std::string key_of(const checks::EnvironmentPlan& plan, const Settings& settings);

// Blocks while it builds, or while another slot builds the same. Thread-safe. A lock that gave a fault is not tried
// again for kFaultRemembered. Errors are all of our side, with a sentence without paths of this machine: transient (the
// index does not answer, no space, cancelled), rejected (a tool is missing, a limit reached, the sandbox refuses).
Result<Provided> provide(const checks::Chosen& chosen, const Settings& settings,
                         const std::function<void(process::Stream, std::string_view)>& on_output = {},
                         const std::function<bool()>& cancelled = {});
inline constexpr std::chrono::minutes kFaultRemembered{5};

// Whether this check has any use for an environment: it runs the project's tests, or looks at what they import.
bool concerns(const checks::Check& check);
// Lets such a check see the environment; its tests run with the environment's Python.
void use_in(checks::Check& check, const Environment& environment);

}  // namespace greenroom::environment
