#pragma once
// GitLab's objects, as its webhooks and its API show them, as Greenroom's. Faults stay with `faults`, by their path.
// Inner to lib/hosts/gitlab.

#include <string_view>

#include "lib/hosts/reader.h"
#include "lib/model/event.h"

namespace greenroom::hosts::gitlab {

inline constexpr std::size_t kName = 1024;           // usernames, labels: 255 characters
inline constexpr std::size_t kTitle = 1024;          // titles, refs, paths of projects
inline constexpr std::size_t kBody = 4 * 1'048'576;  // 1,048,576 characters
inline constexpr std::size_t kLabels = 500;

// GitLab sends "2026-11-01T10:00:00.123Z" and "2026-11-01 10:00:00 UTC". Whole seconds.
TimePoint time_in(Reader& reader, std::string_view member);
model::Account account_in(Reader& outer, std::string_view member, Reader& faults);
model::RepositoryFacts repository_in(Reader& root);
// With `last_commit` of a webhook, or `sha` of the API, or an empty head: GitLab has not prepared it, or it has no
// commits. Without an author's object, the author is known by id alone.
model::ChangeFacts change_in(Reader& root, std::string_view member);
model::IssueFacts issue_in(Reader& root, std::string_view member);

}  // namespace greenroom::hosts::gitlab
