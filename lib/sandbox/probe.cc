// Tries every guarantee by attacking a sandbox of this machine. Each attack is a small script whose one word of output
// says whether it was held.

#include <unistd.h>

#include <filesystem>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/sandbox/plan_check.h"
#include "lib/sandbox/sandbox.h"
#include "lib/sandbox/scratch.h"

namespace greenroom::sandbox {
namespace {

struct Attack {
  const char* name;
  const char* held;    // what the guarantee is
  const char* script;  // prints "held" when the attack failed
};

// `sh` and what every Debian has; the answers are what the attacker sees.
constexpr Attack kAttacks[] = {
    {"network", "no interface but its own loopback",
     "test \"$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ')\" = lo && echo held"},
    {"processes", "sees only its own processes", "test $(ls -d /proc/[0-9]* | wc -l) -le 5 && echo held"},
    {"files", "sees nothing of the machine but /usr",
     "test ! -e /home -a ! -e /root -a ! -e /var -a ! -e /run && echo held"},
    {"workspace", "a linter cannot write to the checkout", "touch /work/x 2>/dev/null || echo held"},
    {"system", "/usr and / are read-only", "touch /usr/x 2>/dev/null || touch /x 2>/dev/null || echo held"},
    {"capabilities", "none, now or later", "grep -q '^CapBnd:.0*$' /proc/self/status && echo held"},
    {"no-new-privileges", "set-user-id programs give nothing",
     "grep -q '^NoNewPrivs:.1$' /proc/self/status && echo held"},
    {"seccomp", "system calls are filtered", "grep -q '^Seccomp:.2$' /proc/self/status && echo held"},
    {"user-namespaces", "no nested namespaces", "unshare -U true 2>/dev/null || echo held"},
    {"environment", "nothing of the runner's environment",
     "test $(wc -c < /proc/1/environ) = 0 -a $(env | wc -l) -le 12 && echo held"},
    {"process-count", "limited for each job", "grep -q '^Max processes *256 ' /proc/self/limits && echo held"},
    {"file-size", "limited", "test $(ulimit -f) != unlimited && echo held"},
};

// The folders that every attack shares.
struct Ground {
  std::string workspace, scratch, root;
};

Plan plan_of(const Ground& ground, const char* script) {
  Plan plan;
  plan.argv = {"/bin/sh", "-c", script};
  plan.workspace = ground.workspace;
  plan.scratch = ground.scratch;
  plan.root = ground.root;
  plan.limits.wall = std::chrono::seconds(10);
  return plan;
}

Guarantee attack(const Plan& plan, const char* name, const char* held) {
  const auto outcome = execute(plan);
  if (!outcome) return {name, false, outcome.error().describe()};
  const bool holds = trim(outcome->process.out.joined()) == "held";
  return {name, holds, holds ? held : "the attack succeeded"};
}

// Where a cgroup does not limit the job as a whole, the sandbox has said so.
Guarantee for_the_whole_job(const SandboxOutcome& outcome, const std::string& name, bool holds) {
  for (const auto& phrase : outcome.degraded)
    if (phrase.starts_with(name)) return {name, holds, phrase};
  return {name, holds, "limited for each job by a cgroup"};
}

Guarantee probe_processor(const Ground& ground) {
  const auto outcome = execute(plan_of(ground, "test $(ulimit -t) != unlimited && echo held"));
  if (!outcome) return {"processor", false, outcome.error().describe()};
  return for_the_whole_job(*outcome, "processor", trim(outcome->process.out.joined()) == "held");
}

// A bomb of twice the limit in one process; how it ends says who stopped it.
Guarantee probe_memory(const Ground& ground) {
  Plan plan = plan_of(ground, "head -c 600000000 /dev/zero | tail -n 1 | wc -c");
  plan.limits.memory_bytes = 64ull << 20;
  const auto outcome = execute(plan);
  if (!outcome) return {"memory", false, outcome.error().describe()};
  const bool holds = trim(outcome->process.out.joined()) != "600000000";
  return holds ? for_the_whole_job(*outcome, "memory", holds) : Guarantee{"memory", holds, "the bomb went off"};
}

Guarantee probe_layer(const Ground& ground) {
  Plan plan = plan_of(ground, "touch /work/x && test -e /work/x && echo held");
  plan.access = WorkspaceAccess::throw_away;
  const auto outcome = execute(plan);
  if (!outcome) return {"layer", false, outcome.error().describe()};
  for (const auto& phrase : outcome->degraded) {
    if (phrase.starts_with("disk")) return {"layer", false, phrase};
  }
  const bool holds = trim(outcome->process.out.joined()) == "held" && !std::filesystem::exists(ground.workspace + "/x");
  return {"layer", holds, holds ? "tests write to memory of limited size" : "a test's write went to the checkout"};
}

}  // namespace

std::vector<Guarantee> probe(const std::string& root) {
  std::vector<Guarantee> all;
  const auto user = refuse_root(::geteuid());
  all.push_back({"user", user.has_value(), user ? "not root" : user.error().message});
  if (!user) return all;
  const auto scratch = Scratch::make(std::filesystem::temp_directory_path().string());
  if (!scratch) {
    all.push_back({"scratch", false, scratch.error().describe()});
    return all;
  }
  const Ground ground{scratch->path() + "/workspace", scratch->path() + "/jobs", root};
  std::error_code error;
  std::filesystem::create_directory(ground.workspace, error);
  for (const auto& [name, held, script] : kAttacks) {
    all.push_back(attack(plan_of(ground, script), name, held));
  }
  all.push_back(probe_processor(ground));
  all.push_back(probe_memory(ground));
  all.push_back(probe_layer(ground));
  return all;
}

}  // namespace greenroom::sandbox
