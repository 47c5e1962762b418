#include "tests/support/fake_github/graphql_objects.h"

#include "tests/support/fake_github/deeds.h"

namespace greenroom::testing::fake {
namespace {

Json line_or_null(int line) { return line == 0 ? Json() : Json(line); }

std::string page(const Repository& repository, const std::string& rest) {
  return "https://github.com/" + repository.full_name() + rest;
}

// One that pends is its author's alone.
bool is_shown(const Call& call, const Repository& repository, Id comment) {
  const auto& found = repository.comments.at(comment);
  return comment < call.hide_from && (!is_pending(repository, found) || found.author == call.actor.user);
}

Json comments_of(const Call& call, const Repository& repository, const Thread& thread) {
  Json all = Json::array();
  for (const Id id : thread.comments)
    if (is_shown(call, repository, id)) all.push_back(comment_object(call, repository, repository.comments.at(id)));
  return all;
}

// The pull without its threads: nobody asks for those through one of them.
Json pull_alone(const State& state, const Repository& repository, const Issue& issue) {
  const Pull& pull = *issue.pull;
  return {{"__typename", "PullRequest"},
          {"id", node_id("PR", issue.id)},
          {"databaseId", issue.id},
          {"fullDatabaseId", std::to_string(issue.id)},
          {"number", issue.number},
          {"title", issue.title},
          {"body", issue.body},
          {"state", pull.merged  ? "MERGED"
                    : issue.open ? "OPEN"
                                 : "CLOSED"},
          {"isDraft", pull.draft},
          {"headRefOid", pull.head_sha},
          {"headRefName", pull.head_ref},
          {"baseRefName", pull.base_ref},
          {"url", page(repository, "/pull/" + std::to_string(issue.number))},
          {"author", user_object(state, issue.author)},
          {"reviewThreads", Json::array()}};
}

}  // namespace

Json user_object(const State& state, Id id) {
  const User& user = state.user(id);
  const bool is_bot = user.type == User::Type::bot;
  return {{"__typename", is_bot                                  ? "Bot"
                         : user.type == User::Type::organisation ? "Organization"
                                                                 : "User"},
          {"id", node_id(is_bot ? "BOT" : "U", id)},
          {"databaseId", user.id},
          {"login", slug_login(state, user)},
          {"name", nullptr},
          {"url", "https://github.com/" + slug_login(state, user)}};
}

Json repository_object(const Repository& repository) {
  return {{"__typename", "Repository"},         {"id", node_id("R", repository.id)},
          {"databaseId", repository.id},        {"name", repository.name},
          {"isPrivate", repository.is_private}, {"nameWithOwner", repository.full_name()}};
}

Json pull_object(const Call& call, const Repository& repository, const Issue& issue) {
  Json pull = pull_alone(call.state, repository, issue);
  for (const auto& [first, thread] : repository.threads)
    if (thread.number == issue.number && is_shown(call, repository, thread.comments.front()))
      pull["reviewThreads"].push_back(thread_object(call, repository, thread));
  return pull;
}

// Who resolved it is a User by its type, an App's bot too.
Json thread_object(const Call& call, const Repository& repository, const Thread& thread) {
  Json by = thread.resolved ? user_object(call.state, thread.resolved_by) : Json();
  if (thread.resolved) by["__typename"] = "User";
  const Anchor& made = repository.comments.at(thread.comments.front()).anchor;
  const auto& issue = issue_of(repository, thread.number);
  return {{"__typename", "PullRequestReviewThread"},
          {"id", thread.id},
          {"isResolved", thread.resolved},
          {"isOutdated", thread.outdated},
          {"isCollapsed", thread.resolved},
          {"path", thread.anchor.path},
          {"line", line_or_null(thread.anchor.line)},
          {"startLine", line_or_null(thread.anchor.start_line)},
          {"originalLine", line_or_null(made.line)},
          {"originalStartLine", line_or_null(made.start_line)},
          {"diffSide", made.side},
          {"startDiffSide", made.start_side.empty() ? Json() : Json(made.start_side)},
          {"subjectType", made.whole_file ? "FILE" : "LINE"},
          {"viewerCanResolve", !thread.resolved},
          {"viewerCanUnresolve", thread.resolved},
          {"viewerCanReply", true},
          {"resolvedBy", by},
          {"comments", comments_of(call, repository, thread)},
          {"pullRequest", pull_alone(call.state, repository, issue)},
          {"repository", repository_object(repository)}};
}

Json comment_object(const Call& call, const Repository& repository, const Comment& comment) {
  const bool of_review = comment.kind == Comment::Kind::review;
  const std::string id = std::to_string(comment.id), number = std::to_string(comment.number);
  Json object{{"__typename", of_review ? "PullRequestReviewComment" : "IssueComment"},
              {"id", node_id(of_review ? "PRRC" : "IC", comment.id)},
              {"databaseId", comment.id},
              {"fullDatabaseId", id},
              {"body", comment.body},
              {"createdAt", iso(comment.created)},
              {"updatedAt", iso(comment.updated)},
              {"isMinimized", !comment.minimized.empty()},
              {"minimizedReason", comment.minimized.empty() ? Json() : Json(lower(comment.minimized))},
              {"url", page(repository, "/pull/" + number + (of_review ? "#discussion_r" : "#issuecomment-") + id)},
              {"viewerDidAuthor", comment.author == call.actor.user},
              {"author", call.state.users.contains(comment.author) ? user_object(call.state, comment.author) : Json()}};
  if (!of_review) return object;
  const auto thread = repository.threads.find(comment.reply_to == 0 ? comment.id : comment.reply_to);
  const bool known = thread != repository.threads.end();
  object["path"] = comment.anchor.path;
  object["line"] = line_or_null(known ? thread->second.anchor.line : comment.anchor.line);
  object["originalLine"] = line_or_null(comment.anchor.line);
  object["outdated"] = known && thread->second.outdated;
  object["state"] = is_pending(repository, comment) ? "PENDING" : "SUBMITTED";
  const auto first = repository.comments.find(comment.reply_to);
  object["replyTo"] = first == repository.comments.end() ? Json() : comment_object(call, repository, first->second);
  return object;
}

}  // namespace greenroom::testing::fake
