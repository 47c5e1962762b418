#include "lib/hosts/hosts.h"

#include <utility>

#include "lib/hosts/gitea/ingress.h"
#include "lib/hosts/github/ingress.h"
#include "lib/hosts/gitlab/ingress.h"
#include "lib/hosts/local/ingress.h"

namespace greenroom::hosts {
namespace {

struct Row {
  std::string_view name;
  const Ingress* ingress;
};

// One row per git host; a new host is a folder and a row.
const std::vector<Row>& rows() {
  static const local::LocalIngress local_ingress;
  static const github::GithubIngress github_ingress;
  static const gitlab::GitlabIngress gitlab_ingress;
  static const gitea::GiteaIngress gitea_ingress;
  static const std::vector<Row> all{
      {"local", &local_ingress}, {"github", &github_ingress}, {"gitlab", &gitlab_ingress}, {"gitea", &gitea_ingress}};
  return all;
}

}  // namespace

Result<Host::ReadAccess> Host::read_access(std::int64_t) {
  return rejected("repositories of this host are not fetched over the network");
}

bool Host::goes_together(const model::Effect&) const { return false; }

Result<Host::Allowance> Host::allowance(const model::Effect&) { return Allowance(); }

Result<std::vector<std::string>> Host::perform_together(const std::vector<model::Effect>&) {
  return bug("this host takes one thread at a time");
}

Result<Remarks> Host::examine(std::int64_t, const std::string&) { return Remarks(); }

const Ingress* ingress_named(std::string_view host) {
  for (const auto& row : rows()) {
    if (row.name == host) return row.ingress;
  }
  return nullptr;
}

std::vector<std::string> host_names() {
  std::vector<std::string> names;
  for (const auto& row : rows()) names.emplace_back(row.name);
  return names;
}

}  // namespace greenroom::hosts
