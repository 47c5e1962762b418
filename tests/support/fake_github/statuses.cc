// Statuses of commits.

#include <algorithm>

#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::int64_t kMostPerContext = 1000;
constexpr std::size_t kLongestDescription = 140;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Reply create(Call& call) {
  const std::string& sha = call.params.at(0);
  if (!call.repository().commits.contains(sha)) refuse(422, "No commit found for SHA: " + sha);
  Status status;
  status.sha = sha;
  status.state = text(call.body, "state");
  status.context = text(call.body, "context", "default");
  status.description = text(call.body, "description");
  status.target_url = text(call.body, "target_url");
  if (!is_one_of(status.state, {"error", "failure", "pending", "success"}))
    invalid("Status", "state", "state is not included in the list");
  if (characters(status.description) > kLongestDescription)
    invalid("Status", "description", "description is too long (maximum is 140 characters)");
  if (!status.target_url.empty() && !status.target_url.starts_with("http://") &&
      !status.target_url.starts_with("https://"))
    invalid("Status", "target_url", "target_url must use http(s) scheme");
  auto& all = call.repository().statuses;
  const auto same = std::count_if(all.begin(), all.end(),
                                  [&](const Status& one) { return one.sha == sha && one.context == status.context; });
  if (same >= kMostPerContext)
    invalid("Status", "sha", "This SHA and context has reached the maximum number of statuses.");
  status.id = call.state.next_id();
  status.creator = call.actor.user;
  status.at = call.state.now();
  all.push_back(status);
  call.wrote("status.create");
  return ok(status_json(call.state, call.repository(), status), 201);
}

std::vector<Json> newest_first(const Call& call, const std::string& sha, bool only_last) {
  const auto& statuses = call.repository().statuses;
  std::vector<Json> all;
  std::set<std::string> seen;
  for (auto status = statuses.rbegin(); status != statuses.rend(); ++status)
    if (status->sha == sha && (!only_last || seen.insert(status->context).second))
      all.push_back(status_json(call.state, call.repository(), *status));
  return all;
}

Reply list(Call& call) { return paged(call, newest_first(call, find_commit(call, 0), false)); }

Reply combined(Call& call) {
  const std::string sha = find_commit(call, 0);
  const auto last = newest_first(call, sha, true);
  const auto any = [&](std::string_view state) {
    return std::any_of(last.begin(), last.end(), [&](const Json& one) { return one["state"] == state; });
  };
  Reply reply = paged(call, last, "statuses");
  reply.body["sha"] = sha;
  reply.body["state"] = any("error") || any("failure")   ? "failure"
                        : any("pending") || last.empty() ? "pending"
                                                         : "success";
  return reply;
}

}  // namespace

Routes status_routes() {
  return {{"POST", "/repos/{}/{}/statuses/{}", writes("statuses", Role::write), create},
          {"GET", "/repos/{}/{}/statuses/{}", reads("statuses"), list},
          {"GET", "/repos/{}/{}/commits/{}/statuses", reads("statuses"), list},
          {"GET", "/repos/{}/{}/commits/{}/status", reads("statuses"), combined}};
}

}  // namespace greenroom::testing::fake
