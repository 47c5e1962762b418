#pragma once
// The bot's half of making a GitHub App in the browser: it exchanges the code that the dashboard sealed to it, and
// keeps the App's key sealed to itself and the webhook's secret sealed to the webhook service. Neither stands anywhere
// in the open, and no page ever holds one. Any number of bots with the same bot.seal_key may run; a code is exchanged
// once. One thread at a time.

#include <optional>
#include <string>

#include "lib/bot/settings.h"
#include "lib/hosts/github/manifest.h"
#include "lib/hosts/github/options.h"
#include "lib/pg/pg.h"
#include "lib/sealed/sealed.h"

namespace greenroom::bot {

class AppMaker {
 public:
  // `addresses`: github_addresses(). `keys`: of bot.seal_key.
  AppMaker(pg::Pool& pool, BoxKeys keys, hosts::github::Options addresses, const Clock& clock);
  // Writes the public half, to which the dashboard seals. The same again changes nothing. Errors: the database's.
  Result<void> publish();
  // Exchanges the oldest code. What went wrong is written down for the operator, whose page shows it. Blocks while
  // GitHub is asked. Errors: the database's, and a host's that may pass: the code is then tried again.
  Result<Step> make_one();
  // The App that is kept; nullopt: none. Errors: the database's, rejected (sealed with another bot.seal_key).
  Result<std::optional<hosts::github::Options>> kept();

 private:
  struct Claimed {
    std::string state, webhook_key;
    std::string sealed_code;
    bool has_app = false;
  };
  Result<std::optional<Claimed>> claim();
  Result<void> make(const Claimed& claimed);  // its errors are for the operator
  Result<void> settle(const std::string& state, const std::optional<std::string>& failure);

  pg::Pool& pool_;
  const BoxKeys keys_;
  const hosts::github::Options addresses_;
  hosts::github::AppConversion conversion_;
};

}  // namespace greenroom::bot
