#include "lib/hosts/github/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/base/text.h"

namespace greenroom::hosts::github {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

const TimePoint kNow{seconds(1'800'000'000)};

http::Response answer(int status, const std::string& body, http::HeaderList headers = {}) {
  return {status, std::move(headers), body};
}

TEST(GithubAnswer, SaysWhyInGithubsWords) {
  const auto refusal = refusal_in(
      answer(
          422,
          R"({"message": "Validation Failed", "errors": [{"resource": "X", "message": "line must be part of it"}]})"),
      Deed::write, kNow);
  EXPECT_EQ(refusal.error.kind, ErrorKind::rejected);
  EXPECT_EQ(refusal.error.message, "GitHub: Validation Failed: line must be part of it");
  EXPECT_EQ(refusal_in(answer(422, R"({"message": "No", "errors": ["said so"]})"), Deed::write, kNow).error.message,
            "GitHub: No: said so");
  EXPECT_EQ(
      refusal_in(answer(422, R"({"message": "No", "errors": [{"code": "missing"}]})"), Deed::write, kNow).error.message,
      "GitHub: No: missing");
  EXPECT_EQ(refusal_in(answer(400, "<html>"), Deed::write, kNow).error.message, "GitHub: status 400");
  const auto long_one =
      refusal_in(answer(400, R"({"message": ")" + std::string(5000, 'x') + R"("})"), Deed::read, kNow);
  EXPECT_LT(long_one.error.message.size(), 400u);
}

TEST(GithubAnswer, OfAServersFaultLeavesAWriteInDoubtAndAReadForLater) {
  for (const int status : {500, 502, 503, 504}) {
    EXPECT_EQ(refusal_in(answer(status, ""), Deed::write, kNow).error.kind, ErrorKind::in_doubt);
    EXPECT_EQ(refusal_in(answer(status, ""), Deed::read, kNow).error.kind, ErrorKind::transient);
  }
}

TEST(GithubAnswer, TellsWhatIsGoneFromWhatIsForbidden) {
  EXPECT_EQ(refusal_in(answer(404, ""), Deed::write, kNow).error.kind, ErrorKind::not_found);
  EXPECT_EQ(refusal_in(answer(410, ""), Deed::write, kNow).error.kind, ErrorKind::not_found);
  const auto forbidden = refusal_in(answer(403, R"({"message": "Resource not accessible"})"), Deed::write, kNow);
  EXPECT_EQ(forbidden.error.kind, ErrorKind::rejected);
  EXPECT_EQ(forbidden.pause, seconds(0));
}

TEST(GithubAnswer, ThatNamesOrTokensChangedIsForLater) {
  for (const int status : {301, 307, 401}) {
    const auto refusal = refusal_in(answer(status, ""), Deed::write, kNow);
    EXPECT_EQ(refusal.error.kind, ErrorKind::transient) << status;
    EXPECT_TRUE(refusal.stale);
  }
  EXPECT_FALSE(refusal_in(answer(404, ""), Deed::write, kNow).stale);
}

struct Limit {
  const char* what;
  int status;
  const char* body;
  http::HeaderList headers;
  seconds pause;
};

TEST(GithubAnswer, AsksForThePauseThatItsHeadersName) {
  const std::vector<Limit> limits{
      {"retry-after", 403, "", {{"retry-after", "30"}}, seconds(30)},
      {"too many requests", 429, "", {}, seconds(60)},
      {"reset", 403, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1800000100"}}, seconds(101)},
      {"a reset that is past", 403, "", {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1"}}, seconds(1)},
      {"words alone", 403, R"({"message": "You have exceeded a secondary rate limit"})", {}, seconds(60)},
      {"a day", 429, "", {{"retry-after", "86400"}}, seconds(3600)},
      {"no number", 429, "", {{"retry-after", "soon"}}, seconds(60)},
      {"beyond numbers", 429, "", {{"retry-after", "9223372036854775807"}}, seconds(60)},
      {"before time", 429, "", {{"retry-after", "-9223372036854775808"}}, seconds(60)},
  };
  for (const auto& limit : limits) {
    const auto refusal = refusal_in(answer(limit.status, limit.body, limit.headers), Deed::write, kNow);
    EXPECT_EQ(refusal.error.kind, ErrorKind::transient) << limit.what;
    EXPECT_EQ(refusal.pause, limit.pause) << limit.what;
    EXPECT_THAT(refusal.error.message, HasSubstr("it asks to wait")) << limit.what;
  }
}

TEST(GithubAnswer, NamesTheNextPage) {
  const auto next = [](const std::string& link) { return next_page_in(answer(200, "[]", {{"link", link}})); };
  EXPECT_EQ(
      next(
          R"(<https://api.github.com/x?per_page=100&page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last")")
          .value(),
      "per_page=100&page=2");
  EXPECT_EQ(
      next(R"(<https://api.github.com/x?page=1>; rel="prev", <https://api.github.com/x?cursor=v1_17>; rel="next")")
          .value(),
      "cursor=v1_17");
  EXPECT_EQ(next(R"(<https://api.github.com/x?page=1>; rel="prev")").value(), "");
  EXPECT_EQ(next("nonsense").value(), "");
  EXPECT_EQ(next_page_in(answer(200, "[]")).value(), "");
  EXPECT_FALSE(next("<https://api.github.com/x?page=2 HTTP/1.1\r\n>; rel=\"next\""));
}

}  // namespace
}  // namespace greenroom::hosts::github
