#include "lib/bot/connections.h"

#include "lib/connect/connect.h"
#include "lib/connect/reach.h"
#include "lib/connect/remark_json.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

std::string names_of(const HostSet& hosts) {
  std::vector<std::string> names;
  for (const auto& [name, host] : hosts) names.push_back(name);
  return pg::text_array(names);
}

}  // namespace

Connections::Connections(pg::Pool& pool, HostSet& hosts, std::string webhook_url)
    : pool_(pool), hosts_(hosts), webhook_url_(std::move(webhook_url)) {}

Result<void> Connections::know_hosts() {
  const auto names = names_of(hosts_);  // a host may come while the bot runs
  if (known_ == names) return {};
  GREENROOM_CHECK(pool_.run(pg::query("connection/forget_hosts"), {names}));
  GREENROOM_CHECK(pool_.run(pg::query("connection/know_hosts"), {names}));
  known_ = names;
  return {};
}

Result<void> Connections::report(const std::string& host, std::int64_t repository, const hosts::Remarks& remarks) {
  GREENROOM_CHECK(pool_.run(pg::query("connection/report"), {host, repository, connect::to_json(remarks)}));
  return {};
}

// A list that the host did not give says nothing about who is on it.
Result<void> Connections::examine_host(const std::string& name, hosts::Host& host) {
  auto [remarks, repositories, answered] = connect::examine_host(host, name);
  remarks.push_back(connect::examine_reach(connect::hook_url(webhook_url_, name)));
  if (answered) {
    std::vector<std::int64_t> ids;
    std::vector<std::string> names;
    for (const auto& one : repositories) {
      ids.push_back(one.host_repository_id);
      names.push_back(one.full_name);
    }
    GREENROOM_CHECK(pool_.run(pg::query("connection/list"), {name, pg::int_array(ids), pg::text_array(names)}));
    GREENROOM_CHECK(pool_.run(pg::query("connection/forget"), {name, pg::int_array(ids)}));
  }
  return report(name, 0, remarks);
}

Result<Step> Connections::examine_one() {
  GREENROOM_CHECK(know_hosts());
  GREENROOM_TRY(rows, pool_.run(pg::query("connection/claim"), {known_}));
  if (rows.empty()) return Step::nothing;
  const auto name = rows[0].text("host");
  const auto repository = rows[0].integer("host_repository_id");
  auto& host = *hosts_.find(name)->second;
  if (repository == 0)
    GREENROOM_CHECK(examine_host(name, host));
  else
    GREENROOM_CHECK(
        report(name, repository, connect::examine_repository(host, repository, connect::hook_url(webhook_url_, name))));
  return Step::did;
}

}  // namespace greenroom::bot
