#include "lib/bot/app_maker.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

constexpr std::size_t kShownFailure = 500;

// What the operator can do about it, once.
std::string words_for(const Error& error) {
  if (error.kind == ErrorKind::in_doubt)
    return "GitHub's answer was lost on its way. If a new App stands in your settings there, delete it, and begin "
           "anew.";
  if (error.kind == ErrorKind::not_found)
    return "GitHub does not know this code any more: it works once, within the hour. Begin anew.";
  return shorten(error.message, kShownFailure) + ". Begin anew.";
}

}  // namespace

AppMaker::AppMaker(pg::Pool& pool, BoxKeys keys, hosts::github::Options addresses, const Clock& clock)
    : pool_(pool), keys_(std::move(keys)), addresses_(std::move(addresses)), conversion_(addresses_.api_url, clock) {}

Result<void> AppMaker::publish() {
  GREENROOM_CHECK(pool_.run(pg::query("app/publish_bot"), {pg::Bytes{keys_.public_key}}));
  return {};
}

Result<std::optional<AppMaker::Claimed>> AppMaker::claim() {
  GREENROOM_CHECK(pool_.run(pg::query("app/give_up"), {"The bot did not come to exchange the code. Begin anew."}));
  GREENROOM_CHECK(pool_.run(pg::query("app/forget")));
  GREENROOM_TRY(rows, pool_.run(pg::query("app/claim")));
  if (rows.empty()) return std::optional<Claimed>();
  const auto row = rows[0];
  return std::optional(Claimed{row.text("state_sha256"), row.is_null("webhook_key") ? "" : row.bytes("webhook_key"),
                               row.bytes("sealed_code"), row.boolean("has_app")});
}

Result<void> AppMaker::make(const Claimed& claimed) {
  if (claimed.has_app) return rejected("There is a GitHub App already");
  if (claimed.webhook_key.empty()) return rejected("The webhook service has no webhook.seal_key yet");
  GREENROOM_TRY(code, open_sealed(claimed.sealed_code, keys_));
  GREENROOM_TRY(app, conversion_.convert(code.reveal()));
  GREENROOM_TRY(key, seal(app.private_key, keys_.public_key));
  GREENROOM_TRY(secret, seal(app.webhook_secret, claimed.webhook_key));
  const auto kept = pool_.run(pg::query("app/keep"), {app.app_id, app.page, pg::Bytes{key}, pg::Bytes{secret}});
  if (!kept) return in_doubt(kept.error().message);  // the code is used
  if (kept->affected() == 0) return rejected("There is a GitHub App already");
  log::info("app.made", {{"app", app.app_id}});
  return {};
}

Result<void> AppMaker::settle(const std::string& state, const std::optional<std::string>& failure) {
  GREENROOM_CHECK(pool_.run(pg::query("app/settle"), {state, failure}));
  return {};
}

Result<Step> AppMaker::make_one() {
  GREENROOM_TRY(claimed, claim());
  if (!claimed) return Step::nothing;
  const auto made = make(*claimed);
  if (!made && made.error().kind == ErrorKind::transient) {
    GREENROOM_CHECK(pool_.run(pg::query("app/give_back"), {claimed->state}));
    return tl::unexpected(made.error());
  }
  if (!made) log::warn("app.not_made", {{"error", made.error()}});
  GREENROOM_CHECK(settle(claimed->state, made ? std::nullopt : std::optional(words_for(made.error()))));
  return Step::did;
}

Result<std::optional<hosts::github::Options>> AppMaker::kept() {
  GREENROOM_TRY(rows, pool_.run(pg::query("app/kept")));
  if (rows.empty()) return std::optional<hosts::github::Options>();
  auto key = open_sealed(rows[0].bytes("sealed_key"), keys_);
  if (!key) return rejected("the GitHub App's key was sealed with another bot.seal_key");
  auto options = addresses_;
  options.app_id = rows[0].integer("app_id");
  options.private_key = std::move(*key);
  return std::optional(std::move(options));
}

}  // namespace greenroom::bot
