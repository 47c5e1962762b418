#pragma once
// One slot of a runner: takes a leased job from its commit to its report. The lease is renewed all the while; when it
// is lost, or the job was cancelled, the checks are ended and nothing of them is reported.

#include <functional>
#include <string>
#include <string_view>

#include "lib/checks/check.h"
#include "lib/model/job.h"
#include "lib/pg/pg.h"
#include "lib/redis/redis.h"

namespace greenroom::work {

struct Settings {
  std::string directory;  // mirrors, checkouts and scratch of this runner lie below it
  std::string git_root;   // the practice host's bare repositories
  int parallel = 2;       // checks of one job at one time
  checks::Toolbox toolbox;
  const config::Config& config;  // the operator's; outlives the workers
};

enum class Ended { finished, cancelled, lease_lost, failed, given_back };
std::string_view name_of(Ended ended);

// Used by one thread; `db` is shared. `slot` is this worker's number, the name of its folder.
class Worker {
 public:
  Worker(const Settings& settings, pg::Pool& db, redis::Options redis, int slot);
  // Blocks. `stopping` is polled from several threads; once true the job goes back to the queue, uncounted.
  Ended work(const model::Job& job, const std::function<bool()>& stopping);

 private:
  const Settings& settings_;
  pg::Pool& db_;
  redis::Options redis_;
  std::string slot_directory_;
};

}  // namespace greenroom::work
