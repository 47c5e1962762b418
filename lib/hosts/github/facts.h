#pragma once
// GitHub's objects, which its webhooks and its REST API share, as Greenroom's. Faults stay with `faults`, by their
// path. Inner to lib/hosts/github.

#include <string_view>

#include "lib/hosts/reader.h"
#include "lib/model/event.h"

namespace greenroom::hosts::github {

inline constexpr std::size_t kName = 256;         // logins, names, labels
inline constexpr std::size_t kTitle = 1024;       // titles and refs
inline constexpr std::size_t kBody = 256 * 1024;  // 65,536 characters

// An account that was deleted is null: its words belong to GitHub's user "ghost".
model::Account account_in(Reader& outer, std::string_view member, Reader& faults);
model::RepositoryFacts repository_in(Reader& root);
model::ChangeFacts change_in(Reader& root, std::string_view member);
// Of the conversation's object of a change, which has neither head nor base.
model::ChangeFacts change_in_issue(Reader& root);
model::IssueFacts issue_in(Reader& root);

}  // namespace greenroom::hosts::github
