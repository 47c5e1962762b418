#include "lib/ingress/kept_secret.h"

#include "lib/pg/query.h"

namespace greenroom::ingress {

Result<void> KeptSecret::publish() {
  GREENROOM_CHECK(pool_.run(pg::query("app/publish_webhook"), {pg::Bytes{keys_.public_key}}));
  return {};
}

Result<std::optional<Secret>> KeptSecret::read() {
  GREENROOM_TRY(rows, pool_.run(pg::query("app/webhook_secret")));
  if (rows.empty()) return std::optional<Secret>();
  auto secret = open_sealed(rows[0].bytes("sealed_webhook_secret"), keys_);
  if (!secret) return rejected("the GitHub App's webhook secret was sealed with another webhook.seal_key");
  return std::optional(std::move(*secret));
}

}  // namespace greenroom::ingress
