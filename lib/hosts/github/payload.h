#pragma once
// GitHub's webhooks as events. Shapes: docs.github.com, "Webhook events and payloads"; GitHub Enterprise Server's are
// the same, older ones without `draft` and `merged`. Pure.
//
// pull_request opened and reopened: change_opened; synchronize, and edited with another base: change_updated; closed:
//   change_merged or change_closed; converted_to_draft, ready_for_review
// issues opened and reopened: issue_opened; closed, deleted and transferred: issue_closed; labeled, unlabeled
// issue_comment and pull_request_review_comment created, edited; pull_request_review submitted: the words of a review
// pull_request_review_thread resolved, unresolved
// check_run and check_suite rerequested: rerun_requested, of which only the change's head is known
// Everything else means nothing to Greenroom, whatever is in it.

#include <optional>
#include <string_view>

#include "lib/base/error.h"
#include "lib/json/json.h"
#include "lib/model/event.h"

namespace greenroom::hosts::github {

// `name` is X-GitHub-Event, which nobody signs: a body that has not that event's members is refused.
// The event has no trace. A comment in the conversation of a change comes without the change's head and refs: these are
// then empty. A thread's reference is the id of its first comment.
// Errors: user_fault naming the member.
Result<std::optional<model::Event>> event_of(std::string_view name, std::string_view body);

// The pull request object of the REST API, as in a webhook; with the members that a list has.
Result<model::ChangeFacts> change_of(const json::Value& pull_request);

}  // namespace greenroom::hosts::github
