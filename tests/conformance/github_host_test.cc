// GitHub's adapter under the contract of every host, and where GitHub differs from the others.

#include <gmock/gmock.h>

#include <algorithm>

#include "lib/http/client.h"
#include "lib/review/review.h"
#include "tests/conformance/github_ground.h"
#include "tests/support/fake_github/app_key.h"

namespace greenroom::testing {
namespace {

using model::Effect;
using model::EffectKind;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using What = fake::Fault::What;

INSTANTIATE_TEST_SUITE_P(Github, HostContract, ::testing::Values([]() -> std::unique_ptr<HostGround> {
                           return std::make_unique<GithubGround>();
                         }));

class GithubHost : public ::testing::Test {
 protected:
  Effect effect(EffectKind kind, const std::string& slot = "summary") {
    Effect one;
    one.target = ground.change();
    one.kind = kind;
    one.slot = slot;
    one.head_sha = ground.head();
    one.body = review::with_marker("Words", slot, key);
    return one;
  }
  Effect status(const std::string& value, const std::string& words = "2 findings") {
    auto one = effect(EffectKind::set_status, "status/greenroom/flake8");
    one.name = "greenroom/flake8";
    one.value = value;
    one.description = words;
    one.details_path = "/jobs/1";
    return one;
  }
  Effect thread(const std::string& path, int line) {
    auto one = effect(EffectKind::create_thread, "thread/f1");
    one.path = path;
    one.line = line;
    return one;
  }
  Result<std::string> perform(const Effect& one) { return ground.host().perform(one); }
  Error error_of(const Effect& one) {
    const auto done = perform(one);
    return done ? Error{ErrorKind::bug, "it was done", {}} : done.error();
  }
  void fail_next(What what, const std::string& path, int code = 502) {
    fake::Fault fault;
    fault.what = what;
    fault.method = "POST";
    fault.path = path;
    fault.status = code;
    ground.github().inject(fault);
  }
  std::vector<hosts::Standing> standing() { return ground.host().standing(ground.change(), key).value(); }

