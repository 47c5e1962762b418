// What GitlabHost reads: rights, projects, changes.

#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/facts.h"
#include "lib/hosts/gitlab/host.h"

namespace greenroom::hosts::gitlab {
namespace {

std::string path_of(std::int64_t project) { return "/projects/" + std::to_string(project); }

tl::unexpected<Error> unreadable(const Error& why) { return transient("GitLab's answer: " + why.message); }

// docs.gitlab.com, "Members API": 5 minimal access, 10 guest, 15 planner, 20 reporter, 30 developer, 40 maintainer,
// 50 owner. Whoever may change a project's settings is its administrator.
Permission permission_of(std::int64_t level) {
  if (level >= 40) return Permission::admin;
  if (level >= 30) return Permission::write;
  if (level >= 15) return Permission::triage;
  return level >= 10 ? Permission::read : Permission::none;
}

Result<model::RepositoryFacts> facts_of(const json::Value& project) {
  const json::Value outer{{"project", project}};
  Reader root(outer, "");
  auto facts = repository_in(root);
  if (const auto read = root.result(); !read) return unreadable(read.error());
  return facts;
}

model::EventKind kind_of(const std::string& state) {
  if (state == "merged") return model::EventKind::change_merged;
  return state == "closed" ? model::EventKind::change_closed : model::EventKind::change_opened;
}

}  // namespace

// Who is no member may read what everyone may.
Result<Permission> GitlabHost::permission(std::int64_t host_repository_id, std::int64_t account_id) {
  const auto path = path_of(host_repository_id), account = std::to_string(account_id);
  const auto member = api_.get(path + "/members/all/" + account);
  if (member) {
    const bool active = json::integer(*member, "id") == account_id && json::text(*member, "state") == "active";
    return active ? permission_of(json::integer(*member, "access_level")) : Permission::none;
  }
  if (member.error().kind != ErrorKind::not_found) return tl::unexpected(member.error());
  const auto user = api_.get("/users/" + account);
  if (!user && user.error().kind == ErrorKind::not_found) return Permission::none;
  if (!user) return tl::unexpected(user.error());
  GREENROOM_TRY(project, api_.get(path));
  const bool is_open = json::text(project, "visibility") == "public" && json::text(*user, "state") == "active";
  return is_open ? Permission::read : Permission::none;
}

Result<Host::ReadAccess> GitlabHost::read_access(std::int64_t host_repository_id) {
  GREENROOM_TRY(project, api_.get(path_of(host_repository_id)));
  const auto path = json::text(project, "path_with_namespace");
  if (!is_project_path(path)) return transient("GitLab's answer names no project");
  return ReadAccess{web_url_of(options_.api_url) + "/" + path + ".git", options_.read_token};
}

Result<std::vector<Host::Head>> GitlabHost::open_heads(std::int64_t host_repository_id) {
  GREENROOM_TRY(changes, api_.all(path_of(host_repository_id) + "/merge_requests?scope=all&state=opened"));
  std::vector<Head> heads;
  for (const auto& change : changes) {
    auto sha = json::text(change, "sha");  // none while GitLab prepares it
    if (is_sha(sha)) heads.push_back({json::integer(change, "iid"), std::move(sha)});
  }
  return heads;
}

Result<std::vector<model::RepositoryFacts>> GitlabHost::repositories() {
  GREENROOM_TRY(rows, api_.all("/projects?membership=true&archived=false&order_by=id&sort=asc"));
  std::vector<model::RepositoryFacts> all;
  for (const auto& row : rows) {
    GREENROOM_TRY(facts, facts_of(row));
    if (!facts.default_branch.empty()) all.push_back(std::move(facts));  // else it is empty: nothing to review
  }
  return all;
}

Result<model::Event> GitlabHost::describe(std::int64_t host_repository_id, std::int64_t number) {
  GREENROOM_TRY(row, api_.get(path_of(host_repository_id) + "/merge_requests/" + std::to_string(number)));
  // Both are made in the background, a moment after the change is opened.
  const auto start = json::text(json::member(row, "diff_refs"), "start_sha");
  if (!is_sha(json::text(row, "sha")) || !is_sha(start)) return transient("GitLab is still preparing this change");
  GREENROOM_TRY(project, api_.get(path_of(host_repository_id)));
  GREENROOM_TRY(facts, facts_of(project));
  const json::Value outer{{"change", row}};
  Reader root(outer, "");
  model::Event event;
  event.change = change_in(root, "change");
  Reader reader(row, "");
  event.at = time_in(reader, "updated_at");
  root.take_fault(reader);
  if (const auto read = root.result(); !read) return unreadable(read.error());
  event.kind = kind_of(json::text(row, "state"));
  event.repository = std::move(facts);
  event.change->base_sha = start;
  event.actor = event.change->author;
  GREENROOM_TRY(rights, permission(host_repository_id, event.change->author.host_account_id));
  event.change->trusted_author = rights >= Permission::triage;
  return event;
}

}  // namespace greenroom::hosts::gitlab
