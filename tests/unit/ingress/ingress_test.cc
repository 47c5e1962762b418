// The webhook's answers over real HTTP, stored in a real Postgres under the webhook's own role.
#include "lib/ingress/ingress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "lib/base/hash.h"
#include "lib/hosts/local/payload.h"
#include "lib/http/client.h"
#include "tests/support/test_database.h"
#include "tests/unit/http/raw_client.h"

namespace greenroom::ingress {
namespace {

using ::testing::HasSubstr;

model::Event push(std::int64_t number) {
  model::Event event;
  event.kind = model::EventKind::change_opened;
  event.repository = {"local", 1, "practice/shotlist", "main"};
  event.actor = {2, "maya", "Maya", model::Account::Kind::person};
  model::ChangeFacts change;
  change.number = number;
  change.title = "Collect shots";
  change.head_ref = "maya/x";
  change.base_ref = "main";
  change.head_sha = std::string(40, 'a');
  change.base_sha = std::string(40, 'b');
  change.author = event.actor;
  event.change = change;
  event.at = *parse_time("2026-03-02T09:00:00Z");
  return event;
}

class Webhook : public ::testing::Test {
 protected:
  Webhook() { begin({database_.options_as("greenroom_webhook")}); }

  void begin(store::DeliveryLogOptions options) {
    server_.reset();
    ingress_.reset();
    log_ = std::make_unique<store::DeliveryLog>(std::move(options));
    ingress_ = std::make_unique<Ingress>(
        IngressOptions{{{"local", {Secret("new"), Secret("old")}}}, [this] { return hindrance_; }}, *log_, metrics_);
    http::ServerOptions http;
    http.body_limit = 100'000;
    http.header_timeout = std::chrono::hours(1);  // no time-out is what helps
    server_ =
        std::move(*http::Server::start(http, [this](http::Request request, std::shared_ptr<http::Responder> responder) {
          ingress_->handle(std::move(request), std::move(responder));
        }));
  }

  http::Response ask(http::ClientRequest request) {
    http::Client client("http://127.0.0.1:" + std::to_string(server_->port()));
    auto response = client.send(request);
    if (!response) throw std::runtime_error(response.error().describe());
    return *response;
  }
  http::Response deliver(const model::Event& event, const std::string& secret = "new") {
    auto signed_delivery = hosts::local::sign(event, Secret(secret));
    return ask({"POST", "/hooks/local", signed_delivery.headers, signed_delivery.body});
  }
  // A body of our own under a right signature.
  http::Response deliver_raw(const std::string& body, const std::string& type = "application/json") {
    return ask({"POST",
                "/hooks/local",
                {{"Content-Type", type},
                 {"X-Greenroom-Event", "change_opened"},
                 {"X-Greenroom-Delivery", random_hex(16)},
                 {"X-Greenroom-Signature-256", "sha256=" + to_hex(hmac_sha256(Secret("new"), body))}},
                body});
  }
  std::string rows() { return database_.answer("SELECT count(*) AS answer FROM delivery"); }

