// One comment, of a conversation or of a review; and all of a repository's.

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/routes.h"
#include "tests/support/fake_github/since.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::string_view kEither = "issues|pull_requests";
using Kind = Comment::Kind;

template <Kind kind>
Reply list(Call& call) {
  const Since since(call);
  std::vector<const Comment*> found;
  for (const auto& [id, comment] : call.repository().comments)
    if (comment.kind == kind && since.holds(comment.updated) && !is_pending(call.repository(), comment))
      found.push_back(&comment);
  since.sort(found, Since::Usual::oldest_first);
  std::vector<Json> all;
  for (const auto* comment : found) all.push_back(comment_json(call.state, call.repository(), *comment));
  return paged(call, all);
}

template <Kind kind>
Reply show(Call& call) {
  return ok(comment_json(call.state, call.repository(), find_comment(call, 0, kind)));
}

// A person needs the role for what somebody else wrote. An App with the permission does not, on the real host either:
// whoever edits by a stranger's id edits a stranger's words.
void only_by_right(const Call& call, const Comment& comment) {
  if (comment.author == call.actor.user || call.actor.kind == Actor::Kind::installation) return;
  if (role_of(call.repository(), call.actor.user) < Role::write) refuse(403, "Must have admin rights to Repository.");
}

template <Kind kind>
Reply edit(Call& call) {
  Comment& comment = find_comment(call, 0, kind);
  only_by_right(call, comment);
  const auto body = words_of(call.body, kind == Kind::review ? "PullRequestReviewComment" : "IssueComment");
  if (body != comment.body) {
    edit_comment(call.state, call.repository(), comment, call.actor.user, body);
    call.wrote("comment.edit", comment.number);
  }
  return ok(comment_json(call.state, call.repository(), comment));
}

template <Kind kind>
Reply remove(Call& call) {
  const Comment& comment = find_comment(call, 0, kind);
  only_by_right(call, comment);
  const auto number = comment.number;
  delete_comment(call.state, call.repository(), comment.id, call.actor.user);
  call.wrote("comment.delete", number);
  return no_content();
}

}  // namespace

Routes comment_routes() {
  return {{"GET", "/repos/{}/{}/issues/comments", reads(kEither), list<Kind::conversation>},
          {"GET", "/repos/{}/{}/issues/comments/{}", reads(kEither), show<Kind::conversation>},
          {"PATCH", "/repos/{}/{}/issues/comments/{}", writes(kEither), edit<Kind::conversation>},
          {"DELETE", "/repos/{}/{}/issues/comments/{}", writes(kEither), remove<Kind::conversation>},
          {"GET", "/repos/{}/{}/pulls/comments", reads("pull_requests"), list<Kind::review>},
          {"GET", "/repos/{}/{}/pulls/comments/{}", reads("pull_requests"), show<Kind::review>},
          {"PATCH", "/repos/{}/{}/pulls/comments/{}", writes("pull_requests"), edit<Kind::review>},
          {"DELETE", "/repos/{}/{}/pulls/comments/{}", writes("pull_requests"), remove<Kind::review>}};
}

}  // namespace greenroom::testing::fake
