#pragma once
// A check: one tool over one head SHA; and what came of it.

#include <chrono>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/diagnostic.h"

namespace greenroom::model {

enum class CheckKind { format, lint, type, test };

enum class CheckState {
  queued,
  running,
  passed,      // complete output, nothing on the author's lines
  attention,   // complete output, something on the author's lines
  failed,      // tests failed
  incomplete,  // the tool said itself that it did not finish (mypy's "errors prevented further checking", no JUnit
               // report)
  errored,     // our side: tool crashed, timed out, sandbox failed. Never the author's fault
  skipped,     // nothing to look at
  cancelled,
};

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
  int exit_code = -1;
  TimePoint started_at, finished_at;
  std::string log_head, log_tail;  // valid UTF-8; `log_cut` bytes between them were dropped
  std::uint64_t log_cut = 0;
  std::vector<Diagnostic> diagnostics;
  std::string patch;  // formatters: the unified diff (git style paths) that would make them content
};

std::string_view name_of(CheckKind kind);
std::string_view name_of(CheckState state);
bool is_final(CheckState state);

}  // namespace greenroom::model
