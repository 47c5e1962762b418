#include "lib/connect/connect.h"

#include <algorithm>

#include "lib/base/nearest.h"
#include "lib/base/text.h"
#include "lib/connect/reach.h"

namespace greenroom::connect {
namespace {

using hosts::fine;
using hosts::missing;

std::string advice_to_let_in(std::string_view host) {
  if (host == "github") return "install the GitHub App there (its page, Install App), or invite its account";
  return "let the bot's account in";
}

std::string counted(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " repository" : " repositories");
}

void say_who(hosts::Host& host, std::string_view name, std::size_t repositories, Remarks& remarks) {
  const auto account = host.bot_account_id();
  if (account != 0)
    remarks.push_back(fine("Greenroom is " + host.bot_login() + " on " + std::string(name) + ", account " +
                           std::to_string(account) + ", and was let into " + counted(repositories) + "."));
  else if (repositories == 0)
    remarks.push_back(missing("Greenroom was let into no repository on " + std::string(name) +
                              " yet: " + advice_to_let_in(name) + "."));
  else
    remarks.push_back(
        missing("The host does not say which account the bot is: see that its key or token is still valid."));
}

}  // namespace

std::string hook_url(const std::string& webhook_url, std::string_view host) {
  std::string url = webhook_url;
  while (url.ends_with('/')) url.pop_back();
  return url + "/hooks/" + std::string(host);
}

HostReport examine_host(hosts::Host& host, std::string_view name) {
  HostReport report;
  auto repositories = host.repositories();
  if (!repositories) {
    report.remarks.push_back(
        missing("The host could not be asked for the bot's repositories: " + repositories.error().message + "."));
    return report;
  }
  report.answered = true;
  report.repositories = std::move(*repositories);
  say_who(host, name, report.repositories.size(), report.remarks);
  return report;
}

Remarks examine_repository(hosts::Host& host, std::int64_t host_repository_id, const std::string& hook) {
  auto remarks = host.examine(host_repository_id, hook);
  if (remarks) return std::move(*remarks);
  return {missing("The host could not be asked about this repository: " + remarks.error().message + ".")};
}

Remarks examine(hosts::Host& host, std::string_view name, const std::string& full_name,
                const std::string& webhook_url) {
  const auto hook = hook_url(webhook_url, name);
  auto [remarks, repositories, answered] = examine_host(host, name);
  const auto found = std::find_if(repositories.begin(), repositories.end(), [&](const auto& one) {
    return to_lower_ascii(one.full_name) == to_lower_ascii(full_name);
  });
  if (answered && found == repositories.end()) {
    std::vector<std::string> names;
    for (const auto& one : repositories) names.push_back(one.full_name);
    const auto suggestion = did_you_mean(full_name, names);
    remarks.push_back(missing("Greenroom was not let into " + full_name +
                              (suggestion.empty() ? ": " + advice_to_let_in(name) + "." : suggestion)));
  }
  if (answered && found != repositories.end()) {
    auto more = examine_repository(host, found->host_repository_id, hook);
    std::move(more.begin(), more.end(), std::back_inserter(remarks));
  }
  remarks.push_back(examine_reach(hook));
  return remarks;
}

bool is_whole(const Remarks& remarks) {
  return std::none_of(remarks.begin(), remarks.end(),
                      [](const auto& remark) { return remark.sign == hosts::Remark::Sign::missing; });
}

}  // namespace greenroom::connect
