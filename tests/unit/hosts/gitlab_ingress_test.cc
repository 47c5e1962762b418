#include "lib/hosts/gitlab/ingress.h"

#include <gmock/gmock.h>

#include "lib/base/hash.h"
#include "lib/hosts/hosts.h"
#include "tests/support/fake_clock.h"

namespace greenroom::hosts::gitlab {
namespace {

using testing::FakeClock;
using ::testing::HasSubstr;

constexpr const char* kBody = R"({"object_kind": "push"})";
const std::string kKey = "a key of thirty-two bytes, no less";
const Secret kSigningToken("whsec_" + base64_encode(kKey));
const Secret kToken("the secret token");

class GitlabIngressTest : public ::testing::Test {
 protected:
  std::string seconds(int later = 0) {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now().time_since_epoch());
    return std::to_string(now.count() + later);
  }
  static std::string signature(const std::string& id, const std::string& timestamp, const std::string& body = kBody,
                               const std::string& key = kKey) {
    return "v1," + base64_encode(hmac_sha256(Secret(key), id + "." + timestamp + "." + body));
  }
  model::Headers signed_headers(const std::string& timestamp, const std::string& with) {
    return {{"webhook-id", "id-1"}, {"webhook-timestamp", timestamp}, {"webhook-signature", with}};
  }
  Result<Verified> verify(const model::Headers& headers, const std::vector<Secret>& secrets,
                          std::string_view body = kBody) {
    return ingress.verify(headers, body, secrets);
  }
  ErrorKind refusal(const model::Headers& headers, const std::vector<Secret>& secrets, std::string_view body = kBody) {
    const auto verified = verify(headers, secrets, body);
    return verified ? ErrorKind::bug : verified.error().kind;
  }

