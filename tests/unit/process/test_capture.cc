#include <gtest/gtest.h>

#include "lib/process/capture.h"

namespace greenroom::process {
namespace {

Capture captured(std::size_t limit, const std::vector<std::string>& chunks) {
  CaptureBuffer buffer(limit);
  for (const auto& chunk : chunks) buffer.add(chunk);
  return std::move(buffer).finish();
}

TEST(Capture, KeepsEverythingUpToTheLimit) {
  const Capture capture = captured(10, {"01234", "56789"});
  EXPECT_EQ(capture.cut, 0u);
  EXPECT_EQ(capture.joined(), "0123456789");
}

TEST(Capture, KeepsHeadAndTailAndCountsWhatFellBetween) {
  const Capture capture = captured(6, {"abc", "0123456789", "xyz"});
  EXPECT_EQ(capture.head, "abc");
  EXPECT_EQ(capture.tail, "xyz");
  EXPECT_EQ(capture.cut, 10u);
  EXPECT_EQ(capture.joined(), "abc\n[… 10 bytes cut …]\nxyz");
}

TEST(Capture, IsTheSameHoweverTheStreamIsChunked) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += std::to_string(i) + ",";
  const Capture whole = captured(101, {text});
  std::vector<std::string> bytes;
  for (const char c : text) bytes.emplace_back(1, c);
  const Capture pieces = captured(101, bytes);
  EXPECT_EQ(whole.joined(), pieces.joined());
  EXPECT_EQ(whole.head.size() + whole.tail.size(), 101u);
  EXPECT_EQ(whole.cut, text.size() - 101u);
}

TEST(Capture, CountsTheLineEndsThatItDropped) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "line\n";
  for (const std::size_t piece : {1u, 7u, 5000u}) {
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < text.size(); at += piece) pieces.push_back(text.substr(at, piece));
    const Capture capture = captured(100, pieces);
    EXPECT_EQ(capture.cut_lines, 980u) << "ten lines at each end are kept";
  }
  EXPECT_EQ(captured(100, {"a\nb\n"}).cut_lines, 0u);
}

TEST(Capture, WithNoRoomAtAllOnlyCounts) {
  const Capture capture = captured(0, {"abc"});
  EXPECT_EQ(capture.cut, 3u);
  EXPECT_TRUE(capture.head.empty() && capture.tail.empty());
}

}  // namespace
}  // namespace greenroom::process
