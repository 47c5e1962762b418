// Making the GitHub App in the browser, for operators. This process never holds the App's key: GitHub gives the browser
// a code, which is sealed to the bot here, and the bot exchanges it.
// Source: docs.github.com, "Registering a GitHub App from a manifest".

#include "lib/base/hash.h"
#include "lib/hosts/github/manifest.h"
#include "lib/pg/query.h"
#include "lib/sealed/sealed.h"
#include "lib/web/page.h"

namespace greenroom::web {
namespace {

namespace github = hosts::github;

std::string session_of(const PageRequest& request) {
  return to_hex(sha256(session_token(request.request, transport_of(request.settings.url))));
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string web_url(const PageRequest& request) { return without_slash(request.settings.github_web_url); }
std::string hook_url(const PageRequest& request) {
  return without_slash(request.settings.webhook_url) + "/hooks/github";
}

void fill_form(View& view, const PageRequest& request) {
  view.add("FORM").set("HOOK", hook_url(request)).set("WEB", web_url(request));
}

}  // namespace

Result<Page> setup_github_page(const PageRequest& request) {
  GREENROOM_CHECK(need_operator(request.viewer));
  GREENROOM_TRY(rows, request.db.run(pg::query("web/app_state"), {session_of(request)}));
  const auto row = rows[0];
  Page page{"Make the GitHub App", "setup_github.html", "setup", {}};
  View& view = page.view;
  const std::string made = row.text("page");
  // The address came from GitHub's API through the bot: shown as a link only where it is one of GitHub's own pages.
  if (!made.empty())
    view.add(made.starts_with(web_url(request) + "/") ? "MADE" : "MADE_ELSEWHERE").set("APP", made);
  else if (row.boolean("connected"))
    view.show("CONNECTED");
  else if (!row.boolean("bot_ready") || !row.boolean("webhook_ready"))
    view.add("NOT_READY").show("BOT", !row.boolean("bot_ready")).show("WEBHOOK", !row.boolean("webhook_ready"));
  else if (row.boolean("waits"))
    view.show("WAITS");
  else {
    if (!row.is_null("failure")) view.add("FAILED").set("FAILURE", row.text("failure"));
    fill_form(view, request);
  }
  return page;
}

// Everything that may not be now is caught by the page before; whoever posts all the same gets no further than this.
Result<Page> post_setup_github(const PageRequest& request) {
  GREENROOM_CHECK(need_operator(request.viewer));
  const std::string organisation = field(request.request, "organisation");
  if (!organisation.empty() && !github::is_organisation(organisation))
    return user_fault("an organisation's name has letters, digits and '-' only, as in the address of its page");
  const std::string session = session_of(request), state = random_hex(32);
  GREENROOM_TRY(rows, request.db.run(pg::query("web/app_state"), {session}));
  if (!rows[0].text("page").empty() || rows[0].boolean("connected")) return user_fault("GitHub is connected already");
  GREENROOM_CHECK(request.db.run(pg::query("web/begin_app"), {to_hex(sha256(state)), session}));
  Page page{"On to GitHub", "setup_github_go.html", "setup", {}, web_url(request)};
  const std::string owner = organisation.empty() ? "" : "/organizations/" + organisation;
  page.view.set("ACTION", web_url(request) + owner + "/settings/apps/new?state=" + state)
      .send_back("MANIFEST_VALUE", github::manifest(request.settings.url, hook_url(request),
                                                    request.settings.url + "/setup/github/made"));
  return page;
}

// Where GitHub sends the browser back to. It goes on at once, so that the code does not stay in the address.
Result<std::string> return_from_github(const PageRequest& request) {
  GREENROOM_CHECK(need_operator(request.viewer));
  const std::string code = request.request.query_value("code"), state = request.request.query_value("state");
  if (!github::is_manifest_code(code)) return user_fault("GitHub sent no code back");
  GREENROOM_TRY(keys, request.db.run(pg::query("web/bot_key")));
  if (keys.empty()) return user_fault("the bot has no bot.seal_key yet");
  GREENROOM_TRY(sealed, seal(Secret(code), keys[0].bytes("public_key")));
  GREENROOM_TRY(returned, request.db.run(pg::query("web/return_app"),
                                         {to_hex(sha256(state)), session_of(request), pg::Bytes{sealed}}));
  if (returned.affected() == 0)
    return rejected("this way back from GitHub was used already, is older than an hour, or began in another session");
  return "/setup/github";
}

}  // namespace greenroom::web
