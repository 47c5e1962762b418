#pragma once
// GitLab's webhooks as events. Shapes: docs.gitlab.com, "Webhook events". Pure.
//
// merge_request open and reopen: change_opened; update with new commits (`oldrev`) or another target branch:
//   change_updated, one that turns a draft into none or back: change_readied, change_drafted; close, merge
// issue open and reopen: issue_opened; close: issue_closed; update of its labels: issue_labeled, issue_unlabeled
// note of a person on a merge request or an issue: comment_created
// discussion: GitLab sends none when a thread is settled. deeds.h makes it: resolve: thread_resolved
// Everything else means nothing to Greenroom; so do system notes, edits (their earlier words are not sent), and what
// is confidential or internal.

#include <optional>
#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/model/event.h"

namespace greenroom::hosts::gitlab {

// `object_kind`: GitLab's name of the event, within the body. Errors: user_fault.
Result<std::string> name_in(std::string_view body);

// The event has no trace. A merge request never says the tip of its target branch: base_sha is empty; an author's login
// is empty when only its id was sent. Times are whole seconds: the API has fractions and webhooks do not. A thread's
// reference is its discussion id. Of several labels that one update set, the first one that came, else the first that
// went; the others are found by polling.
// Errors: user_fault naming the member.
Result<std::optional<model::Event>> event_of(std::string_view body);

}  // namespace greenroom::hosts::gitlab
