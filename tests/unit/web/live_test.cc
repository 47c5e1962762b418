#include "lib/web/live.h"

#include <gtest/gtest.h>

namespace greenroom::web {
namespace {

TEST(LiveLog, IsOneMessageOfLinesInWhichNothingHides) {
  struct Case {
    std::string printed, message;
  };
  for (const auto& [printed, message] : {
           Case{"one\ntwo", "data: one\ndata: two\n\n"},
           Case{"", "data: \n\n"},
           Case{"\x1b[32mok\x1b[0m", "data: ‹U+001B›[32mok‹U+001B›[0m\n\n"},
           Case{"a\u202Eb\u200B", "data: a‹U+202E›b‹U+200B›\n\n"},
           Case{"10 %\r20 %\r\nend", "data: 10 %20 %\ndata: end\n\n"},
           Case{"event: end\r\n\r\n", "data: event: end\ndata: \ndata: \n\n"},
       }) {
    EXPECT_EQ(event_message(printed), message);
  }
}

}  // namespace
}  // namespace greenroom::web
