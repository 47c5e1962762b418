#include "tests/conformance/gitlab_ground.h"

#include "lib/hosts/hosts.h"

namespace greenroom::testing {
namespace {

const std::string kToken = "the webhook's secret token";

FakeGitlabOptions options_with(const Clock& clock, bool several_assignees) {
  FakeGitlabOptions options;
  options.clock = &clock;
  options.webhook_token = kToken;
  options.several_assignees = several_assignees;
  return options;
}

}  // namespace

GitlabGround::GitlabGround(bool several_assignees) : gitlab_(options_with(clock_, several_assignees)) {
  gitlab_.add_user("maya", kMaya);
  gitlab_.add_user("ben", kBen);
  gitlab_.add_user("roombot", kBot);
  gitlab_.add_project("studio/tools/pipeline", kProject);
  gitlab_.set_level(kProject, "maya", gitlab::Level::guest);
  gitlab_.set_level(kProject, "ben", gitlab::Level::developer);
  gitlab_.set_level(kProject, "roombot", gitlab::Level::maintainer);
  gitlab_.add_commit(kProject, std::string(40, 'b'), "", {{"src/a.py", "one\ntwo\nthree\n"}});
  gitlab_.set_branch(kProject, "main", std::string(40, 'b'));
  gitlab_.add_commit(kProject, GitlabGround::head(), std::string(40, 'b'), {{"src/a.py", "1\n2\n3\n4\n"}});
  FakeGitlab::NewChange change;
  change.head_sha = GitlabGround::head();
  change_ = gitlab_.person_opens_change(kProject, "maya", change);
  // Numbers of issues and of changes are two rows: those of the tests differ.
  gitlab_.person_opens_issue(kProject, "ben", "An older one");
  issue_ = gitlab_.person_opens_issue(kProject, "ben", "Add a frame range");
  options_.api_url = gitlab_.url() + "/api/v4";
  options_.dashboard_url = "https://greenroom.example";
  options_.token = Secret(gitlab_.add_token("roombot"));
  use(options_);
}

GitlabGround::~GitlabGround() { EXPECT_EQ(gitlab_.unknown_routes(), std::vector<std::string>()); }

void GitlabGround::use(const hosts::gitlab::Options& options) { host_ = hosts::gitlab::make_host(options, clock_); }

std::string GitlabGround::person_comments(const model::Target& target, const std::string& body) {
  const auto kind = target.kind == model::Target::Kind::issue ? Kind::issue : Kind::merge_request;
  return std::to_string(gitlab_.person_comments(kProject, kind, target.number, "maya", body));
}
void GitlabGround::person_replies(const std::string& thread, const std::string& body) {
  gitlab_.person_replies(kProject, thread, "maya", body);
}
void GitlabGround::person_resolves(const std::string& thread) { gitlab_.person_resolves(kProject, thread, "maya"); }
void GitlabGround::person_reopens(const std::string& thread) { gitlab_.person_reopens(kProject, thread); }
void GitlabGround::person_deletes(const std::string& comment) { gitlab_.person_deletes(kProject, std::stoll(comment)); }
std::int64_t GitlabGround::person_opens_issue() { return gitlab_.person_opens_issue(kProject, "maya", "A wish"); }
void GitlabGround::maintainer_labels(std::int64_t issue, const std::string& label) {
  gitlab_.person_labels(kProject, issue, "ben", label);
}
void GitlabGround::maintainer_unlabels(std::int64_t issue, const std::string& label) {
  gitlab_.person_unlabels(kProject, issue, "ben", label);
}
void GitlabGround::person_closes_issue(std::int64_t issue) {
  gitlab_.person_closes(kProject, Kind::issue, issue, "maya");
}

std::pair<int, int> GitlabGround::anchor_of(const std::string& thread) {
  const auto position = gitlab_.first_note(kProject, thread).position.value();
  return {position.first_new_line, position.new_line};
}

std::string GitlabGround::meaning_of_last_webhook() {
  const auto sent = gitlab_.last_webhook();
  const auto verified = hosts::ingress_named("gitlab")->verify(sent.headers, sent.body, {Secret(kToken)});
  return verified ? verified->semantic_key : verified.error().describe();
}

}  // namespace greenroom::testing
