#pragma once
// Whether a repository on a git host is connected: who the bot is there, whether it was let in, what it may do, and
// whether webhooks arrive. For the command `greenroom connect` and for the bot's own rounds. It only looks. Each
// sentence says what is so; of what is missing also what to do. Blocking; one thread at a time per Host.

#include <string>
#include <string_view>
#include <vector>

#include "lib/hosts/host.h"

namespace greenroom::connect {

using hosts::Remarks;

// "https://ci.example/hooks/github": where the host has to send its webhooks. `webhook_url` is webhook.url.
std::string hook_url(const std::string& webhook_url, std::string_view host);

struct HostReport {
  Remarks remarks;
  std::vector<model::RepositoryFacts> repositories;  // those that the bot was let into; none when that is not known
  bool answered = false;                             // the host said which
};
// Whatever fails is a remark: there are no errors.
HostReport examine_host(hosts::Host& host, std::string_view name);
// `hook`: what hook_url() gives. A host that cannot be asked now is a remark that is missing.
Remarks examine_repository(hosts::Host& host, std::int64_t host_repository_id, const std::string& hook);
// All of it for one repository, by the name that people use; names are compared as hosts do, without case.
Remarks examine(hosts::Host& host, std::string_view name, const std::string& full_name, const std::string& webhook_url);

bool is_whole(const Remarks& remarks);  // nothing is missing

}  // namespace greenroom::connect
