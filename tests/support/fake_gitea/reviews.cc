// Reviews: routers/api/v1/repo/pull_review.go of Gitea and Forgejo, which differ in what may be done to their comments.

#include "tests/support/fake_gitea/call.h"

namespace greenroom::testing::gitea {
namespace {

Reply pulls(Call& call) {
  std::vector<Json> all;
  for (auto one = call.repository().issues.rbegin(); one != call.repository().issues.rend(); ++one)
    if (one->second.is_pull() && (one->second.open || call.request.query_value("state") != "open"))
      all.push_back(pull_json(call.state, call.repository(), one->second));
  return linked(call, all);
}

Reply show_pull(Call& call) { return ok(pull_json(call.state, call.repository(), call.pull(0))); }

// Whose review is not submitted, that one alone sees it: it counts, and is not shown.
Reply list(Call& call) {
  const auto number = call.pull(0).number;
  std::vector<Json> all;
  for (const auto& [id, review] : call.state.reviews) {
    if (call.state.repository_of.at(id) != call.repository().id || review.number != number) continue;
    const bool hidden = review.state == "PENDING" && review.author != call.user;
    all.push_back(hidden ? Json(nullptr) : review_json(call.state, review));
  }
  return counted(call, all);
}

Review& review_in(const Call& call) {
  const auto found = call.state.reviews.find(call.number(1));
  if (found == call.state.reviews.end() || call.state.repository_of.at(found->first) != call.repository().id ||
      found->second.number != call.pull(0).number)
    refuse(404, "review does not exist");
  if (found->second.state == "PENDING" && found->second.author != call.user) refuse(404, "review does not exist");
  return found->second;
}

Reply comments(Call& call) {
  const auto& review = review_in(call);
  std::vector<Json> all;
  for (const auto& [id, row] : call.state.rows)
    if (row.review == review.id && row.type == Row::Type::code) all.push_back(code_json(call.state, row));
  return whole(call, all);
}

// Positions are lines of the file, and an old one wins over a new one.
Row code_in(const Call& call, const Json& wanted) {
  Row code;
  code.path = text(wanted, "path");
  code.body = text(wanted, "body");
  const auto old_line = integer(wanted, "old_position");
  code.line = old_line > 0 ? -old_line : integer(wanted, "new_position");
  if (!call.state.forgejo()) return code;  // Gitea knows no such member
  code.extra = integer(wanted, "extra_lines_count");
  const auto lines = call.repository().lines.find(code.path);
  const bool known = lines != call.repository().lines.end() && code.line > 0;
  if (code.extra < 0 || (code.extra > 0 && known && code.line + code.extra > lines->second))
    refuse(422, "invalid extra_lines_count");
  return code;
}

// The own change is neither approved nor refused.
std::string verdict_in(const Call& call, const Issue& pull) {
  const auto event = text(call.body, "event");
  const bool has_body = !text(call.body, "body").empty(), has_comments = !call.body.value("comments", Json()).empty();
  const bool judges = event == "APPROVED" || event == "REQUEST_CHANGES";
  if (judges && pull.author == call.user) refuse(422, "approve your own pull is not allowed");
  if (event == "REQUEST_CHANGES" && !has_body) refuse(422, "review event REQUEST_CHANGES requires a body");
  if (event == "COMMENT" && !has_body && !has_comments)
    refuse(422, "review event COMMENT requires a body or a comment");
  return judges || event == "COMMENT" ? event : "PENDING";
}

// One comment after the other into the pending review, and then that is submitted: not one transaction.
Reply create(Call& call) {
  Issue& pull = call.pull(0);
  const auto verdict = verdict_in(call, pull);
  if (call.half != Call::Half::second) {
    for (const auto& wanted : call.body.value("comments", Json::array()))
      add_code(call.state, call.repository(), pull, call.user, code_in(call, wanted));
    if (call.fault && call.fault->fault.what == Fault::What::stop_midway) refuse(call.fault->fault.status, "");
    if (call.half == Call::Half::first) {
      call.held = true;
      return no_content();
    }
  }
  const Review* review = submit_review(call.state, call.repository(), pull, call.user, verdict, text(call.body, "body"),
                                       text(call.body, "commit_id"));
  if (review == nullptr) refuse(500, "");
  call.wrote("review.create");
  return ok(review_json(call.state, *review));
}

Reply remove(Call& call) {
  const Review review = review_in(call);
  if (review.author != call.user) refuse(403, "");
  std::erase_if(call.state.rows, [&](const auto& entry) { return entry.second.review == review.id; });
  call.state.reviews.erase(review.id);
  call.wrote("review.delete");
  return no_content();
}

// Forgejo: into a review that stands.
Reply add_comment(Call& call) {
  const auto& review = review_in(call);
  Row code = code_in(call, call.body);
  code.review = review.id;
  const auto& row = answer_code(call.state, call.repository(), call.pull(0), call.user, std::move(code));
  call.wrote("comment.reply");
  return ok(code_json(call.state, row));
}

// Forgejo, too: one of a review's comments, by its author.
Reply delete_code(Call& call) {
  const auto review = review_in(call).id;
  const Row code = call.row(2);
  if (code.review != review) refuse(404, "comment does not exist");
  if (code.author != call.user) refuse(403, "");
  call.state.rows.erase(code.id);
  call.wrote("comment.delete");
  return no_content();
}

// Gitea: by who opened the change, or may write.
Reply settle(Call& call, bool resolved) {
  Row& row = call.row(0);
  if (row.type != Row::Type::code) refuse(400, "not a review comment");
  if (call.repository().issues.at(row.number).author != call.user) call.needs(Role::write);
  row.resolver = resolved ? call.user : 0;
  call.wrote(resolved ? "resolve" : "unresolve");
  return no_content();
}
Reply resolve(Call& call) { return settle(call, true); }
Reply unresolve(Call& call) { return settle(call, false); }

}  // namespace

Routes review_routes(const State& state) {
  Routes routes{{"GET", "/repos/{}/{}/pulls", pulls},
                {"GET", "/repos/{}/{}/pulls/{}", show_pull},
                {"GET", "/repos/{}/{}/pulls/{}/reviews", list},
                {"POST", "/repos/{}/{}/pulls/{}/reviews", create},
                {"DELETE", "/repos/{}/{}/pulls/{}/reviews/{}", remove},
                {"GET", "/repos/{}/{}/pulls/{}/reviews/{}/comments", comments}};
  if (state.forgejo()) {
    routes.push_back({"POST", "/repos/{}/{}/pulls/{}/reviews/{}/comments", add_comment});
    routes.push_back({"DELETE", "/repos/{}/{}/pulls/{}/reviews/{}/comments/{}", delete_code});
  }
  if (!state.forgejo() && state.options.resolves) {
    routes.push_back({"POST", "/repos/{}/{}/pulls/comments/{}/resolve", resolve});
    routes.push_back({"POST", "/repos/{}/{}/pulls/comments/{}/unresolve", unresolve});
  }
  return routes;
}

}  // namespace greenroom::testing::gitea