  FakeClock clock;
  GitlabIngress ingress{clock};
};

TEST_F(GitlabIngressTest, TakesTheSecretTokenAndItsPredecessor) {
  const model::Headers headers{{"x-gitlab-token", kToken.reveal()}, {"idempotency-key", "key-1"}};
  const auto verified = verify(headers, {Secret("new"), kToken});
  ASSERT_TRUE(verified) << verified.error().describe();
  EXPECT_EQ(verified->host_delivery, "key-1");
  EXPECT_EQ(verified->event_name, "push");
  EXPECT_EQ(verified->semantic_key, "");
}

TEST_F(GitlabIngressTest, TakesNoOtherToken) {
  for (const char* token : {"", "the secret", "the secret token ", "THE SECRET TOKEN"})
    EXPECT_EQ(refusal({{"x-gitlab-token", token}, {"idempotency-key", "k"}}, {kToken}), ErrorKind::rejected) << token;
  EXPECT_EQ(refusal({{"idempotency-key", "k"}}, {kToken}), ErrorKind::rejected);
  EXPECT_EQ(refusal({{"x-gitlab-token", ""}, {"idempotency-key", "k"}}, {Secret("")}), ErrorKind::rejected);
  EXPECT_EQ(refusal({{"x-gitlab-token", ""}, {"idempotency-key", "k"}}, {}), ErrorKind::rejected);
  model::Headers twice{{"x-gitlab-token", "guess"}, {"x-gitlab-token", kToken.reveal()}, {"idempotency-key", "k"}};
  EXPECT_EQ(refusal(twice, {kToken}), ErrorKind::rejected);
}

// The example of the Standard Webhooks specification, which every implementation agrees with.
TEST_F(GitlabIngressTest, AgreesWithTheSpecificationsTestVector) {
  const std::string timestamp = "1614265330";
  clock.advance(TimePoint(std::chrono::seconds(1614265330)) - clock.now());
  const model::Headers headers{{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                               {"webhook-timestamp", timestamp},
                               {"webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}};
  const std::vector<Secret> secrets{Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")};
  // Signed, and then read: GitLab's events have an object_kind, this one has not.
  EXPECT_EQ(refusal(headers, secrets, R"({"test": 2432232314})"), ErrorKind::user_fault);
  EXPECT_EQ(refusal(headers, secrets, R"({"test": 2432232315})"), ErrorKind::rejected);
}

TEST_F(GitlabIngressTest, TakesASignatureOfEitherKeyFromAListOfThem) {
  const auto now = seconds();
  const auto good = signature("id-1", now);
  EXPECT_TRUE(verify(signed_headers(now, good), {kSigningToken}));
  EXPECT_TRUE(verify(signed_headers(now, "v1,AAAA " + good), {Secret("new"), kSigningToken}));
  EXPECT_EQ(verify(signed_headers(now, good), {kSigningToken})->host_delivery, "id-1");
}

TEST_F(GitlabIngressTest, SignsTheBodyTheIdAndTheTime) {
  const auto now = seconds();
  const auto good = signature("id-1", now);
  EXPECT_EQ(refusal(signed_headers(now, good), {kSigningToken}, R"({"object_kind": "note"})"), ErrorKind::rejected);
  EXPECT_EQ(refusal(signed_headers(seconds(1), good), {kSigningToken}), ErrorKind::rejected);
  auto other = signed_headers(now, good);
  other[0].second = "id-2";
  EXPECT_EQ(refusal(other, {kSigningToken}), ErrorKind::rejected);
  for (const std::string& weak :
       {std::string(), std::string("v1,"), good.substr(3), "v2," + good.substr(3), good + ","})
    EXPECT_EQ(refusal(signed_headers(now, weak), {kSigningToken}), ErrorKind::rejected) << weak;
}

TEST_F(GitlabIngressTest, TakesNoOldSignatureAndNoneOfTheFuture) {
  for (const int later : {-301, 301}) {
    const auto at = seconds(later);
    EXPECT_THAT(verify(signed_headers(at, signature("id-1", at)), {kSigningToken}).error().message, HasSubstr("clock"));
  }
  for (const int later : {-299, 299}) {
    const auto at = seconds(later);
    EXPECT_TRUE(verify(signed_headers(at, signature("id-1", at)), {kSigningToken})) << later;
  }
  for (const char* no_time : {"", "now", "-1", "99999999999999999999"})
    EXPECT_EQ(refusal(signed_headers(no_time, signature("id-1", no_time)), {kSigningToken}), ErrorKind::rejected);
}

// Whoever sees a request must not learn a signing token from it, and an empty key signs nothing.
TEST_F(GitlabIngressTest, TakesNoSigningTokenForASecretToken) {
  EXPECT_EQ(refusal({{"x-gitlab-token", kSigningToken.reveal()}, {"idempotency-key", "k"}}, {kSigningToken}),
            ErrorKind::rejected);
  const auto now = seconds();
  for (const char* token : {"whsec_", "whsec_*"})
    EXPECT_EQ(refusal(signed_headers(now, signature("id-1", now, kBody, "")), {Secret(token)}), ErrorKind::rejected);
}

TEST_F(GitlabIngressTest, TellsDeliveriesOfOneDeedApart) {
  const auto id_of = [&](const std::string& body) {
    return verify({{"x-gitlab-token", kToken.reveal()}, {"x-gitlab-event-uuid", "deed-1"}}, {kToken}, body)
        ->host_delivery;
  };
  EXPECT_EQ(id_of(kBody), id_of(kBody)) << "it is sent again";
  EXPECT_NE(id_of(kBody), id_of(R"({"object_kind": "pipeline"})")) << "one deed set off the other";
}

TEST_F(GitlabIngressTest, RefusesIdsAndNamesThatAreNone) {
  for (const std::string& bad : {std::string(), std::string("a b"), std::string("../x"), std::string(129, 'a')})
    EXPECT_EQ(refusal({{"x-gitlab-token", kToken.reveal()}, {"idempotency-key", bad}}, {kToken}),
              ErrorKind::user_fault);
  EXPECT_EQ(refusal({{"x-gitlab-token", kToken.reveal()}}, {kToken}), ErrorKind::user_fault);
  for (const char* body : {"", "[]", "{}", R"({"object_kind": "../x"})", R"({"object_kind": 3})"})
    EXPECT_EQ(refusal({{"x-gitlab-token", kToken.reveal()}, {"idempotency-key", "k"}}, {kToken}, body),
              ErrorKind::user_fault)
        << body;
}

TEST_F(GitlabIngressTest, IsAmongTheHosts) { EXPECT_NE(ingress_named("gitlab"), nullptr); }

}  // namespace
}  // namespace greenroom::hosts::gitlab
