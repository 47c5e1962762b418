#include "lib/hosts/gitlab/suggestion.h"

#include <gtest/gtest.h>

namespace greenroom::hosts::gitlab {
namespace {

struct Case {
  const char* what;
  const char* body;
  int above;
  const char* expected;
};

TEST(GitlabSuggestion, ReachesOverTheLinesOfItsComment) {
  const Case cases[] = {
      {"one line", "a\n```suggestion\nx\n```", 0, "a\n```suggestion\nx\n```"},
      {"several lines", "a\n```suggestion\nx\n```\nb\n", 2, "a\n```suggestion:-2+0\nx\n```\nb\n"},
      {"longer fence", "````suggestion\n```\n````", 2, "````suggestion:-2+0\n```\n````"},
      {"as far as GitLab goes", "```suggestion\nx\n```", 100, "```suggestion:-100+0\nx\n```"},
      {"too far", "```suggestion\nx\n```", 101, "```\nx\n```"},
      {"another language", "```python\nx\n```", 2, "```python\nx\n```"},
      {"a suggestion that is shown", "````\n```suggestion\n```\n````", 2, "````\n```suggestion\n```\n````"},
      {"in running text", "a ```suggestion\nb", 2, "a ```suggestion\nb"},
      {"two of them", "```suggestion\n```\n```suggestion\n```", 1, "```suggestion:-1+0\n```\n```suggestion:-1+0\n```"},
      {"nothing", "", 2, ""},
  };
  for (const auto& one : cases) EXPECT_EQ(with_reach(one.body, one.above), one.expected) << one.what;
}

}  // namespace
}  // namespace greenroom::hosts::gitlab
