// What GitLab's webhooks mean.

#include "lib/hosts/gitlab/payload.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "lib/hosts/meaning.h"

namespace greenroom::hosts::gitlab {
namespace {

using model::EventKind;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

json user(int id, const std::string& username) {
  return {{"id", id}, {"username", username}, {"name", username + "'s name"}};
}

json payload(const std::string& kind, json attributes) {
  return {{"object_kind", kind},
          {"user", user(3, "ben")},
          {"project", {{"id", 5}, {"path_with_namespace", "studio/tools/pipeline"}, {"default_branch", "main"}}},
          {"object_attributes", std::move(attributes)}};
}

json change_object() {
  return {{"iid", 7},
          {"title", "Collect shots"},
          {"description", nullptr},
          {"author_id", 2},
          {"source_branch", "shots"},
          {"target_branch", "main"},
          {"draft", false},
          {"created_at", "2026-11-01 09:00:00 UTC"},
          {"updated_at", "2026-11-01 10:00:00 UTC"},
          {"last_commit", {{"id", std::string(40, 'a')}}}};
}

json change(const std::string& action, json more = json::object()) {
  auto object = change_object();
  object["action"] = action;
  object.update(more);
  return payload("merge_request", object);
}

json issue_object() {
  return {{"iid", 4},
          {"title", "Frames"},
          {"description", "All of them"},
          {"author_id", 3},
          {"labels", json::array({{{"title", "bug"}}})},
          {"created_at", "2026-11-01 09:00:00 UTC"},
          {"updated_at", "2026-11-01 10:00:00 UTC"},
          {"closed_at", "2026-11-01 09:59:58 UTC"}};
}

json issue(const std::string& action, json more = json::object()) {
  auto object = issue_object();
  object["action"] = action;
  object.update(more);
  return payload("issue", object);
}

json note(json more = json::object()) {
  json object{{"id", 31},           {"note", "/run"},
              {"action", "create"}, {"noteable_type", "MergeRequest"},
              {"type", nullptr},    {"discussion_id", std::string(40, 'd')},
              {"system", false},    {"created_at", "2026-11-01T11:00:00.987Z"}};
  object.update(more);
  auto all = payload("note", object);
  all["merge_request"] = change_object();
  return all;
}

std::optional<model::Event> event(const json& body) {
  const auto found = event_of(body.dump());
  EXPECT_TRUE(found) << (found ? "" : found.error().describe());
  return found ? *found : std::nullopt;
}

std::string kind(const json& body) {
  const auto found = event(body);
  return found ? std::string(model::name_of(found->kind)) : "nothing";
}

TEST(GitlabPayload, ReadsAChange) {
  const auto found = event(change("open"));
  ASSERT_TRUE(found && found->change);
  EXPECT_EQ(found->kind, EventKind::change_opened);
  EXPECT_EQ(found->repository.host, "gitlab");
  EXPECT_EQ(found->repository.host_repository_id, 5);
  EXPECT_EQ(found->repository.full_name, "studio/tools/pipeline");
  EXPECT_EQ(found->actor.host_account_id, 3);
  EXPECT_EQ(found->actor.display_name, "ben's name");
  EXPECT_EQ(found->change->number, 7);
  EXPECT_EQ(found->change->head_sha, std::string(40, 'a'));
  EXPECT_EQ(found->change->base_ref, "main");
  EXPECT_EQ(found->change->base_sha, "") << "no webhook of GitLab says it";
  EXPECT_EQ(to_rfc3339(found->at), "2026-11-01T10:00:00.000000Z");
}

TEST(GitlabPayload, KnowsAnAuthorsLoginOnlyFromWhoActs) {
  EXPECT_EQ(event(change("open"))->change->author.login, "");
  EXPECT_EQ(event(change("open"))->change->author.host_account_id, 2);
  EXPECT_EQ(event(change("open", {{"author_id", 3}}))->change->author.login, "ben");
}

TEST(GitlabPayload, TellsAccountsOfTokensFromPersons) {
  const auto kind_of = [](const std::string& username) {
    auto body = change("open");
    body["user"] = user(3, username);
    return event(body)->actor.kind;
  };
  for (const char* bot : {"project_7_bot", "group_12_bot_0a1b2c"}) EXPECT_EQ(kind_of(bot), model::Account::Kind::bot);
  for (const char* person : {"ben", "project_bot", "project__bot", "project_7_bottom", "my_project_7_bot"})
    EXPECT_EQ(kind_of(person), model::Account::Kind::person) << person;
}

TEST(GitlabPayload, KnowsWhatHappenedToAChange) {
  EXPECT_EQ(kind(change("reopen")), "change_opened");
  EXPECT_EQ(kind(change("close")), "change_closed");
  EXPECT_EQ(kind(change("merge")), "change_merged");
  EXPECT_EQ(kind(change("update", {{"oldrev", std::string(40, 'b')}})), "change_updated");
  for (const char* action : {"update", "approved", "unapproved", "approval", "something new"})
    EXPECT_EQ(kind(change(action)), "nothing") << action;
  auto update = change("update");
  update["changes"] = {{"target_branch", {{"previous", "main"}, {"current", "next"}}}};
  EXPECT_EQ(kind(update), "change_updated");
  update["changes"] = {{"draft", {{"previous", true}, {"current", false}}}};
  EXPECT_EQ(kind(update), "change_readied");
  update["changes"] = {{"draft", {{"previous", false}, {"current", true}}}};
  EXPECT_EQ(kind(update), "change_drafted");
  update["changes"] = {{"title", {{"previous", "a"}, {"current", "b"}}}};
  EXPECT_EQ(kind(update), "nothing");
  EXPECT_EQ(kind(change("open", {{"last_commit", nullptr}})), "nothing") << "there is nothing to check";
}

TEST(GitlabPayload, ReadsIssues) {
  const auto found = event(issue("open"));
  ASSERT_TRUE(found && found->issue);
  EXPECT_EQ(found->issue->number, 4);
  EXPECT_EQ(found->issue->author.login, "ben");
  EXPECT_THAT(found->issue->labels, ElementsAre("bug"));
  EXPECT_EQ(to_rfc3339(found->at), "2026-11-01T09:00:00.000000Z");
  EXPECT_EQ(kind(issue("reopen")), "issue_opened");
  EXPECT_EQ(kind(issue("close")), "issue_closed");
  EXPECT_EQ(to_rfc3339(event(issue("close"))->at), "2026-11-01T09:59:58.000000Z");
  EXPECT_EQ(kind(issue("update")), "nothing");
}

TEST(GitlabPayload, TellsWhichLabelCameOrWent) {
  const auto update = [](const json& previous, const json& current) {
    auto body = issue("update");
    body["changes"] = {{"labels", {{"previous", previous}, {"current", current}}}};
    return event(body);
  };
  const auto titles = [](const std::vector<std::string>& all) {
    auto list = json::array();
    for (const auto& one : all) list.push_back({{"title", one}});
    return list;
  };
  const auto added = update(titles({"bug"}), titles({"bug", "help wanted"}));
  ASSERT_TRUE(added);
  EXPECT_EQ(added->kind, EventKind::issue_labeled);
  EXPECT_EQ(added->label, "help wanted");
  const auto removed = update(titles({"bug", "help wanted"}), titles({"bug"}));
  EXPECT_EQ(removed->kind, EventKind::issue_unlabeled);
  EXPECT_EQ(removed->label, "help wanted");
  EXPECT_EQ(update(titles({"bug"}), titles({"docs"}))->label, "docs") << "an exchange says what came";
  EXPECT_FALSE(update(titles({"bug"}), titles({"bug"})));
  std::string longest;  // GitLab counts 255 characters
  for (int i = 0; i < 255; ++i) longest += "\xf0\x9f\x8c\xb1";
  EXPECT_EQ(update(titles({}), titles({longest}))->label, longest);
}

TEST(GitlabPayload, ReadsWords) {
  const auto found = event(note());
  ASSERT_TRUE(found && found->comment && found->change);
  EXPECT_EQ(found->kind, EventKind::comment_created);
  EXPECT_EQ(found->comment->host_comment_id, 31);
  EXPECT_EQ(found->comment->body, "/run");
  EXPECT_EQ(found->comment->thread, "") << "it stands alone";
  EXPECT_EQ(found->change->head_sha, std::string(40, 'a'));
  EXPECT_EQ(to_rfc3339(found->at), "2026-11-01T11:00:00.000000Z");
  EXPECT_EQ(event(note({{"type", "DiffNote"}}))->comment->thread, std::string(40, 'd'));
  auto on_issue = note({{"noteable_type", "Issue"}});
  on_issue["issue"] = issue_object();
  EXPECT_EQ(event(on_issue)->comment->place, model::CommentFacts::Place::issue);
  ASSERT_TRUE(event(on_issue)->issue);
}

TEST(GitlabPayload, ReadsNoWordsButAPersonsNewOnes) {
  EXPECT_EQ(kind(note({{"action", "update"}})), "nothing") << "the words before are not sent";
  EXPECT_EQ(kind(note({{"system", true}})), "nothing");
  EXPECT_EQ(kind(note({{"noteable_type", "Commit"}})), "nothing");
  EXPECT_EQ(kind(note({{"noteable_type", "Snippet"}})), "nothing");
}

TEST(GitlabPayload, LeavesAloneWhatNotEveryoneMaySee) {
  EXPECT_EQ(kind(issue("open", {{"confidential", true}})), "nothing");
  EXPECT_EQ(kind(note({{"internal", true}})), "nothing");
  auto inside = note({{"noteable_type", "Issue"}});
  inside["issue"] = issue_object();
  inside["issue"]["confidential"] = true;
  EXPECT_EQ(kind(inside), "nothing");
}

TEST(GitlabPayload, TakesTheTimeOfTheApiAndOfAWebhookForOne) {
  auto there = note({{"created_at", "2026-11-01 11:00:00 UTC"}});
  EXPECT_EQ(meaning_of(*event(there)), meaning_of(*event(note())));
}

TEST(GitlabPayload, NamesTheMemberThatIsWrong) {
  const auto complaint = [](const json& body) {
    const auto found = event_of(body.dump());
    return found ? std::string() : found.error().message;
  };
  EXPECT_THAT(complaint(change("open", {{"iid", -1}})), HasSubstr("object_attributes.iid"));
  EXPECT_THAT(complaint(change("open", {{"updated_at", "today"}})), HasSubstr("updated_at"));
  EXPECT_THAT(complaint(change("open", {{"last_commit", {{"id", "HEAD"}}}})), HasSubstr("last_commit.id"));
  EXPECT_THAT(complaint(note({{"type", "DiffNote"}, {"discussion_id", "../1"}})), HasSubstr("discussion_id"));
  auto nobody = change("open");
  nobody.erase("user");
  EXPECT_THAT(complaint(nobody), HasSubstr("user"));
  EXPECT_THAT(complaint({{"object_kind", "note"}, {"object_attributes", 3}}), HasSubstr("object_attributes"));
}

}  // namespace
}  // namespace greenroom::hosts::gitlab
