#pragma once
// Gitea's and Forgejo's webhooks as events. Shapes: modules/structs/hook.go and services/webhook/notifier.go of both;
// the event's name is that of the header X-…-Event, not of X-…-Event-Type. Pure.
//
// pull_request opened and reopened: change_opened; synchronized, and edited with another base (`changes.ref`):
//   change_updated; closed: change_merged or change_closed; edited with a title that begins or ends to say that it is
//   work in progress: change_drafted, change_readied
// issues opened and reopened: issue_opened; closed and deleted: issue_closed
// issue_comment created, edited: also of a change, then `is_pull`, and of an answer in a review's conversation
// pull_request_approved, _rejected and _comment, under their other names pull_request_review_…: they come without the
//   review's id and without its comments, so that they mean nothing here; what a review says is found by polling
// issues label_updated: it does not name the label; which one it was is found by polling
// Everything else means nothing to Greenroom, whatever is in it.
//
// What polling finds (deeds.h) has the same shapes, with members that the host's webhooks never have: `at`, the time of
// the deed; `label` of the actions labeled and unlabeled; `comment.thread`, the id of the first comment of the
// conversation that an inline comment stands in.

#include <optional>
#include <string_view>

#include "lib/base/error.h"
#include "lib/json/json.h"
#include "lib/model/event.h"

namespace greenroom::hosts::gitea {

// `name` is signed by nobody: a body that has not that event's members is refused. The event has no trace. A comment on
// a change comes without the change's head and refs: these are then empty.
// Errors: user_fault naming the member.
Result<std::optional<model::Event>> event_of(std::string_view name, std::string_view body);

// The pull request object of the API, as in a webhook. Errors: user_fault.
Result<model::ChangeFacts> change_of(const json::Value& pull_request);

}  // namespace greenroom::hosts::gitea
