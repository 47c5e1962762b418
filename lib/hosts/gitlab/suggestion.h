#pragma once
// Suggestions as GitLab reads them. Inner to lib/hosts/gitlab. Pure.
// Source: docs.gitlab.com, "Suggest changes": ```suggestion:-A+B replaces the line of the comment, A lines above it and
// B below, at most 100 each way; without them that line alone.

#include <string>
#include <string_view>

namespace greenroom::hosts::gitlab {

// The body, whose suggestions are for the comment's line and `above` lines before it. Over more lines than GitLab
// replaces a suggestion becomes a plain block: half of a fix is none.
std::string with_reach(std::string_view body, int above);

}  // namespace greenroom::hosts::gitlab
