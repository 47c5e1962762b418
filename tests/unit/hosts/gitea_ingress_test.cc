#include "lib/hosts/gitea/ingress.h"

#include <gmock/gmock.h>

#include "lib/base/hash.h"
#include "lib/hosts/hosts.h"

namespace greenroom::hosts::gitea {
namespace {

using ::testing::HasSubstr;

const Secret kSecret("between the two of us");
const std::string kBody = R"({"action": "label_updated", "pull_request": {}})";

std::string hex_of(std::string_view body, const Secret& secret = kSecret) { return to_hex(hmac_sha256(secret, body)); }

// As Forgejo sends them: every family at once. Gitea leaves out its own.
model::Headers headers(const std::string& signature, const std::string& event = "pull_request",
                       const std::string& id = "f6266f16-1bf3-46a5-9ea4-602e06ead473") {
  model::Headers all;
  for (const std::string family : {"x-forgejo-", "x-gitea-", "x-gogs-"}) {
    all.emplace_back(family + "event", event);
    all.emplace_back(family + "delivery", id);
    all.emplace_back(family + "signature", signature);
  }
  all.emplace_back("x-github-event", event);
  all.emplace_back("x-github-delivery", id);
  all.emplace_back("x-hub-signature-256", "sha256=" + signature);
  return all;
}

model::Headers without(model::Headers all, std::string_view prefix) {
  std::erase_if(all, [&](const auto& header) { return header.first.starts_with(prefix); });
  return all;
}

Result<Verified> verify(const model::Headers& all, const std::vector<Secret>& secrets = {kSecret}) {
  return ingress_named("gitea")->verify(all, kBody, secrets);
}

TEST(GiteaIngress, TakesWhatForgejoAndGiteaSigned) {
  for (const auto& all : {headers(hex_of(kBody)), without(headers(hex_of(kBody)), "x-forgejo-")}) {
    const auto verified = verify(all);
    ASSERT_TRUE(verified) << verified.error().describe();
    EXPECT_EQ(verified->event_name, "pull_request");
    EXPECT_EQ(verified->host_delivery, "f6266f16-1bf3-46a5-9ea4-602e06ead473");
    EXPECT_EQ(verified->semantic_key, "");
  }
}

TEST(GiteaIngress, BelievesNoHeaderOfGitHubs) {
  auto all = without(without(headers(hex_of(kBody)), "x-forgejo-"), "x-gitea-");
  EXPECT_EQ(verify(all).error().kind, ErrorKind::rejected);
  all.emplace_back("x-gitea-signature", hex_of(kBody));
  EXPECT_THAT(verify(all).error().message, HasSubstr("x-gitea-delivery"));
}

TEST(GiteaIngress, ASignatureOfTheOtherFamilyDoesNotHelp) {
  auto all = headers(hex_of(kBody));
  for (auto& [name, value] : all)
    if (name == "x-forgejo-signature") value = hex_of("another body");
  EXPECT_EQ(verify(all).error().kind, ErrorKind::rejected);
}

TEST(GiteaIngress, AcceptsNoWeakSignature) {
  const auto good = hex_of(kBody);
  const std::vector<std::string> weak{"", "sha256=", "sha256=" + good, good + " ", "sha1=" + good, good.substr(1)};
  for (const auto& bad : weak) EXPECT_EQ(verify(headers(bad)).error().kind, ErrorKind::rejected) << bad;
  auto twice = headers(good);
  twice.emplace_back("x-forgejo-signature", good);
  EXPECT_EQ(verify(twice).error().kind, ErrorKind::rejected);
}

// Without a secret both send an empty signature, and GitHub's header as "sha256=".
TEST(GiteaIngress, WithoutASecretNobodyIsLetIn) {
  for (const auto& secrets : {std::vector<Secret>{}, std::vector<Secret>{Secret("")}}) {
    EXPECT_EQ(verify(headers(""), secrets).error().kind, ErrorKind::rejected);
    EXPECT_EQ(verify(headers(hex_of(kBody, Secret(""))), secrets).error().kind, ErrorKind::rejected);
  }
}

TEST(GiteaIngress, TakesBothSecretsWhileTheyAreRotated) {
  const std::vector<Secret> both{Secret("new"), Secret("old")};
  EXPECT_TRUE(verify(headers(hex_of(kBody, Secret("old"))), both));
  EXPECT_TRUE(verify(headers(hex_of(kBody, Secret("new"))), both));
  EXPECT_FALSE(verify(headers(hex_of(kBody, Secret("older"))), both));
}

TEST(GiteaIngress, RefusesIdsAndNamesThatAreNone) {
  const auto good = hex_of(kBody);
  for (const std::string& bad : {std::string(), std::string("a b"), std::string("../x"), std::string(65, 'a')}) {
    EXPECT_THAT(verify(headers(good, "issues", bad)).error().message, HasSubstr("x-forgejo-delivery")) << bad;
    EXPECT_THAT(verify(headers(good, bad)).error().message, HasSubstr("x-forgejo-event")) << bad;
  }
}

}  // namespace
}  // namespace greenroom::hosts::gitea
