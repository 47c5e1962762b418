// Whether a repository is connected, one line each. It runs with the bot's configuration: only the bot may ask the
// host.

#include <iostream>

#include "lib/base/nearest.h"
#include "lib/base/text.h"
#include "lib/bot/app_maker.h"
#include "lib/bot/host_options.h"
#include "lib/connect/connect.h"
#include "lib/hosts/hosts.h"
#include "lib/review/ink.h"
#include "lib/service/service.h"
#include "services/cli/commands.h"

namespace greenroom::cli {
namespace {

// As the configuration says, else the App that an operator made in the browser.
Result<std::optional<hosts::github::Options>> github_of(const config::Config& config, pg::Pool& pool) {
  GREENROOM_TRY(options, bot::github_options(config));
  const auto words = config.secret("bot.seal_key");
  if (options || words.empty()) return options;
  auto keys = box_keys_of(words);
  if (!keys) return pass(std::move(keys).error(), "bot.seal_key");
  return bot::AppMaker(pool, std::move(*keys), bot::github_addresses(config), system_clock()).kept();
}

using MadeHost = Result<std::unique_ptr<hosts::Host>>;

tl::unexpected<Error> not_set_up(const std::string& host, const std::string& what) {
  return user_fault(host + " is not set up in this configuration: give it " + what +
                    ", as docs/hosts.md says, and run this with the bot's configuration");
}

// `pool` outlives the host.
MadeHost make_host(const std::string& name, const config::Config& config, pg::Pool& pool) {
  if (name == "local") return hosts::local::make_host(pool, config.text("local.bot_login"));
  if (name == "github") {
    GREENROOM_TRY(options, github_of(config, pool));
    if (!options) return not_set_up("GitHub", "github.app_id and github.private_key, or make the App in the browser");
    return hosts::github::make_host(*options, system_clock());
  }
  if (name == "gitlab") {
    GREENROOM_TRY(options, bot::gitlab_options(config));
    if (!options) return not_set_up("GitLab", "gitlab.token");
    return hosts::gitlab::make_host(*options, system_clock());
  }
  if (name == "gitea") {
    GREENROOM_TRY(options, bot::gitea_options(config));
    if (!options) return not_set_up("Gitea or Forgejo", "gitea.api_url and gitea.token");
    return hosts::gitea::make_host(*options, system_clock());
  }
  return user_fault("there is no git host '" + name + "'" + did_you_mean(name, hosts::host_names()) +
                    "; the hosts are " + join(hosts::host_names(), ", "));
}

std::string_view sign_of(hosts::Remark::Sign sign) {
  switch (sign) {
    case hosts::Remark::Sign::fine: return "  ok    ";
    case hosts::Remark::Sign::note: return "  note  ";
    case hosts::Remark::Sign::missing: return "  MISS  ";
  }
  return "";
}

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(config, config::Config::from_environment());
  pg::Pool pool(service::database_of(config, "bot"), 1);
  const auto name = arguments.text("host"), repository = arguments.text("repository");
  GREENROOM_TRY(host, make_host(name, config, pool));
  const auto remarks = connect::examine(*host, name, repository, config.text("webhook.url"));
  for (const auto& remark : remarks) std::cout << sign_of(remark.sign) << review::printable(remark.sentence) << "\n";
  const bool whole = connect::is_whole(remarks);
  std::cout << (whole ? "Nothing is missing.\n" : "What is marked MISS has to be mended first.\n");
  return whole ? kFine : kAttention;
}

}  // namespace

Command command_connect() {
  return {"connect",
          "Say whether a repository on a git host is connected, and what is missing.",
          {{"host", "local, github, gitlab or gitea (Forgejo, too)"}, {"repository", "its name there, OWNER/NAME"}},
          {},
          run};
}

}  // namespace greenroom::cli
