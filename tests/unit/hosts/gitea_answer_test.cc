// What Gitea's answers say, and the small parts of its adapter that need no host.

#include "lib/hosts/gitea/answer.h"

#include <gmock/gmock.h>

#include "lib/hosts/gitea/api.h"
#include "lib/hosts/gitea/review_lock.h"
#include "lib/hosts/gitea/settled.h"
#include "lib/review/review.h"

namespace greenroom::hosts::gitea {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

const TimePoint kNow{seconds(1'800'000'000)};

Refusal refusal(int status, const std::string& body = "", http::HeaderList headers = {}, Deed deed = Deed::write) {
  return refusal_in({status, std::move(headers), body}, deed, kNow);
}

TEST(GiteaAnswer, SaysWhyInTheHostsWords) {
  EXPECT_EQ(refusal(422, R"({"message": "approve your own pull is not allowed"})").error.message,
            "Gitea: approve your own pull is not allowed");
  EXPECT_EQ(refusal(422).error.kind, ErrorKind::rejected);
  EXPECT_EQ(refusal(400, "<html>").error.message, "Gitea: status 400");
  EXPECT_LT(refusal(400, R"({"message": ")" + std::string(5000, 'x') + R"("})").error.message.size(), 400u);
}

TEST(GiteaAnswer, OfAServersFaultLeavesAWriteInDoubtAndAReadForLater) {
  for (const int status : {500, 502, 503, 504}) {
    EXPECT_EQ(refusal(status).error.kind, ErrorKind::in_doubt);
    EXPECT_EQ(refusal(status, "", {}, Deed::read).error.kind, ErrorKind::transient);
  }
}

TEST(GiteaAnswer, TellsWhatIsNotThereFromWhatIsForbidden) {
  for (const int status : {404, 405, 410}) EXPECT_EQ(refusal(status).error.kind, ErrorKind::not_found);
  EXPECT_EQ(refusal(403).error.kind, ErrorKind::rejected);
  EXPECT_EQ(refusal(401).error.kind, ErrorKind::transient);
  EXPECT_TRUE(refusal(307).stale);
  EXPECT_FALSE(refusal(404).stale);
}

TEST(GiteaAnswer, AsksForThePauseThatAProxyNames) {
  struct Limit {
    int status;
    http::HeaderList headers;
    seconds pause;
  };
  const std::vector<Limit> limits{{429, {{"retry-after", "30"}}, seconds(30)},
                                  {403, {{"retry-after", "30"}}, seconds(30)},
                                  {429, {}, seconds(60)},
                                  {429, {{"x-ratelimit-reset", "1800000100"}}, seconds(101)},
                                  {429, {{"retry-after", "86400"}}, seconds(3600)},
                                  {429, {{"retry-after", "soon"}}, seconds(60)},
                                  {429, {{"retry-after", "99999999999999999999"}}, seconds(60)},
                                  {429, {{"retry-after", "-1"}}, seconds(60)}};
  for (const auto& limit : limits) {
    const auto refused = refusal(limit.status, "", limit.headers);
    EXPECT_EQ(refused.error.kind, ErrorKind::transient);
    EXPECT_EQ(refused.pause, limit.pause);
    EXPECT_THAT(refused.error.message, HasSubstr("it asks to wait"));
  }
}

TEST(GiteaAnswer, SaysHowLongItsListIs) {
  const auto said = listing_in({200, {{"x-total-count", "61"}, {"link", "<http://h/x?page=2>; rel=\"next\""}}, ""});
  EXPECT_EQ(said.total, 61);
  EXPECT_TRUE(said.more);
  const auto last = listing_in({200, {{"x-total-count", "many"}, {"link", "<http://h/x?page=1>; rel=\"prev\""}}, ""});
  EXPECT_EQ(last.total, std::nullopt);
  EXPECT_FALSE(last.more);
}

TEST(GiteaNames, AreOfTheHostsLettersOnly) {
  EXPECT_TRUE(is_full_name("studio/pipeline.tools"));
  for (const char* bad : {"studio", "studio/", "/x", "studio/..", "a/b/c", "studio/a b", "studio/%2e%2e"})
    EXPECT_FALSE(is_full_name(bad)) << bad;
  EXPECT_TRUE(is_login("maya.k"));
  EXPECT_FALSE(is_login("maya/.."));
}

TEST(GiteaSettled, KeepsTheWordsAndTheirMarker) {
  const Secret key("the key");
  const auto body = review::with_marker("Words", "thread/f1", key);
  const auto done = settled(body);
  EXPECT_TRUE(is_settled(done));
  EXPECT_EQ(review::find_marker(done, key), "thread/f1");
  EXPECT_EQ(settled(done), done) << "once is enough";
  EXPECT_EQ(unsettled(done), body);
  EXPECT_EQ(unsettled(body), body);
  EXPECT_FALSE(is_settled("Quoted: " + done));
}

TEST(GiteaReviewLock, HoldsOnePlaceAtATime) {
  ProcessReviewLock lock{std::chrono::milliseconds(0)};
  auto held = lock.take({1, 2, 3});
  ASSERT_TRUE(held);
  EXPECT_EQ(lock.take({1, 2, 3}).error().kind, ErrorKind::transient);
  for (const ReviewPlace& other : {ReviewPlace{9, 2, 3}, ReviewPlace{1, 9, 3}, ReviewPlace{1, 2, 9}})
    EXPECT_TRUE(lock.take(other));
  held->reset();
  EXPECT_TRUE(lock.take({1, 2, 3}));
}

}  // namespace
}  // namespace greenroom::hosts::gitea
