// What Gitea's and Forgejo's webhooks mean.

#include "lib/hosts/gitea/payload.h"

#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>

namespace greenroom::hosts::gitea {
namespace {

using model::EventKind;
using nlohmann::json;
using ::testing::HasSubstr;

json user(int id, const std::string& login) { return {{"id", id}, {"login", login}, {"full_name", ""}}; }

json pull() {
  return {{"number", 7},
          {"title", "Collect shots"},
          {"body", ""},
          {"user", user(2, "maya")},
          {"draft", false},
          {"merged", false},
          {"updated_at", "2026-11-01T10:00:00+01:00"},
          {"head", {{"ref", "shots"}, {"sha", std::string(40, 'a')}}},
          {"base", {{"ref", "main"}, {"sha", std::string(40, 'b')}}}};
}

json issue() {
  return {{"number", 7},
          {"title", "Collect shots"},
          {"body", "All of them"},
          {"user", user(2, "maya")},
          {"labels", json::array({{{"id", 1}, {"name", "bug"}}})},
          {"pull_request", nullptr},
          {"created_at", "2026-11-01T09:00:00Z"},
          {"updated_at", "2026-11-01T10:00:00Z"},
          {"closed_at", nullptr}};
}

json comment() {
  return {{"id", 31},
          {"body", "/run"},
          {"user", user(3, "ben")},
          {"created_at", "2026-11-01T11:00:00Z"},
          {"updated_at", "2026-11-01T12:00:00Z"}};
}

json payload(const std::string& action, const std::string& member, json object) {
  return {{"action", action},
          {member, std::move(object)},
          {"repository", {{"id", 5}, {"full_name", "studio/pipeline"}, {"default_branch", "main"}}},
          {"sender", user(3, "ben")}};
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

TEST(GiteaPayload, ReadsAChange) {
  const auto found = event("pull_request", payload("opened", "pull_request", pull()));
  ASSERT_TRUE(found && found->change);
  EXPECT_EQ(found->kind, EventKind::change_opened);
  EXPECT_EQ(found->repository.host, "gitea");
  EXPECT_EQ(found->repository.host_repository_id, 5);
  EXPECT_EQ(found->actor.host_account_id, 3);
  EXPECT_EQ(found->change->head_sha, std::string(40, 'a'));
  EXPECT_FALSE(found->change->trusted_author) << "the host does not say so";
  EXPECT_EQ(to_rfc3339(found->at), "2026-11-01T09:00:00.000000Z");
}

TEST(GiteaPayload, KnowsWhatHappenedToAChange) {
  const std::map<std::string, std::optional<EventKind>> cases{{"opened", EventKind::change_opened},
                                                              {"reopened", EventKind::change_opened},
                                                              {"synchronized", EventKind::change_updated},
                                                              {"closed", EventKind::change_closed},
                                                              {"synchronize", std::nullopt},
                                                              {"edited", std::nullopt},
                                                              {"label_updated", std::nullopt},
                                                              {"review_requested", std::nullopt}};
  for (const auto& [action, kind] : cases) {
    const auto found = event("pull_request", payload(action, "pull_request", pull()));
    EXPECT_EQ(found ? std::optional(found->kind) : std::nullopt, kind) << action;
  }
  auto merged = pull();
  merged["merged"] = true;
  EXPECT_EQ(event("pull_request", payload("closed", "pull_request", merged))->kind, EventKind::change_merged);
}

TEST(GiteaPayload, AnotherBaseIsAnUpdateAndATitleMakesADraft) {
  auto edited = payload("edited", "pull_request", pull());
  edited["changes"] = {{"ref", {{"from", "develop"}}}};
  EXPECT_EQ(event("pull_request", edited)->kind, EventKind::change_updated);
  struct Case {
    const char *from, *to;
    std::optional<EventKind> kind;
  };
  for (const auto& [from, to, kind] : std::vector<Case>{{"Shots", "WIP: Shots", EventKind::change_drafted},
                                                        {"[wip] Shots", "Shots", EventKind::change_readied},
                                                        {"WIP: Shots", "[WIP] Shots", std::nullopt},
                                                        {"Shots", "Shots WIP:", std::nullopt}}) {
    edited["changes"] = {{"title", {{"from", from}}}};
    edited["pull_request"]["title"] = to;
    const auto found = event("pull_request", edited);
    EXPECT_EQ(found ? std::optional(found->kind) : std::nullopt, kind) << from << " → " << to;
  }
}

TEST(GiteaPayload, ReadsIssues) {
  const auto opened = event("issues", payload("opened", "issue", issue()));
  EXPECT_EQ(opened->issue->labels, std::vector<std::string>{"bug"});
  EXPECT_EQ(to_rfc3339(opened->at), "2026-11-01T09:00:00.000000Z") << "when it was opened";
  auto shut = issue();
  shut["closed_at"] = "2026-11-01T09:59:59Z";
  const auto closed = event("issues", payload("closed", "issue", shut));
  EXPECT_EQ(closed->kind, EventKind::issue_closed);
  EXPECT_EQ(to_rfc3339(closed->at), "2026-11-01T09:59:59.000000Z");
  EXPECT_FALSE(event("issues", payload("label_updated", "issue", issue()))) << "it does not say which";
  auto of_change = issue();
  of_change["pull_request"] = json::object();
  EXPECT_FALSE(event("issues", payload("closed", "issue", of_change)));
}

TEST(GiteaPayload, PollingSaysWhichLabelAndWhen) {
  auto labeled = payload("labeled", "issue", issue());
  labeled["label"] = {{"name", "good first issue"}};
  labeled["at"] = "2026-11-01T10:30:00Z";
  const auto found = event("issues", labeled);
  EXPECT_EQ(found->kind, EventKind::issue_labeled);
  EXPECT_EQ(found->label, "good first issue");
  EXPECT_EQ(to_rfc3339(found->at), "2026-11-01T10:30:00.000000Z");
}

TEST(GiteaPayload, AConversationsWordsComeWithoutAHead) {
  auto body = payload("created", "issue", issue());
  body["comment"] = comment();
  body["is_pull"] = false;
  const auto on_issue = event("issue_comment", body);
  ASSERT_TRUE(on_issue && on_issue->issue && on_issue->comment);
  EXPECT_EQ(on_issue->comment->place, model::CommentFacts::Place::issue);
  EXPECT_EQ(to_rfc3339(on_issue->at), "2026-11-01T11:00:00.000000Z");
  body["issue"]["pull_request"] = json::object();
  EXPECT_THAT(complaint("issue_comment", body), HasSubstr("is_pull"));
  body["is_pull"] = true;
  const auto on_change = event("issue_comment", body);
  ASSERT_TRUE(on_change && on_change->change && on_change->comment);
  EXPECT_EQ(on_change->change->head_sha, "");
  EXPECT_EQ(on_change->comment->thread, "");
  body["comment"]["thread"] = 30;
  EXPECT_EQ(event("issue_comment", body)->comment->thread, "30");
}

TEST(GiteaPayload, AnEditBringsItsEarlierWords) {
  auto body = payload("edited", "issue", issue());
  body["comment"] = comment();
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

// No id, and none of its comments: two reviews of one second would be one.
TEST(GiteaPayload, AReviewMeansNothingUntilItIsPolled) {
  auto body = payload("reviewed", "pull_request", pull());
  body["review"] = {{"type", "pull_request_review_comment"}, {"content", "/run"}};
  for (const char* name : {"pull_request_approved", "pull_request_rejected", "pull_request_comment",
                           "pull_request_review_approved", "pull_request_review_comment", "pull_request"})
    EXPECT_FALSE(event(name, body)) << name;
}

TEST(GiteaPayload, KnowsTheAccountsThatAreNone) {
  auto body = payload("opened", "issue", issue());
  body["issue"]["user"] = user(-1, "Ghost");
  body["sender"] = user(-2, "forgejo-actions");
  const auto found = event("issues", body);
  EXPECT_EQ(found->issue->author.host_account_id, -1);
  EXPECT_EQ(found->actor.kind, model::Account::Kind::bot);
}

TEST(GiteaPayload, NamesTheMemberThatIsWrong) {
  auto change = pull();
  change["head"]["sha"] = "main";
  EXPECT_THAT(complaint("pull_request", payload("opened", "pull_request", change)),
              HasSubstr("pull_request.head.sha is not a SHA"));
  auto body = payload("opened", "issue", issue());
  body["issue"]["user"]["id"] = -7;
  EXPECT_THAT(complaint("issues", body), HasSubstr("issue.user.id"));
  EXPECT_THAT(complaint("issues", json::array()), HasSubstr("not a JSON object"));
}

// The name is not signed: another one over the same body must not make it mean something else.
TEST(GiteaPayload, AnotherEventsNameMakesNothingOfABody) {
  auto body = payload("created", "issue", issue());
  body["comment"] = comment();
  for (const char* name : {"issues", "pull_request", "pull_request_comment", "push"}) {
    const auto found = event_of(name, body.dump());
    EXPECT_TRUE(!found || !*found) << name;
  }
}

}  // namespace
}  // namespace greenroom::hosts::gitea
