#include "tests/conformance/github_ground.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/hosts/hosts.h"
#include "tests/support/fake_github/app_key.h"

namespace greenroom::testing {
namespace {

const std::string kSecret = "the webhook's";

FakeGithubOptions options_with(const Clock& clock) {
  FakeGithubOptions options;
  options.app_public_key = app_key().public_pem;
  options.webhook_secret = kSecret;
  options.clock = &clock;
  return options;
}

}  // namespace

GithubGround::GithubGround() : github_(options_with(clock_)) {
  github_.add_user("studio", 20);
  github_.add_user("maya", kMaya);
  github_.add_user("ben", kBen);
  github_.add_repository("studio", "pipeline", kRepository);
  installation_ = github_.add_installation("studio");
  github_.set_role(kRepository, "maya", fake::Role::read);
  github_.set_role(kRepository, "ben", fake::Role::write);
  github_.answer_webhooks_with(0);
  const auto base = github_.add_commit(kRepository, "", {{"src/a.py", "one\ntwo\nthree\n"}}, std::string(40, 'b'));
  github_.set_branch(kRepository, "main", base);
  FakeGithub::NewPull pull;
  pull.head_sha = github_.add_commit(kRepository, base, {{"src/a.py", "1\n2\n3\n4\n"}}, head());
  change_ = github_.person_opens_pull(kRepository, "maya", pull);
  issue_ = github_.person_opens_issue(kRepository, "ben", "Add a frame range");
  use(app());
}

GithubGround::~GithubGround() { EXPECT_EQ(github_.unknown_routes(), std::vector<std::string>()); }

hosts::github::Options GithubGround::app() const {
  hosts::github::Options options;
  options.api_url = github_.url();
  options.dashboard_url = "https://greenroom.example";
  options.app_id = FakeGithubOptions().app_id;
  options.private_key = Secret(app_key().private_pem);
  return options;
}

void GithubGround::use(const hosts::github::Options& options) {
  host_ = std::make_unique<hosts::github::GithubHost>(options, clock_);
}

std::string GithubGround::person_comments(const model::Target& target, const std::string& body) {
  return std::to_string(github_.person_comments(kRepository, target.number, "maya", body));
}
void GithubGround::person_replies(const std::string& thread, const std::string& body) {
  github_.person_replies(kRepository, std::stoll(thread), "maya", body);
}
void GithubGround::person_resolves(const std::string& thread) {
  github_.person_resolves(kRepository, std::stoll(thread), "maya");
}
void GithubGround::person_reopens(const std::string& thread) {
  github_.person_unresolves(kRepository, std::stoll(thread), "maya");
}
void GithubGround::person_deletes(const std::string& comment) {
  github_.person_deletes_comment(kRepository, std::stoll(comment), "ben");
}
std::int64_t GithubGround::person_opens_issue() { return github_.person_opens_issue(kRepository, "maya", "A wish"); }
void GithubGround::maintainer_labels(std::int64_t issue, const std::string& label) {
  github_.person_labels(kRepository, issue, "ben", label);
}
void GithubGround::maintainer_unlabels(std::int64_t issue, const std::string& label) {
  github_.person_unlabels(kRepository, issue, "ben", label);
}
void GithubGround::person_closes_issue(std::int64_t issue) { github_.person_closes(kRepository, issue, "maya"); }

std::pair<int, int> GithubGround::anchor_of(const std::string& thread) {
  const auto anchor = github_.comment(kRepository, std::stoll(thread)).anchor;
  return {anchor.start_line, anchor.line};
}

std::string GithubGround::meaning_of_last_webhook() {
  const auto sent = github_.last_webhook();
  model::Headers headers;
  for (const auto& [name, value] : sent.headers) headers.emplace_back(to_lower_ascii(name), value);
  const auto verified = hosts::ingress_named("github")->verify(headers, sent.body, {Secret(kSecret)});
  return verified ? verified->semantic_key : verified.error().describe();
}

int GithubGround::deeds() {
  const auto ledger = github_.ledger();
  return static_cast<int>(std::ranges::count_if(ledger, [](const auto& write) { return write.who != "app"; }));
}

}  // namespace greenroom::testing
