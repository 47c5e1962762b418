#pragma once
// What people did since: GitLab keeps no list of deliveries that others may read, so this one is made of what stands on
// its merge requests and issues. Inner to lib/hosts/gitlab. One thread at a time.
// Sources: docs.gitlab.com, "Merge requests API", "Issues API" (updated_after), "Discussions API", "Resource label
// events API", "Resource state events API".
//
// A cursor is the time, in milliseconds since 1970, up to which everything was read. A deed may be told again, never
// left out; its meaning is that of its webhook, so it is done once. Settling a thread moves no time on GitLab: it is
// told when the merge request moves next. Opening it again leaves no trace, and is not told.

#include <string>

#include "lib/base/clock.h"
#include "lib/hosts/gitlab/api.h"
#include "lib/hosts/host.h"

namespace greenroom::hosts::gitlab {

bool is_cursor(std::string_view text);

// Without the bot's own; an empty cursor begins three days back. Errors: Api's.
Result<Host::Deeds> deeds_since(Api& api, std::int64_t project, std::int64_t bot, const std::string& cursor,
                                TimePoint now);

}  // namespace greenroom::hosts::gitlab
