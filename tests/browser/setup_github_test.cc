// Making the GitHub App in the browser: who may, what GitHub is sent, and what comes back.

#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <regex>

#include "lib/base/hash.h"
#include "lib/sealed/sealed.h"
#include "tests/browser/browser.h"

namespace greenroom::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct SetupGithub : ::testing::Test {
  std::string sign_in_operator(const std::string& login) {
    const auto token = dashboard.fresh_token(login);
    dashboard.database.script("UPDATE sign_in_link SET is_operator = true WHERE used_at IS NULL");
    const auto cookie = header_of(dashboard.post("/sign-in", "token=" + token), "set-cookie");
    return cookie.substr(0, cookie.find(';'));
  }
  void publish_keys() {
    dashboard.database.script("INSERT INTO bot_box (public_key) VALUES (decode('" + to_hex(bot.public_key) +
                              "', 'hex')); INSERT INTO webhook_box (public_key) VALUES (decode('" +
                              to_hex(make_box_keys().public_key) + "', 'hex'))");
  }
  http::Response begin(const std::string& cookie, const std::string& organisation = "") {
    return dashboard.post("/setup/github", "organisation=" + organisation + "&csrf=" + dashboard.csrf(cookie), cookie);
  }
  static std::string first(const std::string& text, const std::string& pattern) {
    std::smatch found;
    return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : "";
  }
  std::string state_of(const http::Response& page) { return first(page.body, "state=([0-9a-f]{64})"); }
  http::Response come_back(const std::string& cookie, const std::string& state, const std::string& code = "a1b2") {
    return dashboard.get("/setup/github/made?code=" + code + "&state=" + state, cookie);
  }
  std::string returned() {
    return dashboard.database.answer("SELECT count(returned_at)::text AS answer FROM app_request");
  }
  const BoxKeys bot = make_box_keys();
  SeededDashboard dashboard;
};

TEST_F(SetupGithub, IsForOperatorsAlone) {
  publish_keys();
  const auto ben = sign_in_operator("ben"), maya = dashboard.sign_in("maya");
  const auto state = state_of(begin(ben));
  EXPECT_EQ(dashboard.get("/setup/github", maya).status, 403);
  EXPECT_EQ(begin(maya).status, 403);
  EXPECT_EQ(come_back(maya, state).status, 403);
  EXPECT_EQ(dashboard.post("/setup/github", "organisation=", ben).status, 403) << "without the CSRF token";
  EXPECT_EQ(returned(), "0");
}

TEST_F(SetupGithub, NamesTheKeysThatAreMissing) {
  const auto page = dashboard.get("/setup/github", sign_in_operator("ben")).body;
  EXPECT_THAT(page, AllOf(HasSubstr("bot.seal_key"), HasSubstr("webhook.seal_key"), Not(HasSubstr("On to GitHub"))));
}

TEST_F(SetupGithub, SendsTheManifestToGithubAndNowhereElse) {
  publish_keys();
  const auto ben = sign_in_operator("ben");
  EXPECT_THAT(header_of(dashboard.get("/setup/github", ben), "content-security-policy"), Not(HasSubstr("github")));
  const auto page = begin(ben);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("action=\"https://github.com/settings/apps/new?state="));
  EXPECT_THAT(header_of(page, "content-security-policy"), HasSubstr("form-action 'self' https://github.com"));
  auto text = first(page.body, "name=\"manifest\" value=\"([^\"]*)\"");
  for (std::size_t at = 0; (at = text.find("&quot;", at)) != std::string::npos;) text.replace(at, 6, "\"");
  const auto manifest = nlohmann::json::parse(text);
  EXPECT_EQ(manifest["redirect_url"], dashboard.url() + "/setup/github/made");
  EXPECT_THAT(manifest["hook_attributes"]["url"].get<std::string>(), ::testing::EndsWith("/hooks/github"));
  EXPECT_EQ(manifest["default_permissions"]["contents"], "read");
  EXPECT_THAT(begin(ben, "studio-x").body, HasSubstr("https://github.com/organizations/studio-x/settings/apps/new?"));
  for (const char* name : {"..", "a/b", "a%22b", "a b"}) EXPECT_EQ(begin(ben, name).status, 400) << name;
}

