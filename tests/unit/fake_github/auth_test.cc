// Who is let in, and how far.

#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using namespace std::chrono_literals;
using FakeGithubAuth = FakeGithubTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(FakeGithubAuth, WantsAUserAgent) {
  const auto answer = send({"GET", "/users/maya", {{"User-Agent", ""}}, ""});
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.message(), HasSubstr("User-Agent"));
}

TEST_F(FakeGithubAuth, BelievesTheAppsOwnSignature) {
  const auto answer = ask_as(jwt(), "GET", "/app");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body["slug"], "greenroom");
  EXPECT_EQ(answer.body["id"], 4242);
}

TEST_F(FakeGithubAuth, RefusesAForeignSignature) {
  const auto token = app_jwt(foreign_app_key(), {"4242", clock_.now() - 60s, clock_.now() + 9min});
  EXPECT_EQ(ask_as(token, "GET", "/app").status, 401);
}

TEST_F(FakeGithubAuth, RefusesAnotherAlgorithmAndAnotherApp) {
  EXPECT_EQ(ask_as(app_jwt(app_key(), {"4242", clock_.now() - 60s, clock_.now() + 9min, "none"}), "GET", "/app").status,
            401);
  EXPECT_EQ(ask_as(app_jwt(app_key(), {"4243", clock_.now() - 60s, clock_.now() + 9min}), "GET", "/app").status, 401);
}

TEST_F(FakeGithubAuth, RefusesATokenThatLivesTooLong) {
  EXPECT_EQ(ask_as(jwt(0s, 10min), "GET", "/app").status, 200);
  const auto answer = ask_as(jwt(0s, 10min + 1s), "GET", "/app");
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.message(), HasSubstr("too far in the future"));
}

TEST_F(FakeGithubAuth, RefusesATokenOfTheFutureAndOneOfThePast) {
  EXPECT_THAT(ask_as(jwt(1s, 5min), "GET", "/app").message(), HasSubstr("'iat'"));
  EXPECT_THAT(ask_as(jwt(-5min, 0s), "GET", "/app").message(), HasSubstr("'exp'"));
}

TEST_F(FakeGithubAuth, TheAppAsksForItselfOnly) {
  EXPECT_EQ(ask_as(jwt(), "GET", "/app/installations").body.at(0)["id"], installation_);
  EXPECT_EQ(ask_as(jwt(), "GET", there("/installation")).body["id"], installation_);
  EXPECT_EQ(ask_as(jwt(), "GET", there("/pulls")).status, 401);
  EXPECT_EQ(get("/app").status, 403);
}

TEST_F(FakeGithubAuth, AnInstallationsTokenEndsAfterAnHour) {
  const auto path = "/app/installations/" + std::to_string(installation_) + "/access_tokens";
  const auto made = ask_as(jwt(), "POST", path);
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(made.body["expires_at"], "2026-03-02T10:00:00Z");
  const std::string token = made.body["token"];
  clock_.advance(59min);
  EXPECT_EQ(ask_as(token, "GET", there("")).status, 200);
  clock_.advance(1min);
  const auto late = ask_as(token, "GET", there(""));
  EXPECT_EQ(late.status, 401);
  EXPECT_EQ(late.message(), "Bad credentials");
}

TEST_F(FakeGithubAuth, ATokenHasNoMoreRightsThanItsInstallation) {
  const auto path = "/app/installations/" + std::to_string(installation_) + "/access_tokens";
  const auto reader = ask_as(jwt(), "POST", path, {{"permissions", {{"issues", "read"}}}});
  ASSERT_EQ(reader.status, 201);
  EXPECT_EQ(ask_as(reader.body["token"], "GET", in_issue("")).status, 200);
  EXPECT_EQ(ask_as(reader.body["token"], "POST", in_issue("/comments"), {{"body", "words"}}).status, 403);
  EXPECT_EQ(ask_as(jwt(), "POST", path, {{"permissions", {{"statuses", "write"}}}}).status, 422);
}

TEST_F(FakeGithubAuth, AnInstallationReachesItsRepositoriesOnly) {
  github_.add_repository("studio", "secret", 78);
  github_.add_repository("elsewhere", "other", 79);
  EXPECT_EQ(get("/repos/studio/secret").status, 200);
  EXPECT_EQ(get("/repos/elsewhere/other").status, 404);
  const auto path = "/app/installations/" + std::to_string(installation_) + "/access_tokens";
  const auto one = ask_as(jwt(), "POST", path, {{"repository_ids", {78}}});
  ASSERT_EQ(one.status, 201);
  EXPECT_EQ(ask_as(one.body["token"], "GET", "/repos/studio/secret").status, 200);
  EXPECT_EQ(ask_as(one.body["token"], "GET", there("")).status, 404);
  const auto listed = ask_as(one.body["token"], "GET", "/installation/repositories");
  EXPECT_EQ(listed.body["total_count"], 1);
  EXPECT_EQ(listed.body["repositories"][0]["id"], 78);
}

TEST_F(FakeGithubAuth, AnAppNeedsThePermission) {
  const auto answer = post(there("/statuses/" + head_), {{"state", "success"}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.message(), "Resource not accessible by integration");
}

TEST_F(FakeGithubAuth, APersonsTokenHasThePersonsRole) {
  const auto maya = github_.add_personal_token("maya"), ben = github_.add_personal_token("ben");
  const auto zoe = github_.add_personal_token("zoe");
  EXPECT_EQ(ask_as(maya, "GET", "/user").body["login"], "maya");
  EXPECT_EQ(ask_as(zoe, "GET", there("")).status, 404) << "a private repository is not there for strangers";
  EXPECT_EQ(ask_as(maya, "POST", in_issue("/labels"), {{"labels", {"bug"}}}).status, 403);
  EXPECT_EQ(ask_as(ben, "POST", in_issue("/labels"), {{"labels", {"bug"}}}).status, 200);
  EXPECT_EQ(ask_as("ghp_nobody", "GET", "/user").status, 401);
}

TEST_F(FakeGithubAuth, NobodyMayReadWhatIsPublic) {
  github_.add_repository("studio", "open", 80, "main", false);
  EXPECT_EQ(ask_as("", "GET", "/repos/studio/open").status, 200);
  EXPECT_EQ(ask_as("", "POST", "/repos/studio/open/issues", {{"title", "Hm"}}).status, 401);
  EXPECT_EQ(ask_as("", "GET", there("")).status, 404);
}

TEST_F(FakeGithubAuth, AnUnknownRouteIsNotFoundAndRemembered) {
  EXPECT_EQ(get(there("/branches")).status, 404);
  EXPECT_EQ(ask("PUT", "/nowhere?really=1").status, 404);
  EXPECT_THAT(github_.unknown_routes(), ElementsAre("GET /repos/studio/pipeline/branches", "PUT /nowhere"));
}

TEST_F(FakeGithubAuth, TheBotHasOneIdAndTwoNames) {
  EXPECT_EQ(get("/users/greenroom%5Bbot%5D").body["id"], 9000);
  EXPECT_EQ(get("/users/greenroom%5Bbot%5D").body["type"], "Bot");
  EXPECT_EQ(get("/user/9000").body["login"], "greenroom[bot]");
  EXPECT_EQ(graphql("{ viewer { login databaseId } }").body["data"]["viewer"],
            Json({{"login", "greenroom"}, {"databaseId", 9000}}));
  EXPECT_EQ(get("/user").status, 403) << "an installation is no user";
}

}  // namespace
}  // namespace greenroom::testing
