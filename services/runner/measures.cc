#include "services/runner/measures.h"

namespace greenroom::runner {
namespace {

constexpr const char* kRunning = "greenroom_runner_jobs_running";
constexpr const char* kRunningHelp = "Jobs that this runner works on now.";
constexpr const char* kEnded = "greenroom_runner_jobs_total";
constexpr const char* kEndedHelp = "Jobs that this runner has ended, by how; lease_lost: another one has the job.";

constexpr work::Ended kEndings[] = {work::Ended::finished, work::Ended::cancelled, work::Ended::lease_lost,
                                    work::Ended::failed, work::Ended::given_back};

metrics::Labels labels_of(work::Ended ended) { return {{"result", std::string(work::name_of(ended))}}; }

}  // namespace

Measures::Measures() {
  registry_.set(kRunning, kRunningHelp, 0);
  for (const work::Ended ended : kEndings) registry_.count(kEnded, kEndedHelp, labels_of(ended), 0);
}

void Measures::slots(std::size_t count) {
  registry_.set("greenroom_runner_slots", "Jobs that this runner takes at one time.", static_cast<double>(count));
}

void Measures::guarantee(const sandbox::Guarantee& guarantee) {
  registry_.set("greenroom_runner_guarantee", "1 when this machine holds the sandbox guarantee, 0 when it is degraded.",
                guarantee.held ? 1 : 0, {{"guarantee", guarantee.name}});
}

void Measures::begins(const model::Job& job) {
  registry_.change(kRunning, kRunningHelp, 1);
  if (job.attempt > 1) return;  // what it waits for a second time is not the queue
  registry_.observe("greenroom_runner_queue_wait_seconds", "How long a job was queued before its first lease.",
                    std::chrono::duration<double>(job.waited).count());
}

void Measures::ends(work::Ended ended) {
  registry_.change(kRunning, kRunningHelp, -1);
  registry_.count(kEnded, kEndedHelp, labels_of(ended));
}

}  // namespace greenroom::runner
