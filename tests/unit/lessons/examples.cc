#include "tests/unit/lessons/examples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include "lib/base/text.h"
#include "lib/process/process.h"

namespace greenroom::teaching {
namespace {

std::string file_name(const Lesson& lesson, const std::string& side) {
  static const std::map<std::string, std::string> kEndings{
      {"python", "py"}, {"sh", "sh"}, {"bash", "bash"}, {"c", "c"}};
  std::string name = lesson.id;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '-'; }, '_');
  // pytest reads test_*.py; for the other tools the name does not matter.
  return "test_" + name + "_" + side + "." + kEndings.at(lesson.language);
}

// The codes that mean this lesson when `tool` prints them.
std::set<std::string> codes_of(const Lesson& lesson, const std::string& tool) {
  std::set<std::string> codes;
  if (lesson.tool == tool) codes.insert(lesson.codes.begin(), lesson.codes.end());
  // What other tools say about layout is many codes; the formatter's own word is proof enough.
  if (lesson.kind == Lesson::Kind::format) return codes;
  for (const auto& alias : lesson.aliases) {
    if (alias.starts_with(tool + "/") && !alias.ends_with('*')) codes.insert(alias.substr(tool.size() + 1));
  }
  return codes;
}

std::string shown(const std::set<std::string>& codes) { return join({codes.begin(), codes.end()}, " "); }

}  // namespace

const LessonBook& lessons() {
  static const auto book = LessonBook::load(std::string(GREENROOM_SOURCE_DIR) + "/templates/lessons");
  static const LessonBook none;
  if (!book) {
    ADD_FAILURE() << book.error().describe();
    return none;
  }
  return *book;
}

Examples::Examples(const std::set<std::string>& languages, const std::set<std::string>& without_lessons) {
  std::string pattern = (std::filesystem::temp_directory_path() / "greenroom-examples-XXXXXX").string();
  const char* made = mkdtemp(pattern.data());
  if (made == nullptr) {
    ADD_FAILURE() << "cannot make " << pattern;
    return;
  }
  directory_ = pattern;
  for (const auto& lesson : lessons().all()) {
    if (!languages.contains(lesson.language) || without_lessons.contains(lesson.id)) continue;
    if (!named(lesson.bad_example).empty()) continue;
    shown_.push_back(&lesson);
    for (const auto& [name, text] : {std::pair(bad(lesson), lesson.bad_example), {good(lesson), lesson.good_example}}) {
      std::ofstream(std::filesystem::path(directory_) / name) << text;
      files_.push_back(name);
    }
  }
}

Examples::~Examples() {
  std::error_code ignored;
  if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
}

std::string Examples::named(const std::string& example) {
  std::smatch match;
  static const std::regex name(R"(^# (\w+\.py)\n)");
  return std::regex_search(example, match, name) ? match[1].str() : "";
}

std::string Examples::bad(const Lesson& lesson) { return file_name(lesson, "bad"); }
std::string Examples::good(const Lesson& lesson) { return file_name(lesson, "good"); }

Codes Examples::run(std::vector<std::string> argv, const std::string& pattern, const std::string& constant) const {
  argv.insert(argv.end(), files_.begin(), files_.end());
  process::Command command;
  command.argv = argv;
  command.directory = directory_;
  command.wall = std::chrono::minutes(3);
  command.environment = {
      {"PATH", "/usr/bin:/bin"}, {"HOME", directory_}, {"LC_ALL", "C.UTF-8"}, {"PYTHONDONTWRITEBYTECODE", "1"}};
  const auto outcome = process::run(command);
  if (!outcome) {
    ADD_FAILURE() << argv[0] << ": " << outcome.error().describe();
    return {};
  }
  EXPECT_FALSE(outcome->timed_out);
  const std::string output = outcome->out.joined() + "\n" + outcome->err.joined();
  Codes codes;
  const std::regex expression(pattern);
  for (const auto view : split_lines(output)) {
    std::smatch match;
    const std::string line(view);
    if (std::regex_search(line, match, expression))
      codes[match[1]].insert(match.size() > 2 ? match[2].str() : constant);
  }
  EXPECT_FALSE(codes.empty()) << argv[0] << " printed nothing that was understood:\n" << output;
  return codes;
}

void expect_proved(const Examples& examples, const std::string& tool, const Codes& codes,
                   const std::set<std::string>& beyond_this_tool) {
  const auto printed = [&](const std::string& file) {
    const auto found = codes.find(file);
    return found == codes.end() ? std::set<std::string>{} : found->second;
  };
  int proved = 0;
  for (const auto* lesson : examples.shown()) {
    auto wanted = codes_of(*lesson, tool);
    for (const auto& code : beyond_this_tool) wanted.erase(code);
    if (wanted.empty()) continue;
    ++proved;
    const auto bad = printed(Examples::bad(*lesson)), good = printed(Examples::good(*lesson));
    const auto met = [&](const std::set<std::string>& all) {
      return std::any_of(wanted.begin(), wanted.end(), [&](const auto& code) { return all.contains(code); });
    };
    EXPECT_TRUE(met(bad)) << lesson->id << ": the bad example gives [" << shown(bad) << "], none of " << shown(wanted);
    EXPECT_FALSE(met(good)) << lesson->id << ": the good example gives [" << shown(good) << "]";
  }
  EXPECT_GT(proved, 0) << "no lesson for " << tool;
}

}  // namespace greenroom::teaching
