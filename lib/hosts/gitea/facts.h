#pragma once
// Gitea's objects, which its webhooks and its API share, as Greenroom's. Faults stay with `faults`, by their path.
// Shapes: modules/structs of Gitea and Forgejo. Inner to lib/hosts/gitea.

#include <string_view>

#include "lib/hosts/reader.h"
#include "lib/model/event.h"

namespace greenroom::hosts::gitea {

inline constexpr std::size_t kName = 256;         // logins, names, labels
inline constexpr std::size_t kTitle = 1024;       // titles and refs
inline constexpr std::size_t kBody = 256 * 1024;  // the host itself has no limit

// The accounts of people who left and of the host's own automation are none: their ids are -1 and -2, and nobody else
// can have their names.
model::Account account_in(Reader& outer, std::string_view member, Reader& faults);
model::RepositoryFacts repository_in(Reader& root);
model::ChangeFacts change_in(Reader& root);
// Of the object of a change's conversation, which has neither head nor base.
model::ChangeFacts change_in_issue(Reader& root);
model::IssueFacts issue_in(Reader& root);

}  // namespace greenroom::hosts::gitea
