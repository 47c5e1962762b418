#pragma once
// One lease of one job, from claim to end. Private to this room.

#include <functional>

#include "lib/model/job.h"
#include "lib/pg/pg.h"
#include "lib/work/admission.h"
#include "lib/work/heartbeat.h"
#include "lib/work/project.h"
#include "lib/work/worker.h"

namespace greenroom::work {

class Attempt {
 public:
  struct Place {
    const Settings& settings;
    pg::Pool& db;
    const redis::Options& redis;
    const SlotDirectory& slot;
  };
  Attempt(const Place& place, const model::Job& job, const std::function<bool()>& stopping);
  Ended run();

 private:
  Result<Admission> admitted(const Project& project);
  Ended run_checks(const Project& project, Admission admission);
  Ended report(const Project& project, pipeline::Report report);
  Ended fail(const Error& error);
  Ended leave_for_later(const Error& error);
  Ended leave();  // the lease is lost, the job cancelled, or the runner stopping
  bool wanted() const { return lease_.held() && !stopping_(); }
  void pause(std::chrono::milliseconds time) const;  // ends early when the job is no longer wanted

  template <class T>
  Result<T> persistently(const std::function<Result<T>(pg::Connection&)>& action);

  const Place place_;
  const model::Job& job_;
  const std::function<bool()>& stopping_;
  const Heartbeat lease_;
};

}  // namespace greenroom::work
