#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "lib/base/hash.h"
#include "lib/hosts/hosts.h"
#include "lib/hosts/local/payload.h"
#include "tests/unit/hosts/events.h"

namespace greenroom::hosts {
namespace {

const Secret kSecret("the key of this test");
const Secret kOther("another key");

std::string& header(local::SignedDelivery& delivery, std::string_view name) {
  for (auto& [key, value] : delivery.headers) {
    if (key == name) return value;
  }
  throw std::logic_error("no such header");
}

Result<Verified> verify(const local::SignedDelivery& delivery, const std::vector<Secret>& secrets = {kSecret}) {
  return ingress_named("local")->verify(delivery.headers, delivery.body, secrets);
}

void expect_error(const Result<Verified>& result, ErrorKind kind) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, kind) << result.error().message;
}

TEST(LocalIngress, AcceptsWhatTheHostSigned) {
  const auto delivery = local::sign(change_event(), kSecret);
  const auto verified = verify(delivery);
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->event_name, "change_opened");
  EXPECT_EQ(verified->host_delivery.size(), 32u);
}

TEST(LocalIngress, AcceptsBothSecretsDuringRotation) {
  const auto delivery = local::sign(change_event(), kSecret);
  EXPECT_TRUE(verify(delivery, {kOther, kSecret}));
  EXPECT_TRUE(verify(delivery, {kSecret, kOther}));
}

TEST(LocalIngress, RejectsAWrongSignature) {
  auto delivery = local::sign(change_event(), kOther);
  expect_error(verify(delivery), ErrorKind::rejected);
  delivery = local::sign(change_event(), kSecret);
  delivery.body += ' ';
  expect_error(verify(delivery), ErrorKind::rejected);
}

TEST(LocalIngress, RejectsAMissingEmptyOrDoubledSignature) {
  auto delivery = local::sign(change_event(), kSecret);
  header(delivery, "x-greenroom-signature-256") = "";
  expect_error(verify(delivery), ErrorKind::rejected);
  header(delivery, "x-greenroom-signature-256") = "sha256=";
  expect_error(verify(delivery), ErrorKind::rejected);
  auto doubled = local::sign(change_event(), kSecret);
  doubled.headers.push_back(doubled.headers.back());
  expect_error(verify(doubled), ErrorKind::rejected);
  auto missing = local::sign(change_event(), kSecret);
  missing.headers.pop_back();
  expect_error(verify(missing), ErrorKind::rejected);
}

TEST(LocalIngress, RejectsEverythingWhileNoSecretIsSet) {
  const auto delivery = local::sign(change_event(), Secret(""));
  expect_error(verify(delivery, {}), ErrorKind::rejected);
  expect_error(verify(delivery, {Secret("")}), ErrorKind::rejected);
}

TEST(LocalIngress, RefusesSignedNonsense) {
  local::SignedDelivery delivery = local::sign(change_event(), kSecret);
  delivery.body = "{}";
  header(delivery, "x-greenroom-signature-256") = "sha256=" + to_hex(hmac_sha256(kSecret, delivery.body));
  expect_error(verify(delivery), ErrorKind::user_fault);
}

TEST(LocalIngress, RefusesUnsignedHeadersThatSayOtherwise) {
  auto delivery = local::sign(change_event(), kSecret);
  header(delivery, "x-greenroom-event") = "change_merged";
  expect_error(verify(delivery), ErrorKind::user_fault);
  delivery = local::sign(change_event(), kSecret);
  header(delivery, "x-greenroom-delivery") = "1; DROP TABLE delivery";
  expect_error(verify(delivery), ErrorKind::user_fault);
}

TEST(LocalIngress, GivesAReplayTheSameMeaningAndALaterDeedAnother) {
  const auto first = verify(local::sign(change_event(), kSecret));
  const auto replayed = verify(local::sign(change_event(), kSecret));
  ASSERT_TRUE(first && replayed);
  EXPECT_EQ(first->semantic_key, replayed->semantic_key);
  EXPECT_NE(first->host_delivery, replayed->host_delivery);
  auto later = change_event();
  later.at += std::chrono::microseconds(1);
  EXPECT_NE(verify(local::sign(later, kSecret))->semantic_key, first->semantic_key);
}

TEST(LocalIngress, GivesDifferentDeedsDifferentMeanings) {
  std::set<std::string> keys;
  for (const auto& event : {change_event(), change_event(model::EventKind::change_closed), comment_event(),
                            comment_event(model::EventKind::comment_edited), issue_event(),
                            issue_event(model::EventKind::issue_unlabeled)}) {
    keys.insert(verify(local::sign(event, kSecret))->semantic_key);
  }
  EXPECT_EQ(keys.size(), 6u);
}

TEST(LocalIngress, PassesTheTraceOfTheDeliveryOn) {
  model::Delivery delivery;
  delivery.trace.hex = std::string(32, 'c');
  delivery.body = local::encode(comment_event());
  const auto event = ingress_named("local")->parse(delivery);
  ASSERT_TRUE(event && *event);
  EXPECT_EQ((*event)->trace, delivery.trace);
  delivery.body = "no JSON";
  EXPECT_FALSE(ingress_named("local")->parse(delivery));
}

TEST(Hosts, AreListedByName) {
  EXPECT_EQ(ingress_named("elsewhere"), nullptr);
  for (const auto& name : host_names()) EXPECT_NE(ingress_named(name), nullptr) << name;
}

}  // namespace
}  // namespace greenroom::hosts
