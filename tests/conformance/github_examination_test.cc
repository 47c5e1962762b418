// What somebody who connects a GitHub repository is told.

#include <gmock/gmock.h>

#include "tests/conformance/github_ground.h"

namespace greenroom::testing {
namespace {

using hosts::Remark;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kHook = "https://greenroom.example/hooks/github";

class GithubExamination : public ::testing::Test {
 protected:
  GithubExamination() {
    app.permissions = least_permissions();
    app.hook.url = kHook;
    arrive(200);
  }
  void arrive(int status) {
    ground.github().answer_webhooks_with(status);
    ground.person_comments(ground.change(), "A word");
  }
  hosts::Remarks examine() {
    ground.github().set_app(app);
    const auto remarks = ground.host().examine(GithubGround::kRepository, std::string(kHook));
    EXPECT_TRUE(remarks) << remarks.error().describe();
    return remarks.value_or(hosts::Remarks());
  }
  std::vector<std::string> all(Remark::Sign sign) {
    std::vector<std::string> sentences;
    for (const auto& remark : examine())
      if (remark.sign == sign) sentences.push_back(remark.sentence);
    return sentences;
  }
  std::vector<std::string> missing() { return all(Remark::Sign::missing); }
  std::vector<std::string> notes() { return all(Remark::Sign::note); }

