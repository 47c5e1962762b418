#pragma once
// One slot of a runner: takes a leased job from its commit to its report. The lease is renewed all the while; when it
// is lost, or the job was cancelled, the checks are ended and nothing of them is reported.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "lib/checks/check.h"
#include "lib/model/job.h"
#include "lib/model/practice.h"
#include "lib/pg/pg.h"
#include "lib/pipeline/pipeline.h"
#include "lib/redis/redis.h"
#include "lib/work/directory.h"

namespace greenroom::work {

struct Settings {
  std::string directory;  // mirrors, checkouts and scratch of this runner lie below it
  std::string git_root;   // the practice host's bare repositories
  int parallel = 2;       // checks of one job at one time
  checks::Toolbox toolbox;
  config::Config config;                         // the operator's
  pipeline::Executor execute;                    // sandbox::execute
  std::string root_filesystem;                   // what it shows jobs as /usr, in words for people
  std::uintmax_t least_free_bytes = 512u << 20;  // with less free space no job is taken
  // A job that failed on our side waits this long times its attempt before it is queued again, and this slot with it:
  // a fault of this machine must not use up the attempts of every job in the queue.
  std::chrono::milliseconds retry_pause{5000};
  std::chrono::milliseconds access_patience{60000};  // with the bot, and the host behind it, before a fetch
};

enum class Ended { finished, cancelled, lease_lost, failed, given_back };
std::string_view name_of(Ended ended);

// Used by one thread; `settings` and `db` outlive it, `db` is shared.
class Worker {
 public:
  Worker(const Settings& settings, pg::Pool& db, redis::Options redis, SlotDirectory slot);

  // Whether this machine can take a job now. Ask before claiming. Errors: transient (the disk is full).
  Result<void> able() const;
  // Blocks. `stopping` is polled from several threads; once true the job goes back to the queue, uncounted.
  Ended work(const model::Job& job, const std::function<bool()>& stopping);
  // The same for what a person tries for themselves. Nothing of it reaches a job, a review or a log.
  Ended work(const model::PracticeTry& lease, const std::function<bool()>& stopping);

 private:
  const Settings& settings_;
  pg::Pool& db_;
  redis::Options redis_;
  SlotDirectory slot_;
};

}  // namespace greenroom::work
