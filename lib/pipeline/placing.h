#pragma once
// Whose line is it? Puts a check's diagnostics into the change. Pure but for the texts it is given.

#include <string_view>
#include <vector>

#include "lib/diff/diff.h"
#include "lib/model/check.h"
#include "lib/model/finding.h"
#include "lib/pipeline/sources.h"

namespace greenroom::pipeline {

// A formatter's diagnostic moves to the first of the author's lines that its patch would touch; when it touches none,
// the file was untidy before and is not the author's.
std::vector<model::Finding> place(const model::CheckResult& check, const diff::Diff& diff, Sources& sources);

bool concerns_author(const model::Finding& finding);

}  // namespace greenroom::pipeline
