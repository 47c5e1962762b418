// What the App is told, as Greenroom's own ingress reads it.

#include "lib/base/text.h"
#include "lib/hosts/hosts.h"
#include "lib/http/server.h"
#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FakeGithubWebhooks : public FakeGithubTest {
 protected:
  // The kind of the last deed, read as a delivery is; what is wrong with it otherwise.
  std::string last() { return kind_of(github_.last_webhook()); }
  static std::string kind_of(const fake::Webhook& webhook) {
    const auto& ingress = *hosts::ingress_named("github");
    model::Headers headers;
    for (const auto& [name, value] : webhook.headers) headers.emplace_back(to_lower_ascii(name), value);
    const auto verified = ingress.verify(headers, webhook.body, {Secret("the webhook's own")});
    if (!verified) return verified.error().describe();
    model::Delivery delivery;
    delivery.event_name = verified->event_name;
    delivery.body = webhook.body;
    const auto event = ingress.parse(delivery);
    if (!event) return event.error().describe();
    return *event ? std::string(model::name_of((*event)->kind)) : "nothing";
  }
};

TEST_F(FakeGithubWebhooks, AChangesLifeIsTold) {
  EXPECT_EQ(kind_of(github_.webhooks().at(0)), "change_opened");
  github_.person_pushes(kRepository, kPull, github_.add_commit(kRepository, head_, {{"b.py", "1\n"}}));
  EXPECT_EQ(last(), "change_updated");
  EXPECT_EQ(github_.webhooks().at(2).event, "push") << "the branch is in the repository";
  github_.person_converts_to_draft(kRepository, kPull, "maya");
  EXPECT_EQ(last(), "change_drafted");
  github_.person_readies(kRepository, kPull, "maya");
  EXPECT_EQ(last(), "change_readied");
  github_.person_retitles(kRepository, kPull, "maya", "Another title");
  EXPECT_EQ(last(), "nothing");
  github_.set_branch(kRepository, "next", base_);
  github_.person_retargets(kRepository, kPull, "maya", "next");
  EXPECT_EQ(last(), "change_updated");
  github_.person_closes(kRepository, kPull, "maya");
  EXPECT_EQ(last(), "change_closed");
  github_.person_reopens(kRepository, kPull, "maya");
  EXPECT_EQ(last(), "change_opened");
  github_.person_merges(kRepository, kPull, "ben");
  EXPECT_EQ(last(), "change_merged");
}

TEST_F(FakeGithubWebhooks, WordsAndThreadsAreTold) {
  const auto comment = github_.person_comments(kRepository, kPull, "maya", "/help");
  EXPECT_EQ(last(), "comment_created");
  github_.person_edits_comment(kRepository, comment, "maya", "/run");
  EXPECT_EQ(last(), "comment_edited");
  const auto first = comment_on_line(3).body["id"];
  EXPECT_EQ(last(), "comment_created") << "the bot's own words, too";
  github_.person_replies(kRepository, first, "maya", "Why?");
  EXPECT_EQ(last(), "comment_created");
  github_.person_resolves(kRepository, first, "maya");
  EXPECT_EQ(last(), "thread_resolved");
  github_.person_unresolves(kRepository, first, "maya");
  EXPECT_EQ(last(), "thread_unresolved");
  github_.person_reviews(kRepository, kPull, "ben", "APPROVE", "Well done");
  EXPECT_EQ(last(), "comment_created");
  EXPECT_EQ(github_.last_webhook().event, "pull_request_review");
  github_.person_deletes_comment(kRepository, comment, "maya");
  EXPECT_EQ(last(), "nothing");
}

TEST_F(FakeGithubWebhooks, AnIssuesLifeIsTold) {
  EXPECT_EQ(kind_of(github_.webhooks().at(1)), "issue_opened");
  github_.person_labels(kRepository, kIssue, "ben", "bug");
  EXPECT_EQ(last(), "issue_labeled");
  github_.person_unlabels(kRepository, kIssue, "ben", "bug");
  EXPECT_EQ(last(), "issue_unlabeled");
  github_.person_closes(kRepository, kIssue, "maya");
  EXPECT_EQ(last(), "issue_closed");
  github_.person_reopens(kRepository, kIssue, "maya");
  EXPECT_EQ(last(), "issue_opened");
}

TEST_F(FakeGithubWebhooks, AForksPushIsToldByItsChangeOnly) {
  FakeGithub::NewPull pull;
  pull.head_sha = head_;
  pull.head_ref = "patch-1";
  pull.from_fork = true;
  const auto number = github_.person_opens_pull(kRepository, "zoe", pull);
  const std::size_t before = github_.webhooks().size();
  github_.person_pushes(kRepository, number, github_.add_commit(kRepository, head_, {{"c.py", "1\n"}}));
  EXPECT_EQ(github_.webhooks().size(), before + 1);
  EXPECT_EQ(last(), "change_updated");
}

