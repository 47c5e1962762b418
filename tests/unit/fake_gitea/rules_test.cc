// The rules that the fake keeps: those of the hosts which the adapter has to live with.

#include <gmock/gmock.h>

#include <future>
#include <nlohmann/json.hpp>

#include "lib/http/client.h"
#include "lib/json/json.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_gitea/fake_gitea.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using gitea::Fault;
using gitea::Flavour;
using gitea::Role;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kRepository = 77;
const std::string kThere = "/api/v1/repos/studio/pipeline";

struct Told {
  int status = 0;
  json body;
  http::HeaderList headers;
  std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return "";
  }
};

class FakeGiteaRules : public ::testing::TestWithParam<Flavour> {
 protected:
  FakeGiteaRules() : gitea_(options()) {
    for (const auto& [login, id] : std::map<std::string, int>{{"studio", 1}, {"maya", 2}, {"roombot", 3}, {"ben", 4}})
      gitea_.add_user(login, id);
    gitea_.add_repository("studio", "pipeline", kRepository);
    gitea_.set_role(kRepository, "roombot", Role::write);
    gitea_.set_role(kRepository, "maya", Role::read);
    gitea_.set_lines(kRepository, "a.py", 5);
    for (const char* login : {"roombot", "maya"}) tokens_[login] = gitea_.add_token(login);
    number_ = gitea_.person_opens_pull(kRepository, "maya", std::string(40, 'a'));
  }
  FakeGiteaOptions options() const {
    FakeGiteaOptions wanted;
    wanted.flavour = GetParam();
    wanted.clock = &clock_;
    return wanted;
  }
  Told send(const std::string& method, const std::string& path, const json& body = nullptr,
            const std::string& who = "roombot") {
    http::Client client(gitea_.url());
    http::ClientRequest request{method, path, {{"Authorization", "token " + tokens_[who]}}, ""};
    if (!body.is_null()) request.body = body.dump();
    const auto answer = client.send(request);
    if (!answer) return {};
    const auto read = json::parse(answer->body, nullptr, false);
    return {answer->status, read, answer->headers};
  }
  std::string reviews() const { return kThere + "/pulls/" + std::to_string(number_) + "/reviews"; }
  static json review(const std::string& words, json comment = {{"path", "a.py"}, {"new_position", 3}}) {
    comment["body"] = words;
    return {{"event", "COMMENT"}, {"body", ""}, {"comments", json::array({comment})}};
  }
  std::vector<std::string> words_of(const json& made) {
    std::vector<std::string> words;
    const auto listed = send("GET", reviews() + "/" + std::to_string(made["id"].get<int>()) + "/comments").body;
    for (const auto& comment : listed) words.push_back(comment["body"]);
    return words;
  }

  FakeClock clock_;
  FakeGitea gitea_;
  std::map<std::string, std::string> tokens_;
  std::int64_t number_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Both, FakeGiteaRules, ::testing::Values(Flavour::gitea, Flavour::forgejo));

TEST_P(FakeGiteaRules, WhatAReviewLeftBehindIsPublishedWithTheNext) {
  Fault fault;
  fault.what = Fault::What::stop_midway;
  fault.status = 500;
  gitea_.inject(fault);
  EXPECT_EQ(send("POST", reviews(), review("lost")).status, 500);
  EXPECT_THAT(words_of(send("POST", reviews(), review("next")).body), ElementsAre("lost", "next"));
}

TEST_P(FakeGiteaRules, TwoReviewsAtOnceOfOneAccountShareWhatIsPending) {
  Fault fault;
  fault.what = Fault::What::hold_midway;
  gitea_.inject(fault);
  auto first = std::async(std::launch::async, [&] { return send("POST", reviews(), review("first")); });
  ASSERT_TRUE(wait_until([&] { return gitea_.held() == 1; }));
  EXPECT_THAT(words_of(send("POST", reviews(), review("second")).body), ElementsAre("first", "second"));
  gitea_.release();
  EXPECT_EQ(first.get().status, 500) << "nothing was left for it to submit";
}

TEST_P(FakeGiteaRules, AnOldPositionWins) {
  const auto made = send("POST", reviews(), review("x", {{"path", "a.py"}, {"new_position", 3}, {"old_position", 2}}));
  const auto id = std::to_string(made.body["id"].get<int>());
  const auto listed = send("GET", reviews() + "/" + id + "/comments").body;
  EXPECT_EQ(listed[0]["position"], 0);
  EXPECT_EQ(listed[0]["original_position"], 2);
}

TEST_P(FakeGiteaRules, NobodyJudgesTheirOwnChange) {
  for (const char* event : {"APPROVED", "REQUEST_CHANGES"}) {
    const json wanted{{"event", event}, {"body", "words"}};
    EXPECT_EQ(send("POST", reviews(), wanted, "maya").status, 422);
    EXPECT_EQ(send("POST", reviews(), wanted).status, 200);
  }
}

TEST_P(FakeGiteaRules, AReviewIsDeletedByItsAuthorAlone) {
  const auto id = std::to_string(send("POST", reviews(), review("x")).body["id"].get<int>());
  EXPECT_EQ(send("DELETE", reviews() + "/" + id, nullptr, "maya").status, 403);
  EXPECT_EQ(send("DELETE", reviews() + "/" + id).status, 204);
  EXPECT_EQ(send("GET", reviews() + "/" + id + "/comments").status, 404);
}