TEST_F(SetupGithub, SealsTheCodeToTheBotOnceInTheSameSessionWithinTheHour) {
  publish_keys();
  const auto ben = sign_in_operator("ben"), other = sign_in_operator("maya");
  const auto state = state_of(begin(ben)), late = state_of(begin(ben));
  EXPECT_EQ(come_back(other, state).status, 403) << "another session, although an operator's";
  EXPECT_EQ(come_back(ben, std::string(64, 'a')).status, 403) << "a state that nobody made";
  EXPECT_EQ(come_back(ben, state, "..%2Fuser").status, 400);
  EXPECT_EQ(returned(), "0");
  const auto back = come_back(ben, state);
  EXPECT_EQ(back.status, 303);
  EXPECT_EQ(header_of(back, "location"), "/setup/github") << "the code leaves the address";
  EXPECT_EQ(come_back(ben, state, "c3d4").status, 403) << "once";
  dashboard.database.script("UPDATE app_request SET made_at = now() - interval '61 minutes' WHERE returned_at IS NULL");
  EXPECT_EQ(come_back(ben, late).status, 403);
  EXPECT_EQ(returned(), "1");
  const std::string sql = "SELECT sealed_code FROM app_request WHERE returned_at IS NOT NULL";
  const auto rows = dashboard.database.connection().run({sql, sql}).value();
  EXPECT_EQ(open_sealed(rows[0].bytes("sealed_code"), bot).value().reveal(), "a1b2");
  EXPECT_THAT(dashboard.folder.read("log"), Not(HasSubstr("a1b2")));
}

TEST_F(SetupGithub, ShowsHowFarItIs) {
  publish_keys();
  const auto ben = sign_in_operator("ben");
  const auto page = [&] { return dashboard.get("/setup/github", ben).body; };
  EXPECT_THAT(page(), HasSubstr("On to GitHub"));
  come_back(ben, state_of(begin(ben)));
  EXPECT_THAT(page(), HasSubstr("is fetching the App"));
  dashboard.database.script("UPDATE app_request SET settled_at = now(), failure = 'It <b>failed</b>. Begin anew.'");
  EXPECT_THAT(page(), AllOf(HasSubstr("It &lt;b&gt;failed"), HasSubstr("On to GitHub")));
  dashboard.database.script(
      "INSERT INTO github_app (app_id, page, sealed_key, sealed_webhook_secret) VALUES (7, "
      "'https://github.com/apps/greenroom', 'k', 's')");
  EXPECT_THAT(page(), AllOf(HasSubstr("href=\"https://github.com/apps/greenroom/installations/new\""),
                            Not(HasSubstr("On to GitHub"))));
  EXPECT_EQ(begin(ben).status, 400) << "there is one";
  dashboard.database.script("UPDATE github_app SET page = 'https://github.com.evil.example/apps/x'");
  EXPECT_THAT(page(), Not(HasSubstr("href=\"https://github.com.evil")));
}

TEST_F(SetupGithub, FitsABrowserAndAPhone) {
  publish_keys();
  Browser browser(dashboard, sign_in_operator("ben"));
  const Seen seen = browser.look("/setup/github");
  EXPECT_THAT(seen.dom, AllOf(HasSubstr("On to GitHub"), HasSubstr("</html>")));
  EXPECT_THAT(seen.complaints, IsEmpty());
  EXPECT_THAT(browser.faults_at("/setup/github", 360, "p, h1, label"), IsEmpty());
  if (const char* folder = std::getenv("GREENROOM_PICTURES"))
    browser.picture("/setup/github", Scheme::light, std::string(folder) + "/setup-github-light.png", 1280, 800);
}

}  // namespace
}  // namespace greenroom::testing
