#pragma once
// Tests that cannot be imported because a package of theirs is not on this machine say nothing about the change.

#include "lib/model/check.h"
#include "lib/pipeline/sources.h"

namespace greenroom::pipeline {

// Makes such a check incomplete, with a headline that names the packages. A module of the project itself is the
// project's own matter, and so is a single test that did run and failed.
void excuse_missing_packages(model::CheckResult& result, const Sources& sources);

}  // namespace greenroom::pipeline
