// Comments of conversations and reactions.

#include <algorithm>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/webhook.h"

namespace greenroom::testing::fake {
namespace {

void tell_of_comment(State& state, const Repository& repository, const Comment& comment, const std::string& action,
                     Id who, Json members = Json::object()) {
  const auto& issue = issue_of(repository, comment.number);
  members["comment"] = comment_json(state, repository, comment);
  if (comment.kind == Comment::Kind::conversation) {
    members["issue"] = issue_json(state, repository, issue);
    return tell(state, repository, "issue_comment", action, who, members);
  }
  members["pull_request"] = pull_json(state, repository, issue, Detail::listed);
  tell(state, repository, "pull_request_review_comment", action, who, members);
}

}  // namespace

Comment& say(State& state, Repository& repository, Issue& issue, Id author, const std::string& body) {
  Comment comment;
  comment.id = state.next_id();
  comment.number = issue.number;
  comment.author = author;
  comment.body = body;
  comment.created = comment.updated = issue.updated = state.now();
  auto& kept = repository.comments[comment.id] = std::move(comment);
  tell_of_comment(state, repository, kept, "created", author);
  return kept;
}

void edit_comment(State& state, Repository& repository, Comment& comment, Id editor, const std::string& body) {
  const std::string before = comment.body;
  comment.body = body;
  comment.updated = state.now();
  if (is_pending(repository, comment)) return;
  tell_of_comment(state, repository, comment, "edited", editor, {{"changes", {{"body", {{"from", before}}}}}});
}

void delete_comment(State& state, Repository& repository, Id id, Id who) {
  const Comment comment = comment_of(repository, id);
  const bool pending = is_pending(repository, comment);
  if (!pending) tell_of_comment(state, repository, comment, "deleted", who);
  repository.comments.erase(id);
  for (auto thread = repository.threads.begin(); thread != repository.threads.end();) {
    std::erase(thread->second.comments, id);
    thread = thread->second.comments.empty() ? repository.threads.erase(thread) : std::next(thread);
  }
}

std::pair<Reaction, bool> react(State& state, std::vector<Reaction>& reactions, Id user, const std::string& content) {
  for (const auto& reaction : reactions)
    if (reaction.user == user && reaction.content == content) return {reaction, false};
  reactions.push_back({state.next_id(), user, content, state.now()});
  return {reactions.back(), true};
}

}  // namespace greenroom::testing::fake
