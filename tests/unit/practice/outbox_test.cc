#include <gmock/gmock.h>

#include "lib/base/synchronized.h"
#include "lib/hosts/hosts.h"
#include "lib/hosts/local/payload.h"
#include "lib/http/server.h"
#include "tests/unit/practice/practice_fixture.h"

namespace greenroom::hosts::local {
namespace {

const Secret kSecret("the key of this test");

// A webhook that answers with what the test wants and keeps what it got.
class Webhook {
 public:
  Webhook() {
    server_ =
        std::move(*http::Server::start({}, [this](http::Request request, std::shared_ptr<http::Responder> responder) {
          const int status = got_.with([&](State& state) {
            state.requests.push_back(std::move(request));
            return state.status;
          });
          responder->send(http::Response::text(status, "words"));
        }));
  }
  void answer(int status) {
    got_.with([&](State& state) { state.status = status; });
  }
  std::vector<http::Request> requests() const {
    return got_.with([](const State& state) { return state.requests; });
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

 private:
  struct State {
    int status = 202;
    std::vector<http::Request> requests;
  };
  Synchronized<State> got_;
  std::unique_ptr<http::Server> server_;
};

struct Outbox : Practice {
  Webhook webhook;
  Outbox() { receive(push("maya/first", "two\n")); }
};

TEST_F(Outbox, SendsWhatTheIngressAccepts) {
  ASSERT_TRUE(write_comment(db, repository, 1, ben, "Hello", std::nullopt));
  const auto sent = send_waiting(db, webhook.url(), kSecret);
  ASSERT_TRUE(sent) << sent.error().describe();
  EXPECT_EQ(*sent, 2);
  const auto requests = webhook.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].path, "/hooks/local");
  EXPECT_EQ(requests[0].method, "POST");
  const auto first = ingress_named("local")->verify(requests[0].headers, requests[0].body, {kSecret});
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->event_name, "change_opened");
  EXPECT_EQ(ingress_named("local")->verify(requests[1].headers, requests[1].body, {kSecret})->event_name,
            "comment_created");
  EXPECT_EQ(waiting(), "0");
}

TEST_F(Outbox, KeepsEverythingWhileTheWebhookIsAway) {
  const auto sent = send_waiting(db, "http://127.0.0.1:1", kSecret);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, ErrorKind::transient);
  EXPECT_EQ(waiting(), "1");
  EXPECT_EQ(*send_waiting(db, webhook.url(), kSecret), 1);
}

TEST_F(Outbox, TriesAgainAfterAnswersThatMayChange) {
  for (const int status : {401, 403, 404, 429, 500, 503}) {
    webhook.answer(status);
    EXPECT_FALSE(send_waiting(db, webhook.url(), kSecret)) << status;
    EXPECT_EQ(waiting(), "1") << status;
  }
  webhook.answer(202);
  EXPECT_EQ(*send_waiting(db, webhook.url(), kSecret), 1);
}

TEST_F(Outbox, SetsARefusedEventAsideAndGoesOn) {
  webhook.answer(400);
  ASSERT_TRUE(send_waiting(db, webhook.url(), kSecret));
  EXPECT_THAT(database.answer("SELECT refused AS answer FROM local_host.outbox"), ::testing::HasSubstr("400: words"));
  webhook.answer(202);
  ASSERT_TRUE(write_comment(db, repository, 1, ben, "Hello", std::nullopt));
  EXPECT_EQ(*send_waiting(db, webhook.url(), kSecret), 1);
  EXPECT_EQ(waiting(), "1") << "the refused one is kept for the operator";
}

TEST_F(Outbox, MeansTheSameWhenItIsSentTwice) {
  const auto event = receive(push("maya/first", "three\n")).at(0);
  ASSERT_TRUE(send_event(event, webhook.url(), kSecret));
  ASSERT_TRUE(send_event(event, webhook.url(), kSecret));
  const auto requests = webhook.requests();
  ASSERT_EQ(requests.size(), 2u);
  const auto& ingress = *ingress_named("local");
  EXPECT_EQ(ingress.verify(requests[0].headers, requests[0].body, {kSecret})->semantic_key,
            ingress.verify(requests[1].headers, requests[1].body, {kSecret})->semantic_key);
}

}  // namespace
}  // namespace greenroom::hosts::local
