#include <gmock/gmock.h>

#include <regex>

#include "tests/scenarios/project.h"
#include "tests/scenarios/visitor.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;

const std::string kBotWords = "bot words, thirty-two of them at least",
                  kWebhookWords = "webhook words, and as many of them";

std::string first(const std::string& text, const std::string& pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : "";
}

std::string unescaped(std::string text) {
  for (std::size_t at = 0; (at = text.find("&quot;", at)) != std::string::npos;) text.replace(at, 6, "\"");
  return text;
}

// An operator makes the App in the browser. The bot then works on GitHub and the webhook service takes its deliveries:
// both run on as they were.
TEST(AppMade, IsTakenUpByBothProcessesWithoutARestart) {
  FakeGithub github;
  github.add_user("maya", 11);
  github.add_repository("studio", "pipeline", 77);
  Line::Options options;
  options.services = {};
  Line line(options);
  line.start("webhook", {{"GREENROOM_WEBHOOK_SEAL_KEY", kWebhookWords}});
  line.start("bot", {{"GREENROOM_BOT_SEAL_KEY", kBotWords}, {"GREENROOM_GITHUB_API_URL", github.url()}});
  line.start("dashboard", {{"GREENROOM_GITHUB_WEB_URL", github.url()}});
  line.seed(small_project());
  Visitor ben(line, "ben");
  ASSERT_TRUE(line.database().run_script("UPDATE session SET is_operator = true"));
  ASSERT_TRUE(line.wait_until("SELECT EXISTS (SELECT FROM bot_box, webhook_box) AS value"));

  const auto on_to_github = ben.post("/setup/github", "organisation=").body;
  const auto manifest = unescaped(first(on_to_github, "name=\"manifest\" value=\"([^\"]*)\""));
  const auto hook = first(manifest, "\"hook_attributes\":\\{[^}]*\"url\":\"([^\"]*)\"");
  const auto code = github.person_makes_app(manifest);
  github.add_installation("studio");
  EXPECT_EQ(ben.get("/setup/github/made?code=" + code + "&state=" + first(on_to_github, "state=([0-9a-f]{64})")).status,
            303);

  EXPECT_TRUE(
      line.wait_until("SELECT EXISTS (SELECT FROM connection WHERE host = 'github' AND host_repository_id = 77 "
                      "AND examined_at IS NOT NULL) AS value"));
  EXPECT_THAT(
      line.text("SELECT remarks::text AS value FROM connection WHERE host = 'github' AND host_repository_id = 77"),
      HasSubstr("The App has the permissions that it needs"));
  const auto issue = github.person_opens_issue(77, "maya", "A wish");
  EXPECT_GT(issue, 0);
  EXPECT_TRUE(wait_until([&] {
    github.send_webhooks(hook);
    if (github.last_webhook().status == 202) return true;
    github.person_comments(77, issue, "maya", "Again");
    return false;
  })) << "the webhook service does not take the App's deliveries";
  EXPECT_TRUE(
      line.wait_until("SELECT EXISTS (SELECT FROM delivery WHERE host = 'github' AND state = 'done') AS value"));
}

}  // namespace
}  // namespace greenroom::testing
