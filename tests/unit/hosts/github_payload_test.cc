// What GitHub's webhooks mean. Whole payloads, as GitHub publishes them: tests/conformance/github_payloads_test.cc.

#include "lib/hosts/github/payload.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "lib/hosts/meaning.h"

namespace greenroom::hosts::github {
namespace {

using model::EventKind;
using nlohmann::json;
using ::testing::HasSubstr;

json user(int id, const std::string& login) { return {{"id", id}, {"login", login}, {"type", "User"}}; }

json pull() {
  return {{"number", 7},
          {"title", "Collect shots"},
          {"body", nullptr},
          {"user", user(2, "maya")},
          {"author_association", "FIRST_TIME_CONTRIBUTOR"},
          {"draft", false},
          {"merged", false},
          {"updated_at", "2026-11-01T10:00:00Z"},
          {"head", {{"ref", "shots"}, {"sha", std::string(40, 'a')}}},
          {"base", {{"ref", "main"}, {"sha", std::string(40, 'b')}}}};
}

json issue() {
  return {{"number", 7},
          {"title", "Collect shots"},
          {"body", "All of them"},
          {"user", user(2, "maya")},
          {"author_association", "MEMBER"},
          {"labels", json::array({{{"name", "bug"}}})},
          {"updated_at", "2026-11-01T10:00:00Z"}};
}

json comment() {
  return {{"id", 31},
          {"body", "/run"},
          {"user", user(3, "ben")},
          {"created_at", "2026-11-01T11:00:00Z"},
          {"updated_at", "2026-11-01T12:00:00Z"}};
}

json payload(const std::string& action) {
  return {{"action", action},
          {"repository", {{"id", 5}, {"full_name", "studio/pipeline"}, {"default_branch", "main"}}},
          {"sender", user(3, "ben")}};
}

json payload(const std::string& action, const std::string& member, json object) {
  json all = payload(action);
  all[member] = std::move(object);
  return all;
}

std::optional<model::Event> event(std::string_view name, const json& body) {
  const auto found = event_of(name, body.dump());
  EXPECT_TRUE(found) << (found ? "" : found.error().describe());
  return found ? *found : std::nullopt;
}

std::string complaint(std::string_view name, const json& body) {
  const auto found = event_of(name, body.dump());
  return found ? "" : found.error().message;
}

TEST(GithubPayload, ReadsAChange) {
  const auto found = event("pull_request", payload("opened", "pull_request", pull()));
  ASSERT_TRUE(found && found->change);
  EXPECT_EQ(found->kind, EventKind::change_opened);
  EXPECT_EQ(found->repository.host, "github");
  EXPECT_EQ(found->repository.host_repository_id, 5);
  EXPECT_EQ(found->actor.host_account_id, 3);
  EXPECT_EQ(found->change->number, 7);
  EXPECT_EQ(found->change->description, "");
  EXPECT_EQ(found->change->head_sha, std::string(40, 'a'));
  EXPECT_EQ(found->change->base_ref, "main");
  EXPECT_EQ(found->change->author.login, "maya");
  EXPECT_FALSE(found->change->trusted_author);
  EXPECT_EQ(to_rfc3339(found->at), "2026-11-01T10:00:00.000000Z");
}

TEST(GithubPayload, KnowsWhatHappenedToAChange) {
  const auto kind = [](const std::string& action) {
    const auto found = event("pull_request", payload(action, "pull_request", pull()));
    return found ? std::string(model::name_of(found->kind)) : "nothing";
  };
  EXPECT_EQ(kind("reopened"), "change_opened");
  EXPECT_EQ(kind("synchronize"), "change_updated");
  EXPECT_EQ(kind("closed"), "change_closed");
  EXPECT_EQ(kind("converted_to_draft"), "change_drafted");
  EXPECT_EQ(kind("ready_for_review"), "change_readied");
  for (const char* action : {"labeled", "assigned", "locked", "enqueued", "edited", "something new"})
    EXPECT_EQ(kind(action), "nothing") << action;
  json merged = pull();
  merged["merged"] = true;
  EXPECT_EQ(event("pull_request", payload("closed", "pull_request", merged))->kind, EventKind::change_merged);
}

TEST(GithubPayload, AnotherBaseIsAnUpdateAndAnotherTitleIsNone) {
  json edited = payload("edited", "pull_request", pull());
  edited["changes"] = {{"title", {{"from", "Shots"}}}};
  EXPECT_FALSE(event("pull_request", edited));
  edited["changes"] = {{"base", {{"ref", {{"from", "develop"}}}}}};
  EXPECT_EQ(event("pull_request", edited)->kind, EventKind::change_updated);
}

TEST(GithubPayload, TrustsWhomGitHubCallsAMember) {
  for (const auto& [association, trusted] : std::map<std::string, bool>{
           {"OWNER", true}, {"MEMBER", true}, {"COLLABORATOR", true}, {"CONTRIBUTOR", false}, {"NONE", false}}) {
    json change = pull();
    change["author_association"] = association;
    EXPECT_EQ(event("pull_request", payload("opened", "pull_request", change))->change->trusted_author, trusted);
  }
}

TEST(GithubPayload, AConversationsWordsComeWithoutAHead) {
  json body = payload("created", "issue", issue());
  body["comment"] = comment();
  const auto on_issue = event("issue_comment", body);
  ASSERT_TRUE(on_issue && on_issue->issue && on_issue->comment);
  EXPECT_FALSE(on_issue->change);
  EXPECT_EQ(on_issue->comment->place, model::CommentFacts::Place::issue);
  body["issue"]["pull_request"] = {{"url", "https://example.org"}};
  const auto on_change = event("issue_comment", body);
  ASSERT_TRUE(on_change && on_change->change && on_change->comment);
  EXPECT_FALSE(on_change->issue);
  EXPECT_EQ(on_change->change->head_sha, "");
  EXPECT_TRUE(on_change->change->trusted_author);
  EXPECT_EQ(on_change->comment->body, "/run");
  EXPECT_EQ(to_rfc3339(on_change->at), "2026-11-01T11:00:00.000000Z");
}

TEST(GithubPayload, AnEditBringsItsEarlierWords) {
  json body = payload("edited", "issue", issue());
  body["comment"] = comment();
  body["changes"] = json::object();
  EXPECT_FALSE(event("issue_comment", body)) << "no words were changed";
  body["changes"] = {{"body", {{"from", "/ru"}}}};
  const auto edited = event("issue_comment", body);
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->kind, EventKind::comment_edited);
  EXPECT_EQ(edited->comment->previous_body, "/ru");
  EXPECT_EQ(to_rfc3339(edited->at), "2026-11-01T12:00:00.000000Z");
  body["action"] = "deleted";
  EXPECT_FALSE(event("issue_comment", body));
}

TEST(GithubPayload, AThreadIsItsFirstComment) {
  json body = payload("created", "pull_request", pull());
  body["comment"] = comment();
  EXPECT_EQ(event("pull_request_review_comment", body)->comment->thread, "31");
  body["comment"]["in_reply_to_id"] = 30;
  const auto answer = event("pull_request_review_comment", body);
  EXPECT_EQ(answer->comment->thread, "30");
  EXPECT_EQ(answer->change->head_sha, std::string(40, 'a'));

  json settled = payload("resolved", "pull_request", pull());
  settled["thread"] = {{"comments", json::array({comment(), comment()})}};
  settled["updated_at"] = "2026-11-01T13:00:00Z";
  const auto resolved = event("pull_request_review_thread", settled);
  EXPECT_EQ(resolved->kind, EventKind::thread_resolved);
  EXPECT_EQ(resolved->comment->thread, "31");
  EXPECT_EQ(to_rfc3339(resolved->at), "2026-11-01T13:00:00.000000Z");
  settled["action"] = "unresolved";
  EXPECT_EQ(event("pull_request_review_thread", settled)->kind, EventKind::thread_unresolved);
}

TEST(GithubPayload, AReviewSaysItsWords) {
  json body = payload("submitted", "pull_request", pull());
  body["review"] = {{"id", 77}, {"body", nullptr}, {"submitted_at", "2026-11-01T14:00:00Z"}};
  EXPECT_FALSE(event("pull_request_review", body));
  body["review"]["body"] = "Lovely.";
  const auto review = event("pull_request_review", body);
  ASSERT_TRUE(review && review->comment);
  EXPECT_EQ(review->comment->body, "Lovely.");
  EXPECT_EQ(review->comment->thread, "");
}

TEST(GithubPayload, ReadsIssuesAndTheirLabels) {
  EXPECT_EQ(event("issues", payload("opened", "issue", issue()))->issue->labels, std::vector<std::string>{"bug"});
  EXPECT_EQ(event("issues", payload("closed", "issue", issue()))->kind, EventKind::issue_closed);
  EXPECT_EQ(event("issues", payload("transferred", "issue", issue()))->kind, EventKind::issue_closed);
  json labeled = payload("labeled", "issue", issue());
  labeled["label"] = {{"name", "good first issue"}};
  EXPECT_EQ(event("issues", labeled)->label, "good first issue");
  json of_change = payload("labeled", "issue", issue());
  of_change["issue"]["pull_request"] = json::object();
  EXPECT_FALSE(event("issues", of_change));
}

TEST(GithubPayload, WordsOfADeletedAccountAreTheGhosts) {
  json change = pull();
  change["user"] = nullptr;
  const auto found = event("pull_request", payload("opened", "pull_request", change));
  EXPECT_EQ(found->change->author.login, "ghost");
  EXPECT_EQ(found->change->author.host_account_id, 10137);
}

TEST(GithubPayload, KnowsBots) {
  json body = payload("opened", "issue", issue());
  body["sender"] = {{"id", 9}, {"login", "helper[bot]"}, {"type", "Bot"}};
  EXPECT_EQ(event("issues", body)->actor.kind, model::Account::Kind::bot);
}

TEST(GithubPayload, RerunIsAskedForByTheHeadAlone) {
  const json run{{"id", 41},
                 {"head_sha", std::string(40, 'a')},
                 {"started_at", "2026-11-01T09:00:00Z"},
                 {"completed_at", "2026-11-01T10:00:00Z"},
                 {"pull_requests", json::array()}};
  const auto asked = event("check_run", payload("rerequested", "check_run", run));
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->kind, model::EventKind::rerun_requested);
  EXPECT_EQ(asked->change->head_sha, std::string(40, 'a'));
  EXPECT_EQ(asked->change->number, 0);
  EXPECT_EQ(asked->actor.login, "ben");
  EXPECT_EQ(to_rfc3339(asked->at), "2026-11-01T10:00:00.000000Z");
  auto running = run;
  running["completed_at"] = nullptr;
  EXPECT_EQ(to_rfc3339(event("check_run", payload("rerequested", "check_run", running))->at),
            "2026-11-01T09:00:00.000000Z");
  const json suite{{"head_sha", std::string(40, 'a')}, {"updated_at", "2026-11-01T11:00:00Z"}};
  EXPECT_EQ(event("check_suite", payload("rerequested", "check_suite", suite))->kind,
            model::EventKind::rerun_requested);
  EXPECT_FALSE(event("check_run", payload("completed", "check_run", run)));
  auto other = run;
  other["head_sha"] = std::string(40, 'c');
  EXPECT_NE(meaning_of(*asked), meaning_of(*event("check_run", payload("rerequested", "check_run", other))));
  other["head_sha"] = "../main";
  EXPECT_NE(complaint("check_run", payload("rerequested", "check_run", other)).find("head_sha"), std::string::npos);
}

