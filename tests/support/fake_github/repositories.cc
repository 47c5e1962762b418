// Repositories, what people may do in them, and files.

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::string_view kRoles[] = {"none", "read", "triage", "write", "maintain", "admin"};

// The older word for it knows four.
std::string_view permission_of(Role role) {
  if (role == Role::maintain) return "write";
  if (role == Role::triage) return "read";
  return kRoles[static_cast<std::size_t>(role)];
}

Json with_rights(const Call& call, Id user) {
  const Role role = role_of(call.repository(), user);
  Json json = user_json(call.state, user);
  json["role_name"] = kRoles[static_cast<std::size_t>(role)];
  json["permissions"] = {{"pull", role >= Role::read},
                         {"triage", role >= Role::triage},
                         {"push", role >= Role::write},
                         {"maintain", role >= Role::maintain},
                         {"admin", role >= Role::admin}};
  return json;
}

Reply show(Call& call) { return ok(repository_json(call.state, call.repository())); }

Reply permission(Call& call) {
  const auto* user = call.state.find_user(call.params.at(0));
  if (user == nullptr) refuse(404, call.params.at(0) + " is not a user");
  const Role role = role_of(call.repository(), user->id);
  return ok({{"permission", permission_of(role)},
             {"role_name", kRoles[static_cast<std::size_t>(role)]},
             {"user", with_rights(call, user->id)}});
}

Reply list_collaborators(Call& call) {
  std::vector<Json> all;
  for (const auto& [user, role] : call.repository().roles)
    if (role != Role::none) all.push_back(with_rights(call, user));
  return paged(call, all);
}

Reply is_one(Call& call) {
  const auto* user = call.state.find_user(call.params.at(0));
  if (user == nullptr || !is_collaborator(call.repository(), user->id)) refuse(404, "Not Found");
  return no_content();
}

// Sixty characters a line, as the real host writes it.
std::string in_lines(const std::string& encoded) {
  std::string text;
  for (std::size_t at = 0; at < encoded.size(); at += 60) text += encoded.substr(at, 60) + "\n";
  return text;
}

Json entry(const std::string& path, const std::string& content) {
  const auto slash = path.rfind('/');
  return {{"type", "file"},
          {"name", slash == std::string::npos ? path : path.substr(slash + 1)},
          {"path", path},
          {"sha", to_hex(sha256(content)).substr(0, 40)},
          {"size", content.size()}};
}

// What lies in a folder; of what lies deeper, the folder that holds it.
Reply folder(const std::map<std::string, std::string>& files, const std::string& path) {
  const std::string prefix = path.empty() ? "" : path + "/";
  Json all = Json::array();
  std::string last;
  for (const auto& [file, content] : files) {
    if (!file.starts_with(prefix)) continue;
    const auto slash = file.find('/', prefix.size());
    if (slash == std::string::npos) {
      all.push_back(entry(file, content));
    } else if (file.substr(0, slash) != last) {
      last = file.substr(0, slash);
      all.push_back({{"type", "dir"}, {"name", last.substr(prefix.size())}, {"path", last}, {"size", 0}});
    }
  }
  if (all.empty() && !path.empty()) refuse(404, "Not Found");
  return ok(all);
}

Reply contents(Call& call) {
  const auto& repository = call.repository();
  std::string ref = call.request.query_value("ref");
  if (ref.empty()) ref = repository.default_branch;
  const auto branch = repository.branches.find(ref);
  const auto commit = repository.commits.find(branch == repository.branches.end() ? ref : branch->second);
  if (commit == repository.commits.end()) refuse(404, "No commit found for the ref " + ref);
  const std::string& path = call.params.at(0);
  const auto file = commit->second.files.find(path);
  if (file == commit->second.files.end()) return folder(commit->second.files, path);
  Json json = entry(path, file->second);
  const bool large = file->second.size() > (1u << 20);
  json["encoding"] = large ? "none" : "base64";
  json["content"] = large ? "" : in_lines(base64_encode(file->second));
  return ok(json);
}

}  // namespace

Routes repository_routes() {
  return {{"GET", "/repos/{}/{}", reads("metadata"), show},
          {"GET", "/repos/{}/{}/collaborators", reads("metadata"), list_collaborators},
          {"GET", "/repos/{}/{}/collaborators/{}", reads("metadata"), is_one},
          {"GET", "/repos/{}/{}/collaborators/{}/permission", reads("metadata"), permission},
          {"GET", "/repos/{}/{}/contents", reads("contents"), contents},
          {"GET", "/repos/{}/{}/contents/{*}", reads("contents"), contents}};
}

}  // namespace greenroom::testing::fake
