#pragma once
// A check: one tool over one head SHA; and what came of it.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/diagnostic.h"

namespace greenroom::model {

enum class CheckKind {
  format,
  lint,
  type,
  test,
  environment,  // no judgement of the change: what its tests and types need was made ready
};

enum class CheckState {
  queued,
  running,
  passed,      // complete output, nothing on the author's lines
  attention,   // complete output, something on the author's lines
  failed,      // tests failed
  incomplete,  // the tool said itself that it did not finish (mypy's "errors prevented further checking"); or tests
               // that left no whole report, were stopped at a limit, or ended pytest itself
  errored,     // our side: tool crashed, timed out, sandbox failed. Never the author's fault
  skipped,     // nothing to look at
  waiting,     // not run: somebody of the project has to see the code first
  cancelled,
};

// The check that is made while planning: changed files whose names no tool can be given. Its headline says what to do.
inline constexpr std::string_view kFileNamesCheck = "file-names";
// The step before the others that builds or finds what the tests import; its findings are faults of the project's lock.
inline constexpr std::string_view kEnvironmentCheck = "environment";
inline constexpr std::string_view kLargeEnvironment = "GR002";  // the code of its finding that is no fault of a lock

// What a run of tests was stopped for. Tests are the change's own code: most often, so is the reason.
enum class Limit { none, time, memory, room };

struct TestCounts {
  int passed = 0, failed = 0, errors = 0, skipped = 0;
};

struct CheckResult {
  std::string name;  // "flake8": unique within the job; the check's key everywhere
  CheckKind kind = CheckKind::lint;
  CheckState state = CheckState::queued;
  std::string headline;      // "3 to look at", "41 passed", "timed out after 60 s": short, plain text
  std::string what;          // one sentence: what this check looks at
  std::string why;           // one sentence: why the project runs it
  std::string run_yourself;  // a command line for home: "greenroom check flake8"
  std::string tool_version;
  std::vector<std::string> degraded;  // sandbox guarantees this machine could not give
  TestCounts tests;
  Limit limit = Limit::none;  // other than none only of tests that are incomplete
  int exit_code = -1;
  TimePoint started_at, finished_at;
  std::string log_head, log_tail;  // valid UTF-8; `log_cut` bytes between them were dropped
  std::uint64_t log_cut = 0;
  std::vector<Diagnostic> diagnostics;  // until they are placed: then each is in a finding, and this is empty
  std::uint64_t unread = 0;             // findings that were printed beyond those that are read; counted only
  std::string patch;                    // formatters: the unified diff (git style paths) that would make them content
};

std::string_view name_of(CheckKind kind);
std::string_view name_of(CheckState state);
std::string_view name_of(Limit limit);
bool is_final(CheckState state);
// Whether such a check executes code of the change. The others only read its files, with settings of our own.
bool executes_the_change(CheckKind kind);

}  // namespace greenroom::model
