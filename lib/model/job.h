#pragma once
// Stage 4 of the line: the checks of one head SHA, leased by one runner at a time.
// A lease carries an epoch; a write under an old epoch changes nothing (invariant I7).

#include <optional>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/ids.h"

namespace greenroom::model {

enum class JobState { queued, leased, finished, cancelled, dead };
inline constexpr int kMaxAttempts = 3;  // process deaths count (invariant I5)
inline constexpr std::chrono::seconds kLease{30};
inline constexpr std::chrono::seconds kHeartbeat{10};

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
  int attempt = 0;  // 1 for the first lease
  TimePoint lease_until;
};

}  // namespace greenroom::model
