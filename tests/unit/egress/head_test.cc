#include "lib/egress/head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace greenroom::egress {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string message_of(std::string_view head) {
  const auto request = read_head(head);
  return request ? "carried to " + to_string(request->to) : request.error().message;
}

TEST(ProxyHead, OfAConnectNamesHostAndPort) {
  const auto request = read_head("CONNECT Index.Example.org:443 HTTP/1.1\r\nHost: index.example.org:443\r\n\r\n");
  ASSERT_TRUE(request) << request.error().describe();
  EXPECT_EQ(request->kind, ProxyRequest::Kind::tunnel);
  EXPECT_EQ(to_string(request->to), "index.example.org:443");
  EXPECT_EQ(message_of("CONNECT [::1]:8080 HTTP/1.1\r\n\r\n"), "carried to [::1]:8080");
}

TEST(ProxyHead, OfAFetchIsWrittenAnewForTheServer) {
  const auto request = read_head(
      "GET http://index.example.org/simple/a/?x=1 HTTP/1.1\r\nHost: elsewhere.example.org\r\nAccept: text/html\r\n"
      "Proxy-Authorization: Basic eA==\r\nAuthorization: Basic eA==\r\nCookie: a=b\r\nConnection: keep-alive\r\n\r\n");
  ASSERT_TRUE(request) << request.error().describe();
  EXPECT_EQ(request->kind, ProxyRequest::Kind::fetch);
  EXPECT_EQ(to_string(request->to), "index.example.org:80");
  EXPECT_EQ(
      request->head,
      "GET /simple/a/?x=1 HTTP/1.1\r\nHost: index.example.org:80\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
}

TEST(ProxyHead, ThatCouldMeanTwoThingsIsRefused) {
  const std::string get = "GET http://a.example/ HTTP/1.1\r\n";
  for (const std::string& head :
       {std::string("CONNECT a.example HTTP/1.1\r\n\r\n"), std::string("CONNECT a.example:0 HTTP/1.1\r\n\r\n"),
        std::string("CONNECT a.example:443@b.example:443 HTTP/1.1\r\n\r\n"),
        std::string("CONNECT a.example:99999 HTTP/1.1\r\n\r\n"), std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        std::string("GET http://u:p@a.example/ HTTP/1.1\r\n\r\n"),
        std::string("POST http://a.example/ HTTP/1.1\r\n\r\n"), std::string("GET http://a.example/ HTTP/2.0\r\n\r\n"),
        std::string("GET  http://a.example/ HTTP/1.1\r\n\r\n"), get + "Content-Length: 5\r\n\r\n",
        get + "Transfer-Encoding: chunked\r\n\r\n", get + "no header\r\n\r\n", get + " folded: x\r\n\r\n",
        get + "A: b\nHost: c\r\n\r\n", get + "A: b\rC: d\r\n\r\n", get + "\r\nX: y\r\n\r\n", get,
        std::string("\r\n\r\n"), get + "A: " + std::string(20'000, 'x') + "\r\n\r\n"})
    EXPECT_FALSE(read_head(head)) << head.substr(0, 200);
}

TEST(ProxyHead, SaysWhatIsWrong) {
  EXPECT_THAT(message_of("POST http://a.example/ HTTP/1.1\r\n\r\n"), HasSubstr("only GET, HEAD and CONNECT"));
  EXPECT_THAT(message_of("GET / HTTP/1.1\r\n\r\n"), HasSubstr("begins with http://"));
}

TEST(Destination, OfAnIndexHasTheSchemesPort) {
  EXPECT_EQ(to_string(destination_of_url("https://pypi.org/simple").value()), "pypi.org:443");
  EXPECT_EQ(to_string(destination_of_url("http://10.0.0.1:3141/root/pypi").value()), "10.0.0.1:3141");
  EXPECT_TRUE(allowed_of_url("http://10.0.0.1:3141/root/pypi").value().plain);
  EXPECT_FALSE(allowed_of_url("https://pypi.org/simple").value().plain);
  EXPECT_FALSE(destination_of_url("ftp://index.example.org"));
  EXPECT_FALSE(destination_of_url("https:///simple"));
  const auto secret = destination_of_url("https://user:word@index.example.org/simple");
  ASSERT_FALSE(secret);
  EXPECT_THAT(secret.error().message, Not(HasSubstr("word@")));
}

}  // namespace
}  // namespace greenroom::egress
