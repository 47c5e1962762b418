#include "lib/http/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <future>
#include <thread>

#include "lib/base/fd.h"
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

// Answers GET and keeps the connection; reads each POST whole, counts it and closes without a word.
class ClosingServer {
 public:
  ClosingServer() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const where = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_.get(), where, size), 0);
    EXPECT_EQ(::listen(listener_.get(), 64), 0);
    EXPECT_EQ(::getsockname(listener_.get(), where, &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~ClosingServer() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  ClosingServer(const ClosingServer&) = delete;
  ClosingServer& operator=(const ClosingServer&) = delete;
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::atomic<int> posts = 0, gets = 0, connections = 0;

 private:
  void serve() {
    std::vector<std::thread> talks;
    for (Fd one; (one = Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)));) {
      ++connections;
      talks.emplace_back([this, mine = std::move(one)] { talk(mine.get()); });
    }
    for (auto& talk : talks) talk.join();
  }
  void talk(int peer) {
    std::string heard;
    char piece[4096];
    for (ssize_t got = 0; (got = ::recv(peer, piece, sizeof piece, 0)) > 0;) {
      heard.append(piece, static_cast<std::size_t>(got));
      if (heard.starts_with("POST") && heard.ends_with("whole")) {
        ++posts;
        return;
      }
      if (!heard.starts_with("GET") || !heard.ends_with("\r\n\r\n")) continue;
      heard.clear();
      ++gets;
      constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
      if (::send(peer, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL) < 0) return;
    }
  }

  Fd listener_;
  unsigned short port_ = 0;
  std::thread thread_;
};

TEST(HttpClient, SendsAWriteOnceAtMost) {
  constexpr int kRounds = 100;
  const auto server = std::make_unique<ClosingServer>();
  {
    Client client(server->url());
    for (int round = 0; round < kRounds; ++round) {
      ASSERT_TRUE(client.send({})) << "leaves a connection to be used again";
      const auto lost = client.send({"POST", "/", {}, "whole"});
      ASSERT_FALSE(lost);
      EXPECT_EQ(lost.error().kind, ErrorKind::in_doubt);
    }
  }
  EXPECT_EQ(server->posts, kRounds);
  EXPECT_EQ(server->gets, kRounds);
  // A connection comes back to the pool a moment after its answer: now and then a read opens another.
  EXPECT_LT(server->connections, kRounds + kRounds / 2) << "reads share theirs";
}

TEST(HttpTarget, FormValuesAreDecoded) {
  EXPECT_EQ(form_value("a=1&b=x+y%26z&c", "b"), "x y&z");
  EXPECT_EQ(form_value("a=1", "b"), "");
  EXPECT_EQ(form_value("a=%zz", "a"), "");
  EXPECT_EQ(percent_encode("a b/ä"), "a%20b%2F%C3%A4");
}

}  // namespace
}  // namespace greenroom::http
