#include <gtest/gtest.h>

#include "lib/diagnostics/parser.h"

namespace greenroom::diagnostics {
namespace {

Parsed parse(std::string_view name, const std::string& text) {
  Input input;
  input.tool = "tool";
  input.out = input.artefact = text;
  return format_named(name)->parse(input, {});
}

std::string all_words(const Parsed& parsed) {
  std::string words;
  for (const auto& diagnostic : parsed.diagnostics) words += diagnostic.path + diagnostic.message + "\n";
  return words;
}

std::string junit_with(const std::string& what) {
  return "<testsuites><testsuite tests=\"1\" failures=\"1\"><testcase name=\"t\" file=\"a.py\" line=\"1\">"
         "<failure message=\"" +
         what + "\">E  " + what + "</failure></testcase></testsuite></testsuites>";
}
std::string checkstyle_with(const std::string& what) {
  return "<checkstyle><file name=\"a.py\"><error line=\"1\" message=\"" + what + "\"/></file></checkstyle>";
}

TEST(HostileReport, EntitiesAreNeverFollowed) {
  const std::string head =
      "<!DOCTYPE x [<!ENTITY file SYSTEM \"file:///etc/passwd\"><!ENTITY a \"laughs\">"
      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
  EXPECT_NE(all_words(parse("junit", junit_with("plain"))).find("plain"), std::string::npos);
  EXPECT_NE(all_words(parse("checkstyle", checkstyle_with("plain"))).find("plain"), std::string::npos);
  for (const char* what : {"&file;", "&c;"})
    for (const std::string& words : {all_words(parse("junit", head + junit_with(what))),
                                     all_words(parse("checkstyle", head + checkstyle_with(what)))}) {
      EXPECT_EQ(words.find("root:"), std::string::npos);
      EXPECT_EQ(words.find("laughs"), std::string::npos);
    }
}

TEST(HostileReport, ALineThatNoFileHasIsNoLine) {
  for (const std::string line : {"9223372036854775808", "18446744073709551617", "-1", "-9223372036854775809", "1e9"}) {
    const Parsed parsed[] = {parse("flake8", "a.py:" + line + ":1: E501 x\n"),
                             parse("gcc", "a.c:" + line + ":1: error: x\n"),
                             parse("mypy-text", "a.py:" + line + ":1: error: x  [misc]\n"),
                             parse("rdjsonl", R"({"message":"x","location":{"path":"a.py","range":{"start":{"line":)" +
                                                  line + R"(}}},"severity":"ERROR"})"),
                             parse("pylint-json", R"([{"type":"error","path":"a.py","line":)" + line +
                                                      R"(,"column":1,"symbol":"s","message":"x","message-id":"E1"}])"),
                             parse("checkstyle", "<checkstyle><file name=\"a.py\"><error line=\"" + line +
                                                     "\" message=\"x\"/></file></checkstyle>")};
    for (const Parsed& one : parsed)
      for (const auto& diagnostic : one.diagnostics) {
        EXPECT_GE(diagnostic.span.line, 0) << line;
        EXPECT_LE(diagnostic.span.line, 1'000'000'000) << line;
      }
  }
}

}  // namespace
}  // namespace greenroom::diagnostics