TEST(GithubPayload, NamesTheMemberThatIsWrong) {
  EXPECT_THAT(complaint("pull_request", payload("opened")), HasSubstr("pull_request is not an object"));
  json change = pull();
  change["head"]["sha"] = "main";
  EXPECT_THAT(complaint("pull_request", payload("opened", "pull_request", change)),
              HasSubstr("pull_request.head.sha is not a SHA"));
  json body = payload("opened", "issue", issue());
  body["issue"]["user"]["id"] = "2";
  EXPECT_THAT(complaint("issues", body), HasSubstr("issue.user.id"));
  body = payload("opened", "issue", issue());
  body["issue"]["labels"] = json::array({"bug"});
  EXPECT_THAT(complaint("issues", body), HasSubstr("issue.labels[].name"));
  EXPECT_THAT(complaint("issues", json::array()), HasSubstr("not a JSON object"));
}

// The name is not signed: another one over the same body must not make it mean something else.
TEST(GithubPayload, AnotherEventsNameMakesNothingOfABody) {
  json body = payload("created", "issue", issue());
  body["comment"] = comment();
  for (const char* name : {"issues", "pull_request", "pull_request_review", "pull_request_review_thread",
                           "pull_request_review_comment", "push", "ping"}) {
    const auto found = event_of(name, body.dump());
    EXPECT_TRUE(!found || !*found) << name;
  }
}

}  // namespace
}  // namespace greenroom::hosts::github
