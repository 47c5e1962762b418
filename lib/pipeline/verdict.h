#pragma once
// From what a tool did to the state and the headline of its check. Pure.

#include <string_view>

#include "lib/checks/check.h"
#include "lib/diagnostics/parser.h"
#include "lib/model/check.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::pipeline {

// The check before it runs: words and version, state queued.
model::CheckResult waiting(const checks::Check& check);

// Reads the outcome into `result`: log, diagnostics, counts, patch; and a state unless that depends on whose lines they
// are. `root` is how the tool saw the workspace.
void read_outcome(const checks::Check& check, const sandbox::SandboxOutcome& outcome,
                  const diagnostics::Format::Source& source, std::string_view root, model::CheckResult& result);

// Of a check that planning has decided already.
void take_verdict(const checks::Check& check, model::CheckResult& result);

// Sets state and headline when read_outcome left the check running. `on_author_lines` counts findings that concern the
// author.
void conclude(model::CheckResult& result, int on_author_lines);

}  // namespace greenroom::pipeline
