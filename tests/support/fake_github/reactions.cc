// Reactions to issues, pulls and comments. No webhook tells of them.

#include <algorithm>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::string_view kEither = "issues|pull_requests";
constexpr std::string_view kContents[] = {"+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"};

std::vector<Reaction>& to_issue(const Call& call, Access access) { return find_issue(call, 0, access).reactions; }
template <Comment::Kind kind>
std::vector<Reaction>& to_comment(const Call& call, Access) {
  return find_comment(call, 0, kind).reactions;
}
using Find = std::vector<Reaction>& (*)(const Call&, Access);

template <Find find>
Reply list(Call& call) {
  std::vector<Json> all;
  const auto content = call.request.query_value("content");
  for (const auto& reaction : find(call, Access::read))
    if (content.empty() || reaction.content == content) all.push_back(reaction_json(call.state, reaction));
  return paged(call, all);
}

template <Find find>
Reply create(Call& call) {
  const auto content = text(call.body, "content");
  if (std::find(std::begin(kContents), std::end(kContents), content) == std::end(kContents))
    invalid("Reaction", "content", "content is no reaction");
  const auto [reaction, is_new] = react(call.state, find(call, Access::write), call.actor.user, content);
  if (is_new) call.wrote("reaction.create");
  return ok(reaction_json(call.state, reaction), is_new ? 201 : 200);
}

template <Find find>
Reply remove(Call& call) {
  auto& reactions = find(call, Access::write);
  const Id id = call.number(1);
  const auto found =
      std::find_if(reactions.begin(), reactions.end(), [&](const Reaction& one) { return one.id == id; });
  if (found == reactions.end()) refuse(404, "Not Found");
  if (found->user != call.actor.user) refuse(403, "Must have admin rights to Repository.");
  reactions.erase(found);
  call.wrote("reaction.delete");
  return no_content();
}

template <Find find>
void add(Routes& routes, std::string_view pattern, std::string_view one, std::string_view sections) {
  routes.push_back({"GET", pattern, reads(sections), list<find>});
  routes.push_back({"POST", pattern, writes(sections), create<find>});
  routes.push_back({"DELETE", one, writes(sections), remove<find>});
}

}  // namespace

Routes reaction_routes() {
  Routes routes;
  add<to_issue>(routes, "/repos/{}/{}/issues/{}/reactions", "/repos/{}/{}/issues/{}/reactions/{}", kEither);
  add<to_comment<Comment::Kind::conversation>>(routes, "/repos/{}/{}/issues/comments/{}/reactions",
                                               "/repos/{}/{}/issues/comments/{}/reactions/{}", kEither);
  add<to_comment<Comment::Kind::review>>(routes, "/repos/{}/{}/pulls/comments/{}/reactions",
                                         "/repos/{}/{}/pulls/comments/{}/reactions/{}", "pull_requests");
  return routes;
}

}  // namespace greenroom::testing::fake
