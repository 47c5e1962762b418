// Issues, among which pulls stand too, and the comments of their conversations.

#include <algorithm>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/routes.h"
#include "tests/support/fake_github/since.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::string_view kEither = "issues|pull_requests";

Reply list(Call& call) {
  const Since since(call);
  const std::string state = call.request.query_value("state");
  std::vector<const Issue*> found;
  for (const auto& [number, issue] : call.repository().issues) {
    const bool wanted = state == "all" || (state == "closed") != issue.open;
    if (wanted && since.holds(issue.updated)) found.push_back(&issue);
  }
  since.sort(found, Since::Usual::newest_first);
  std::vector<Json> all;
  for (const auto* issue : found) all.push_back(issue_json(call.state, call.repository(), *issue));
  return paged(call, all);
}

Reply show(Call& call) { return ok(issue_json(call.state, call.repository(), find_issue(call, 0, Access::read))); }

Reply create(Call& call) {
  const auto title = text(call.body, "title"), body = text(call.body, "body");
  if (title.empty()) invalid("Issue", "title", "title can't be blank");
  const auto& issue = open_issue(call.state, call.repository(), call.actor.user, title, body, std::nullopt);
  call.wrote("issue.create", issue.number);
  return ok(issue_json(call.state, call.repository(), issue), 201);
}

Reply edit(Call& call) {
  Issue& issue = find_issue(call, 0, Access::write);
  const auto title = text(call.body, "title", issue.title), body = text(call.body, "body", issue.body);
  if (title != issue.title || body != issue.body) {
    edit_issue(call.state, call.repository(), issue, call.actor.user, title, body);
    call.wrote("issue.edit", issue.number);
  }
  const auto state = text(call.body, "state", issue.open ? "open" : "closed");
  if ((state == "open") != issue.open) {
    if (issue.open)
      close(call.state, call.repository(), issue, call.actor.user, false);
    else
      reopen(call.state, call.repository(), issue, call.actor.user);
    call.wrote("issue." + state, issue.number);
  }
  return ok(issue_json(call.state, call.repository(), issue));
}

Reply list_comments(Call& call) {
  const Issue& issue = find_issue(call, 0, Access::read);
  const Since since(call);
  std::vector<Json> all;
  for (const auto& [id, comment] : call.repository().comments)
    if (comment.kind == Comment::Kind::conversation && comment.number == issue.number && since.holds(comment.updated))
      all.push_back(comment_json(call.state, call.repository(), comment));
  return paged(call, all);
}

Reply comment_on(Call& call) {
  Issue& issue = find_issue(call, 0, Access::write);
  const auto body = words_of(call.body, "IssueComment");
  const auto& comment = say(call.state, call.repository(), issue, call.actor.user, body);
  call.wrote("comment.create", issue.number);
  return ok(comment_json(call.state, call.repository(), comment), 201);
}

}  // namespace

Routes issue_routes() {
  return {{"GET", "/repos/{}/{}/issues", reads(kEither), list},
          {"POST", "/repos/{}/{}/issues", writes("issues"), create},
          {"GET", "/repos/{}/{}/issues/{}", reads(kEither), show},
          {"PATCH", "/repos/{}/{}/issues/{}", writes(kEither, Role::triage), edit},
          {"GET", "/repos/{}/{}/issues/{}/comments", reads(kEither), list_comments},
          {"POST", "/repos/{}/{}/issues/{}/comments", writes(kEither), comment_on}};
}

}  // namespace greenroom::testing::fake
