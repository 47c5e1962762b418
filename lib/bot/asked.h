#pragma once
// What several behaviours ask of an event with a command in it.

#include <string>

#include "lib/bot/behaviour.h"

namespace greenroom::bot {

inline bool is_on_change(const model::Event& event) {
  return event.comment && event.comment->place == model::CommentFacts::Place::change && event.change.has_value();
}
inline bool is_on_issue(const model::Event& event) {
  return event.comment && event.comment->place == model::CommentFacts::Place::issue && event.issue.has_value();
}
inline bool is_author(const model::Event& event) {
  const auto author = event.change  ? event.change->author.host_account_id
                      : event.issue ? event.issue->author.host_account_id
                                    : 0;
  return author != 0 && event.actor.host_account_id == author;
}
inline bool may_triage(const Context& context) { return context.actor_permission >= hosts::Permission::triage; }

// An answer of its own to the event's comment: a redelivery or an edit of the comment never says it again.
inline model::Say answer(const model::Event& event, std::string_view about, std::string markdown) {
  return {std::string(about) + "/" + std::to_string(event.comment ? event.comment->host_comment_id : 0),
          std::move(markdown)};
}

}  // namespace greenroom::bot
