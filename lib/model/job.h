#pragma once
// Stage 4 of the line: the checks of one head SHA, leased by one runner at a time.
// A lease carries an epoch; a write under an old epoch changes nothing (invariant I7).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/ids.h"

namespace greenroom::model {

enum class JobState { queued, leased, finished, cancelled, dead };
inline constexpr int kMaxAttempts = 3;  // process deaths count (invariant I5)
inline constexpr std::chrono::seconds kLease{30};
inline constexpr std::chrono::seconds kHeartbeat{10};

// job.priority. One level below the next: somebody waits for the first two, the third is upkeep.
inline constexpr int kPersonWaits = 2;  // opened, pushed, approved
inline constexpr int kAskedAgain = 1;   // a second run of a head that has had its answer
inline constexpr int kUpkeep = 0;
inline constexpr std::chrono::minutes kRaisedAfter{5};  // of waiting, by one level: nothing waits for ever

// What a job may run: docs/approval.md. Code of people whom the project does not know waits for an approval.
enum class MayRun {
  nothing,
  reading,     // checks that only read the change's files
  everything,  // its tests too: the head was approved
};

std::string_view name_of(MayRun may_run);

struct Job {
  JobId id;
  TraceId trace;
  RepositoryId repository;
  ChangeId change;
  std::string host;  // key of the host's configuration
  std::int64_t host_repository_id = 0;
  std::string head_sha;
  std::string base_sha;  // tip of the base branch; the runner finds the merge base
  std::int64_t lease_epoch = 0;
  MayRun may_run = MayRun::nothing;
  JobId continues;  // of the same head, before its approval: what that one found is kept
  int attempt = 0;  // 1 for the first lease
  TimePoint lease_until;
  Duration waited{0};  // from being queued to this lease
};

}  // namespace greenroom::model
