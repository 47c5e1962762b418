#include <gtest/gtest.h>

#include "lib/diagnostics/parser.h"

namespace greenroom::diagnostics {
namespace {

TEST(DiagnosticPlace, APathStaysInsideTheRepository) {
  EXPECT_EQ(repository_path("/work/src/a.py", "/work/"), "src/a.py");
  EXPECT_EQ(repository_path("././src/a.py", "/work/"), "src/a.py");
  for (const char* path : {"/etc/passwd", "../x", "a/../b", "a//b", "", "/work/", "/work/../x", "a/./b", "."})
    EXPECT_EQ(repository_path(path, "/work/"), "") << path;
  EXPECT_EQ(repository_path(std::string_view("a\0b", 3), "/work/"), "");
}

TEST(DiagnosticPlace, ColumnsBecomeBytes) {
  // `a = "😀é"; s = "str"; undef_name`: the name is code point 22, byte 26, UTF-16 unit 23 (1-based).
  const std::string line = "a = \"\xF0\x9F\x98\x80\xC3\xA9\"; s = \"str\"; undef_name";
  EXPECT_EQ(to_byte_column(line, 26, ColumnUnit::bytes), 26);
  EXPECT_EQ(to_byte_column(line, 22, ColumnUnit::code_points), 26);
  EXPECT_EQ(to_byte_column(line, 23, ColumnUnit::utf16), 26);
  EXPECT_EQ(to_byte_column(line, 900, ColumnUnit::code_points), static_cast<int>(line.size()) + 1);
  EXPECT_EQ(to_byte_column(line, 0, ColumnUnit::bytes), 0);
  EXPECT_EQ(to_byte_column("\xff\xfe", 3, ColumnUnit::code_points), 3);
}

TEST(DiagnosticPlace, LinesAreOneBasedAndLoseTheirEnd) {
  EXPECT_EQ(line_of("a\r\nb\nc", 1), "a");
  EXPECT_EQ(line_of("a\r\nb\nc", 3), "c");
  EXPECT_EQ(line_of("a\n", 3), "");
  EXPECT_EQ(line_of("a", 0), "");
}

TEST(DiagnosticFormats, EveryFormatSurvivesNonsense) {
  const std::string nonsense[] = {"",
                                  "\xff\xfe\x00",
                                  "{",
                                  "[[[[",
                                  "a:1:2: E1 x\n",
                                  "<x>",
                                  "null",
                                  "{\"runs\": [1]}",
                                  "[1, null, {}]",
                                  "{\"comments\": [3]}",
                                  "--- a\n+++ a\n@@ -1,9999999 +1 @@\n",
                                  std::string(100'000, '[')};
  for (const Format& format : all_formats())
    for (const std::string& text : nonsense) {
      Input input;
      input.out = input.artefact = text;
      input.tool = "tool";
      const Parsed parsed = format.parse(input, {});
      for (const model::Diagnostic& diagnostic : parsed.diagnostics)
        EXPECT_FALSE(diagnostic.path.empty()) << format.name;
    }
}

}  // namespace
}  // namespace greenroom::diagnostics
