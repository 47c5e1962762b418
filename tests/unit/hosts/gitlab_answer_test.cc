#include "lib/hosts/gitlab/answer.h"

#include <gmock/gmock.h>

namespace greenroom::hosts::gitlab {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

const TimePoint kNow{seconds(1'800'000'000)};

Refusal refusal(int status, const std::string& body, http::HeaderList headers = {}, Deed deed = Deed::write) {
  return refusal_in({status, std::move(headers), body}, deed, kNow);
}

TEST(GitlabAnswer, SaysWhyInGitlabsWords) {
  EXPECT_EQ(refusal(400, R"({"message": "400 Bad request"})").error.message, "GitLab: 400 Bad request");
  EXPECT_EQ(refusal(400, R"({"message": {"body": ["is too long"]}})").error.message,
            R"(GitLab: {"body":["is too long"]})");
  EXPECT_EQ(refusal(403, R"({"error": "insufficient_scope"})").error.message, "GitLab: insufficient_scope");
  EXPECT_EQ(refusal(400, "<html>").error.message, "GitLab: status 400");
  EXPECT_LT(refusal(400, R"({"message": ")" + std::string(5000, 'x') + R"("})").error.message.size(), 400u);
  EXPECT_THAT(refusal(301, "").error.message, HasSubstr("gitlab.api_url"));
}

TEST(GitlabAnswer, SortsRefusalsByWhatTheCallerDoes) {
  for (const int status : {500, 502, 503}) {
    EXPECT_EQ(refusal(status, "").error.kind, ErrorKind::in_doubt);
    EXPECT_EQ(refusal(status, "", {}, Deed::read).error.kind, ErrorKind::transient);
  }
  EXPECT_EQ(refusal(404, "").error.kind, ErrorKind::not_found);
  EXPECT_EQ(refusal(401, "").error.kind, ErrorKind::transient);
  for (const int status : {301, 400, 403, 409, 422}) EXPECT_EQ(refusal(status, "").error.kind, ErrorKind::rejected);
  EXPECT_EQ(refusal(403, "").pause, seconds(0));
}

TEST(GitlabAnswer, AsksForThePauseThatItsHeadersName) {
  struct Limit {
    const char* what;
    int status;
    http::HeaderList headers;
    seconds pause;
  };
  const std::vector<Limit> limits{
      {"retry-after", 429, {{"retry-after", "30"}}, seconds(30)},
      {"forbidden for a while", 403, {{"retry-after", "30"}}, seconds(30)},
      {"nothing said", 429, {}, seconds(60)},
      {"reset", 429, {{"ratelimit-remaining", "0"}, {"ratelimit-reset", "1800000100"}}, seconds(100)},
      {"a reset that is past", 429, {{"ratelimit-remaining", "0"}, {"ratelimit-reset", "1"}}, seconds(1)},
      {"a reset of another limit", 429, {{"ratelimit-remaining", "9"}, {"ratelimit-reset", "1800000100"}}, seconds(60)},
      {"a day", 429, {{"retry-after", "86400"}}, seconds(3600)},
      {"no number", 429, {{"retry-after", "soon"}}, seconds(60)},
      {"beyond numbers", 429, {{"retry-after", "9223372036854775807"}}, seconds(60)},
      {"before time", 429, {{"retry-after", "-5"}}, seconds(60)}};
  for (const auto& limit : limits) {
    const auto refused = refusal(limit.status, "", limit.headers);
    EXPECT_EQ(refused.error.kind, ErrorKind::transient) << limit.what;
    EXPECT_EQ(refused.pause, limit.pause) << limit.what;
    EXPECT_THAT(refused.error.message, HasSubstr("it asks to wait")) << limit.what;
  }
}

TEST(GitlabAnswer, NamesTheNextPage) {
  const auto next = [](const std::string& value) { return next_page_in({200, {{"x-next-page", value}}, "[]"}); };
  EXPECT_EQ(next("2"), 2);
  for (const char* none : {"", "-1", "two", "2&private_token=x"}) EXPECT_EQ(next(none), 0) << none;
  EXPECT_EQ(next_page_in({200, {}, "[]"}), 0);
}

}  // namespace
}  // namespace greenroom::hosts::gitlab
