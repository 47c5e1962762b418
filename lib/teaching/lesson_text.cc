#include "lib/teaching/lesson_text.h"

#include <map>

#include "lib/base/text.h"

namespace greenroom::teaching {
namespace {

constexpr std::string_view kRule = "---\n";
constexpr std::size_t kWhyShortLimit = 160;  // characters; counted as bytes is stricter and good enough

bool is_fence(std::string_view line) { return line.substr(0, 3) == "```"; }

// "## Heading" outside fences → its text, trimmed.
Result<std::map<std::string, std::string>> sections_of(std::string_view markdown) {
  std::map<std::string, std::string> sections;
  std::string* current = nullptr;
  bool fenced = false;
  for (const auto line : split_lines(markdown)) {
    if (is_fence(line)) fenced = !fenced;
    if (!fenced && line.substr(0, 3) == "## ") {
      const auto [entry, fresh] = sections.emplace(std::string(trim(line.substr(3))), "");
      if (!fresh) return user_fault("two sections are called \"" + entry->first + "\"");
      current = &entry->second;
    } else if (current != nullptr) {
      current->append(line).append("\n");
    } else if (!trim(line).empty()) {
      return user_fault("text stands before the first section");
    }
  }
  if (fenced) return user_fault("a fence is not closed");
  for (auto& [name, text] : sections) text = std::string(trim(text));
  return sections;
}

struct Block {
  std::string language, code;
};

std::vector<Block> blocks_of(std::string_view markdown) {
  std::vector<Block> blocks;
  bool fenced = false;
  for (const auto line : split_lines(markdown)) {
    if (is_fence(line)) {
      fenced = !fenced;
      if (fenced) blocks.push_back({std::string(trim(line.substr(3))), ""});
    } else if (fenced) {
      blocks.back().code.append(line).append("\n");
    }
  }
  return blocks;
}

Result<void> read_example(const std::string& section, Lesson& lesson) {
  const auto blocks = blocks_of(section);
  if (blocks.size() != 2)
    return user_fault("Example must hold two fenced blocks: first the bad one, then the good one");
  if (blocks[0].language.empty() || blocks[0].language != blocks[1].language) {
    return user_fault("both examples need the same language after their fence");
  }
  lesson.language = blocks[0].language;
  lesson.bad_example = blocks[0].code;
  lesson.good_example = blocks[1].code;
  return {};
}

Result<void> check_sense(const std::string& name, const Lesson& lesson) {
  if (lesson.id + ".md" != name) return user_fault("id is \"" + lesson.id + "\", but the file is " + name);
  if (lesson.id.substr(0, lesson.id.find('/')) != lesson.tool) return user_fault("id must start with the tool");
  if (lesson.codes.empty()) return user_fault("codes is missing");
  if (lesson.why_short.size() > kWhyShortLimit) return user_fault("why_short is longer than 160 characters");
  for (const auto& alias : lesson.aliases) {
    if (alias.find('/') == std::string::npos) return user_fault("alias \"" + alias + "\" must be tool/CODE");
  }
  return {};
}

Result<Lesson> parse(const std::string& name, std::string_view text) {
  Lesson lesson;
  GREENROOM_TRY(halves, split_lesson(text));
  GREENROOM_CHECK(read_front(halves.front, lesson));
  GREENROOM_CHECK(read_body(halves.body, lesson));
  GREENROOM_CHECK(check_sense(name, lesson));
  return lesson;
}

}  // namespace

Result<LessonText> split_lesson(std::string_view text) {
  if (!is_utf8(text)) return user_fault("the text is not UTF-8");
  if (text.substr(0, kRule.size()) != kRule) return user_fault("the first line must be ---");
  const auto end = text.find("\n---\n", kRule.size() - 1);
  if (end == std::string_view::npos) return user_fault("the front matter has no end (---)");
  LessonText halves;
  if (end + 1 > kRule.size()) halves.front = std::string(text.substr(kRule.size(), end + 1 - kRule.size()));
  halves.body = std::string(text.substr(end + 5));
  return halves;
}

Result<void> read_body(std::string_view markdown, Lesson& lesson) {
  GREENROOM_TRY(sections, sections_of(markdown));
  const std::map<std::string, std::string*> fields{{"Try this", &lesson.try_this},
                                                   {"Why", &lesson.why},
                                                   {"Pitfalls", &lesson.pitfalls},
                                                   {"When to ignore", &lesson.when_to_ignore},
                                                   {"Go further", &lesson.go_further}};
  for (const auto& [name, text] : sections) {
    if (name == "Example") continue;
    const auto field = fields.find(name);
    if (field == fields.end()) return user_fault("unknown section \"" + name + "\"");
    *field->second = text;
  }
  for (const auto* name : {"Try this", "Why", "Example"}) {
    if (sections[name].empty()) return user_fault(std::string("section \"") + name + "\" is missing");
  }
  return read_example(sections["Example"], lesson);
}

Result<Lesson> parse_lesson(const std::string& name, std::string_view text) {
  auto lesson = parse(name, text);
  if (!lesson) return user_fault("lesson " + name + ": " + lesson.error().message);
  return lesson;
}

}  // namespace greenroom::teaching
