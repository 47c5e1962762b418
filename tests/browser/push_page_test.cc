#include <gmock/gmock.h>

#include <filesystem>
#include <regex>

#include "lib/process/process.h"
#include "tests/browser/seeded_dashboard.h"

namespace greenroom::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// A newcomer who has nothing but the page and git.
struct PushPage : ::testing::Test {
  SeededDashboard dashboard;
  const std::string maya = dashboard.sign_in("maya");

  std::string form(const std::string& cookie) { return "csrf=" + dashboard.csrf(cookie); }
  std::string new_token() {
    const auto made = dashboard.post("/push/tokens", form(maya), maya);
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(header_of(made, "cache-control"), "no-store");
    EXPECT_EQ(header_of(made, "location"), "");
    return first(made.body, "grp_[0-9a-f]+");
  }
  std::string revoke_path() { return first(dashboard.get("/push", maya).body, "/push/tokens/[0-9]+/revoke"); }
  static std::string first(const std::string& text, const std::string& pattern) {
    std::smatch found;
    EXPECT_TRUE(std::regex_search(text, found, std::regex(pattern))) << pattern;
    return found.empty() ? "" : found[0].str();
  }

  // Answers git's question for the password, and no other.
  std::string git(const std::vector<std::string>& words, const std::string& token, const std::string& directory = "") {
    dashboard.folder.write("askpass", "#!/bin/sh\ncase $1 in Password*) echo \"$TOKEN\" ;; *) exit 1 ;; esac\n");
    std::filesystem::permissions(dashboard.folder / "askpass", std::filesystem::perms::owner_all);
    process::Command command;
    command.argv = {"git", "-c", "user.name=Maya", "-c", "user.email=maya@example.invalid"};
    command.argv.insert(command.argv.end(), words.begin(), words.end());
    command.directory = dashboard.folder / directory;
    command.environment = {
        {"PATH", "/usr/bin:/bin"},    {"HOME", dashboard.folder / "home"},           {"GIT_TERMINAL_PROMPT", "0"},
        {"GIT_CONFIG_NOSYSTEM", "1"}, {"GIT_ASKPASS", dashboard.folder / "askpass"}, {"TOKEN", token}};
    const auto outcome = process::run(command);
    if (!outcome) throw std::runtime_error(outcome.error().describe());
    return std::to_string(outcome->exit_code) + "\n" + outcome->out.joined() + outcome->err.joined();
  }
};

TEST_F(PushPage, SaysLoginAddressAndCommands) {
  const std::string page = dashboard.get("/push", maya).body;
  const std::string address =
      "http://maya@" + dashboard.url().substr(std::string("http://").size()) + "/git/practice/shotlist.git";
  EXPECT_THAT(page, AllOf(HasSubstr("git clone " + address), HasSubstr("cd shotlist"),
                          HasSubstr("git switch -c maya/first-change"),
                          HasSubstr("git push -u origin maya/first-change"), HasSubstr("You have none yet")));
  EXPECT_THAT(dashboard.get("/", maya).body, AllOf(HasSubstr(address), HasSubstr("href=\"/push\"")));
}

TEST_F(PushPage, LetsANewcomerCloneAndPushUntilTheTokenIsRevoked) {
  const std::string token = new_token();
  const std::string clone = first(dashboard.get("/push", maya).body, "http://maya@[^<]+[.]git");
  EXPECT_THAT(git({"clone", "-q", clone, "mine"}, token), ::testing::StartsWith("0"));
  git({"switch", "-q", "-c", "maya/first-change"}, token, "mine");
  git({"commit", "-q", "--allow-empty", "-m", "Say what this changes"}, token, "mine");
  EXPECT_THAT(git({"push", "-q", "-u", "origin", "maya/first-change"}, token, "mine"), ::testing::StartsWith("0"));
  EXPECT_THAT(dashboard.get("/push", maya).body, HasSubstr("last used"));

  const auto revoked = dashboard.post(revoke_path(), form(maya), maya);
  EXPECT_EQ(revoked.status, 303);
  git({"commit", "-q", "--allow-empty", "-m", "More"}, token, "mine");
  const std::string refused = git({"push", "-q"}, token, "mine");
  EXPECT_THAT(refused, Not(::testing::StartsWith("0")));
  EXPECT_THAT(refused, HasSubstr("this push token was revoked"));
  EXPECT_THAT(git({"push", "-q"}, "grp_wrong", "mine"), HasSubstr("sign in with your login and a push token"));
}

TEST_F(PushPage, ShowsATokenOnceAndNowhereElse) {
  const std::string token = new_token();
  EXPECT_THAT(dashboard.get("/push", maya).body, AllOf(Not(HasSubstr(token)), HasSubstr("never used")));
  git({"clone", "-q", first(dashboard.get("/push", maya).body, "http://maya@[^<]+[.]git"), "mine"}, token);
  EXPECT_THAT(dashboard.folder.read("log"), Not(HasSubstr(token.substr(4))));
}

TEST_F(PushPage, TakesFormsOfItsOwnPeopleOnly) {
  EXPECT_EQ(dashboard.post("/push/tokens", form(maya)).status, 401) << "nobody is signed in";
  EXPECT_EQ(dashboard.post("/push/tokens", "", maya).status, 403) << "no CSRF token";
  EXPECT_EQ(dashboard.post("/push/tokens", "csrf=x", maya).status, 403);
  const std::string ben = dashboard.sign_in("ben");
  EXPECT_EQ(dashboard.post("/push/tokens", form(ben), maya).status, 403) << "somebody else's CSRF token";
  EXPECT_EQ(dashboard.post("/push/tokens", form(maya), maya, {{"origin", "https://evil.example"}}).status, 403);
  EXPECT_EQ(dashboard.get("/push/tokens", maya).status, 405) << "a link makes no token";
  EXPECT_THAT(dashboard.get("/push", maya).body, HasSubstr("You have none yet"));
}

TEST_F(PushPage, RevokesNobodyElsesToken) {
  const std::string token = new_token(), path = revoke_path(), ben = dashboard.sign_in("ben");
  EXPECT_EQ(dashboard.post(path, form(ben), ben).status, 404);
  EXPECT_EQ(dashboard.post(path, "csrf=x", maya).status, 403);
  EXPECT_EQ(dashboard.get(path, maya).status, 405);
  EXPECT_EQ(dashboard.post("/push/tokens/x/revoke", form(maya), maya).status, 404);
  EXPECT_EQ(dashboard.post("/push/tokens/99999999999999999999/revoke", form(maya), maya).status, 404);
  const std::string clone = first(dashboard.get("/push", maya).body, "http://maya@[^<]+[.]git");
  EXPECT_THAT(git({"clone", "-q", clone, "mine"}, token), ::testing::StartsWith("0"));
}

}  // namespace
}  // namespace greenroom::testing
