// Pulls: one, lists, files and commits.

#include <algorithm>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/diff.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

std::string asked(const Call& call, std::string_view name, std::string_view otherwise) {
  const std::string given = call.request.query_value(name);
  return given.empty() ? std::string(otherwise) : given;
}

Reply list(Call& call) {
  const std::string state = asked(call, "state", "open"), base = asked(call, "base", "");
  std::vector<const Issue*> found;
  for (const auto& [number, issue] : call.repository().issues) {
    if (!issue.pull || (state != "all" && (state == "open") != issue.open)) continue;
    if (base.empty() || issue.pull->base_ref == base) found.push_back(&issue);
  }
  const bool by_update = asked(call, "sort", "created") == "updated";
  const bool ascending = asked(call, "direction", "desc") == "asc";
  std::stable_sort(found.begin(), found.end(), [&](const Issue* a, const Issue* b) {
    const auto key = [&](const Issue* issue) {
      return std::pair(by_update ? issue->updated : issue->created, issue->number);
    };
    return ascending ? key(a) < key(b) : key(b) < key(a);
  });
  std::vector<Json> all;
  for (const auto* issue : found) all.push_back(pull_json(call.state, call.repository(), *issue, Detail::listed));
  return paged(call, all);
}

Reply show(Call& call) { return ok(pull_json(call.state, call.repository(), find_pull(call, 0), Detail::full)); }

Reply edit(Call& call) {
  Issue& issue = find_pull(call, 0);
  const auto title = text(call.body, "title", issue.title), body = text(call.body, "body", issue.body);
  if (title != issue.title || body != issue.body) {
    edit_issue(call.state, call.repository(), issue, call.actor.user, title, body);
    call.wrote("pull.edit", issue.number);
  }
  const auto state = text(call.body, "state", issue.open ? "open" : "closed");
  if ((state == "open") != issue.open) {
    if (issue.open)
      close(call.state, call.repository(), issue, call.actor.user, false);
    else
      reopen(call.state, call.repository(), issue, call.actor.user);
    call.wrote("pull." + state, issue.number);
  }
  return show(call);
}

Reply files(Call& call) {
  const auto& pull = *find_pull(call, 0).pull;
  std::vector<Json> all;
  for (const auto& change : changes_of(call.repository(), base_sha_of(call.repository(), pull), pull.head_sha)) {
    const int added = change.count('+'), removed = change.count('-');
    all.push_back({{"filename", change.path},
                   {"status", change.status},
                   {"additions", added},
                   {"deletions", removed},
                   {"changes", added + removed},
                   {"patch", patch_of(change.hunks)}});
  }
  return paged(call, all);
}

Reply commits(Call& call) {
  const auto& issue = find_pull(call, 0);
  const auto& pull = *issue.pull;
  std::vector<Json> all;
  for (const auto& sha : commits_between(call.repository(), base_sha_of(call.repository(), pull), pull.head_sha)) {
    const auto& commit = call.repository().commits.at(sha);
    Json parents = Json::array();
    if (!commit.parent.empty()) parents.push_back({{"sha", commit.parent}});
    all.push_back({{"sha", sha},
                   {"commit", {{"message", "A change"}, {"author", {{"date", iso(commit.at)}}}}},
                   {"author", user_json(call.state, issue.author)},
                   {"parents", parents}});
  }
  return paged(call, all);
}

}  // namespace

Routes pull_routes() {
  return {{"GET", "/repos/{}/{}/pulls", reads("pull_requests"), list},
          {"GET", "/repos/{}/{}/pulls/{}", reads("pull_requests"), show},
          {"PATCH", "/repos/{}/{}/pulls/{}", writes("pull_requests", Role::write), edit},
          {"GET", "/repos/{}/{}/pulls/{}/files", reads("pull_requests"), files},
          {"GET", "/repos/{}/{}/pulls/{}/commits", reads("pull_requests"), commits}};
}

}  // namespace greenroom::testing::fake
