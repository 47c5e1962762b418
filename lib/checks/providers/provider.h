#pragma once
// What a project's tests and type checks import beyond Python itself. Each kind of lock is one provider: from the BASE
// branch's files it says what is to be built (pure), and from a failed build what the lock's author can do about it.
// lib/environment builds in the provision sandbox, keeps and hands out. docs/environments.md walks through it.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/error.h"
#include "lib/config/config.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::checks {

// Where the finished tree lies, in the provision sandbox (writable) and in every job (read-only). Virtualenvs only know
// the place where they were made.
inline constexpr std::string_view kEnvironmentInside = "/opt/greenroom-env";

struct EnvironmentPlan {
  std::string provider;                                      // "uv"
  std::string lock;                                          // how people call what it is built from: "uv.lock"
  std::vector<std::pair<std::string, std::string>> sources;  // path → content, of the base branch; lie in /work
  std::string builder;                       // the trusted script in providers/builders/: "build_uv.py"; see there
  std::vector<std::string> needs;            // tools, by the names of check.h's Tool: "uv", "pipenv", "rez"
  std::vector<sandbox::ReadOnlyBind> binds;  // the operator's package folders; in the provision sandbox and in jobs
  std::string stamp;                  // of what else decides the result and is no source: the state of a package path
  std::vector<std::string> left_out;  // lines of the lock that were not followed, as a person reads them: "-e ."
  bool network = true;                // false: the index is not needed
  std::string at_home;                // the command that gives a person the same: "uv sync"; may be empty
  bool pinned = false;                // the lock names every package's exact version: what was built never grows old
};

// What the builder leaves in /tmp/out/environment.json. Hostile: the lock's packages may have had a hand in it.
struct Built {
  std::string python = "/usr/bin/python3";                     // of the environment, as seen inside
  std::vector<std::pair<std::string, std::string>> packages;   // name, version; sorted by name
  std::vector<std::pair<std::string, std::string>> variables;  // for jobs: PATH, PYTHONPATH, what rez packages set
};

// Why a lock gave no environment, for the person who can mend the lock. Its lesson is templates/lessons/environment/.
struct LockFault {
  std::string code;     // "ENV001"
  std::string message;  // one sentence: "requirements.txt asks for flask==99.0, which the package index does not have"
};

struct Provider {
  std::string_view name;
  // nullopt: the base branch has no such lock. Errors: user_fault, with the file, when it cannot be read.
  Result<std::optional<EnvironmentPlan>> (*plan)(const std::vector<std::string>& base_files,
                                                 const std::function<std::string(std::string_view)>& base_file,
                                                 const config::Config& settings);
  // From what the builder printed before it failed. nullopt: nothing of the lock's; the fault is ours or the index's.
  std::optional<LockFault> (*explain)(const EnvironmentPlan& plan, std::string_view output);
};
// In the order in which they are tried: rez, uv, pipenv, virtualenv. None fits: plain, the machine's own packages.
const std::vector<Provider>& all_providers();
Provider rez_provider();
Provider virtualenv_provider();
Provider uv_provider();
Provider pipenv_provider();

// The one that `environment.provider` names, or the first whose lock is there. nullopt: plain.
// Errors: user_fault, when the named one has no lock here, or there is no such provider.
struct Chosen {
  Provider provider;
  EnvironmentPlan plan;
};
Result<std::optional<Chosen>> choose_environment(const std::vector<std::string>& base_files,
                                                 const std::function<std::string(std::string_view)>& base_file,
                                                 const config::Config& settings);

// The scripts of providers/builders/, compiled into the program. They all lie under /greenroom/ in the provision
// sandbox, beside plan.json and ca.pem. The plan's builder is run as `python3 -I -B /greenroom/<builder>` in /work,
// where the sources lie (read-only). What each gets and leaves is in builders/building.py.
std::vector<std::pair<std::string, std::string>> builder_files();

}  // namespace greenroom::checks
