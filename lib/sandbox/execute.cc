// One run: check the plan, wire it, let it run, and read what it left.

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "lib/base/text.h"
#include "lib/sandbox/artefacts.h"
#include "lib/sandbox/bwrap.h"
#include "lib/sandbox/exit_status.h"
#include "lib/sandbox/memory_file.h"
#include "lib/sandbox/out_of_memory.h"
#include "lib/sandbox/plan_check.h"
#include "lib/sandbox/sandbox.h"
#include "lib/sandbox/scratch.h"
#include "lib/sandbox/seccomp_filter.h"
#include "lib/sandbox/stage.h"

namespace greenroom::sandbox {
namespace {

using OnOutput = std::function<void(process::Stream, std::string_view)>;
using Cancelled = std::function<bool()>;

constexpr int kEndingMilliseconds = 10'000;

// The descriptors of one run, which live until bubblewrap has read them.
struct Descriptors {
  std::vector<Fd> held;
  Wiring wiring;

  Result<int> hold(std::string_view content) {
    GREENROOM_TRY(file, memory_file(content));
    held.push_back(std::move(file));
    return held.back().get();
  }
  std::vector<int> numbers() const {
    std::vector<int> all;
    for (const auto& fd : held) all.push_back(fd.get());
    return all;
  }
};

Result<Descriptors> wire(const Plan& plan, const Stage& stage) {
  Descriptors descriptors;
  Wiring& wiring = descriptors.wiring;
  wiring.workspace = stage.workspace();
  wiring.tmp = stage.tmp();
  auto files = etc_files();
  for (const auto& [name, content] : plan.files) files.emplace_back("/greenroom/" + name, content);
  for (const auto& [path, content] : files) {
    GREENROOM_TRY(fd, descriptors.hold(content));
    wiring.files.emplace_back(path, fd);
  }
  const auto& programs = seccomp_programs();
  if (!programs) return tl::unexpected(programs.error());
  for (const auto& program : *programs) {
    GREENROOM_TRY(fd, descriptors.hold(program));
    wiring.filters.push_back(fd);
  }
  GREENROOM_TRY(status, descriptors.hold(""));
  wiring.status = status;
  return descriptors;
}

process::Command bwrap_command(const Plan& plan, const Stage& stage, const Descriptors& descriptors,
                               const OnOutput& on_output, const Cancelled& cancelled) {
  process::Command command;
  command.argv = bwrap_arguments(plan, descriptors.wiring);
  // No environment at all: the job can read that of bubblewrap, which is its process 1.
  command.directory = "/";
  command.wall = plan.limits.wall;
  command.capture_bytes = plan.limits.output_bytes;
  command.keep_fds = descriptors.numbers();
  command.on_output = on_output;
  command.cancelled = cancelled;
  command.before_exec = [&stage] { stage.enter(); };
  return command;
}

// The end of the sandbox's first process is the end of all of them; the kernel may take a moment over it.
Result<void> await_end(const ExitStatus& status) {
  if (!status.init) return {};
  const Fd init(static_cast<int>(::syscall(SYS_pidfd_open, *status.init, 0)));
  if (!init) return {};
  pollfd wait{init.get(), POLLIN, 0};
  if (::poll(&wait, 1, kEndingMilliseconds) == 1) return {};
  return transient("the sandbox's processes do not end");
}

std::string complaint_of(const process::Outcome& outcome) {
  const auto lines = split_lines(trim(outcome.err.head));
  return lines.empty() ? std::string("no reason given") : scrub_utf8(shorten(lines.back(), 300));
}

Result<void> read_verdict(const ExitStatus& status, process::Outcome& outcome) {
  if (outcome.timed_out || outcome.cancelled) return {};
  if (!status.exit_code) {
    const std::string why =
        outcome.signal != 0 ? "ended by signal " + std::to_string(outcome.signal) : complaint_of(outcome);
    // Killed from outside (out of memory, an operator): another try may do better. Anything else will not.
    return fail(outcome.signal != 0 ? ErrorKind::transient : ErrorKind::rejected, "the sandbox did not run: " + why);
  }
  outcome.exit_code = *status.exit_code;
  outcome.signal = 0;
  return {};
}

// A stage of this layering failed: which one to try instead.
std::optional<Layering> weaker(Layering layering) {
  if (layering == Layering::memory) return Layering::disk;
  if (layering == Layering::disk) return Layering::copy;
  return std::nullopt;
}

struct Attempt {
  SandboxOutcome outcome;
  std::string stage_failure;  // set: nothing ran
};

Result<Attempt> attempt(const Plan& plan, const StageSettings& settings, const OnOutput& on_output,
                        const Cancelled& cancelled) {
  GREENROOM_TRY(stage, Stage::prepare(settings));
  GREENROOM_TRY(descriptors, wire(plan, stage));
  Attempt attempt;
  GREENROOM_TRY(outcome, process::run(bwrap_command(plan, stage, descriptors, on_output, cancelled)));
  attempt.stage_failure = stage.failure();
  if (!attempt.stage_failure.empty()) return attempt;
  const ExitStatus status = parse_exit_status(read_memory_file(descriptors.held.back()));
  GREENROOM_CHECK(await_end(status));
  GREENROOM_CHECK(read_verdict(status, outcome));
  attempt.outcome.process = std::move(outcome);
  if (const Fd out = stage.take_out()) {
    auto harvest = take_artefacts(out.get(), plan.artefacts, plan.limits.artefact_bytes);
    attempt.outcome.artefacts = std::move(harvest.taken);
    attempt.outcome.refused_artefacts = std::move(harvest.refused);
  }
  return attempt;
}

StageSettings settings_for(const Plan& plan) {
  StageSettings settings;
  settings.layer_over_workspace = plan.access == WorkspaceAccess::throw_away;
  const bool writes = settings.layer_over_workspace || !plan.artefacts.empty();
  settings.layering = writes ? Layering::memory : Layering::none;
  settings.workspace = plan.workspace;
  settings.bytes = plan.limits.scratch_bytes;
  settings.limits = resource_limits(plan.limits, MemoryGuard::address_space);
  return settings;
}

Result<SandboxOutcome> run_in_layers(const Plan& plan, StageSettings settings, const OnOutput& on_output,
                                     const Cancelled& cancelled) {
  std::optional<Scratch> scratch;
  for (std::string weakness;;) {
    if (settings.layering != Layering::none) {
      scratch.reset();
      GREENROOM_TRY(fresh, Scratch::make(plan.scratch));
      scratch.emplace(std::move(fresh));
      settings.directory = scratch->path();
    }
    if (settings.layering == Layering::copy && settings.layer_over_workspace) {
      GREENROOM_CHECK(scratch->copy_workspace(plan.workspace));
    }
    GREENROOM_TRY(tried, attempt(plan, settings, on_output, cancelled));
    if (tried.stage_failure.empty()) {
      if (!weakness.empty()) tried.outcome.degraded.push_back("disk use is not limited (" + weakness + ")");
      return std::move(tried.outcome);
    }
    const auto next = weaker(settings.layering);
    if (!next) return rejected("the sandbox cannot be built here: " + tried.stage_failure);
    weakness = tried.stage_failure;
    settings.layering = *next;
  }
}

}  // namespace

Result<SandboxOutcome> execute(const Plan& plan, const OnOutput& on_output, const Cancelled& cancelled) {
  GREENROOM_CHECK(refuse_root(::geteuid()));
  GREENROOM_CHECK(check_plan(plan));
  GREENROOM_TRY(outcome, run_in_layers(plan, settings_for(plan), on_output, cancelled));
  outcome.degraded.insert(outcome.degraded.begin(), "memory is limited per process, not per job (no cgroup delegated)");
  outcome.out_of_memory = looks_out_of_memory(outcome.process);
  return outcome;
}

}  // namespace greenroom::sandbox
