// The line map against git itself: for random edits, every line that the map joins has the same text on both sides,
// and every line that it calls the author's is one that git added.
#include <gtest/gtest.h>

#include <random>

#include "lib/diff/diff.h"
#include "lib/process/process.h"
#include "tests/support/temp_directory.h"

namespace greenroom::diff {
namespace {

using Lines = std::vector<std::string>;

std::string text_of(const Lines& lines, bool final_newline) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) text += lines[i] + (i + 1 < lines.size() || final_newline ? "\n" : "");
  return text;
}

std::string git_diff(const testing::TempDirectory& folder) {
  process::Command command;
  command.argv = {"git",   "-c",   "core.autocrlf=false", "diff", "--no-index", "--src-prefix=a/", "--dst-prefix=b/",
                  "old/f", "new/f"};
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", folder.path()}, {"GIT_CONFIG_NOSYSTEM", "1"}};
  command.directory = folder.path();
  const auto outcome = process::run(command);
  return outcome ? outcome->out.joined() : "";
}

Lines edited(const Lines& old, std::mt19937& random) {
  Lines lines = old;
  const auto below = [&](std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit)(random); };
  for (std::size_t i = below(6); i > 0; --i) {
    const std::size_t at = below(lines.size());
    if (below(1) == 0)
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), "-- new " + std::to_string(below(3)));
    else if (at < lines.size())
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return lines;
}

TEST(LineMap, AgreesWithGitOnRandomEdits) {
  std::mt19937 random(20261123);
  const testing::TempDirectory folder;
  for (int round = 0; round < 60; ++round) {
    Lines old;
    for (std::size_t i = std::uniform_int_distribution<std::size_t>(1, 40)(random); i > 0; --i)
      old.push_back("++ line " + std::to_string(std::uniform_int_distribution<int>(0, 9)(random)));
    const Lines head = edited(old, random);
    folder.write("old/f", text_of(old, round % 3 != 0));
    folder.write("new/f", text_of(head, round % 5 != 0));
    const auto diff = parse(git_diff(folder));
    ASSERT_TRUE(diff) << diff.error().describe();
    if (diff->files.empty()) continue;
    const File& file = diff->files[0];
    for (int line = 1; line <= static_cast<int>(head.size()); ++line) {
      const auto base = base_line(file, line);
      const LineSide side = side_of(file, line);
      EXPECT_EQ(!base.has_value(), side == LineSide::author);
      if (!base) continue;
      ASSERT_GE(*base, 1);
      ASSERT_LE(*base, static_cast<int>(old.size()));
      EXPECT_EQ(old[static_cast<std::size_t>(*base) - 1], head[static_cast<std::size_t>(line) - 1]);
      EXPECT_EQ(head_line(file, *base), line);
    }
  }
}

}  // namespace
}  // namespace greenroom::diff