TEST_F(FakeGithubWebhooks, NothingIsToldWhereTheAppIsNotInstalled) {
  github_.add_repository("elsewhere", "other", 79);
  const std::size_t before = github_.webhooks().size();
  github_.person_opens_issue(79, "maya", "Is anybody there?");
  EXPECT_EQ(github_.webhooks().size(), before);
}

TEST_F(FakeGithubWebhooks, AreSentAndTheAnswerIsKept) {
  std::vector<http::Request> received;
  auto receiver = http::Server::start({}, [&](const http::Request& request, const auto& responder) {
    received.push_back(request);
    responder->send(http::Response::text(received.size() == 1 ? 202 : 503, "well"));
  });
  ASSERT_TRUE(receiver);
  const std::string url = "http://127.0.0.1:" + std::to_string((*receiver)->port()) + "/hooks/github";
  EXPECT_EQ(github_.send_webhooks(url), 2u);
  EXPECT_EQ(github_.send_webhooks(url), 0u);
  ASSERT_THAT(received, SizeIs(2));
  EXPECT_EQ(received[0].path, "/hooks/github");
  EXPECT_EQ(received[0].header("x-github-event"), "pull_request");
  EXPECT_EQ(received[0].body, github_.webhooks()[0].body);
  EXPECT_EQ(github_.webhooks()[0].status, 202);
  EXPECT_EQ(github_.webhooks()[1].status, 503);
  receiver->reset();
  github_.person_comments(kRepository, kIssue, "maya", "Hello?");
  EXPECT_EQ(github_.send_webhooks(url), 1u);
  EXPECT_EQ(github_.last_webhook().status, 0);
}

TEST_F(FakeGithubWebhooks, TheAppReadsWhatItWasTold) {
  github_.answer_webhooks_with(0);
  github_.person_comments(kRepository, kIssue, "maya", "Lost");
  const auto listed = ask_as(jwt(), "GET", "/app/hook/deliveries");
  ASSERT_THAT(listed.body, SizeIs(3));
  EXPECT_EQ(listed.body[0]["event"], "issue_comment") << "the newest first";
  EXPECT_EQ(listed.body[0]["status_code"], 0);
  EXPECT_EQ(listed.body[0]["repository_id"], kRepository);
  EXPECT_EQ(listed.body[2]["status"], "OK");
  const auto one = ask_as(jwt(), "GET", "/app/hook/deliveries/" + listed.body[0]["id"].dump());
  EXPECT_EQ(one.body["request"]["payload"]["comment"]["body"], "Lost");
  EXPECT_EQ(one.body["request"]["headers"]["X-GitHub-Delivery"], github_.last_webhook().guid);
  EXPECT_EQ(get("/app/hook/deliveries").status, 403) << "an installation may not";
}

TEST_F(FakeGithubWebhooks, DeliveriesArePagedByACursor) {
  for (int n = 0; n < 5; ++n) github_.person_comments(kRepository, kIssue, "maya", std::to_string(n));
  std::string path = "/app/hook/deliveries?per_page=3";
  std::vector<std::size_t> sizes;
  while (!path.empty()) {
    const auto page = ask_as(jwt(), "GET", path);
    sizes.push_back(page.body.size());
    const std::string link = page.header("link");
    path = link.empty() ? "" : link.substr(1, link.find('>') - 1).substr(github_.url().size());
  }
  EXPECT_THAT(sizes, ElementsAre(3, 3, 1));
  EXPECT_EQ(ask_as(jwt(), "GET", "/app/hook/deliveries?cursor=x").status, 422);
}

TEST_F(FakeGithubWebhooks, ARedeliveryKeepsItsGuid) {
  const auto lost = github_.last_webhook();
  const auto path = "/app/hook/deliveries/" + std::to_string(lost.id) + "/attempts";
  EXPECT_EQ(ask_as(jwt(), "POST", path).status, 202);
  const auto again = github_.last_webhook();
  EXPECT_EQ(again.guid, lost.guid);
  EXPECT_NE(again.id, lost.id);
  EXPECT_TRUE(again.redelivery);
  EXPECT_EQ(again.body, lost.body);
}

TEST_F(FakeGithubWebhooks, DeliveriesAreKeptForThreeDays) {
  clock_.advance(72h);
  EXPECT_THAT(ask_as(jwt(), "GET", "/app/hook/deliveries").body, SizeIs(2));
  clock_.advance(1s);
  EXPECT_THAT(ask_as(jwt(), "GET", "/app/hook/deliveries").body, IsEmpty());
}

}  // namespace
}  // namespace greenroom::testing
