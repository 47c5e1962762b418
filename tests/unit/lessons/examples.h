#pragma once
// The lessons' own examples, put before the real tools: every example of one tool in one run of it.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "lib/teaching/teaching.h"

namespace greenroom::teaching {

const LessonBook& lessons();  // templates/lessons; a failure of the test when they do not load

// What a tool printed: example file name → codes.
using Codes = std::map<std::string, std::set<std::string>>;

// A folder with the bad and the good example of every lesson of `languages`; removed at the end.
class Examples {
 public:
  explicit Examples(const std::set<std::string>& languages, const std::set<std::string>& without_lessons = {});
  ~Examples();
  Examples(const Examples&) = delete;
  Examples& operator=(const Examples&) = delete;

  // Runs argv with the files' names added. Each output line that matches `pattern` ((file), (code)) is a finding;
  // with one group, the code is `constant`. A tool that is not there is a failure.
  Codes run(std::vector<std::string> argv, const std::string& pattern, const std::string& constant = "") const;
  const std::vector<const Lesson*>& shown() const { return shown_; }
  const std::string& directory() const { return directory_; }

  // A lesson about a file's name has the name in the first line of its examples: "# queue.py". Such a file would be in
  // every other tool's way, so it is written only where it is asked for. Empty for other lessons.
  static std::string named(const std::string& example);

  static std::string bad(const Lesson& lesson);  // file names
  static std::string good(const Lesson& lesson);

 private:
  std::string directory_;
  std::vector<const Lesson*> shown_;
  std::vector<std::string> files_;
};

// The bad example of each lesson of `tool`, and of each lesson that `tool` has an alias for, triggers one of its codes;
// the good one none of them.
void expect_proved(const Examples& examples, const std::string& tool, const Codes& codes,
                   const std::set<std::string>& beyond_this_tool = {});

}  // namespace greenroom::teaching
