#include "lib/web/turn.h"

#include <gtest/gtest.h>

namespace greenroom::web {
namespace {

using std::chrono::hours;

constexpr TimePoint kStart{};
TimePoint at(int hour) { return kStart + hours(hour); }

struct Case {
  const char* name;
  TurnFacts facts;
  Side side;
  int since;
};

TurnFacts waiting(TurnFacts facts) {
  facts.waiting = true;
  return facts;
}

TurnFacts facts(bool attention, int push, std::optional<int> plain = {}, std::optional<int> question = {},
                std::optional<int> project = {}) {
  const auto time = [](std::optional<int> hour) { return hour ? std::optional(at(*hour)) : std::nullopt; };
  TurnFacts all;
  all.attention = attention;
  all.last_push = at(push);
  all.last_author_reply = time(plain ? plain : question);
  all.open_question = time(question);
  all.last_project_reply = time(project);
  return all;
}

TEST(Turn, IsOfWhoeverIsWaitedFor) {
  const std::optional<int> none;
  for (const auto& [name, given, side, since] : {
           Case{"pushed, checks left something", facts(true, 1), Side::author, 1},
           Case{"pushed, all checks are content", facts(false, 1), Side::project, 1},
           Case{"a plain comment moves nothing while a check fails", facts(true, 1, 2), Side::author, 1},
           Case{"nor does one after the project spoke", facts(true, 1, 3, none, 2), Side::author, 2},
           Case{"nor one before the push", facts(true, 3, 2), Side::author, 3},
           Case{"a question reaches the project although a check fails", facts(true, 1, none, 2), Side::project, 2},
           Case{"and is not taken back by a plain comment", facts(true, 1, 3, 2), Side::project, 2},
           Case{"nor by a push that still fails", facts(true, 4, none, 2), Side::project, 2},
           Case{"nor by one that passes", facts(false, 4, none, 2), Side::project, 2},
           Case{"a question after an older word of the project", facts(true, 1, none, 3, 2), Side::project, 3},
           Case{"the project spoke, a check fails", facts(true, 1, none, none, 2), Side::author, 2},
           Case{"the project spoke before the push, a check fails", facts(true, 3, none, none, 2), Side::author, 3},
           Case{"the project spoke, all checks are content", facts(false, 1, none, none, 2), Side::author, 2},
           Case{"a plain comment answers it then", facts(false, 1, 3, none, 2), Side::project, 3},
           Case{"and so does a push", facts(false, 3, none, none, 2), Side::project, 3},
           Case{"tests wait for an approval, whatever else the project said", waiting(facts(false, 1, none, none, 2)),
                Side::project, 1},
           Case{"tests wait, and a check has something for the author", waiting(facts(true, 1)), Side::author, 1},
       }) {
    const Turn turn = turn_of(given);
    EXPECT_EQ(turn.side, side) << name;
    EXPECT_EQ(turn.since, at(since)) << name;
  }
}

TEST(Turn, IsNobodysOnceClosedAndTheChecksWhileTheyRun) {
  TurnFacts any = facts(true, 1, 3, 3, 2);
  any.checking = true;
  EXPECT_EQ(turn_of(any).side, Side::greenroom);
  any.open = false;
  EXPECT_EQ(turn_of(any).side, Side::nobody);
}

}  // namespace
}  // namespace greenroom::web
