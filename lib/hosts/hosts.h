#pragma once
// The explicit list of git hosts.

#include <memory>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/hosts/gitea/options.h"
#include "lib/hosts/github/options.h"
#include "lib/hosts/gitlab/options.h"
#include "lib/hosts/host.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts {

// nullptr: no such host. The ingress is stateless and lives for the whole process.
const Ingress* ingress_named(std::string_view host);
std::vector<std::string> host_names();

namespace local {
// The practice host's Host: writes local_host.* through `pool` as the bot's account. Each perform() is one
// transaction of its own, recorded in local_host.ledger.
std::unique_ptr<Host> make_host(pg::Pool& pool, std::string bot_login);
}  // namespace local

namespace github {
// `clock` outlives the host.
std::unique_ptr<Host> make_host(const Options& options, const Clock& clock);
}  // namespace github

namespace gitlab {
// `clock` outlives the host.
std::unique_ptr<Host> make_host(const Options& options, const Clock& clock);
}  // namespace gitlab

namespace gitea {
// For Gitea and Forgejo. `clock` outlives the host.
std::unique_ptr<Host> make_host(const Options& options, const Clock& clock);
}  // namespace gitea

}  // namespace greenroom::hosts
