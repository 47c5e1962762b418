// An App that is made from a manifest: what it asks for, and what its code is worth.

#include "lib/hosts/github/manifest.h"

#include <gmock/gmock.h>

#include "tests/conformance/github_ground.h"
#include "tests/support/fake_github/app_key.h"

namespace greenroom::testing {
namespace {

using hosts::github::AppConversion;
using ::testing::HasSubstr;

constexpr const char* kHook = "https://greenroom.example/hooks/github";

struct GithubManifest : ::testing::Test {
  GithubGround ground;
  AppConversion conversion{ground.github().url(), ground.clock()};
  std::string code() {
    return ground.github().person_makes_app(
        hosts::github::manifest("https://greenroom.example", kHook, "https://greenroom.example/setup/github/made"));
  }
};

TEST_F(GithubManifest, AsksForAllThatTheExaminationLooksForAndIsPrivate) {
  ASSERT_TRUE(conversion.convert(code()));
  ground.github().answer_webhooks_with(200);
  ground.person_comments(ground.change(), "A word");
  const auto remarks = ground.host().examine(GithubGround::kRepository, kHook);
  ASSERT_TRUE(remarks) << remarks.error().describe();
  for (const auto& remark : *remarks) EXPECT_NE(remark.sign, hosts::Remark::Sign::missing) << remark.sentence;
  EXPECT_THAT(hosts::github::manifest("h", "w", "b"), HasSubstr(R"("public":false)"));
}

TEST_F(GithubManifest, ItsCodeGivesTheKeyOnce) {
  const auto once = code();
  const auto made = conversion.convert(once);
  ASSERT_TRUE(made) << made.error().describe();
  EXPECT_EQ(made->app_id, FakeGithubOptions().app_id);
  EXPECT_EQ(made->private_key.reveal(), app_key().private_pem);
  EXPECT_FALSE(made->webhook_secret.empty());
  EXPECT_EQ(conversion.convert(once).error().kind, ErrorKind::not_found);
}

TEST_F(GithubManifest, ItsCodeEndsAfterAnHour) {
  const auto late = code();
  ground.clock().advance(std::chrono::minutes(61));
  EXPECT_EQ(conversion.convert(late).error().kind, ErrorKind::not_found);
}

TEST_F(GithubManifest, AsksNothingForWhatIsNoCode) {
  const auto asked = ground.github().requests().size();
  for (const std::string code : {"", "../../user", "a/b", "a?b", "a%2Fb", "é"})
    EXPECT_EQ(conversion.convert(code).error().kind, ErrorKind::rejected) << code;
  EXPECT_EQ(conversion.convert(std::string(201, 'a')).error().kind, ErrorKind::rejected);
  EXPECT_EQ(ground.github().requests().size(), asked);
}

TEST_F(GithubManifest, DoubtsAnAnswerThatWasLost) {
  fake::Fault fault;
  fault.what = fake::Fault::What::act_then_hang_up;
  fault.path = "/app-manifests/*";
  ground.github().inject(fault);
  EXPECT_EQ(conversion.convert(code()).error().kind, ErrorKind::in_doubt);
}

}  // namespace
}  // namespace greenroom::testing
