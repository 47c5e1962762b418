#include "lib/hosts/github/ingress.h"

#include <gmock/gmock.h>

#include "lib/base/hash.h"
#include "lib/hosts/hosts.h"

namespace greenroom::hosts::github {
namespace {

using ::testing::HasSubstr;

// GitHub's own test vector: docs.github.com, "Validating webhook deliveries".
constexpr const char* kSecret = "It's a Secret to Everybody";
constexpr const char* kBody = "Hello, World!";
constexpr const char* kSignature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

model::Headers headers(const std::string& signature, const std::string& event = "ping",
                       const std::string& id = "72d3162e-cc78-11e3-81ab-4c9367dc0958") {
  return {{"x-hub-signature-256", signature}, {"x-github-event", event}, {"x-github-delivery", id}};
}

std::string signature_of(std::string_view body, const Secret& secret) {
  return "sha256=" + to_hex(hmac_sha256(secret, body));
}

Result<Verified> verify(const model::Headers& all, std::string_view body = kBody,
                        const std::vector<Secret>& secrets = {Secret(kSecret)}) {
  return ingress_named("github")->verify(all, body, secrets);
}

TEST(GithubIngress, AgreesWithGitHubsTestVector) {
  EXPECT_EQ(verify(headers(kSignature)).error().kind, ErrorKind::user_fault) << "it is signed, and no JSON";
  EXPECT_EQ(verify(headers(kSignature), "Hello, World?").error().kind, ErrorKind::rejected);
}

TEST(GithubIngress, TakesASignedPing) {
  const std::string body = R"({"zen": "Keep it logically awesome.", "hook_id": 1})";
  const auto verified = verify(headers(signature_of(body, Secret(kSecret))), body);
  ASSERT_TRUE(verified) << verified.error().describe();
  EXPECT_EQ(verified->event_name, "ping");
  EXPECT_EQ(verified->semantic_key, "");
}

TEST(GithubIngress, TakesBothSecretsWhileTheyAreRotated) {
  const std::string body = "{}";
  const std::vector<Secret> both{Secret("new"), Secret("old")};
  EXPECT_TRUE(verify(headers(signature_of(body, Secret("old"))), body, both));
  EXPECT_TRUE(verify(headers(signature_of(body, Secret("new"))), body, both));
  EXPECT_FALSE(verify(headers(signature_of(body, Secret("older"))), body, both));
}

TEST(GithubIngress, AcceptsNoWeakSignature) {
  const std::string body = "{}";
  const auto good = signature_of(body, Secret(kSecret));
  const std::vector<std::string> weak{
      "", "sha256=", good.substr(7), good + " ", "sha1=" + good.substr(7), "SHA256=" + good.substr(7)};
  for (const auto& bad : weak) EXPECT_EQ(verify(headers(bad), body).error().kind, ErrorKind::rejected) << bad;
  EXPECT_EQ(verify({{"x-github-event", "ping"}}, body).error().kind, ErrorKind::rejected);
  auto twice = headers(good);
  twice.emplace_back("x-hub-signature-256", good);
  EXPECT_EQ(verify(twice, body).error().kind, ErrorKind::rejected);
  EXPECT_EQ(verify(headers(signature_of(body, Secret(""))), body, {Secret("")}).error().kind, ErrorKind::rejected);
}

TEST(GithubIngress, RefusesIdsAndNamesThatAreNone) {
  const std::string body = "{}";
  const auto good = signature_of(body, Secret(kSecret));
  for (const std::string& bad : {std::string(), std::string("a b"), std::string("../x"), std::string(65, 'a')}) {
    EXPECT_THAT(verify(headers(good, "ping", bad), body).error().message, HasSubstr("x-github-delivery")) << bad;
    EXPECT_THAT(verify(headers(good, bad), body).error().message, HasSubstr("x-github-event")) << bad;
  }
}

}  // namespace
}  // namespace greenroom::hosts::github