  GithubGround ground;
  const Secret key{"the key"};
};

TEST_F(GithubHost, DoubtsAWriteThatWasAnsweredBadlyOrNotAndFindsIt) {
  for (const auto what : {What::act_then_answer, What::act_then_hang_up}) {
    fail_next(what, "/repos/*/issues/*/comments");
    const auto before = standing().size();
    EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::in_doubt);
    EXPECT_EQ(standing().size(), before + 1);
  }
}

TEST_F(GithubHost, DoubtsNothingThatOnlyLooked) {
  fake::Fault fault;
  fault.method = "GET";
  fault.path = "/repos/*/issues/*/labels";
  ground.github().inject(fault);
  auto label = effect(EffectKind::add_label);
  label.name = "bug";
  EXPECT_EQ(error_of(label).kind, ErrorKind::transient);
}

TEST_F(GithubHost, SaysInGithubsWordsWhyAnAnchorIsNone) {
  EXPECT_THAT(error_of(thread("src/a.py", 400)).describe(), AllOf(HasSubstr("rejected"), HasSubstr("GitHub: ")));
  EXPECT_THAT(error_of(thread("src/none.py", 1)).describe(), HasSubstr("rejected"));
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(GithubHost, MakesSeveralThreadsInOneReviewAndNamesEach) {
  auto first = thread("src/a.py", 1), second = thread("src/a.py", 4);
  second.slot = "thread/f2";
  second.start_line = 2;
  second.body = review::with_marker("Other words", second.slot, key);
  ASSERT_TRUE(ground.host().goes_together(first) && ground.host().goes_together(second));
  const auto made = ground.host().perform_together({first, second});
  ASSERT_TRUE(made) << made.error().describe();
  ASSERT_THAT(*made, SizeIs(2));
  EXPECT_EQ(ground.anchor_of((*made)[0]), std::pair(0, 1));
  EXPECT_EQ(ground.anchor_of((*made)[1]), std::pair(2, 4));
  EXPECT_THAT(standing(), SizeIs(2));
  const auto ledger = ground.github().ledger();
  EXPECT_EQ(std::ranges::count(ledger, "review.create", &fake::Write::kind), 1);
  const auto reviews = ground.github().reviews(GithubGround::kRepository, ground.change().number);
  ASSERT_THAT(reviews, SizeIs(1));
  EXPECT_THAT(reviews[0].body, HasSubstr("2 notes on the lines below"));
}

TEST_F(GithubHost, MakesNoneOfSeveralThreadsWhenOneHasNoLine) {
  auto bad = thread("src/a.py", 400);
  bad.slot = "thread/f2";
  const auto made = ground.host().perform_together({thread("src/a.py", 1), bad});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::rejected);
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(GithubHost, DoubtsAReviewWhoseCommentsAreNotShown) {
  fake::Fault fault;
  fault.method = "GET";
  fault.path = "/repos/*/pulls/*/reviews/*/comments";
  ground.github().inject(fault);
  const auto made = ground.host().perform_together({thread("src/a.py", 1)});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::in_doubt);
  EXPECT_THAT(standing(), SizeIs(1));
}

TEST_F(GithubHost, NamesTheInstallationWhoseLimitsCount) {
  const auto words = ground.host().allowance(effect(EffectKind::create_comment)).value();
  const auto state = ground.host().allowance(status("success")).value();
  EXPECT_THAT(words.account, AllOf(HasSubstr("github/installation/"), HasSubstr("/content")));
  EXPECT_THAT(state.account, HasSubstr("/state"));
  ASSERT_THAT(words.limits, SizeIs(2));
  EXPECT_EQ(words.limits[0].count, 80);
  EXPECT_EQ(words.limits[1].count, 500);
}

TEST_F(GithubHost, WritesACheckRunsWordsAsTextThoughGithubReadsMarkdownThere) {
  auto status = effect(EffectKind::set_status);
  status.head_sha = ground.head();
  status.name = "greenroom/file-names";
  status.value = "neutral";
  status.description = "rename @maya/<img src=x>#1";
  ASSERT_TRUE(perform(status));
  ASSERT_TRUE(perform(status)) << "and again";
  const auto runs = ground.github().check_runs(GithubGround::kRepository, ground.head());
  ASSERT_THAT(runs, SizeIs(1));
  EXPECT_EQ(runs[0].title, status.description);
  EXPECT_EQ(runs[0].summary, review::plain(status.description));
}

TEST_F(GithubHost, PutsAThreadOnAWholeFile) {
  const auto made = perform(thread("src/a.py", 0));
  ASSERT_TRUE(made) << made.error().describe();
  EXPECT_TRUE(ground.github().comment(GithubGround::kRepository, std::stoll(*made)).anchor.whole_file);
}

TEST_F(GithubHost, KeepsThePauseThatTheSecondaryLimitAsksFor) {
  ASSERT_TRUE(perform(effect(EffectKind::create_comment)));
  ground.github().limit_content_writes(1, 500);
  ASSERT_TRUE(perform(effect(EffectKind::create_comment, "say/1")));
  EXPECT_THAT(error_of(effect(EffectKind::create_comment, "say/2")).describe(), HasSubstr("it asks to wait"));
  EXPECT_EQ(ground.host().silence(), std::chrono::seconds(60));
  const auto asked = ground.github().requests().size();
  EXPECT_THAT(error_of(effect(EffectKind::create_comment, "say/2")).describe(), HasSubstr("asked for a pause"));
  EXPECT_EQ(ground.github().requests().size(), asked) << "nothing is asked meanwhile";
  ground.clock().advance(std::chrono::seconds(61));
  EXPECT_TRUE(perform(effect(EffectKind::create_comment, "say/2")));
}

TEST_F(GithubHost, WaitsForTheResetOfThePrimaryLimit) {
  ASSERT_GT(ground.host().bot_account_id(), 0);
  ground.github().limit_requests(0, ground.clock().now() + std::chrono::minutes(20));
  EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::transient);
  ground.clock().advance(std::chrono::minutes(10));
  EXPECT_THAT(error_of(effect(EffectKind::create_comment)).describe(), HasSubstr("asked for a pause"));
  ground.clock().advance(std::chrono::minutes(11));
  ground.github().limit_requests(5000, ground.clock().now() + std::chrono::hours(1));
  EXPECT_TRUE(perform(effect(EffectKind::create_comment)));
}

TEST_F(GithubHost, TakesANewTokenBeforeTheOldOneEnds) {
  for (int minutes : {0, 54, 10, 54, 120}) {
    ground.clock().advance(std::chrono::minutes(minutes));
    const auto done = perform(effect(EffectKind::create_comment));
    EXPECT_TRUE(done) << done.error().describe();
  }
  for (const auto& asked : ground.github().requests()) EXPECT_NE(asked.status, 401) << asked.path;
}

TEST_F(GithubHost, FollowsARepositoryToItsNewName) {
  ASSERT_TRUE(perform(effect(EffectKind::create_comment)));
  ground.github().rename_repository(GithubGround::kRepository, "tools");
  EXPECT_EQ(error_of(effect(EffectKind::create_comment, "say/1")).kind, ErrorKind::transient);
  EXPECT_TRUE(perform(effect(EffectKind::create_comment, "say/1")));
  EXPECT_THAT(standing(), SizeIs(2));
}

// What a list does not show because it broke off is not gone.
TEST_F(GithubHost, TakesNoRepositoryForGoneWhoseListBrokeOff) {
  ground.github().add_repository("other", "tools", 502);
  ground.github().add_installation("other");
  fake::Fault fault;
  fault.method = "GET";
  fault.path = "/installation/repositories";
  fault.count = 2;
  ground.github().inject(fault);
  EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::transient);
  EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::transient);
  EXPECT_TRUE(perform(effect(EffectKind::create_comment)));
}

TEST_F(GithubHost, KnowsWhatABotMay) {
  const auto bot = ground.host().bot_account_id();
  EXPECT_TRUE(ground.host().permission(GithubGround::kRepository, bot)) << "its login has brackets in it";
}

