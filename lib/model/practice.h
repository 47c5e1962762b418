#pragma once
// A try: what a person wants to see checked, or run, for themselves. It has no change and no review, and nothing of it
// is counted or posted: docs/practice.md.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lib/model/check.h"
#include "lib/model/finding.h"
#include "lib/model/ids.h"
#include "lib/model/job.h"

namespace greenroom::model {

inline constexpr std::size_t kLargestSnippet = 64u << 10;  // bytes; the table's CHECK says the same

// As a runner leases it; whose it is, it does not know.
struct PracticeTry {
  TryId id;
  TraceId trace;
  std::string file_name;    // of a snippet: "snippet.py"; empty: a branch
  std::string content;      // the snippet
  RepositoryId repository;  // the branch's, from here on
  std::string host;
  std::int64_t host_repository_id = 0;
  std::string head_sha, base_sha;
  bool run = false;                  // the snippet itself, or the branch's tests
  MayRun may_run = MayRun::reading;  // what lets it; without, nothing is executed
  std::int64_t lease_epoch = 0;
  int attempt = 0;  // 1 for the first lease
  bool is_snippet() const { return !file_name.empty(); }
};

struct Ran {           // a snippet that was run
  std::string ending;  // "ended well", "ended with exit code 3", "was ended by its time limit"
  bool well = false;
  std::chrono::milliseconds took{0};
  std::string out, err;  // valid UTF-8, each at most kShownOutput bytes and a note of what was cut
};
inline constexpr std::size_t kShownOutput = 64u << 10;

struct PracticeReport {
  std::vector<CheckResult> checks;
  std::vector<Finding> findings;  // sorted by path, line, tool, code
  std::optional<Ran> ran;
  std::string config_error;  // of the project's .greenroom.yml; may be empty
};

}  // namespace greenroom::model
