#include "lib/http/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <future>

#include "lib/http/target.h"

namespace greenroom::http {
namespace {

TEST(HttpClient, SendsHeadersAndBodyAndReadsTheAnswer) {
  auto server = Server::start({}, [](Request request, std::shared_ptr<Responder> responder) {
    responder->send(
        {201, {{"X-Seen", std::string(request.header("x-sent"))}}, request.method + request.target + request.body});
  });
  ASSERT_TRUE(server);
  Client client("http://127.0.0.1:" + std::to_string((*server)->port()));
  const auto answer = client.send({"POST", "/a?b=c", {{"X-Sent", "yes"}, {"Content-Type", "application/json"}}, "{}"});
  ASSERT_TRUE(answer) << answer.error().describe();
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "POST/a?b=c{}");
  EXPECT_THAT(answer->headers, ::testing::Contains(std::pair<std::string, std::string>("x-seen", "yes")));
}

TEST(HttpClient, TellsARefusedConnectionFromALostOne) {
  unsigned short port = 0;
  {
    auto server = Server::start({}, [](Request, std::shared_ptr<Responder>) {});
    port = (*server)->port();
  }
  EXPECT_EQ(Client("http://127.0.0.1:" + std::to_string(port)).send({}).error().kind, ErrorKind::transient);
  std::promise<std::shared_ptr<Responder>> kept;
  auto silent =
      Server::start({}, [&](Request, std::shared_ptr<Responder> responder) { kept.set_value(std::move(responder)); });
  Client client("http://127.0.0.1:" + std::to_string((*silent)->port()), std::chrono::seconds(1));
  EXPECT_EQ(client.send({}).error().kind, ErrorKind::in_doubt);
  kept.get_future().get().reset();
  EXPECT_EQ(Client("not a url").send({}).error().kind, ErrorKind::user_fault);
}

TEST(HttpTarget, FormValuesAreDecoded) {
  EXPECT_EQ(form_value("a=1&b=x+y%26z&c", "b"), "x y&z");
  EXPECT_EQ(form_value("a=1", "b"), "");
  EXPECT_EQ(form_value("a=%zz", "a"), "");
  EXPECT_EQ(percent_encode("a b/ä"), "a%20b%2F%C3%A4");
}

}  // namespace
}  // namespace greenroom::http
