#pragma once
// GitHub's Host, for github.com and GitHub Enterprise Server. One thread at a time.
//
// References: of a comment its decimal id; of a thread the id of its first comment, as its webhooks say. A status is a
// check run when the bot is an App, a commit status when it is a plain account. Before it writes it looks: what stands
// already costs no write, and nothing that is not the bot's own, by numeric id, is edited or deleted.

#include <memory>

#include "lib/hosts/github/api.h"
#include "lib/hosts/github/deliveries.h"
#include "lib/hosts/github/options.h"
#include "lib/hosts/github/session.h"
#include "lib/hosts/host.h"

namespace greenroom::hosts::github {

class GithubHost : public Host {
 public:
  GithubHost(const Options& options, const Clock& clock);

  std::int64_t bot_account_id() const override;  // 0, "": GitHub could not be asked
  std::string bot_login() const override;
  Result<std::string> perform(const model::Effect& effect) override;
  Result<std::vector<std::string>> perform_together(const std::vector<model::Effect>& threads) override;
  bool goes_together(const model::Effect& effect) const override;
  Result<Allowance> allowance(const model::Effect& effect) override;
  std::chrono::seconds silence() const override { return api_.silence(); }
  Result<std::vector<Standing>> standing(const model::Target& target, const Secret& marker_key) override;
  Result<Permission> permission(std::int64_t host_repository_id, std::int64_t account_id) override;
  Result<ReadAccess> read_access(std::int64_t host_repository_id) override;
  Result<std::vector<Head>> open_heads(std::int64_t host_repository_id) override;
  Result<Deeds> deeds_since(std::int64_t host_repository_id, const std::string& cursor) override;
  Result<std::vector<model::RepositoryFacts>> repositories() override;
  Result<model::Event> describe(std::int64_t host_repository_id, std::int64_t number) override;
  Result<Remarks> examine(std::int64_t host_repository_id, const std::string& hook_url) override;

 private:
  Options options_;
  Api api_;
  mutable Session session_;
  Deliveries deliveries_;
};

}  // namespace greenroom::hosts::github
