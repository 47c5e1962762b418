#include "lib/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "tests/support/wait.h"
#include "tests/unit/http/raw_client.h"

namespace greenroom::http {
namespace {

using ::testing::HasSubstr;
using testing::RawClient;
using ::testing::StartsWith;

void echo(Request request, std::shared_ptr<Responder> responder) {
  responder->send(Response::text(200, request.method + " " + request.path + " " + request.query + " " + request.body));
}

std::unique_ptr<Server> start(ServerOptions options = {}, Handler handler = echo) {
  auto server = Server::start(std::move(options), std::move(handler));
  if (!server) throw std::runtime_error(server.error().describe());
  return std::move(*server);
}

std::string ask(const Server& server, std::string_view request) {
  RawClient client(server.port());
  client.send(request);
  return client.read();
}

constexpr const char* kEnd = "Host: x\r\nConnection: close\r\n\r\n";

TEST(HttpServer, AnswersAndDecodesThePath) {
  const auto server = start();
  EXPECT_THAT(ask(*server, std::string("GET /a%20b?c=d HTTP/1.1\r\n") + kEnd), HasSubstr("GET /a b c=d"));
  EXPECT_THAT(ask(*server, std::string("HEAD /x HTTP/1.1\r\n") + kEnd),
              ::testing::AllOf(HasSubstr("Content-Length: 10"), ::testing::Not(HasSubstr("HEAD"))));
  EXPECT_THAT(ask(*server,
                  "POST /p HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: x\r\nConnection: "
                  "close\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
              HasSubstr("POST /p  abc"));
}

TEST(HttpServer, KeepsTheConnectionForTheNextRequest) {
  const auto server = start();
  RawClient client(server->port());
  client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.read("GET /1"), HasSubstr("200 OK"));
  client.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.read("GET /2"), HasSubstr("200 OK"));
}

TEST(HttpServer, AnswersWhatWasSentAtOnceInItsOrder) {
  ServerOptions options;
  options.blocking_threads = 2;
  const auto server = start(options);
  std::string requests;
  for (int i = 0; i < 20; ++i)
    requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nb";
  const std::string answers = ask(*server, requests + "GET /end HTTP/1.1\r\n" + kEnd);
  std::size_t place = 0;
  for (int i = 0; i < 20; ++i) {
    place = answers.find("POST /" + std::to_string(i) + "  b", place);
    ASSERT_NE(place, std::string::npos) << i << answers;
  }
  EXPECT_NE(answers.find("GET /end", place), std::string::npos);
}

TEST(HttpServer, RefusesTwoOpinionsOnTheLength) {
  const auto server = start();
  for (const char* lengths :
       {"Content-Length: 3\r\nContent-Length: 4\r\n", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "Content-Length: -1\r\n", "Content-Length: 3x\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"})
    EXPECT_THAT(ask(*server, "POST / HTTP/1.1\r\n" + std::string(lengths) + kEnd + "abcd"), StartsWith("HTTP/1.1 400"))
        << lengths;
  EXPECT_THAT(ask(*server, "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n" + std::string(kEnd)),
              StartsWith("HTTP/1.1 501"));
}

TEST(HttpServer, RefusesPathsThatClimbAndBytesThatAreNoHttp) {
  const auto server = start();
  for (const char* path : {"/a/../b", "/%2e%2e/etc", "/a%00b", "/%zz", "/%ff", "*", "http://x/"})
    EXPECT_THAT(ask(*server, "GET " + std::string(path) + " HTTP/1.1\r\n" + kEnd), StartsWith("HTTP/1.1 400")) << path;
  EXPECT_THAT(ask(*server, "\x16\x03\x01 hello\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(ask(*server, "GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST(HttpServer, BoundsHeadersAndBody) {
  ServerOptions options;
  options.header_limit = 1024;
  options.body_limit = 100;
  const auto server = start(options);
  EXPECT_THAT(ask(*server, "GET / HTTP/1.1\r\nX: " + std::string(2000, 'a') + "\r\n" + kEnd),
              StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(ask(*server, "POST / HTTP/1.1\r\nContent-Length: 101\r\n" + std::string(kEnd)),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(ask(*server, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: x\r\n\r\n80\r\n" +
                               std::string(128, 'a') + "\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(ask(*server, "POST / HTTP/1.1\r\nContent-Length: 100\r\n" + std::string(kEnd) + std::string(100, 'b')),
              StartsWith("HTTP/1.1 200"));
}

TEST(HttpServer, SaysContinueBeforeABody) {
  const auto server = start();
  RawClient client(server->port());
  client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n" + std::string(kEnd));
  EXPECT_THAT(client.read("\r\n\r\n"), HasSubstr("100 Continue"));
  client.send("ok");
  EXPECT_THAT(client.read(), HasSubstr("POST /  ok"));
}

TEST(HttpServer, AnUnansweredOrThrowingHandlerIs500) {
  const auto server = start({}, [](Request request, std::shared_ptr<Responder>) {
    if (request.path == "/throw") throw std::runtime_error("bug");
  });
  EXPECT_THAT(ask(*server, std::string("GET /drop HTTP/1.1\r\n") + kEnd), StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(ask(*server, std::string("GET /throw HTTP/1.1\r\n") + kEnd), StartsWith("HTTP/1.1 500"));
}

TEST(HttpServer, StreamsPieces) {
  const auto server = start({}, [](Request, std::shared_ptr<Responder> responder) {
    const auto stream = responder->stream({200, {{"Content-Type", "text/event-stream"}}, ""});
    EXPECT_TRUE(stream->write("data: 1\n\n"));
    EXPECT_TRUE(stream->write("data: 2\n\n"));
    stream->finish();
  });
  const std::string answer = ask(*server, std::string("GET / HTTP/1.1\r\n") + kEnd);
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(answer, HasSubstr("data: 1"));
  EXPECT_THAT(answer, HasSubstr("data: 2"));
  EXPECT_TRUE(answer.ends_with("0\r\n\r\n"));
}

TEST(HttpServer, AnswersHeadOfAStreamWithItsHeadersAlone) {
  const auto server = start({}, [](Request, std::shared_ptr<Responder> responder) {
    const auto stream = responder->stream({200, {{"Content-Type", "text/event-stream"}}, ""});
    EXPECT_FALSE(stream->write("data: 1\n\n")) << "whoever writes learns that nobody reads";
    stream->finish();
  });
  const std::string answer = ask(*server, std::string("HEAD / HTTP/1.1\r\n") + kEnd);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/event-stream"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
  EXPECT_EQ(answer.find("data"), std::string::npos);
  EXPECT_EQ(answer.find("\r\n\r\n") + 4, answer.size()) << "nothing behind the headers";
}

TEST(HttpServer, AnswersAtOnceWhatTakesNoWorkerWhileAllAreBusy) {
  std::promise<void> arrived, release;
  ServerOptions options;
  options.blocking_threads = 1;
  options.at_once = [](const Request& request) -> std::optional<Response> {
    if (request.path != "/livez") return std::nullopt;
    return Response::text(200, "alive");
  };
  const auto server = start(options, [&](Request, std::shared_ptr<Responder> responder) {
    arrived.set_value();
    release.get_future().wait();
    responder->send(Response::text(200, "a page"));
  });
  RawClient page(server->port());
  page.send(std::string("GET /page HTTP/1.1\r\n") + kEnd);
  arrived.get_future().wait();
  EXPECT_THAT(ask(*server, std::string("GET /livez HTTP/1.1\r\n") + kEnd), HasSubstr("alive"));
  release.set_value();
  EXPECT_THAT(page.read(), HasSubstr("a page"));
}

TEST(HttpServer, DrainLetsARequestInFlightEnd) {
  std::promise<std::shared_ptr<Responder>> arrived;
  const auto server =
      start({}, [&](Request, std::shared_ptr<Responder> responder) { arrived.set_value(std::move(responder)); });
  RawClient idle(server->port()), busy(server->port());
  busy.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  auto responder = arrived.get_future().get();
  std::future<bool> drained = std::async(std::launch::async, [&] { return server->drain(std::chrono::seconds(10)); });
  EXPECT_TRUE(idle.closed());
  responder->send(Response::text(200, "done"));
  responder.reset();
  EXPECT_THAT(busy.read(), ::testing::AllOf(HasSubstr("done"), HasSubstr("Connection: close")));
  EXPECT_TRUE(drained.get());
  EXPECT_THROW(RawClient(server->port()), std::exception);
}

TEST(HttpServer, SaysWhenThePortIsTaken) {
  const auto server = start();
  ServerOptions options;
  options.port = server->port();
  const auto second = Server::start(options, echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::user_fault);
  EXPECT_THAT(second.error().message, HasSubstr("in use"));
}

TEST(HttpServer, AHeaderValueCannotStartAnotherHeader) {
  const auto server = start({}, [](Request, std::shared_ptr<Responder> responder) {
    responder->send({200, {{"Location", "/x\r\nSet-Cookie: a=b"}}, ""});
  });
  EXPECT_EQ(ask(*server, std::string("GET / HTTP/1.1\r\n") + kEnd).find("\r\nSet-Cookie"), std::string::npos);
}

}  // namespace
}  // namespace greenroom::http
