// docs/tone.md as a test.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <regex>

#include "lib/base/text.h"
#include "tests/unit/lessons/examples.h"

namespace greenroom::teaching {
namespace {

constexpr std::size_t kWordsInASentence = 25;
constexpr std::size_t kWordsInALesson = 220;

std::string without_fences(const std::string& text) { return std::regex_replace(text, std::regex("`[^`]*`"), "code"); }

std::string prose_of(const Lesson& lesson) {
  return without_fences(join({lesson.title + ".", lesson.why_short, lesson.try_this, lesson.why, lesson.pitfalls,
                              lesson.when_to_ignore, lesson.go_further},
                             "\n\n"));
}

std::size_t words_in(const std::string& text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    words += !space && !inside ? 1u : 0u;
    inside = !space;
  }
  return words;
}

std::vector<std::string> sentences_of(const std::string& prose) {
  const std::regex end(R"([.!?:;](\s|$)|\n\n)");
  return {std::sregex_token_iterator(prose.begin(), prose.end(), end, -1), std::sregex_token_iterator()};
}

TEST(Tone, NoBannedWord) {
  const std::regex banned(
      R"(\b(just|simply|simple|obviously|obvious|of course|clearly|easy|easily|trivial|everyone knows|as you know|)"
      R"(you did|you should|you must|your code|your fault|I|we|we're|our|wrong code|bad code|stupid|dumb|sanity|please)\b)",
      std::regex::icase);
  for (const auto& lesson : lessons().all()) {
    const auto prose = prose_of(lesson);
    std::smatch match;
    EXPECT_FALSE(std::regex_search(prose, match, banned)) << lesson.id << " says \"" << match.str() << "\"";
    EXPECT_EQ(prose.find('!'), std::string::npos) << lesson.id << " raises its voice";
  }
}

TEST(Tone, SentencesAreShort) {
  for (const auto& lesson : lessons().all()) {
    for (const auto& sentence : sentences_of(prose_of(lesson))) {
      EXPECT_LE(words_in(sentence), kWordsInASentence) << lesson.id << ": " << sentence;
    }
  }
}

TEST(Tone, LessonsAreShort) {
  for (const auto& lesson : lessons().all()) EXPECT_LE(words_in(prose_of(lesson)), kWordsInALesson) << lesson.id;
}

TEST(Tone, TheTitleTellsWhatToDo) {
  for (const auto& lesson : lessons().all()) {
    EXPECT_LE(lesson.title.size(), 60u) << lesson.id;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(lesson.title.at(0)))) << lesson.id;
    EXPECT_NE(lesson.title.back(), '.') << lesson.id;
    EXPECT_FALSE(starts_with_ignoring_case(lesson.title, "don't") || starts_with_ignoring_case(lesson.title, "do not"))
        << lesson.id << ": say what to do instead";
  }
}

TEST(Tone, TheShortReasonIsOneSentence) {
  for (const auto& lesson : lessons().all()) {
    EXPECT_LE(lesson.why_short.size(), 160u) << lesson.id;
    EXPECT_EQ(lesson.why_short.back(), '.') << lesson.id;
    EXPECT_EQ(lesson.why_short.find(". "), std::string::npos) << lesson.id;
  }
}

TEST(Tone, EveryRuleHasAnOwner) {
  for (const auto& lesson : lessons().all()) EXPECT_FALSE(lesson.owner.empty()) << lesson.id;
}

}  // namespace
}  // namespace greenroom::teaching
