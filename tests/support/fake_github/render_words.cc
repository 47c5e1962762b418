// Comments, reviews, reactions, statuses and check runs.

#include <algorithm>

#include "tests/support/fake_github/diff.h"
#include "tests/support/fake_github/render.h"

namespace greenroom::testing::fake {
namespace {

std::string page(const Repository& repository, const std::string& rest) {
  return "https://github.com/" + repository.full_name() + rest;
}
std::string api(const State& state, const Repository& repository, const std::string& rest) {
  return state.url + "/repos/" + repository.full_name() + rest;
}
Json line_or_null(int line) { return line == 0 ? Json() : Json(line); }

void add_anchor(Json& json, const Repository& repository, const Comment& comment) {
  const Id first = comment.reply_to == 0 ? comment.id : comment.reply_to;
  const auto found = repository.threads.find(first);
  const Anchor& made = comment.anchor;
  const Anchor& now = found == repository.threads.end() ? made : found->second.anchor;
  json["path"] = made.path;
  json["subject_type"] = made.whole_file ? "file" : "line";
  json["line"] = line_or_null(now.line);
  json["side"] = made.side;
  json["start_line"] = line_or_null(now.start_line);
  json["start_side"] = now.start_line == 0 ? Json() : Json(made.start_side);
  json["original_line"] = line_or_null(made.line);
  json["original_start_line"] = line_or_null(made.start_line);
  json["position"] = now.line == 0 && !made.whole_file ? Json() : Json(1);
  json["original_position"] = 1;
  json["commit_id"] = now.commit;
  json["original_commit_id"] = made.commit;
  json["diff_hunk"] = comment.hunk;
}

}  // namespace

Json reactions_summary(const std::vector<Reaction>& reactions) {
  Json json{{"total_count", reactions.size()}};
  for (const auto* content : {"+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"})
    json[content] = std::count_if(reactions.begin(), reactions.end(),
                                  [&](const Reaction& reaction) { return reaction.content == content; });
  return json;
}

Json reaction_json(const State& state, const Reaction& reaction) {
  return {{"id", reaction.id},
          {"node_id", node_id("REA", reaction.id)},
          {"user", user_json(state, reaction.user)},
          {"content", reaction.content},
          {"created_at", iso(reaction.at)}};
}

Json comment_json(const State& state, const Repository& repository, const Comment& comment) {
  const std::string id = std::to_string(comment.id), number = std::to_string(comment.number);
  const bool of_review = comment.kind == Comment::Kind::review;
  const bool on_pull = issue_of(repository, comment.number).pull.has_value();
  Json json{{"id", comment.id},
            {"node_id", node_id(of_review ? "PRRC" : "IC", comment.id)},
            {"body", comment.body},
            {"user", user_json(state, comment.author)},
            {"author_association", comment.author == repository.owner            ? "OWNER"
                                   : is_collaborator(repository, comment.author) ? "COLLABORATOR"
                                                                                 : "NONE"},
            {"created_at", iso(comment.created)},
            {"updated_at", iso(comment.updated)},
            {"reactions", reactions_summary(comment.reactions)}};
  if (!of_review) {
    json["url"] = api(state, repository, "/issues/comments/" + id);
    json["issue_url"] = api(state, repository, "/issues/" + number);
    json["html_url"] = page(repository, (on_pull ? "/pull/" : "/issues/") + number + "#issuecomment-" + id);
    json["performed_via_github_app"] = comment.author == state.options.bot_id ? app_json(state) : Json();
    return json;
  }
  json["url"] = api(state, repository, "/pulls/comments/" + id);
  json["pull_request_url"] = api(state, repository, "/pulls/" + number);
  json["html_url"] = page(repository, "/pull/" + number + "#discussion_r" + id);
  json["pull_request_review_id"] = comment.review == 0 ? Json() : Json(comment.review);
  if (comment.reply_to != 0) json["in_reply_to_id"] = comment.reply_to;
  add_anchor(json, repository, comment);
  return json;
}

Json review_json(const State& state, const Repository& repository, const Review& review) {
  const std::string id = std::to_string(review.id), number = std::to_string(review.number);
  return {{"id", review.id},
          {"node_id", node_id("PRR", review.id)},
          {"user", user_json(state, review.author)},
          {"body", review.body},
          {"state", review.state},
          {"commit_id", review.commit},
          {"submitted_at", time_or_null(review.submitted)},
          {"html_url", page(repository, "/pull/" + number + "#pullrequestreview-" + id)},
          {"pull_request_url", api(state, repository, "/pulls/" + number)}};
}

Json status_json(const State& state, const Repository& repository, const Status& status) {
  return {{"id", status.id},
          {"node_id", node_id("SC", status.id)},
          {"state", status.state},
          {"context", status.context},
          {"description", status.description.empty() ? Json() : Json(status.description)},
          {"target_url", status.target_url.empty() ? Json() : Json(status.target_url)},
          {"creator", user_json(state, status.creator)},
          {"url", api(state, repository, "/statuses/" + status.sha)},
          {"created_at", iso(status.at)},
          {"updated_at", iso(status.at)}};
}

Json check_run_json(const State& state, const Repository& repository, const CheckRun& run) {
  const auto text = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  return {{"id", run.id},
          {"node_id", node_id("CR", run.id)},
          {"name", run.name},
          {"head_sha", run.sha},
          {"external_id", run.external_id},
          {"status", run.status},
          {"conclusion", text(run.conclusion)},
          {"details_url", text(run.details_url)},
          {"url", api(state, repository, "/check-runs/" + std::to_string(run.id))},
          {"html_url", page(repository, "/runs/" + std::to_string(run.id))},
          {"started_at", time_or_null(run.started)},
          {"completed_at", time_or_null(run.completed)},
          {"app", app_json(state)},
          {"pull_requests", Json::array()},
          {"output",
           {{"title", text(run.title)},
            {"summary", text(run.summary)},
            {"text", text(run.text)},
            {"annotations_count", run.annotations.size()},
            {"annotations_url", api(state, repository, "/check-runs/" + std::to_string(run.id) + "/annotations")}}}};
}

}  // namespace greenroom::testing::fake
