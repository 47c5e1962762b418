#pragma once
// Where a job's commits are fetched from. The practice host's repositories lie on a disk that the runner reads; for
// others the bot, which knows the host, gives an address and a token that may read this one repository: sealed to a key
// made for this lease (docs/work.md). Private to this room. One thread.

#include <functional>

#include "lib/git/mirror.h"
#include "lib/model/job.h"
#include "lib/pg/pg.h"
#include "lib/work/worker.h"

namespace greenroom::work {

git::FetchSource practice_source(const Settings& settings, std::int64_t host_repository_id);

class ReadAccess {
 public:
  // What is given must outlive this object.
  ReadAccess(pg::Pool& db, const model::Job& job, const Settings& settings, std::function<bool()> cancelled)
      : db_(db), job_(job), settings_(settings), cancelled_(std::move(cancelled)) {}

  // Errors: user_fault (the host does not let the bot in; in words for people), transient (no answer, or cancelled).
  Result<git::FetchSource> source();
  // Whether an answer did not come: that is no fault of the job.
  bool is_away() const { return away_; }

 private:
  Result<git::FetchSource> ask();

  pg::Pool& db_;
  const model::Job& job_;
  const Settings& settings_;
  const std::function<bool()> cancelled_;
  bool away_ = false;
};

}  // namespace greenroom::work
