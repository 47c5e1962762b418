// A repository that somebody connects: what is said of the host, of the repository and of the webhook's address.

#include "lib/connect/connect.h"

#include <gmock/gmock.h>

#include "lib/hosts/hosts.h"
#include "lib/ingress/ingress.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/support/test_database.h"

namespace greenroom::connect {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::FakeGithub;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> missing_in(const Remarks& remarks) {
  std::vector<std::string> sentences;
  for (const auto& remark : remarks)
    if (remark.sign == hosts::Remark::Sign::missing) sentences.push_back(remark.sentence);
  return sentences;
}

// The real webhook service's answers.
class Connect : public ::testing::Test {
 protected:
  Connect() {
    testing::fake::App app;
    app.permissions = testing::least_permissions();
    app.hook.url = hook_url(url(), "github");
    github_.set_app(app);
    github_.add_user("maya", 11);
    github_.add_repository("studio", "pipeline", kRepository);
  }
  static testing::FakeGithubOptions options_with(const Clock& clock) {
    testing::FakeGithubOptions options;
    options.app_public_key = testing::app_key().public_pem;
    options.clock = &clock;
    return options;
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  std::unique_ptr<hosts::Host> github() {
    hosts::github::Options options;
    options.api_url = github_.url();
    options.app_id = testing::FakeGithubOptions().app_id;
    options.private_key = Secret(testing::app_key().private_pem);
    return hosts::github::make_host(options, clock_);
  }
  Remarks ask(const std::string& repository) { return examine(*github(), "github", repository, url()); }

  static constexpr std::int64_t kRepository = 77;
  testing::FakeClock clock_;
  FakeGithub github_{options_with(clock_)};
  testing::TestDatabase database_;
  store::DeliveryLog log_{{database_.options_as("greenroom_webhook")}};
  metrics::Registry metrics_;
  std::string hindrance_;
  ingress::Ingress ingress_{{{{"github", {Secret("one")}}}, [this] { return hindrance_; }}, log_, metrics_};
  std::unique_ptr<http::Server> server_ =
      std::move(*http::Server::start({}, [this](http::Request request, std::shared_ptr<http::Responder> responder) {
        ingress_.handle(std::move(request), std::move(responder));
      }));
};

TEST_F(Connect, FindsNothingMissingWhenAllIsSetUp) {
  github_.add_installation("studio");
  const auto remarks = ask("Studio/Pipeline");
  EXPECT_THAT(missing_in(remarks), IsEmpty());
  EXPECT_TRUE(is_whole(remarks));
  EXPECT_THAT(remarks.front().sentence,
              HasSubstr("greenroom[bot] on github, account 9000, and was let into 1 repository"));
  EXPECT_THAT(remarks.back().sentence, HasSubstr("The webhook service answers at " + url() + "/hooks/github"));
  EXPECT_THAT(github_.unknown_routes(), IsEmpty());
}

TEST_F(Connect, SaysThatTheAppIsInstalledNowhere) {
  EXPECT_THAT(missing_in(ask("studio/pipeline")), Contains(HasSubstr("was let into no repository on github yet")));
}

TEST_F(Connect, SaysThatTheRepositoryIsNotAmongThem) {
  github_.add_installation("studio");
  EXPECT_THAT(missing_in(ask("studio/pipelien")), ElementsAre(HasSubstr("did you mean 'studio/pipeline'?")));
  EXPECT_THAT(missing_in(ask("weather/report")), ElementsAre(HasSubstr("install the GitHub App there")));
}

TEST_F(Connect, SaysInOneSentenceThatTheHostCannotBeAsked) {
  github_.add_installation("studio");
  testing::fake::Fault fault;
  fault.path = "/app/installations";
  github_.inject(fault);
  EXPECT_THAT(missing_in(ask("studio/pipeline")),
              ElementsAre(HasSubstr("could not be asked for the bot's repositories")));
  fault.path = "/app/hook/config";
  github_.inject(fault);
  EXPECT_THAT(missing_in(ask("studio/pipeline")), ElementsAre(HasSubstr("could not be asked about this repository")));
}

TEST_F(Connect, TellsAHookWithoutASecretFromOneThatIsNotThere) {
  github_.add_installation("studio");
  const auto reach_of = [&](const std::string& webhook_url, const std::string& host = "github") {
    return examine(*github(), host, "studio/pipeline", webhook_url).back().sentence;
  };
  EXPECT_THAT(reach_of(url(), "gitlab"), HasSubstr("set gitlab.webhook_secret"));
  EXPECT_THAT(reach_of(github_.url()), HasSubstr("There is no hook at"));
  EXPECT_THAT(reach_of("http://127.0.0.1:1"), HasSubstr("Nothing answers at"));
  EXPECT_THAT(reach_of("no address"), HasSubstr("Nothing answers at"));
  hindrance_ = "the database does not answer";
  EXPECT_THAT(reach_of(url()), HasSubstr("cannot store deliveries now: the database does not answer"));
}

TEST_F(Connect, ThePracticeHostNeedsItsAccountAndItsHook) {
  database_.script(
      "INSERT INTO local_host.account (login, display_name, kind) VALUES ('greenroom', 'Greenroom', 'bot');"
      "INSERT INTO local_host.repository (full_name) VALUES ('practice/shotlist')");
  pg::Pool pool(database_.options_as("greenroom_bot"), 1);
  const auto host = hosts::local::make_host(pool, "greenroom");
  const auto remarks = examine(*host, "local", "practice/shotlist", url());
  EXPECT_THAT(missing_in(remarks), ElementsAre(HasSubstr("set local.webhook_secret")));
  EXPECT_THAT(remarks.front().sentence, HasSubstr("Greenroom is greenroom on local"));
  EXPECT_THAT(missing_in(examine(*hosts::local::make_host(pool, "nobody"), "local", "practice/shotlist", url())),
              SizeIs(2));
}

}  // namespace
}  // namespace greenroom::connect
