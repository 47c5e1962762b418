#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "lib/base/text.h"
#include "lib/teaching/lesson_text.h"

namespace greenroom::teaching {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || in.bad()) return transient("cannot read " + path.string());
  return text.str();
}

std::vector<std::string> names_of(const Lesson& lesson) {
  std::vector<std::string> names = lesson.aliases;
  for (const auto& code : lesson.codes) names.push_back(lesson.tool + "/" + code);
  if (std::find(names.begin(), names.end(), lesson.id) == names.end()) names.push_back(lesson.id);
  return names;
}

}  // namespace

Result<LessonBook> LessonBook::load(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".md") names.push_back(fs::relative(entry->path(), directory).string());
  }
  if (error) return transient("cannot read the lessons in " + directory + ": " + error.message());
  std::sort(names.begin(), names.end());
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& name : names) {
    GREENROOM_TRY(text, read_file(fs::path(directory) / name));
    texts.emplace_back(name, text);
  }
  return from_texts(texts);
}

Result<LessonBook> LessonBook::from_texts(const std::vector<std::pair<std::string, std::string>>& name_and_text) {
  LessonBook book;
  for (const auto& [name, text] : name_and_text) {
    GREENROOM_TRY(lesson, parse_lesson(name, text));
    for (const auto& key : names_of(lesson)) {
      const bool family = key.ends_with('*');
      auto& index = family ? book.families_ : book.index_;
      const auto [held, fresh] = index.emplace(family ? key.substr(0, key.size() - 1) : key, book.lessons_.size());
      if (!fresh) {
        const bool own = held->second == book.lessons_.size();
        return user_fault("lesson " + name + ": " + key + " belongs to " +
                          (own ? "it twice" : book.lessons_[held->second].id + " already"));
      }
    }
    book.lessons_.push_back(std::move(lesson));
  }
  return book;
}

const Lesson* LessonBook::find(std::string_view tool, std::string_view code) const {
  const std::string key = std::string(tool) + "/" + std::string(code);
  if (const auto found = index_.find(key); found != index_.end()) return &lessons_[found->second];
  // The longest family that the key starts with.
  for (std::size_t length = key.size(); length > tool.size(); --length) {
    const auto found = families_.find(std::string_view(key).substr(0, length));
    if (found != families_.end()) return &lessons_[found->second];
  }
  return nullptr;
}

const Lesson* LessonBook::by_id(std::string_view id) const {
  const auto found = std::find_if(lessons_.begin(), lessons_.end(), [&](const Lesson& l) { return l.id == id; });
  return found == lessons_.end() ? nullptr : &*found;
}

std::vector<const Lesson*> LessonBook::search(std::string_view words) const {
  const std::string wanted = to_lower_ascii(trim(words));
  std::vector<const Lesson*> found;
  if (wanted.empty()) return found;
  const auto add = [&](std::size_t at) {
    if (std::find(found.begin(), found.end(), &lessons_[at]) == found.end()) found.push_back(&lessons_[at]);
  };
  for (const auto& [key, at] : index_) {
    const std::string name = to_lower_ascii(key);
    if (name == wanted || name.substr(name.find('/') + 1) == wanted) add(at);
  }
  for (std::size_t at = 0; at < lessons_.size(); ++at) {
    if (starts_with_ignoring_case(lessons_[at].title, wanted)) add(at);
  }
  for (const auto& [key, at] : families_) {
    const std::string name = to_lower_ascii(key), code = name.substr(name.find('/') + 1);
    if (found.empty() && !code.empty() && wanted.substr(wanted.find('/') + 1).starts_with(code)) add(at);
  }
  return found;
}

}  // namespace greenroom::teaching
