// How Greenroom is connected, for operators and for nobody else.

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/browser/browser.h"

namespace greenroom::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct SetupPage : ::testing::Test {
  SetupPage() {
    dashboard.database.script(R"(
      INSERT INTO connection (host, host_repository_id, full_name, remarks, examined_at) VALUES
        ('github', 0, '', '[{"sign": "fine", "sentence": "Greenroom is greenroom[bot] on github, account 9000, and was let into 2 repositories."},
                            {"sign": "fine", "sentence": "The webhook service answers at https://ci.example/hooks/github."}]', now() - interval '4 minutes'),
        ('github', 77, 'studio/pipeline', '[{"sign": "fine", "sentence": "The App is told of all that Greenroom answers."},
                            {"sign": "missing", "sentence": "The App does not ask for ''Checks: Read and write'': set it on the App''s page under Permissions, and let the repository''s owner accept."},
                            {"sign": "note", "sentence": "Merging into <b>main</b> does not wait for the check ''greenroom''."}]', now() - interval '20 minutes'),
        ('github', 78, 'studio/new', '[]', NULL))");
  }
  std::string sign_in_operator(const std::string& login) {
    const auto token = dashboard.fresh_token(login);
    dashboard.database.script("UPDATE sign_in_link SET is_operator = true WHERE used_at IS NULL");
    const auto cookie = header_of(dashboard.post("/sign-in", "token=" + token), "set-cookie");
    return cookie.substr(0, cookie.find(';'));
  }
  std::string asked() { return dashboard.database.answer("SELECT count(asked_at)::text AS answer FROM connection"); }
  SeededDashboard dashboard;
};

TEST_F(SetupPage, ShowsOperatorsWhatTheBotFoundAndWhen) {
  const auto page = dashboard.get("/setup", sign_in_operator("ben"));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("studio/pipeline"), HasSubstr("20 minutes ago"), HasSubstr("Read and write"),
                               HasSubstr("Not looked at yet"), HasSubstr("href=\"/setup\"")));
  EXPECT_THAT(page.body, AllOf(HasSubstr("&lt;b&gt;main"), Not(HasSubstr("<b>main"))));
}

TEST_F(SetupPage, IsForNobodyElse) {
  const auto maya = dashboard.sign_in("maya"), ben = dashboard.sign_in("ben");
  for (const auto& cookie : {maya, ben}) {
    EXPECT_EQ(dashboard.get("/setup", cookie).status, 403);
    EXPECT_THAT(dashboard.get("/", cookie).body, Not(HasSubstr("/setup")));
    EXPECT_EQ(
        dashboard.post("/setup/examine", "host=github&repository=77&csrf=" + dashboard.csrf(cookie), cookie).status,
        403);
  }
  EXPECT_EQ(asked(), "0");
  EXPECT_NE(dashboard.get("/setup").status, 200) << "nobody is signed in";
}

TEST_F(SetupPage, AsksTheBotToLookAgain) {
  const auto ben = sign_in_operator("ben");
  const std::string csrf = "&csrf=" + dashboard.csrf(ben);
  EXPECT_EQ(dashboard.post("/setup/examine", "host=github&repository=77" + csrf, ben).status, 303);
  EXPECT_EQ(dashboard.post("/setup/examine", "host=github&repository=0" + csrf, ben).status, 303);
  EXPECT_EQ(asked(), "2");
  EXPECT_THAT(dashboard.get("/setup", ben).body, HasSubstr("will look again in a moment"));
  for (const char* form : {"host=github&repository=79", "host=elsewhere&repository=77", "host=github&repository=x",
                           "host=%ff&repository=77", "repository=77", "host=github"})
    EXPECT_EQ(dashboard.post("/setup/examine", form + csrf, ben).status, 404) << form;
  EXPECT_EQ(dashboard.post("/setup/examine", "host=github&repository=78", ben).status, 403) << "without the token";
  EXPECT_EQ(asked(), "2");
}

TEST_F(SetupPage, FitsABrowserAndAPhone) {
  Browser browser(dashboard, sign_in_operator("ben"));
  const Seen seen = browser.look("/setup");
  EXPECT_THAT(seen.dom, AllOf(HasSubstr("studio/pipeline"), HasSubstr("</html>")));
  EXPECT_THAT(seen.complaints, IsEmpty());
  EXPECT_THAT(browser.faults_at("/setup", 360, "h2, h3, td"), IsEmpty());
  const char* folder = std::getenv("GREENROOM_PICTURES");
  if (folder == nullptr) return;
  browser.phone_picture("/setup", Scheme::dark, std::string(folder) + "/setup-phone-dark.png", 360, 1500);
  browser.picture("/setup", Scheme::light, std::string(folder) + "/setup-light.png", 1280, 1000);
}

}  // namespace
}  // namespace greenroom::testing
