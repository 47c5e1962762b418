#pragma once
// What people did, for whom webhooks were lost, and what no webhook says: which label it was, and the words of reviews.
// Comments, reviews, labels and states of every issue and change are rows of one table of the host, whose ids ascend:
// the newest id that was seen is the place. Inner to lib/hosts/gitea. Shapes: payload.h.
// Source: routers/api/v1/repo/issue_comment.go of Gitea and Forgejo, ListIssueCommentsAndTimeline.

#include <optional>
#include <string>
#include <string_view>

#include "lib/hosts/gitea/api.h"
#include "lib/hosts/gitea/session.h"
#include "lib/hosts/host.h"

namespace greenroom::hosts::gitea {

struct Cursor {
  TimePoint since;                  // nothing older is looked at: narrows the lists
  std::int64_t row = 0, issue = 0;  // the newest that were seen

  static std::optional<Cursor> read(std::string_view text);  // "1772442000.88.12": seconds, row, issue
  std::string text() const;
};

// One page of them. Errors: Api's.
Result<Host::Deeds> read_deeds(Api& api, const Access& access, const Bot& bot, const Cursor& from);

}  // namespace greenroom::hosts::gitea
