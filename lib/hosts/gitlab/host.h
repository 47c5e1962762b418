#pragma once
// GitLab's Host, for gitlab.com and instances of one's own. One thread at a time.
//
// References: of a thread its discussion id (40 hex digits), of every other comment the decimal id of its note. A
// status is a commit status. Before it writes it looks: what stands already costs no write, and nothing that is not the
// bot's own, by numeric id, is edited or deleted.

#include <optional>

#include "lib/hosts/gitlab/api.h"
#include "lib/hosts/gitlab/options.h"
#include "lib/hosts/host.h"

namespace greenroom::hosts::gitlab {

class GitlabHost : public Host {
 public:
  GitlabHost(const Options& options, const Clock& clock);

  std::int64_t bot_account_id() const override;  // 0, "": GitLab could not be asked
  std::string bot_login() const override;
  Result<std::string> perform(const model::Effect& effect) override;
  Result<Allowance> allowance(const model::Effect& effect) override;
  std::chrono::seconds silence() const override { return api_.silence(); }
  Result<std::vector<Standing>> standing(const model::Target& target, const Secret& marker_key) override;
  Result<Permission> permission(std::int64_t host_repository_id, std::int64_t account_id) override;
  Result<ReadAccess> read_access(std::int64_t host_repository_id) override;
  Result<std::vector<Head>> open_heads(std::int64_t host_repository_id) override;
  Result<Deeds> deeds_since(std::int64_t host_repository_id, const std::string& cursor) override;
  Result<std::vector<model::RepositoryFacts>> repositories() override;
  Result<model::Event> describe(std::int64_t host_repository_id, std::int64_t number) override;

 private:
  Result<model::Account> bot() const;

  Options options_;
  const Clock& clock_;
  mutable Api api_;
  mutable std::optional<model::Account> bot_;
};

}  // namespace greenroom::hosts::gitlab