TEST_P(FakeGiteaRules, APendingReviewIsItsAuthorsAloneAndCountsForAll) {
  gitea_.person_begins_review(kRepository, number_, "maya", "a.py", 1, "Hm.");
  const auto mine = send("GET", reviews(), nullptr, "maya"), others = send("GET", reviews());
  EXPECT_THAT(mine.body, SizeIs(1));
  EXPECT_THAT(others.body, IsEmpty());
  EXPECT_EQ(others.header("x-total-count"), "1");
  EXPECT_EQ(others.header("link"), "");
}

TEST_P(FakeGiteaRules, TheFlavoursDifferInWhatMayBeDoneToAComment) {
  const auto made =
      send("POST", reviews(), review("x", {{"path", "a.py"}, {"new_position", 2}, {"extra_lines_count", 2}}));
  const auto id = std::to_string(made.body["id"].get<int>());
  const auto comment = send("GET", reviews() + "/" + id + "/comments").body[0];
  const bool forgejo = GetParam() == Flavour::forgejo;
  EXPECT_EQ(comment.value("extra_lines_count", 0), forgejo ? 2 : 0);
  const auto resolve = kThere + "/pulls/comments/" + std::to_string(comment["id"].get<int>()) + "/resolve";
  EXPECT_EQ(send("POST", resolve).status, forgejo ? 404 : 204);
  const json answer{{"path", "a.py"}, {"new_position", 2}, {"body", "y"}};
  EXPECT_EQ(send("POST", reviews() + "/" + id + "/comments", answer).status, forgejo ? 200 : 404);
  const auto beyond =
      send("POST", reviews(), review("z", {{"path", "a.py"}, {"new_position", 4}, {"extra_lines_count", 2}}));
  EXPECT_EQ(beyond.status, forgejo ? 422 : 200);
}

TEST_P(FakeGiteaRules, AnInlineCommentIsFoundAndNotShown) {
  send("POST", reviews(), review("x"));
  const auto id = std::to_string(gitea_.rows(kRepository, number_).front().id);
  EXPECT_EQ(send("GET", kThere + "/issues/comments/" + id).status, 204);
  EXPECT_EQ(send("PATCH", kThere + "/issues/comments/" + id, {{"body", "y"}}).status, 200);
  EXPECT_EQ(send("GET", kThere + "/issues/comments/4711").status, 404);
  EXPECT_EQ(send("DELETE", kThere + "/issues/comments/" + id).status, 204) << "as if it had been deleted";
  const auto review = std::to_string(gitea_.row(std::stoll(id)).review);
  const bool forgejo = GetParam() == Flavour::forgejo;
  EXPECT_EQ(send("DELETE", reviews() + "/" + review + "/comments/" + id).status, forgejo ? 204 : 404);
}

TEST_P(FakeGiteaRules, SomeListsHavePagesAndSomeHaveNone) {
  for (int n = 0; n < 60; ++n) {
    gitea_.person_opens_issue(kRepository, "maya", "A wish");
    gitea_.person_comments(kRepository, number_, "maya", "word");
  }
  const auto issues = send("GET", kThere + "/issues?limit=100");
  EXPECT_THAT(issues.body, SizeIs(50)) << "it gives no more than 50";
  EXPECT_EQ(issues.header("x-total-count"), "61");
  EXPECT_THAT(issues.header("link"), HasSubstr("page=2>; rel=\"next\""));
  EXPECT_THAT(send("GET", kThere + "/issues?limit=50&page=2").body, SizeIs(11));
  const auto comments = kThere + "/issues/" + std::to_string(number_) + "/comments?limit=10&page=3";
  EXPECT_THAT(send("GET", comments).body, SizeIs(60)) << "whole, whatever is asked for";
}

TEST_P(FakeGiteaRules, SettlingLeavesNoTraceButWhoDidIt) {
  const auto comment = gitea_.person_reviews(kRepository, number_, "ben", "", "a.py", 1, "x");
  EXPECT_GT(comment, 0);
  const auto before = gitea_.rows(kRepository, number_);
  const auto webhooks = gitea_.webhooks().size();
  gitea_.person_resolves(before.front().id, "maya");
  const auto after = gitea_.rows(kRepository, number_);
  EXPECT_EQ(after.size(), before.size());
  EXPECT_EQ(after.front().updated, before.front().updated);
  EXPECT_EQ(gitea_.webhooks().size(), webhooks);
}

TEST_P(FakeGiteaRules, ASignatureIsEmptyWithoutASecret) {
  FakeGiteaOptions open = options();
  open.webhook_secret = "";
  FakeGitea other(open);
  other.add_user("maya", 2);
  other.add_repository("maya", "own", 78);
  other.person_opens_issue(78, "maya", "A wish");
  std::map<std::string, std::string> headers;
  const auto told = other.webhooks();
  for (const auto& [name, value] : told.back().headers) headers[name] = value;
  EXPECT_EQ(headers["X-Gitea-Signature"], "");
  EXPECT_EQ(headers["X-Hub-Signature-256"], "sha256=");
  EXPECT_EQ(headers.contains("X-Forgejo-Signature"), GetParam() == Flavour::forgejo);
}

}  // namespace
}  // namespace greenroom::testing