  GithubGround ground;
  fake::App app;
};

TEST_F(GithubExamination, OfAnAppThatIsSetUpFindsNothingMissing) {
  ground.github().answer_webhooks_with(200);
  for (int n = 0; n < 20; ++n) arrive(200);
  ground.github().require_checks(GithubGround::kRepository, "main", {"greenroom"}, fake::Guard::rules);
  for (const auto& remark : examine()) EXPECT_EQ(remark.sign, Remark::Sign::fine) << remark.sentence;
  EXPECT_THAT(all(Remark::Sign::fine), ::testing::SizeIs(5));
}

TEST_F(GithubExamination, NamesEachPermissionThatTheAppDoesNotAskFor) {
  app.permissions.erase("checks");
  app.permissions["issues"] = "read";
  ground.github().set_permissions(ground.installation(), app.permissions);
  EXPECT_THAT(missing(), ElementsAre(HasSubstr("does not ask for 'Issues: Read and write'"),
                                     HasSubstr("does not ask for 'Checks: Read and write'")));
}

TEST_F(GithubExamination, NamesEachPermissionThatTheOwnerDidNotAccept) {
  auto granted = app.permissions;
  granted.erase("checks");
  ground.github().set_permissions(ground.installation(), granted);
  EXPECT_THAT(missing(), ElementsAre(HasSubstr("'Checks: Read and write', which the repository's owner has not")));
}

TEST_F(GithubExamination, NamesEachEventThatIsNotSent) {
  std::erase(app.events, "issue_comment");
  EXPECT_THAT(missing(), ElementsAre(HasSubstr("not told of 'Issue comment'")));
}

TEST_F(GithubExamination, SaysWhatIsWrongWithTheWebhook) {
  const auto with = [&](const fake::Hook& hook) {
    app.hook = hook;
    return missing();
  };
  EXPECT_THAT(with({}), ElementsAre(HasSubstr("has no webhook")));
  EXPECT_THAT(with({"https://old.example/hooks/github"}),
              ElementsAre(HasSubstr("goes to https://old.example/hooks/github: set it to https://greenroom.example/")));
  EXPECT_THAT(with({std::string(kHook), "form"}), ElementsAre(HasSubstr("does not send JSON")));
  EXPECT_THAT(with({std::string(kHook), "json", false}), ElementsAre(HasSubstr("has no secret")));
  EXPECT_THAT(with({std::string(kHook) + "/", "json", true, true}), IsEmpty());
  EXPECT_THAT(notes(), Contains(HasSubstr("does not verify")));
}

TEST_F(GithubExamination, SaysWhyTheLatestDeliveryWasLost) {
  const std::pair<int, const char*> cases[] = {
      {0, "reached nobody"}, {401, "github.webhook_secret"}, {404, "found no hook"}, {503, "was answered with 503"}};
  for (const auto& [status, words] : cases) {
    arrive(status);
    EXPECT_THAT(missing(), ElementsAre(HasSubstr(words))) << status;
  }
  arrive(202);
  EXPECT_THAT(missing(), IsEmpty());
  EXPECT_THAT(notes(), Contains(HasSubstr("the bot fetches those itself")));
}

TEST_F(GithubExamination, OfAnAppWithoutDeliveriesSaysSo) {
  ground.clock().advance(std::chrono::hours(73));
  EXPECT_THAT(notes(), Contains(HasSubstr("GitHub has sent nothing lately")));
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(GithubExamination, WhereNothingHappenedYetLooksAtTheAppsOtherDeliveries) {
  ground.clock().advance(std::chrono::hours(73));
  const auto other = ground.github().add_repository("studio", "other", 7700);
  ground.github().set_role(other, "ben", fake::Role::write);
  ground.github().answer_webhooks_with(401);
  ground.github().person_opens_issue(other, "ben", "A wish");
  EXPECT_THAT(missing(), ElementsAre(HasSubstr("The latest delivery, issues at")));
  arrive(200);
  EXPECT_THAT(missing(), IsEmpty()) << "its own count more";
  EXPECT_THAT(all(Remark::Sign::fine), Contains(HasSubstr("The latest delivery of this repository, issue_comment at")));
}

TEST_F(GithubExamination, HintsAtTheCheckThatMergingCouldWaitFor) {
  EXPECT_THAT(notes(), Contains(HasSubstr("does not wait for the check")));
  for (const auto guard : {fake::Guard::protection, fake::Guard::rules}) {
    ground.github().require_checks(GithubGround::kRepository, "main", {"greenroom/flake8"}, guard);
    EXPECT_THAT(notes(), Contains(HasSubstr("does not wait for the check")));
    ground.github().require_checks(GithubGround::kRepository, "main", {"build", "greenroom"}, guard);
    EXPECT_THAT(all(Remark::Sign::fine), Contains(HasSubstr("Merging into main waits")));
    ground.github().require_checks(GithubGround::kRepository, "main", {}, guard);
  }
}

TEST_F(GithubExamination, TakesWhatGithubHidesForAHint) {
  for (const int status : {403, 404}) {
    for (const char* path : {"/repos/*/rules/*", "/repos/*/branches/*"}) {
      fake::Fault fault;
      fault.path = path;
      fault.status = status;
      fault.body = R"({"message":"Resource not accessible by integration"})";
      ground.github().inject(fault);
    }
    EXPECT_THAT(notes(), Contains(HasSubstr("does not wait for the check"))) << status;
  }
}

TEST_F(GithubExamination, OnlyLooks) {
  const auto before = ground.github().ledger().size();
  examine();
  EXPECT_EQ(ground.github().ledger().size(), before);
}

TEST_F(GithubExamination, OfALimitSaysThatItIsOneAndForHowLong) {
  examine();
  ground.github().limit_requests(0, ground.clock().now() + std::chrono::minutes(20));
  const auto remarks = ground.host().examine(GithubGround::kRepository, std::string(kHook));
  ASSERT_FALSE(remarks);
  EXPECT_EQ(remarks.error().kind, ErrorKind::transient);
}

TEST_F(GithubExamination, OfAnAccountAsksForItsRole) {
  ground.github().add_user("roombot", 30);
  auto options = ground.app();
  options.app_id = 0;
  options.private_key = Secret();
  options.token = Secret(ground.github().add_personal_token("roombot"));
  ground.github().set_role(GithubGround::kRepository, "roombot", fake::Role::read);
  ground.use(options);
  EXPECT_THAT(missing(), ElementsAre(HasSubstr("roombot may not write")));
  ground.github().set_role(GithubGround::kRepository, "roombot", fake::Role::write);
  EXPECT_THAT(missing(), IsEmpty());
  EXPECT_THAT(notes(), Contains(HasSubstr(kHook.data())));
}

}  // namespace
}  // namespace greenroom::testing
