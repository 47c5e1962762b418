#include "lib/sandbox/attempt.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/base/text.h"
#include "lib/sandbox/artefacts.h"
#include "lib/sandbox/ask_to_end.h"
#include "lib/sandbox/bwrap.h"
#include "lib/sandbox/etc_folder.h"
#include "lib/sandbox/exit_status.h"
#include "lib/sandbox/memory_file.h"
#include "lib/sandbox/out_of_memory.h"
#include "lib/sandbox/out_of_room.h"
#include "lib/sandbox/seccomp_filter.h"

namespace greenroom::sandbox {
namespace {

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

// A kernel with keys names those of the runner's user to every process of that user, in whatever namespaces it is; no
// call of the job can read one, but it need not know their names either.
std::vector<std::string> blanked_files() {
  std::vector<std::string> found;
  for (const char* path : {"/proc/keys", "/proc/key-users"})
    if (::access(path, F_OK) == 0) found.emplace_back(path);
  return found;
}

Result<Descriptors> wire(const Plan& plan, const Stage& stage) {
  Descriptors descriptors;
  Wiring& wiring = descriptors.wiring;
  wiring.workspace = stage.workspace();
  wiring.tmp = stage.tmp();
  GREENROOM_TRY(etc, etc_folder(plan.scratch, plan.root));
  wiring.etc = std::move(etc);
  wiring.blanked = blanked_files();
  for (const auto& [name, content] : plan.files) {
    GREENROOM_TRY(fd, descriptors.hold(content));
    wiring.files.emplace_back("/greenroom/" + name, fd);
  }
  const auto& program = seccomp_program();
  if (!program) return tl::unexpected(program.error());
  GREENROOM_TRY(filter, descriptors.hold(*program));
  wiring.filter = filter;
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
  command.ask_to_end = [status = &descriptors.held.back()] {
    const auto init = parse_exit_status(read_memory_file(*status)).init;
    return init && ask_to_end(*init);
  };
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

enum class Memory { enough, ran_out };

Result<void> read_verdict(const ExitStatus& status, Memory memory, process::Outcome& outcome) {
  if (outcome.timed_out || outcome.cancelled) return {};
  if (!status.exit_code && memory == Memory::enough) {
    const std::string why =
        outcome.signal != 0 ? "ended by signal " + std::to_string(outcome.signal) : complaint_of(outcome);
    // Killed from outside (an operator, a machine without memory): another try may do better. Anything else will not.
    return fail(outcome.signal != 0 ? ErrorKind::transient : ErrorKind::rejected, "the sandbox did not run: " + why);
  }
  // A group that runs out of memory is killed as a whole, with bubblewrap, before that can report.
  outcome.exit_code = status.exit_code.value_or(128 + SIGKILL);
  outcome.signal = 0;
  return {};
}

void take_home(const Plan& plan, const Fd& out, SandboxOutcome& outcome) {
  if (!out) return;
  auto harvest = take_artefacts(out.get(), plan.artefacts, plan.limits.artefact_bytes);
  outcome.artefacts = std::move(harvest.taken);
  outcome.refused_artefacts = std::move(harvest.refused);
}

}  // namespace

Result<Attempt> attempt(const Plan& plan, const StageSettings& settings, const JobCgroup* group,
                        const OnOutput& on_output, const Cancelled& cancelled) {
  GREENROOM_TRY(stage, Stage::prepare(settings));
  GREENROOM_TRY(descriptors, wire(plan, stage));
  Attempt attempt;
  GREENROOM_TRY(outcome, process::run(bwrap_command(plan, stage, descriptors, on_output, cancelled)));
  attempt.stage_failure = stage.failure();
  if (!attempt.stage_failure.empty()) return attempt;
  const ExitStatus status = parse_exit_status(read_memory_file(descriptors.held.back()));
  GREENROOM_CHECK(await_end(status));
  const bool ran_out = group != nullptr && group->ran_out_of_memory();
  GREENROOM_CHECK(read_verdict(status, ran_out ? Memory::ran_out : Memory::enough, outcome));
  attempt.outcome.out_of_memory = group == nullptr ? looks_out_of_memory(outcome) : ran_out;
  attempt.outcome.process = std::move(outcome);
  const Fd out = stage.take_out();
  // On the machine's own disk a lack of room says nothing about this job.
  attempt.outcome.room = room_of(attempt.outcome.process, settings.layering == Layering::memory ? &out : nullptr);
  take_home(plan, out, attempt.outcome);
  return attempt;
}

}  // namespace greenroom::sandbox