  testing::TestDatabase database_;
  metrics::Registry metrics_;
  std::string hindrance_;
  std::unique_ptr<store::DeliveryLog> log_;
  std::unique_ptr<Ingress> ingress_;
  std::unique_ptr<http::Server> server_;
};

TEST_F(Webhook, StoresTheExactBytesBeforeItAnswers) {
  const auto event = push(1);
  EXPECT_EQ(deliver(event).status, 202);
  EXPECT_EQ(database_.answer("SELECT convert_from(body, 'UTF8') AS answer FROM delivery"),
            hosts::local::sign(event, Secret("new")).body);
  EXPECT_EQ(database_.answer("SELECT state AS answer FROM delivery"), "stored");
  EXPECT_EQ(database_.answer("SELECT (headers ? 'x-greenroom-signature-256')::text AS answer FROM delivery"), "false");
}

TEST_F(Webhook, AcceptsTheSecretThatIsBeingReplaced) { EXPECT_EQ(deliver(push(1), "old").status, 202); }

TEST_F(Webhook, AReplayUnderAnotherIdMeansTheSameOnce) {
  EXPECT_EQ(deliver(push(1)).status, 202);
  EXPECT_EQ(deliver(push(1)).status, 200);
  EXPECT_EQ(rows(), "1");
}

TEST_F(Webhook, RefusesWithOneLineThatSaysWhatToDo) {
  EXPECT_EQ(deliver(push(1), "wrong").status, 401);
  EXPECT_EQ(deliver(push(1), "wrong").body,
            "the signature does not match: compare the secret of this webhook with Greenroom's configuration\n");
  EXPECT_THAT(ask({"POST", "/hooks/local", {{"Content-Type", "application/json"}}, "{}"}).body,
              ::testing::StartsWith("the signature is missing, or there twice: compare the secret"));
  EXPECT_EQ(deliver_raw("{}", "text/plain").status, 415);
  EXPECT_EQ(deliver_raw(std::string(100'001, ' ')).status, 413);
  EXPECT_EQ(ask({"POST", "/hooks/nowhere", {}, "{}"}).status, 404);
  EXPECT_EQ(ask({"GET", "/hooks/local", {}, ""}).status, 405);
  EXPECT_EQ(rows(), "0");
}

TEST_F(Webhook, SaysWhatIsWrongWithASignedDelivery) {
  const std::string good = hosts::local::encode(push(1));
  const auto without = [&](const std::string& part, const std::string& instead) {
    std::string body = good;
    return body.replace(body.find(part), part.size(), instead);
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "the text is not JSON"},
      {"{", "the text is not JSON"},
      {"{\"a\": \"\xff\"}", "the JSON text is not valid UTF-8"},
      {std::string(80, '[') + std::string(80, ']'), "the JSON text is nested deeper than 64 levels"},
      {"[]", "the body is not a JSON object"},
      {"{\"event\": 3}", "event is not a text"},
      {without("\"change_opened\"", "\"change_danced\""), "event is no event of this host"},
      {without("\"change_opened\"", "\"change_merged\""), "x-greenroom-event is not the event of the body"},
      {without("\"number\":1", "\"number\":-1"), "change.number is not a positive number"},
      {without("\"draft\":false", "\"draft\":0"), "change.draft is not true or false"},
      {without("\"title\":\"Collect shots\"", "\"title\":\"\""), "change.title is empty"},
      {without(std::string(40, 'a'), "HEAD"), "change.head_sha is not a SHA of 40 lower-case hex digits"},
      {without("2026-03-02T", "yesterday "), "at is not an RFC 3339 time"},
      {without("\"change\":", "\"other\":"), "change is missing"},
  };
  for (const auto& [body, wrong] : cases) {
    const auto answer = deliver_raw(body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.body, wrong + "; a delivery is what the host sends, body and headers unchanged\n") << body;
  }
  EXPECT_EQ(rows(), "0");
}

TEST_F(Webhook, ManyAtOnceAreEachStoredOnce) {
  std::vector<std::future<int>> answers;
  for (int i = 0; i < 80; ++i)
    answers.push_back(std::async(std::launch::async, [this, i] { return deliver(push(i / 2 + 1)).status; }));
  int fresh = 0;
  for (auto& answer : answers) {
    const int status = answer.get();
    EXPECT_TRUE(status == 202 || status == 200) << status;
    fresh += status == 202 ? 1 : 0;
  }
  EXPECT_EQ(fresh, 40);
  EXPECT_EQ(rows(), "40");
}

TEST_F(Webhook, SaysSoWhenItCannotStoreAndTakesItTheNextTime) {
  auto nowhere = database_.options();
  nowhere.conninfo = "host=/nonexistent dbname=x";
  begin({nowhere});
  const auto refused = deliver(push(1));
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.headers, ::testing::Contains(std::pair<std::string, std::string>("retry-after", "5")));
  begin({database_.options_as("greenroom_webhook")});
  EXPECT_EQ(deliver(push(1)).status, 202);
}

TEST_F(Webhook, ALostConnectionIsNeverAnswered2xxWithoutARow) {
  EXPECT_EQ(deliver(push(1)).status, 202);
  database_.kill_connections();
  const int status = deliver(push(2)).status;
  EXPECT_TRUE(status == 503 || status == 202) << status;
  const int again = status == 503 ? deliver(push(2)).status : status;
  EXPECT_EQ(again, 202);
  EXPECT_EQ(rows(), "2");
}

TEST_F(Webhook, RefusesWhenItsQueueIsFull) {
  store::DeliveryLogOptions options{database_.options_as("greenroom_webhook")};
  options.queue = 0;
  begin(options);
  EXPECT_THAT(deliver(push(1)).body, HasSubstr("too much"));
}

TEST_F(Webhook, HalfOpenConnectionsOfOneAddressStopNeitherProbesNorDeliveries) {
  std::vector<testing::RawClient> half_open;
  for (int i = 0; i < 300; ++i) half_open.emplace_back(server_->port()).send("POST /hooks/local HTTP/1.1\r\nX: ");
  EXPECT_EQ(ask({"GET", "/readyz", {}, ""}).status, 200);
  EXPECT_EQ(deliver(push(1)).status, 202);
  EXPECT_EQ(rows(), "1");
}

TEST_F(Webhook, ProbesTellAliveReadyAndMetrics) {
  EXPECT_EQ(ask({"GET", "/livez", {}, ""}).status, 200);
  EXPECT_EQ(ask({"GET", "/readyz", {}, ""}).status, 200);
  hindrance_ = "the database does not answer";
  EXPECT_EQ(ask({"GET", "/readyz", {}, ""}).status, 503);
  hindrance_ = "";
  ingress_->drain();
  EXPECT_EQ(ask({"GET", "/readyz", {}, ""}).status, 503);
  EXPECT_EQ(deliver(push(1)).status, 202);
  EXPECT_THAT(ask({"GET", "/metrics", {}, ""}).body, HasSubstr("greenroom_webhook_answers_total{status=\"202\"} 1"));
  EXPECT_EQ(ask({"POST", "/livez", {}, ""}).status, 405);
}

}  // namespace
}  // namespace greenroom::ingress
