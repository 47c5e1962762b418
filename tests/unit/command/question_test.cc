#include "lib/command/question.h"

#include <gtest/gtest.h>

#include <string>

namespace greenroom::command {
namespace {

TEST(Question, IsWhatAPersonHasToAnswer) {
  for (const auto* text :
       {"Is this the right place?", "Why does flake8 say that? I thought it was fine.", "(really?)", "**what now?**",
        "why?!", "What about `a`?\r\n", "Thanks.\n\nAnd where do I put it?", "@ben I am stuck", "cc @ben-ortiz",
        "Hello (@ben)", "/buddy", "@greenroom buddy", "¿Qué hago ahora?", "どうして？", "لماذا؟", "- one\n- two?"}) {
    EXPECT_TRUE(asks_somebody(text, "greenroom")) << text;
  }
}

TEST(Question, IsNothingThatOnlyTells) {
  for (const auto* text :
       {"", "Thanks!", "I will mend it tonight.", "/run", "/help", "@greenroom run flake8", "@Greenroom thanks",
        "> Is this right?\n\nYes.", "`is this?`", "see `@decorator` there", "```\nwhy?\n@ben\n```", "    why?",
        "<!-- why? -->", "mail me@example.org", "http://example.org/a?b=c works", "a ?b c", "@ home", "``x ` y?``"}) {
    EXPECT_FALSE(asks_somebody(text, "greenroom")) << text;
  }
}

TEST(Question, IsLookedForInBoundedTime) {
  for (const auto& piece : {std::string("`"), std::string("?a"), std::string("@"), std::string("` ``")}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    EXPECT_FALSE(asks_somebody(text, "greenroom"));
  }
}

}  // namespace
}  // namespace greenroom::command
