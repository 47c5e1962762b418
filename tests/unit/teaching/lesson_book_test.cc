#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/teaching/texts.h"

namespace greenroom::teaching {
namespace {

TEST(LessonBook, FindsByCodeAliasAndFamily) {
  const auto book = book_of({{"flake8/F401.md", lesson_text("flake8", "F401", "aliases: [pylint/W0611, ruff/F401]")},
                             {"black/format.md", lesson_text("black", "format", "aliases: ['flake8/E2*', 'black/*']")},
                             {"flake8/E265.md", lesson_text("flake8", "E265")}});
  EXPECT_EQ(book.find("pylint", "W0611")->id, "flake8/F401");
  EXPECT_EQ(book.find("flake8", "F401")->id, "flake8/F401");
  EXPECT_EQ(book.find("flake8", "E231")->id, "black/format");
  EXPECT_EQ(book.find("black", "")->id, "black/format");
  EXPECT_EQ(book.find("flake8", "E265")->id, "flake8/E265") << "an exact code goes before its family";
  EXPECT_EQ(book.find("flake8", "F999"), nullptr);
  EXPECT_EQ(book.find("mypy", "F401"), nullptr);
  EXPECT_EQ(book.by_id("flake8/F401")->title, "Title of F401");
  EXPECT_EQ(book.by_id("pylint/W0611"), nullptr);
}

TEST(LessonBook, FindsWhatAPersonTypes) {
  const auto book =
      book_of({{"flake8/F401.md", lesson_text("flake8", "F401", "aliases: [pylint/W0611]")},
               {"black/format.md", lesson_text("black", "format", "aliases: ['flake8/E2*', 'black/*']")}});
  const auto ids = [&](const std::string& words) {
    std::string out;
    for (const auto* lesson : book.search(words)) out += lesson->id + " ";
    return out;
  };
  EXPECT_EQ(ids("f401"), "flake8/F401 ");
  EXPECT_EQ(ids("pylint/w0611"), "flake8/F401 ");
  EXPECT_EQ(ids(" title of f "), "flake8/F401 black/format ");
  EXPECT_EQ(ids("E231"), "black/format ");
  EXPECT_EQ(ids("nothing like it"), "");
  EXPECT_EQ(ids(""), "");
}

TEST(LessonBook, ReadsEveryPart) {
  const auto book =
      book_of({{"flake8/F401.md", lesson_text("flake8", "F401",
                                              "kind: type\nseverity: essential\nlevel: advanced\nowner: wg\n"
                                              "suggestion: true\ncommand: 'fix {path}'")}});
  const auto& lesson = book.all().at(0);
  EXPECT_EQ(lesson.kind, Lesson::Kind::type);
  EXPECT_EQ(lesson.severity, Lesson::Importance::essential);
  EXPECT_EQ(lesson.level, "advanced");
  EXPECT_EQ(lesson.owner, "wg");
  EXPECT_TRUE(lesson.suggestion_allowed);
  EXPECT_EQ(lesson.fix_command, "fix {path}");
  EXPECT_EQ(lesson.try_this, "Try.");
  EXPECT_EQ(lesson.why, "Why.");
  EXPECT_EQ(lesson.language, "python");
  EXPECT_EQ(lesson.bad_example, "bad = 1\n");
  EXPECT_EQ(lesson.good_example, "## good\n") << "a heading inside a fence is code";
}

struct Refusal {
  const char* front;
  const char* says;
};

TEST(LessonBook, RefusesEverySlipByFileAndField) {
  const std::vector<Refusal> cases{{"kind: lints", "kind must be"},
                                   {"severity: bad", "severity must be"},
                                   {"level: expert", "level must be"},
                                   {"id: flake8/F402", "but the file is"},
                                   {"codes: F401", "codes must be a list"},
                                   {"codes: []", "codes is missing"},
                                   {"titel: x", "unknown key \"titel\""},
                                   {"why_short:", "why_short is missing"},
                                   {"suggestion: maybe", "suggestion must be"},
                                   {"aliases: [W0611]", "must be tool/CODE"},
                                   {"title: [", "not YAML"},
                                   {"title: [a]", "title must be one value"},
                                   {"aliases: [flake8/F401]", "belongs to it twice"}};
  for (const auto& [front, says] : cases) {
    const auto book = LessonBook::from_texts({{"flake8/F401.md", lesson_text("flake8", "F401", front)}});
    ASSERT_FALSE(book) << front;
    EXPECT_EQ(book.error().kind, ErrorKind::user_fault);
    EXPECT_NE(book.error().message.find("lesson flake8/F401.md: "), std::string::npos) << book.error().message;
    EXPECT_NE(book.error().message.find(says), std::string::npos) << book.error().message;
  }
  const auto long_why = LessonBook::from_texts(
      {{"flake8/F401.md", lesson_text("flake8", "F401", "why_short: " + std::string(161, 'x'))}});
  ASSERT_FALSE(long_why);
  EXPECT_NE(long_why.error().message.find("why_short is longer"), std::string::npos);
}

TEST(LessonBook, RefusesABodyThatLacksAPart) {
  const auto whole = lesson_text("flake8", "F401");
  const std::vector<std::pair<std::string, std::string>> cases{{"## Why\nWhy.\n", "\"Why\" is missing"},
                                                               {"```python\nbad = 1\n```\n", "two fenced blocks"},
                                                               {"---\n## Try this", "no end"}};
  for (const auto& [part, says] : cases) {
    auto text = whole;
    text.erase(text.find(part), part.size());
    const auto book = LessonBook::from_texts({{"flake8/F401.md", text}});
    ASSERT_FALSE(book) << part;
    EXPECT_NE(book.error().message.find(says), std::string::npos) << book.error().message;
  }
  for (const auto& [text, says] :
       std::vector<std::pair<std::string, std::string>>{{"", "first line"},
                                                        {"no front", "first line"},
                                                        {"---\nid: x\n", "no end"},
                                                        {"---\n---\n", "not a map"},
                                                        {whole + "## Why\nagain\n", "two sections"},
                                                        {whole + "## Whatever\nx\n", "unknown section"},
                                                        {whole + "```\n", "not closed"},
                                                        {whole + "\xff", "UTF-8"}}) {
    const auto book = LessonBook::from_texts({{"flake8/F401.md", text}});
    ASSERT_FALSE(book) << says;
    EXPECT_NE(book.error().message.find(says), std::string::npos) << book.error().message;
  }
}

TEST(LessonBook, AnAliasBelongsToOneLesson) {
  const auto book = LessonBook::from_texts(
      {{"a/X.md", lesson_text("a", "X", "aliases: [c/Z]")}, {"b/Y.md", lesson_text("b", "Y", "aliases: [c/Z]")}});
  ASSERT_FALSE(book);
  EXPECT_EQ(book.error().message, "lesson b/Y.md: c/Z belongs to a/X already");
}

TEST(LessonBook, LoadsADirectoryAndSaysWhenThereIsNone) {
  namespace fs = std::filesystem;
  const fs::path root = fs::temp_directory_path() / ("greenroom-lessons-" + std::to_string(::getpid()));
  fs::create_directories(root / "flake8");
  std::ofstream(root / "flake8" / "F401.md") << lesson_text("flake8", "F401");
  std::ofstream(root / "notes.txt") << "no lesson";
  const auto book = LessonBook::load(root.string());
  fs::remove_all(root);
  ASSERT_TRUE(book) << book.error().describe();
  EXPECT_EQ(book->all().size(), 1u);
  const auto none = LessonBook::load(root.string());
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::transient);
}

}  // namespace
}  // namespace greenroom::teaching
