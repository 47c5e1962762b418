#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "lib/base/fd.h"
#include "lib/egress/egress.h"
#include "lib/http/server.h"
#include "tests/support/temp_directory.h"
#include "tests/support/wait.h"

namespace greenroom::egress {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// An HTTP server as the package index, another as one that is asked through tunnels, and a proxy that allows both.
class ProxyTest : public ::testing::Test {
 protected:
  ProxyTest() { start({}); }
  static std::unique_ptr<http::Server> an_index() {
    return http::Server::start({},
                               [](const http::Request& request, const auto& responder) {
                                 responder->send(request.path == "/large"
                                                     ? http::Response{200, {}, std::string(1u << 20, 'x')}
                                                     : http::Response::text(200, "of the index: " + request.path));
                               })
        .value();
  }
  void start(ProxyLimits limits) {
    proxy.reset();
    std::vector<Allowed> allowed{{{"127.0.0.1", 1}}};
    for (const std::string& url : {"http://" + index(), "https://" + tls_index()})
      allowed.push_back(allowed_of_url(url).value());
    proxy = Proxy::start(folder.path(), std::move(allowed), limits).value();
  }
  std::string index() const { return "127.0.0.1:" + std::to_string(server->port()); }
  std::string tls_index() const { return "127.0.0.1:" + std::to_string(tls_server->port()); }

  Fd connect() const {
    Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    proxy->socket().copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return socket;
  }
  // The proxy may have answered, and closed, before we spoke: its answer can be read all the same.
  static void say(const Fd& socket, std::string_view words) {
    const ssize_t sent = ::send(socket.get(), words.data(), words.size(), MSG_NOSIGNAL);
    EXPECT_TRUE(sent == static_cast<ssize_t>(words.size()) || (sent < 0 && errno == EPIPE)) << std::strerror(errno);
  }
  static std::string all_of(const Fd& socket) {  // until the other side closes
    std::string all;
    char piece[65536];
    for (ssize_t got = 0; (got = ::recv(socket.get(), piece, sizeof piece, 0)) > 0;)
      all.append(piece, static_cast<std::size_t>(got));
    return all;
  }
  std::string ask(const std::string& words) const {
    const Fd socket = connect();
    say(socket, words);
    return all_of(socket);
  }

  testing::TempDirectory folder;
  std::unique_ptr<http::Server> server = an_index(), tls_server = an_index();
  std::unique_ptr<Proxy> proxy;
};

TEST_F(ProxyTest, FetchesFromTheIndex) {
  const auto answer = ask("GET http://" + index() + "/simple/a/ HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("of the index: /simple/a/"));
}

// What is signed in with, and bodies, would pass unread in a tunnel.
TEST_F(ProxyTest, MakesNoTunnelToAnIndexWithoutTls) {
  EXPECT_THAT(
      ask("CONNECT " + index() + " HTTP/1.1\r\n\r\nPOST /in HTTP/1.1\r\nHost: x\r\n\r\n"),
      AllOf(StartsWith("HTTP/1.1 403"), HasSubstr("is an http:// index"), ::testing::Not(HasSubstr("of the index"))));
  EXPECT_THAT(proxy->traffic().refused, ElementsAre("https://" + index()));
}

// What was asked, and the answer, could be read and changed on the way.
TEST_F(ProxyTest, AsksNothingInTheOpenOfAnIndexWithTls) {
  for (const std::string method : {"GET", "HEAD"})
    EXPECT_THAT(ask(method + " http://" + tls_index() + "/simple/a/ HTTP/1.1\r\nHost: x\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 403"), HasSubstr(tls_index() + " is an https:// index"),
                      ::testing::Not(HasSubstr("of the index"))));
  EXPECT_THAT(proxy->traffic().refused, ElementsAre("http://" + tls_index()));
}

TEST_F(ProxyTest, CarriesATunnelBothWays) {
  const auto answer =
      ask("CONNECT " + tls_index() + " HTTP/1.1\r\n\r\nGET /in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("of the index: /in"));
}

TEST_F(ProxyTest, ReachesNothingElse) {
  const std::string other_port = "127.0.0.1:2";
  for (const std::string& to : {std::string("example.org:443"), other_port, std::string("localhost:5432"),
                                "localhost:" + std::to_string(server->port())}) {
    const auto answer = ask("CONNECT " + to + " HTTP/1.1\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 403")) << to;
    EXPECT_THAT(answer, HasSubstr(to + " is not the package index"));
  }
  EXPECT_THAT(ask("GET http://example.org/ HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 403"));
  EXPECT_EQ(proxy->traffic().refused.size(), 5u);
}

TEST_F(ProxyTest, CarriesOneFetchAConnection) {
  const auto answer = ask("GET http://" + index() + "/one HTTP/1.1\r\n\r\nGET http://example.org/two HTTP/1.1\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("of the index: /one"));
  EXPECT_EQ(answer.find("two"), std::string::npos);
}

TEST_F(ProxyTest, SaysThatTheIndexDoesNotAnswer) {
  EXPECT_THAT(ask("CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 502"));
  EXPECT_THAT(proxy->traffic().unreachable, ElementsAre("127.0.0.1:1: Connection refused"));
}

TEST_F(ProxyTest, EndsWhenTheBytesAreUsedUp) {
  ProxyLimits limits;
  limits.bytes = 100'000;
  start(limits);
  EXPECT_LT(ask("GET http://" + index() + "/large HTTP/1.1\r\n\r\n").size(), 400'000u);
  EXPECT_TRUE(proxy->traffic().out_of_bytes);
  EXPECT_THAT(ask("GET http://" + index() + "/more HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 503"));
}

TEST_F(ProxyTest, LetsNobodyWaitForEver) {
  ProxyLimits limits;
  limits.head = limits.idle = std::chrono::milliseconds(50);
  start(limits);
  EXPECT_EQ(ask("GET http://"), "");
  EXPECT_EQ(ask("CONNECT " + tls_index() + " HTTP/1.1\r\n\r\n"), "HTTP/1.1 200 Connection established\r\n\r\n");
}

TEST_F(ProxyTest, TakesAFewConnectionsAtOneTime) {
  ProxyLimits limits;
  limits.connections = 2;
  start(limits);
  const Fd first = connect(), second = connect();
  EXPECT_THAT(ask("CONNECT " + index() + " HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 503"));
}

TEST_F(ProxyTest, EndsItsConnectionsWithItself) {
  const Fd idle = connect(), tunnel = connect();
  say(tunnel, "CONNECT " + tls_index() + " HTTP/1.1\r\n\r\n");
  char first = 0;
  ASSERT_EQ(::recv(tunnel.get(), &first, 1, 0), 1);
  const std::string socket = proxy->socket();
  proxy.reset();
  all_of(idle);
  all_of(tunnel);
  EXPECT_NE(::access(socket.c_str(), F_OK), 0);
}

TEST_F(ProxyTest, ListensHoweverLongItsFoldersPathIs) {
  std::string deep = "a";
  while (deep.size() < 150) deep += "/" + std::string(40, 'b');
  folder.write(deep + "/x", "");
  const auto started = Proxy::start(folder / deep, {});
  EXPECT_TRUE(started) << started.error().describe();
}

}  // namespace
}  // namespace greenroom::egress
