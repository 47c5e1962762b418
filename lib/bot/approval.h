#pragma once
// Whether code of a change's head may run: docs/approval.md. Asked anew for every job, whatever queued it, from what is
// true at that moment: rights are the host's word by numeric id, an approval is of one head. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "lib/hosts/host.h"
#include "lib/model/job.h"

namespace greenroom::bot {

struct ApprovalRule {  // the operator's
  enum class Required {
    never,       // everything runs at once
    tests,       // what only reads the files runs at once, tests wait
    everything,  // nothing runs before
  } required = Required::tests;
  int trust_after_merged = 0;  // merged changes of a person here after which nothing of theirs waits; 0: it always does
};
// "never", "tests", "everything". nullopt: no such word.
std::optional<ApprovalRule::Required> required_named(std::string_view word);

struct Trust {  // what is known about one head and its author
  std::string author_login;
  hosts::Permission author = hosts::Permission::none;
  int merged_changes = 0;                                // of the author in this project
  std::string approver_login;                            // of exactly this head; empty: nobody approved it
  hosts::Permission approver = hosts::Permission::none;  // today's, not that of the day of the approval
};

struct Verdict {
  model::MayRun may_run = model::MayRun::nothing;
  std::string because;  // plain text; empty unless everything may run
};
Verdict verdict_on(const ApprovalRule& rule, const Trust& trust);

// Whoever may write may bring code into the project without asking anybody, so they may let code run, too.
inline bool may_approve(hosts::Permission permission) { return permission >= hosts::Permission::write; }

}  // namespace greenroom::bot
