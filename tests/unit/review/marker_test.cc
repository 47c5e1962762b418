#include <gtest/gtest.h>

#include "lib/review/review.h"

namespace greenroom::review {
namespace {

const Secret kKey("a key of ours");

TEST(Marker, ComesBackFromTheBodyItEnds) {
  for (const auto* slot : {"summary", "thread/ab12", "status/greenroom/flake8", "say/a --> b <!-- c", "say/ü%41"}) {
    EXPECT_EQ(find_marker(with_marker("Hello", slot, kKey), kKey), slot);
  }
}

TEST(Marker, SurvivesAHostThatTrimsOrChangesLineEnds) {
  const std::string bare = "Hello\r\n\r\n" + marker("summary", kKey);
  EXPECT_EQ(find_marker(bare, kKey), "summary");
  EXPECT_EQ(find_marker(bare + "\r\n \n", kKey), "summary");
}

TEST(Marker, OfAnotherKeyMeansNothing) {
  EXPECT_EQ(find_marker(with_marker("Hello", "summary", Secret("another")), kKey), std::nullopt);
}

TEST(Marker, OfAnotherSlotMeansNothing) {
  std::string body = with_marker("Hello", "summary", kKey);
  body.replace(body.find("greenroom summary"), 17, "greenroom summarz");
  EXPECT_EQ(find_marker(body, kKey), std::nullopt);
}

TEST(Marker, QuotedInsideABodyMeansNothing) {
  const auto stolen = marker("summary", kKey);
  EXPECT_EQ(find_marker("```\n" + stolen + "\n```\nmore", kKey), std::nullopt);
  EXPECT_EQ(find_marker(with_marker("```\n" + stolen + "\n```", "thread/1", kKey), kKey), "thread/1");
  EXPECT_EQ(find_marker("> quoted " + stolen, kKey), std::nullopt);
}

TEST(Marker, IsNotFoundInOtherText) {
  for (const auto* body : {"", "Hello", "<!-- greenroom ", "<!-- greenroom -->", "<!-- greenroom  -->",
                           "<!-- greenroom summary -->", "<!-- greenroom %zz 00 -->", "<!-- greenroom % 00 -->"}) {
    EXPECT_EQ(find_marker(body, kKey), std::nullopt) << body;
  }
}

TEST(Marker, CannotEndItsOwnHtmlComment) {
  const auto text = marker("say/--><script>", kKey);
  EXPECT_EQ(text.find("-->"), text.size() - 3);
}

}  // namespace
}  // namespace greenroom::review
