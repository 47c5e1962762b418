#pragma once
// One lease of one try: the snippet or the branch in the slot's folder, the checks, the run, and the report to its
// owner. Private to this room.

#include <functional>

#include "lib/model/practice.h"
#include "lib/work/heartbeat.h"
#include "lib/work/worker.h"

namespace greenroom::work {

class PracticeAttempt {
 public:
  PracticeAttempt(const Settings& settings, pg::Pool& db, const SlotDirectory& slot, const model::PracticeTry& lease,
                  const std::function<bool()>& stopping);
  Ended run();

 private:
  Result<model::PracticeReport> look();
  Result<model::PracticeReport> look_at_snippet();
  Result<model::PracticeReport> look_at_branch();
  Result<model::Ran> run_snippet(const std::string& directory);
  Ended fail(const Error& error);
  Ended leave();
  bool wanted() const { return lease_kept_.held() && !stopping_(); }

  const Settings& settings_;
  pg::Pool& db_;
  const SlotDirectory& slot_;
  const model::PracticeTry& lease_;
  const std::function<bool()>& stopping_;
  const Heartbeat lease_kept_;
};

}  // namespace greenroom::work
