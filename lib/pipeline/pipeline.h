#pragma once
// One job's checks over one workspace: run in parallel, parse, place on the author's lines, give each finding its
// identity. Used by the runner (in the sandbox) and by `greenroom check` (on the person's own machine).

#include <functional>
#include <string>
#include <vector>

#include "lib/checks/check.h"
#include "lib/diff/diff.h"
#include "lib/model/check.h"
#include "lib/model/finding.h"

namespace greenroom::pipeline {

struct Workspace {
  std::string directory;           // the checkout
  std::string scratch;             // for throw-away parts
  diff::Diff diff;                 // merge base → head
  std::string seen_as = "/work/";  // how tools see `directory`, with '/' at the end: the beginning of absolute paths
};

// How a check's command is run: sandbox::execute for the runner, the bare tool for the person's own machine.
using Executor = sandbox::Execute;

struct Observer {  // all calls may come from any worker thread
  std::function<void(const model::CheckResult&)> started;
  std::function<void(std::string_view check, std::string_view output)> output;  // live log
  std::function<void(const model::CheckResult&)> finished;
};

struct Report {
  std::vector<model::CheckResult> checks;  // in the order of `checks`
  std::vector<model::Finding> findings;    // sorted by path, line, tool, code
};

// Blocks until every check is final. At most `parallel` at one time, those of the greatest load first. `cancelled` ends
// them all: state cancelled.
Report run(const std::vector<checks::Check>& checks, const Workspace& workspace, const Executor& execute, int parallel,
           const Observer& observer, const std::function<bool()>& cancelled);

}  // namespace greenroom::pipeline
