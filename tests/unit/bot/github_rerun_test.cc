// GitHub's button "Re-run": a job more, and the check run begins anew.

#include <gmock/gmock.h>

#include "tests/unit/bot/github_posting.h"

namespace greenroom::bot {
namespace {

using testing::fake::Role;

class GithubRerun : public GithubPosting {
 protected:
  GithubRerun() {
    github.add_user("ben", 22);
    github.set_role(kRepository, "ben", Role::write);
    github.add_user("rosa", 23);
    want(review_with_thread());
    post_all();
    const auto runs = github.check_runs(kRepository, kFirstHead);
    if (runs.size() == 1) run = runs[0].id;
    database_.script("UPDATE job SET state = 'finished', finished_at = now()");
  }
  void rerun(const std::string& login) {
    clock_.advance(std::chrono::seconds(1));
    github.person_reruns(kRepository, run, login);
    take_webhook();
  }
  std::string jobs() { return answer("SELECT count(*) AS answer FROM job"); }
  std::int64_t run = 0;
};

TEST_F(GithubRerun, QueuesTheChecksOfTheHeadOnceMore) {
  ASSERT_NE(run, 0);
  ASSERT_EQ(jobs(), "1");
  rerun("ben");
  EXPECT_EQ(jobs(), "2");
  EXPECT_THAT(answer("SELECT decisions AS answer FROM event ORDER BY id DESC LIMIT 1"),
              ::testing::HasSubstr("asked for by ben"));
  auto running = review_with_thread();
  running.statuses[0].state = model::WantedStatus::State::pending;
  want(running);
  post_all();
  const auto runs = github.check_runs(kRepository, kFirstHead);
  ASSERT_EQ(runs.size(), 2u) << "one that is done does not begin again";
  EXPECT_EQ(runs[1].status, "in_progress");
}

TEST_F(GithubRerun, IsTheAuthorsAndTheMaintainers) {
  rerun("rosa");
  EXPECT_EQ(jobs(), "1");
  rerun("maya");  // the author
  EXPECT_EQ(jobs(), "2");
}

TEST_F(GithubRerun, OfAHeadThatWasLeftBehindMeansNothing) {
  github.add_commit(kRepository, kFirstHead, {{"src/a.py", "x = 1\n"}}, kSecondHead);
  github.person_pushes(kRepository, number, kSecondHead);
  take_webhook();
  ASSERT_EQ(jobs(), "2");
  rerun("ben");
  EXPECT_EQ(jobs(), "2");
  EXPECT_EQ(answer("SELECT state AS answer FROM delivery ORDER BY id DESC LIMIT 1"), "ignored");
}

}  // namespace
}  // namespace greenroom::bot
