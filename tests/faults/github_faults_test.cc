// What a git host does to a bot that lives: each row of the host's faults, with the pauses as they are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/faults/github_bots.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using fake::Fault;
using model::EffectKind;
using ::testing::HasSubstr;
using What = Fault::What;

constexpr const char* kComments = "/repos/*/issues/*/comments";

Fault fault(What what, const std::string& method, const std::string& path, int status = 502) {
  Fault made;
  made.what = what;
  made.method = method;
  made.path = path;
  made.status = status;
  return made;
}

Fault limited(int status, const std::string& words) {
  auto made = fault(What::refuse, "POST", kComments, status);
  made.headers = {{"Retry-After", "1"}};
  made.body = "{\"message\":\"" + words + "\"}";
  return made;
}

struct Row {
  const char* name;
  std::vector<Fault> faults;
};
void PrintTo(const Row& row, std::ostream* stream) { *stream << row.name; }

std::vector<Row> rows() {
  return {{"Answers500", {fault(What::refuse, "POST", kComments, 500)}},
          {"Answers500Thrice",
           {fault(What::refuse, "POST", kComments, 500), fault(What::refuse, "POST", "/repos/*/pulls/*s", 500),
            fault(What::refuse, "POST", "/repos/*/check-runs", 500)}},
          {"Answers502AfterSuccess", {fault(What::act_then_answer, "POST", kComments)}},
          {"Answers502AfterAnEdit", {fault(What::act_then_answer, "PATCH", "/repos/*/issues/comments/*")}},
          {"Answers502AfterAThread", {fault(What::act_then_answer, "POST", "/repos/*/pulls/*s")}},
          {"Answers502AfterACheckRun", {fault(What::act_then_answer, "POST", "/repos/*/check-runs")}},
          {"Answers429WithRetryAfter", {limited(429, "Too many requests")}},
          {"AnswersWithTheSecondaryLimit", {limited(403, "You have exceeded a secondary rate limit")}},
          {"CutsItsAnswerOff", {fault(What::act_then_hang_up, "POST", kComments)}},
          {"CutsAThreadsAnswerOff", {fault(What::act_then_hang_up, "POST", "/repos/*/pulls/*s")}},
          {"CutsAListOff",
           {fault(What::act_then_hang_up, "POST", kComments), fault(What::act_then_hang_up, "GET", kComments)}},
          {"ShowsAStaleList",
           {fault(What::act_then_hang_up, "POST", kComments), fault(What::hide_recent, "GET", kComments)}}};
}

class GithubThat : public ::testing::TestWithParam<Row> {};

TEST_P(GithubThat, HasEachEffectOnce) {
  GithubBots ground;
  for (const auto& one : GetParam().faults) ground.github().inject(one);
  ground.want({ground.next_effect(EffectKind::create_comment), ground.next_effect(EffectKind::create_thread),
               ground.next_effect(EffectKind::edit_comment), ground.next_effect(EffectKind::set_status),
               ground.next_effect(EffectKind::add_label)});
  ground.start();
  ASSERT_TRUE(ground.settles_by_itself());
  EXPECT_EQ(ground.github().faults_to_come(), 0) << "the trouble came";
  ground.expect_each_once();
}

INSTANTIATE_TEST_SUITE_P(Faults, GithubThat, ::testing::ValuesIn(rows()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(GithubThatSaysNothing, HasTheEffectOnceWhenTheBotTiresOfWaiting) {
  GithubBots ground;
  const auto comment = ground.next_effect(EffectKind::create_comment);
  ground.hold_answer_to(comment);
  ground.want({comment});
  ground.start();
  ASSERT_TRUE(ground.holds());
  ASSERT_TRUE(wait_until(
      [&] { return ground.answer("SELECT count(*) AS answer FROM effect WHERE state = 'in_doubt'") == "1"; }));
  ground.github().release();
  ASSERT_TRUE(ground.settles_by_itself());
  ground.expect_each_once();
}

// Refused for good: said once in the row, never asked again, and in nobody's way.
class GithubRefuses : public ::testing::Test {
 protected:
  void expect_refused(const model::Effect& refused, const std::string& words) {
    const auto key = "FROM effect WHERE key = '" + refused.key + "'";
    ground.want({refused});
    const auto next = ground.next_effect(EffectKind::add_label);
    ground.want({next});
    const auto before = ground.writes();
    ground.start();
    ASSERT_TRUE(ground.settles_by_itself());
    EXPECT_EQ(ground.answer("SELECT state || ' ' || attempts AS answer " + key), "failed 1");
    EXPECT_THAT(ground.answer("SELECT error AS answer " + key), HasSubstr(words));
    EXPECT_EQ(ground.writes(), before + 1) << "the next one was made all the same";
  }
  GithubBots ground;
};

TEST_F(GithubRefuses, ALineThatIsNotInTheDiff) {
  auto thread = ground.next_effect(EffectKind::create_thread);
  thread.line = 400;
  expect_refused(thread, "GitHub");
}

TEST_F(GithubRefuses, WordsOnAChangeThatWasDeleted) {
  auto gone = fault(What::refuse, "POST", kComments, 404);
  gone.body = R"({"message":"Not Found"})";
  ground.github().inject(gone);
  expect_refused(ground.next_effect(EffectKind::create_comment), "Not Found");
}

}  // namespace
}  // namespace greenroom::testing
