#include "lib/web/check_view.h"

#include <gtest/gtest.h>

namespace greenroom::web {
namespace {

TEST(CheckLine, SaysTheAuthorsMatterFirstAndOursBesideIt) {
  struct Case {
    CheckCounts counts;
    const char *words, *tone;
  };
  for (const auto& [counts, words, tone] : {
           Case{{false, 0, 0, 0, 0}, "no checks yet", "quiet"},
           Case{{true, 1, 1, 1, 1}, "checks are running", "quiet"},
           Case{{false, 0, 0, 1, 0}, "1 check passes", "good"},
           Case{{false, 0, 0, 4, 0}, "4 checks pass", "good"},
           Case{{false, 0, 0, 4, 1}, "1 check did not finish", "ours"},
           Case{{false, 0, 1, 4, 0}, "1 check has something to look at", "look"},
           Case{{false, 1, 0, 4, 0}, "1 check failed", "wrong"},
           Case{{false, 1, 0, 4, 1}, "1 check failed, 1 did not finish", "wrong"},
           Case{{false, 0, 2, 0, 3}, "2 checks have something to look at, 3 did not finish", "look"},
           Case{{false, 0, 0, 4, 0, 1}, "1 check waits for a person of the project", "quiet"},
           Case{
               {false, 0, 1, 4, 0, 1}, "1 check has something to look at, 1 waits for a person of the project", "look"},
           Case{{false, 2, 1, 0, 1}, "2 checks failed, 1 has something to look at, 1 did not finish", "wrong"},
       }) {
    const CheckWords line = words_for(counts);
    EXPECT_EQ(line.words, words);
    EXPECT_EQ(line.tone, tone);
  }
}

}  // namespace
}  // namespace greenroom::web
