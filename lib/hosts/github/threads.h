#pragma once
// Review threads, which GitHub shows through GraphQL alone. Inner to lib/hosts/github.

#include <map>
#include <string>

#include "lib/hosts/github/api.h"
#include "lib/hosts/github/session.h"

namespace greenroom::hosts::github {

struct Thread {
  std::string node;  // GraphQL's id
  bool resolved = false;
  std::string resolved_by;  // login; a bot's has no "[bot]" here. Empty: nobody, or an account that is gone
};

// Of the change, by the id of each thread's first comment. Errors: Api's.
Result<std::map<std::int64_t, Thread>> threads_of(Api& api, const Access& access, std::int64_t number);
// Errors: Api's; in_doubt too.
Result<void> set_resolved(Api& api, const Access& access, const std::string& node, bool resolved);

}  // namespace greenroom::hosts::github
