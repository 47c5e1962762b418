#pragma once
// The webhook's secret of a GitHub App that was made in the browser: the bot keeps it in the database, sealed to this
// service's key, and nobody else can open it. One thread at a time; blocks on Postgres.

#include <optional>

#include "lib/base/secret.h"
#include "lib/pg/pg.h"
#include "lib/sealed/sealed.h"

namespace greenroom::ingress {

class KeptSecret {
 public:
  KeptSecret(pg::Options database, BoxKeys keys) : pool_(std::move(database), 1), keys_(std::move(keys)) {}
  // Writes the public half, to which the bot seals. The same again changes nothing. Errors: the database's.
  Result<void> publish();
  // nullopt: no App was made yet. Errors: the database's, rejected (sealed with another webhook.seal_key).
  Result<std::optional<Secret>> read();

 private:
  pg::Pool pool_;
  const BoxKeys keys_;
};

}  // namespace greenroom::ingress
