// Commit statuses: docs.gitlab.com, "Commits API"; GitLab's lib/api/commit_statuses.rb.

#include <algorithm>

#include "tests/support/fake_gitlab/call.h"

namespace greenroom::testing::gitlab {
namespace {

Json status_json(const Status& status) {
  return {{"id", status.id},
          {"sha", status.sha},
          {"ref", status.ref},
          {"name", status.name},
          {"status", status.state},
          {"description", status.description},
          {"target_url", status.target_url.empty() ? Json() : Json(status.target_url)}};
}

// The newest of each name.
Reply list(Call& call) {
  const auto name = call.request.query_value("name");
  if (!call.project().commits.contains(call.params.at(0))) refuse(404, "404 Commit Not Found");
  Json rows = Json::array();
  std::vector<std::string> seen;
  const auto& all = call.project().statuses;
  for (auto one = all.rbegin(); one != all.rend(); ++one) {
    const bool is_older = std::find(seen.begin(), seen.end(), one->name) != seen.end();
    if (one->sha != call.params.at(0) || (!name.empty() && one->name != name) || is_older) continue;
    seen.push_back(one->name);
    rows.push_back(status_json(*one));
  }
  return paged(call, rows);
}

bool is_over(const std::string& state) { return state != "pending" && state != "running"; }

std::string ref_of(const Call& call, const std::string& sha) {
  if (auto ref = call.word("ref"); !ref.empty()) return ref;
  for (const auto& [branch, tip] : call.project().branches)
    if (tip == sha) return branch;
  refuse(404, "404 References for commit Not Found");
}

Reply set(Call& call) {
  call.needs(Level::developer);
  const auto& sha = call.params.at(0);
  auto& project = call.project();
  if (!project.commits.contains(sha)) refuse(404, "404 Commit Not Found");
  Status wanted{0,
                sha,
                ref_of(call, sha),
                call.word("name"),
                call.word("state"),
                call.word("description"),
                call.word("target_url")};
  const std::vector<std::string> states{"pending", "running", "success", "failed", "canceled", "skipped"};
  if (std::find(states.begin(), states.end(), wanted.state) == states.end())
    refuse(400, "state does not have a valid value");
  if (wanted.description.size() > 255) refuse(400, "description is too long");
  const auto standing = std::find_if(project.statuses.begin(), project.statuses.end(), [&](const Status& one) {
    return one.sha == sha && one.name == wanted.name && !is_over(one.state);
  });
  if (standing == project.statuses.end()) {
    wanted.id = call.state.next_id();
    project.statuses.push_back(wanted);
  } else {
    if (standing->state == wanted.state)
      refuse(400, "Cannot transition status via :run from :running (Reason(s): Status cannot transition via \"run\")");
    wanted.id = standing->id;
    *standing = wanted;
  }
  call.wrote("status");
  return {201, status_json(wanted), {}};
}

}  // namespace

Routes status_routes() {
  return {{"GET", "/projects/{}/repository/commits/{}/statuses", list}, {"POST", "/projects/{}/statuses/{}", set}};
}

}  // namespace greenroom::testing::gitlab
