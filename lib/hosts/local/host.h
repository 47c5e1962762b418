#pragma once
// The practice host's Host: what the bot does there, written to local_host.* as the bot's account. Every perform() is
// one statement, hence one transaction, and leaves one row in local_host.ledger exactly when it changed something.
// References are decimal ids: of the comment, or of the thread for create_thread and for what happens to threads.

#include "lib/hosts/host.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts::local {

class LocalHost final : public Host {
 public:
  LocalHost(pg::Pool& pool, std::string bot_login) : pool_(pool), bot_login_(std::move(bot_login)) {}

  std::int64_t bot_account_id() const override;
  std::string bot_login() const override { return bot_login_; }
  Result<std::string> perform(const model::Effect& effect) override;
  Result<std::vector<Standing>> standing(const model::Target& target, const Secret& marker_key) override;
  Result<Permission> permission(std::int64_t host_repository_id, std::int64_t account_id) override;
  Result<std::vector<Head>> open_heads(std::int64_t host_repository_id) override;
  Result<Deeds> deeds_since(std::int64_t host_repository_id, const std::string& cursor) override;
  Result<std::vector<model::RepositoryFacts>> repositories() override;
  Result<model::Event> describe(std::int64_t host_repository_id, std::int64_t number) override;

 private:
  Result<std::int64_t> account() const;  // the bot's own, looked up once

  pg::Pool& pool_;
  std::string bot_login_;
  mutable std::int64_t account_ = 0;
};

}  // namespace greenroom::hosts::local
