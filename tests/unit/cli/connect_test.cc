// `greenroom connect` as an operator runs it: the real program, the fake GitHub, a webhook service that answers.

#include <gmock/gmock.h>

#include "lib/http/server.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/support/test_database.h"
#include "tests/unit/cli/program.h"

namespace greenroom::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

testing::FakeGithubOptions github_options() {
  testing::FakeGithubOptions options;
  options.app_public_key = testing::app_key().public_pem;
  return options;
}

class ConnectCommand : public Program {
 protected:
  ConnectCommand() {
    folder_.write("tree/README.md", "");
    const auto url = "http://127.0.0.1:" + std::to_string(webhook_->port());
    app_.permissions = testing::least_permissions();
    app_.hook.url = url + "/hooks/github";
    github_.set_app(app_);
    github_.add_repository("studio", "pipeline", 77);
    github_.add_installation("studio");
    environment_["GREENROOM_WEBHOOK_URL"] = url;
    environment_["GREENROOM_GITHUB_API_URL"] = github_.url();
    environment_["GREENROOM_GITHUB_APP_ID"] = std::to_string(testing::FakeGithubOptions().app_id);
    environment_["GREENROOM_GITHUB_PRIVATE_KEY"] = testing::app_key().private_pem;
  }
  testing::FakeGithub github_{github_options()};
  testing::fake::App app_;
  std::unique_ptr<http::Server> webhook_ =
      std::move(*http::Server::start({}, [](const http::Request&, const std::shared_ptr<http::Responder>& responder) {
        responder->send(http::Response::text(405, "use POST"));
      }));
};

TEST_F(ConnectCommand, EndsWithZeroWhenNothingIsMissing) {
  const Answer answer = greenroom({"connect", "github", "studio/pipeline"});
  EXPECT_EQ(answer.code, 0) << answer.out << answer.err;
  EXPECT_THAT(answer.out, AllOf(HasSubstr("  ok    Greenroom is greenroom[bot] on github"), Not(HasSubstr("MISS")),
                                HasSubstr("Nothing is missing.")));
  EXPECT_THAT(answer.out + answer.err, Not(HasSubstr("PRIVATE KEY")));
}

TEST_F(ConnectCommand, EndsWithOneAndALineForWhatIsMissing) {
  app_.permissions.erase("checks");
  app_.hook.url = "https://elsewhere.example/\x1b[31mhooks";
  github_.set_app(app_);
  const Answer answer = greenroom({"connect", "github", "studio/pipeline"});
  EXPECT_EQ(answer.code, 1);
  EXPECT_THAT(answer.out, AllOf(HasSubstr("  MISS  The App's webhook goes to https://elsewhere.example/"),
                                Not(HasSubstr("\x1b")), HasSubstr("has to be mended first")));
  EXPECT_EQ(greenroom({"connect", "github", "studio/none"}).code, 1);
}

TEST_F(ConnectCommand, OfAHostThatIsNotSetUpSaysWhatToWrite) {
  EXPECT_THAT(greenroom({"connect", "githup", "a/b"}).err, HasSubstr("did you mean 'github'?"));
  environment_.erase("GREENROOM_GITHUB_APP_ID");
  environment_.erase("GREENROOM_GITHUB_PRIVATE_KEY");
  const Answer answer = greenroom({"connect", "github", "studio/pipeline"});
  EXPECT_EQ(answer.code, 2);
  EXPECT_THAT(answer.err, HasSubstr("github.app_id and github.private_key"));
}

TEST_F(ConnectCommand, KnowsThePracticeHostToo) {
  testing::TestDatabase database;
  database.script(
      "INSERT INTO local_host.account (login, display_name, kind) VALUES ('greenroom', 'Greenroom', 'bot');"
      "INSERT INTO local_host.repository (full_name) VALUES ('practice/shotlist')");
  environment_["GREENROOM_DATABASE_CONNINFO"] = database.conninfo();
  const Answer answer = greenroom({"connect", "local", "practice/shotlist"});
  EXPECT_EQ(answer.code, 0) << answer.out << answer.err;
  EXPECT_EQ(greenroom({"connect", "local", "practice/none"}).code, 1);
}

}  // namespace
}  // namespace greenroom::cli
