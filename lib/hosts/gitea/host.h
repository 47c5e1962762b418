#pragma once
// Gitea's and Forgejo's Host, one adapter for both. One thread at a time; hosts of the same account share a ReviewLock.
//
// References: of a comment its decimal id; of a thread the id of its first comment. What the host has no route for is
// found out by asking (write.h), and then done in another way: settled.h.

#include <memory>

#include "lib/hosts/gitea/api.h"
#include "lib/hosts/gitea/options.h"
#include "lib/hosts/gitea/session.h"
#include "lib/hosts/gitea/write.h"
#include "lib/hosts/host.h"

namespace greenroom::hosts::gitea {

class GiteaHost : public Host {
 public:
  GiteaHost(const Options& options, const Clock& clock);

  std::int64_t bot_account_id() const override;  // 0, "": the host could not be asked
  std::string bot_login() const override;
  Result<std::string> perform(const model::Effect& effect) override;
  std::chrono::seconds silence() const override { return api_.silence(); }
  Result<std::vector<Standing>> standing(const model::Target& target, const Secret& marker_key) override;
  // Errors: rejected, too: only an administrator of the repository may ask.
  Result<Permission> permission(std::int64_t host_repository_id, std::int64_t account_id) override;
  Result<ReadAccess> read_access(std::int64_t host_repository_id) override;
  Result<std::vector<Head>> open_heads(std::int64_t host_repository_id) override;
  // Not of conversations that were settled or reopened: the host keeps no trace of when, or that it ever was.
  // standing() says what is. An empty cursor begins three days ago.
  Result<Deeds> deeds_since(std::int64_t host_repository_id, const std::string& cursor) override;
  Result<std::vector<model::RepositoryFacts>> repositories() override;
  Result<model::Event> describe(std::int64_t host_repository_id, std::int64_t number) override;

 private:
  Options options_;
  const Clock& clock_;
  Api api_;
  mutable Session session_;
  Features features_;
};

}  // namespace greenroom::hosts::gitea
