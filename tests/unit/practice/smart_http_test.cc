#include <gmock/gmock.h>

#include <fstream>

#include "lib/base/hash.h"
#include "lib/hosts/local/smart_http.h"
#include "tests/unit/practice/practice_fixture.h"

namespace greenroom::hosts::local {
namespace {

using ::testing::HasSubstr;

// The real server with the real git on both sides.
struct SmartHttpTest : Practice {
  pg::Pool pool{database.options_as("greenroom_dashboard"), 4};
  SmartHttp smart{pool, {folder / "git", "/etc/greenroom/dashboard.yml"}};
  std::unique_ptr<http::Server> server;

  SmartHttpTest() {
    http::ServerOptions options;
    options.blocking_threads = 3;
    options.body_limit = kPushLimit;
    server = std::move(
        *http::Server::start(options, [this](http::Request request, std::shared_ptr<http::Responder> responder) {
          responder->send(smart.handle(request));
        }));
  }
  std::string url(const std::string& who = "") const {
    return "http://" + who + "127.0.0.1:" + std::to_string(server->port()) + "/git/practice/shotlist.git";
  }
  std::string as_maya() const { return url("maya:" + http::percent_encode(token.reveal()) + "@"); }
  http::Request request(const std::string& method, const std::string& path, const std::string& query = "") const {
    http::Request made;
    made.method = method;
    made.path = path;
    made.query = query;
    made.headers = {{"authorization", "Basic " + base64_encode("maya:" + token.reveal())}};
    made.peer = "127.0.0.1";
    return made;
  }
};

TEST_F(SmartHttpTest, ClonesAndPushesWithAToken) {
  git({"clone", "-q", as_maya(), folder / "second"});
  EXPECT_EQ(folder.read("second/file.txt"), "one\n");
  git({"switch", "-q", "-c", "maya/first"});
  folder.write("clone/file.txt", "two\n");
  git({"commit", "-q", "-a", "-m", "Two"});
  git({"push", "-q", as_maya(), "maya/first"});
  git({"fetch", "-q", "origin"});
  EXPECT_EQ(head("origin/maya/first"), head());
}

TEST_F(SmartHttpTest, TellsTheHooksWhoPushed) {
  git({"switch", "-q", "-c", "maya/first"});
  git({"commit", "-q", "--allow-empty", "-m", "Two"});
  git({"push", "-q", as_maya(), "maya/first"});
  const std::string called = folder.read("called");
  const std::string who = " pusher=" + std::to_string(maya) + " config=/etc/greenroom/dashboard.yml " +
                          std::string(40, '0') + " " + head() + " refs/heads/maya/first\n";
  EXPECT_THAT(called, HasSubstr("hook pre-receive " + std::to_string(repository) + who));
  EXPECT_THAT(called, HasSubstr("hook post-receive " + std::to_string(repository) + who));
}

TEST_F(SmartHttpTest, WritesNothingWhenTheHookRefuses) {
  folder.write("refuse", "");
  git({"switch", "-q", "-c", "maya/first"});
  git({"commit", "-q", "--allow-empty", "-m", "Two"});
  EXPECT_NE(try_git({"push", "-q", as_maya(), "maya/first"}).exit_code, 0);
  EXPECT_EQ(git({"ls-remote", bare(), "refs/heads/maya/first"}), "");
}

TEST_F(SmartHttpTest, TakesAPushOfSeveralMebibytes) {
  std::ofstream(folder / "clone/large.bin", std::ios::binary) << random_bytes(6u << 20);
  git({"switch", "-q", "-c", "maya/large"});
  git({"add", "-A"});
  git({"commit", "-q", "-m", "Large"});
  git({"push", "-q", as_maya(), "maya/large"});
  git({"clone", "-q", "-b", "maya/large", as_maya(), folder / "second"});
  EXPECT_EQ(folder.read("second/large.bin").size(), 6u << 20);
}

TEST_F(SmartHttpTest, RefusesReadsAndPushesWithoutAToken) {
  EXPECT_NE(try_git({"clone", "-q", url(), folder / "second"}).exit_code, 0);
  EXPECT_NE(try_git({"clone", "-q", url("maya:wrong@"), folder / "second"}).exit_code, 0);
  EXPECT_NE(try_git({"clone", "-q", url("nobody:wrong@"), folder / "second"}).exit_code, 0);
  EXPECT_NE(try_git({"push", "-q", url(), "main"}).exit_code, 0);
}

TEST_F(SmartHttpTest, AsksForBasicWhenNobodySignedIn) {
  auto anonymous = request("GET", "/git/practice/shotlist.git/info/refs", "service=git-upload-pack");
  for (const std::string& header :
       std::vector<std::string>{"", "Basic", "Basic !!!", "Basic " + base64_encode("maya"), "Bearer " + token.reveal(),
                                "Basic " + base64_encode(std::string("maya\0x:y", 8))}) {
    anonymous.headers = {{"authorization", header}};
    const auto response = smart.handle(anonymous);
    EXPECT_EQ(response.status, 401) << header;
    EXPECT_THAT(response.headers, ::testing::Contains(::testing::Pair("WWW-Authenticate", HasSubstr("Basic"))));
  }
}

TEST_F(SmartHttpTest, ServesNothingButTheThreeRequestsOfSmartHttp) {
  const std::string root = "/git/practice/shotlist.git/";
  for (const std::string& file :
       std::vector<std::string>{"HEAD", "config", "objects/info/packs", "hooks/post-receive", "../1.git/HEAD", "",
                                "git-shell", "git-upload-archive", "info/refs/x"}) {
    EXPECT_EQ(smart.handle(request("GET", root + file)).status, 404) << file;
  }
  EXPECT_EQ(smart.handle(request("GET", root + "info/refs")).status, 403) << "the dumb protocol";
  EXPECT_EQ(smart.handle(request("GET", root + "info/refs", "service=git-upload-archive")).status, 403);
  EXPECT_EQ(smart.handle(request("POST", root + "info/refs", "service=git-upload-pack")).status, 405);
  EXPECT_EQ(smart.handle(request("GET", root + "git-receive-pack")).status, 405);
}

TEST_F(SmartHttpTest, LooksNamesUpAndNeverTurnsThemIntoPaths) {
  for (const std::string& name :
       std::vector<std::string>{"practice/other", "1", "../git/1", "practice/../practice/shotlist", "/etc",
                                "practice/shotlist\n", "%2e%2e/1", ""}) {
    const auto response =
        smart.handle(request("GET", "/git/" + std::string(name) + ".git/info/refs", "service=git-upload-pack"));
    EXPECT_EQ(response.status, 404) << name;
  }
}

TEST_F(SmartHttpTest, RefusesACodedPushAndAnOverlongOne) {
  auto coded = request("POST", "/git/practice/shotlist.git/git-receive-pack");
  coded.headers.emplace_back("content-encoding", "gzip");
  EXPECT_EQ(smart.handle(coded).status, 415);
  auto odd = request("POST", "/git/practice/shotlist.git/git-upload-pack");
  odd.headers.emplace_back("content-encoding", "br");
  EXPECT_EQ(smart.handle(odd).status, 415);
  auto large = request("POST", "/git/practice/shotlist.git/git-receive-pack");
  large.body.resize(kPushLimit + 1);
  EXPECT_EQ(smart.handle(large).status, 413);
}

TEST_F(SmartHttpTest, SaysSoWhenTheDatabaseIsAway) {
  pg::Options nowhere;
  nowhere.conninfo = "host=/nonexistent dbname=none";
  pg::Pool none(nowhere, 1);
  SmartHttp cut_off(none, {folder / "git", ""});
  EXPECT_EQ(cut_off.handle(request("GET", "/git/practice/shotlist.git/info/refs", "service=git-upload-pack")).status,
            503);
}

TEST(Cgi, ReadsStatusHeadersAndBody) {
  const auto answer =
      parse_cgi("Status: 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nbody\r\n\r\nx");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->body, "body\r\n\r\nx");
  EXPECT_EQ(answer->headers, (http::HeaderList{{"content-type", "text/plain"}}));
  EXPECT_EQ(parse_cgi("A: b\n\n")->status, 200);
}

TEST(Cgi, RefusesWhatIsNoAnswer) {
  for (const std::string& output : std::vector<std::string>{"", "no header", "fatal: x\n", "Status: abc\r\n\r\n",
                                                            "Status: 99\r\n\r\n", "nonsense\r\n\r\n"}) {
    EXPECT_FALSE(parse_cgi(output)) << output;
  }
}

}  // namespace
}  // namespace greenroom::hosts::local
