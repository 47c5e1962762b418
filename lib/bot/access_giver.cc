#include "lib/bot/access_giver.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/pg/query.h"
#include "lib/sealed/sealed.h"

namespace greenroom::bot {
namespace {

constexpr std::size_t kShownRefusal = 300;

Result<std::string> sealed_access(hosts::Host& host, std::int64_t repository, const std::string& key) {
  GREENROOM_TRY(access, host.read_access(repository));
  return seal(Secret(access.git_url + "\n" + access.token.reveal()), key);
}

bool may_pass(const Error& error) { return error.kind == ErrorKind::transient || error.kind == ErrorKind::in_doubt; }

}  // namespace

Result<Step> AccessGiver::give_one() {
  GREENROOM_TRY(rows, pool_.run(pg::query("read_access/claim")));
  if (rows.empty()) return Step::nothing;
  const auto& asked = rows[0];
  const auto key = asked.bytes("public_key");
  pg::Params answer{asked.integer("job_id"), asked.integer("lease_epoch"), pg::Bytes{key}};
  const auto host = hosts_.find(asked.text("host"));
  const auto sealed = host == hosts_.end() ? Result<std::string>(rejected("this git host is not set up in Greenroom"))
                                           : sealed_access(*host->second, asked.integer("host_repository_id"), key);
  if (!sealed) log::warn("read_access.failed", {{"job", asked.integer("job_id")}, {"error", sealed.error()}});
  if (!sealed && may_pass(sealed.error())) return Step::nothing;  // asked again in five seconds
  if (sealed) {
    answer.emplace_back(pg::Bytes{*sealed});
    answer.emplace_back(nullptr);
  } else {
    answer.emplace_back(nullptr);
    answer.emplace_back("Greenroom could not read this repository: " + shorten(sealed.error().message, kShownRefusal));
  }
  GREENROOM_CHECK(pool_.run(pg::query("read_access/give"), answer));
  return Step::did;
}

Result<void> AccessGiver::forget() {
  GREENROOM_CHECK(pool_.run(pg::query("read_access/forget")));
  return {};
}

}  // namespace greenroom::bot