TEST_F(GithubHost, ACheckRunThatIsDoneStaysAndWhatRunsAgainIsANewOne) {
  for (const auto* value : {"pending", "failure", "pending", "success", "success"}) ASSERT_TRUE(perform(status(value)));
  const auto runs = ground.github().check_runs(GithubGround::kRepository, ground.head());
  ASSERT_THAT(runs, SizeIs(2));
  EXPECT_EQ(runs[0].conclusion, "failure");
  EXPECT_EQ(runs[1].conclusion, "success");
  EXPECT_EQ(runs[1].details_url, "https://greenroom.example/jobs/1");
  EXPECT_EQ(runs[1].title, "2 findings");
}

TEST_F(GithubHost, AnAccountOfItsOwnSetsCommitStatuses) {
  ground.github().add_user("roombot", 30);
  ground.github().set_role(GithubGround::kRepository, "roombot", fake::Role::write);
  hosts::github::Options options;
  options.api_url = ground.github().url();
  options.token = Secret(ground.github().add_personal_token("roombot"));
  ground.use(options);
  EXPECT_EQ(ground.host().bot_login(), "roombot");
  EXPECT_EQ(ground.host().bot_account_id(), 30);
  for (const auto* value : {"pending", "neutral", "neutral"}) {
    const auto done = perform(status(value, std::string(300, 'x')));
    ASSERT_TRUE(done) << done.error().describe();
  }
  const auto statuses = ground.github().statuses(GithubGround::kRepository, ground.head());
  ASSERT_THAT(statuses, SizeIs(2));
  EXPECT_EQ(statuses[1].state, "success") << "GitHub's statuses know no neutral";
  ASSERT_TRUE(perform(effect(EffectKind::create_comment)));
  EXPECT_THAT(standing(), SizeIs(1));
}

TEST_F(GithubHost, TellsNothingThatWasTaken) {
  ground.github().answer_webhooks_with(202);
  const auto start = ground.host().deeds_since(GithubGround::kRepository, "").value();
  ground.person_comments(ground.change(), "/help");
  EXPECT_THAT(ground.host().deeds_since(GithubGround::kRepository, start.cursor).value().told, IsEmpty());
}

TEST_F(GithubHost, SaysWhatToDoWithoutAnInstallationOrAKey) {
  auto effect_elsewhere = effect(EffectKind::create_comment);
  effect_elsewhere.target.host_repository_id = 999;
  EXPECT_THAT(error_of(effect_elsewhere).describe(), HasSubstr("install the App there"));
  auto options = ground.app();
  options.private_key = Secret("no key");
  ground.use(options);
  EXPECT_THAT(error_of(effect(EffectKind::create_comment)).describe(), HasSubstr("github.private_key is not"));
  options.private_key = Secret(foreign_app_key().private_pem);
  ground.use(options);
  EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::transient);
}

TEST_F(GithubHost, WhatRunnersGetReadsOneRepositoryAndNothingElse) {
  ground.github().add_repository("studio", "secret", 777);
  const auto access = ground.host().read_access(GithubGround::kRepository);
  ASSERT_TRUE(access) << access.error().describe();
  const std::string& url = ground.github().url();
  ASSERT_THAT(access->git_url, ::testing::StartsWith(url + "/"));
  ASSERT_THAT(access->git_url, ::testing::EndsWith(".git"));
  EXPECT_THAT(access->git_url, ::testing::Not(HasSubstr(access->token.reveal())));
  const auto name = access->git_url.substr(url.size(), access->git_url.size() - url.size() - 4);
  http::Client client(url);
  const auto status_of = [&](const std::string& method, const std::string& path, const std::string& body) {
    http::ClientRequest request;
    request.method = method;
    request.path = path;
    request.headers = {{"Authorization", "Bearer " + access->token.reveal()}};
    request.body = body;
    const auto response = client.send(request);
    return response ? response->status : 0;
  };
  EXPECT_EQ(status_of("GET", "/repos" + name, ""), 200);
  EXPECT_EQ(status_of("GET", "/repos" + name.substr(0, name.rfind('/')) + "/secret", ""), 404);
  EXPECT_EQ(status_of("POST", "/repos" + name + "/issues", R"({"title": "spam"})"), 403);
}

TEST_F(GithubHost, AnAccountLendsRunnersItsSecondTokenOnly) {
  auto options = ground.app();
  options.app_id = 0;
  options.private_key = Secret();
  options.token = Secret(ground.github().add_personal_token("ben"));
  ground.use(options);
  const auto without = ground.host().read_access(GithubGround::kRepository);
  ASSERT_TRUE(without) << without.error().describe();
  EXPECT_TRUE(without->token.empty());
  options.read_token = Secret("github_pat_reads");
  options.git_url = "https://git.example.org";
  ground.use(options);
  const auto with = ground.host().read_access(GithubGround::kRepository);
  ASSERT_TRUE(with);
  EXPECT_EQ(with->token.reveal(), "github_pat_reads");
  EXPECT_THAT(with->git_url, ::testing::StartsWith("https://git.example.org/"));
}

}  // namespace
}  // namespace greenroom::testing
