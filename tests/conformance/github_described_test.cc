// Every request that the adapter makes is one that GitHub describes.

#include <gmock/gmock.h>

#include <cstdlib>

#include "lib/hosts/github/manifest.h"
#include "lib/review/review.h"
#include "tests/conformance/described_github.h"
#include "tests/conformance/github_ground.h"

namespace greenroom::testing {
namespace {

using model::Effect;
using model::EffectKind;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class GithubDescription : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* node = std::getenv("GREENROOM_NODE");
    if (node == nullptr) GTEST_SKIP() << "GitHub's description is not there: the npm registry did not answer";
    described = std::make_unique<DescribedGithub>(node, ground.github().url());
  }
  Effect effect(EffectKind kind, const std::string& slot = "summary") {
    Effect one;
    one.target = ground.change();
    one.kind = kind;
    one.slot = slot;
    one.head_sha = ground.head();
    one.body = review::with_marker("Words", slot, key);
    return one;
  }
  std::string perform(const Effect& one) {
    const auto done = ground.host().perform(one);
    EXPECT_TRUE(done) << model::name_of(one.kind) << ": " << done.error().describe();
    return done.value_or("0");
  }
  void use_all_effects();
  void use_all_questions();

  GithubGround ground;
  std::unique_ptr<DescribedGithub> described;
  const Secret key{"the key"};
};

void GithubDescription::use_all_effects() {
  auto one = effect(EffectKind::create_comment);
  const auto comment = perform(one);
  one = effect(EffectKind::edit_comment);
  one.host_ref = comment;
  one.body += "more";
  perform(one);
  one = effect(EffectKind::react);
  one.name = "eyes";
  one.host_ref = ground.person_comments(ground.change(), "/run");
  perform(one);
  one.kind = EffectKind::delete_comment;
  one.host_ref = comment;
  perform(one);

  one = effect(EffectKind::create_thread, "thread/f1");
  one.path = "src/a.py";
  perform(one);  // on the whole file
  one.line = 3;
  one.start_line = 2;
  const auto thread = perform(one);
  one.slot = "thread/f2";
  one.body = review::with_marker("Words", one.slot, key);
  auto other = one;
  other.slot = "thread/f3";
  other.line = 1;
  other.start_line = 0;
  other.body = review::with_marker("Words", other.slot, key);
  const auto together = ground.host().perform_together({one, other});
  EXPECT_TRUE(together) << together.error().describe();
  one = effect(EffectKind::edit_comment, "thread/f1");
  one.host_ref = thread;
  one.body += "more";
  perform(one);
  for (const auto kind : {EffectKind::reply_thread, EffectKind::resolve_thread, EffectKind::unresolve_thread}) {
    one = effect(kind, "thread/f1");
    one.host_ref = thread;
    perform(one);
  }
  for (const auto* state : {"pending", "success", "pending", "failure", "neutral", "error"}) {
    one = effect(EffectKind::set_status, "status/greenroom");
    one.name = "greenroom";
    one.value = state;
    one.description = "2 findings";
    one.details_path = "/jobs/1";
    perform(one);
  }
  for (const auto kind : {EffectKind::add_label, EffectKind::remove_label}) {
    one = effect(kind);
    one.name = "good first issue";
    perform(one);
  }
  one = effect(EffectKind::assign);
  one.value = std::to_string(GithubGround::kBen);
  perform(one);
  one.target = ground.issue();
  perform(one);
}

void GithubDescription::use_all_questions() {
  auto& host = ground.host();
  const auto repository = GithubGround::kRepository;
  EXPECT_GT(host.bot_account_id(), 0);
  EXPECT_TRUE(host.standing(ground.change(), key));
  EXPECT_EQ(host.permission(repository, GithubGround::kBen).value(), hosts::Permission::write);
  EXPECT_TRUE(host.open_heads(repository));
  EXPECT_TRUE(host.repositories());
  EXPECT_TRUE(host.describe(repository, ground.change().number));
  EXPECT_TRUE(host.examine(repository, "https://greenroom.example/hooks/github"));
}

TEST_F(GithubDescription, HoldsEveryRequestOfAnApp) {
  auto options = ground.app();
  options.api_url = described->url();
  ground.use(options);
  use_all_effects();
  use_all_questions();
  EXPECT_FALSE(ground.host().deeds_since(GithubGround::kRepository, "").value().told.empty());
  EXPECT_THAT(described->violations(), IsEmpty());
  EXPECT_GT(described->requests(), 60u);
}

TEST_F(GithubDescription, HoldsEveryRequestOfAnAccount) {
  ground.github().add_user("roombot", 30);
  ground.github().set_role(GithubGround::kRepository, "roombot", fake::Role::write);
  hosts::github::Options options;
  options.api_url = described->url();
  options.dashboard_url = "https://greenroom.example";
  options.token = Secret(ground.github().add_personal_token("roombot"));
  ground.use(options);
  use_all_effects();
  use_all_questions();
  EXPECT_THAT(described->violations(), IsEmpty());
}

TEST_F(GithubDescription, HoldsTheExchangeOfAManifestsCode) {
  hosts::github::AppConversion conversion(described->url(), ground.clock());
  const auto code = ground.github().person_makes_app(
      hosts::github::manifest("https://g.example", "https://g.example/hooks/github", "https://g.example/back"));
  EXPECT_TRUE(conversion.convert(code));
  EXPECT_THAT(described->violations(), IsEmpty());
}

// Or a request that is wrong would pass unseen.
TEST_F(GithubDescription, SeesARequestThatIsNotDescribed) {
  http::Client client(described->url());
  const http::HeaderList headers{{"Content-Type", "application/json"}, {"User-Agent", "test"}};
  ASSERT_TRUE(client.send({"POST", "/repos/studio/pipeline/issues/1/comments", headers, R"({"bodie": "x"})"}));
  ASSERT_TRUE(client.send({"GET", "/rate_limit", headers, ""}));  // one that no adapter makes
  EXPECT_THAT(described->violations(), Contains(HasSubstr("must have required property 'body'")));
  EXPECT_THAT(described->violations(), Contains(HasSubstr("/rate_limit")));
}

}  // namespace
}  // namespace greenroom::testing
