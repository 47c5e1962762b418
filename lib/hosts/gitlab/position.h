#pragma once
// Where a thread stands, as GitLab wants it said. Inner to lib/hosts/gitlab. Pure.
// Source: docs.gitlab.com, "Discussions API", "Create a new thread in the merge request diff".
//
// The three SHAs are one version's of the merge request. Of an added line the new number alone is said, of an unchanged
// one both; of a range the line codes of its ends too: the path's SHA-1, the place in the old file and in the new one.

#include "lib/base/error.h"
#include "lib/json/json.h"
#include "lib/model/effect.h"

namespace greenroom::hosts::gitlab {

// `version`: GET …/merge_requests/:iid/versions/:id, with its diffs. Errors: rejected (the file is not of the change,
// or GitLab does not show what changed in it).
Result<json::Value> position_of(const model::Effect& thread, const json::Value& version);

}  // namespace greenroom::hosts::gitlab
