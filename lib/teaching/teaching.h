#pragma once
// From findings to teaching points: which lesson each one is, how much of it this person still needs, what is folded,
// and which few stand inline. Pure.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/model/check.h"
#include "lib/model/finding.h"
#include "lib/model/person.h"

namespace greenroom::teaching {

// templates/lessons/<tool>/<code>.md: front matter and sections. Schema: docs/lessons.md.
struct Lesson {
  std::string id;     // "flake8/F401"
  std::string title;  // "Remove the import that nothing uses"
  std::string tool;
  std::vector<std::string> codes;    // as tools print them
  std::vector<std::string> aliases;  // "pylint/W0611"; a '*' at the end takes a family: "flake8/E2*"
  enum class Kind { format, lint, type, test, docs, process } kind = Kind::lint;
  enum class Importance { essential, actionable, informative } severity = Importance::actionable;
  std::string level;                                                // starter | regular | advanced
  std::string why_short;                                            // ≤ 160 characters, one sentence
  std::string owner;                                                // empty: may never block
  bool suggestion_allowed = false;                                  // one-click fix makes sense here
  std::string fix_command;                                          // "black {path}" where a command fixes it
  std::string try_this, why, pitfalls, when_to_ignore, go_further;  // Markdown bodies; may be empty but for `why`
  std::string language;                                             // of the examples' fences: "python", "sh", "c"
  std::string bad_example, good_example;                            // the code itself, without fences
};

class LessonBook {
 public:
  // Errors: user_fault naming file and field; transient when the directory cannot be read. from_texts takes
  // ("flake8/F401.md", text) pairs.
  static Result<LessonBook> load(const std::string& directory);  // templates/lessons
  static Result<LessonBook> from_texts(const std::vector<std::pair<std::string, std::string>>& name_and_text);
  // Lesson for what a tool printed, following aliases; nullptr when there is none.
  const Lesson* find(std::string_view tool, std::string_view code) const;
  const Lesson* by_id(std::string_view id) const;
  // What a person may type: "flake8/F401", "F401" (whatever the tool) or a title's start; case does not matter.
  std::vector<const Lesson*> search(std::string_view words) const;
  const std::vector<Lesson>& all() const { return lessons_; }

 private:
  std::vector<Lesson> lessons_;
  std::map<std::string, std::size_t, std::less<>> index_;     // "tool/code"
  std::map<std::string, std::size_t, std::less<>> families_;  // "flake8/E2", without the '*'
};

// The lesson about a file that does not parse: it goes before everything, and hides what else there is in the file.
inline constexpr std::string_view kSyntaxLesson = "flake8/E999";

enum class Depth { full, brief, code_only };  // meetings 1, 2–3, from the 4th
Depth depth_for(int earlier_meetings);

struct Point {                     // one lesson with all its findings on the author's lines
  const Lesson* lesson = nullptr;  // nullptr: no lesson written; shown with the tool's own message
  std::string key;                 // lesson id, or "tool/CODE"
  Depth depth = Depth::full;
  std::vector<model::Finding> findings;  // the anchor first, then by path and line; never empty
  bool inline_now = false;               // the anchor gets a thread on this push, or has one that stands
};

struct FormatterPoint {
  std::string check;    // "black"
  std::string command;  // exact: "black src/shotlist.py"
  std::vector<std::string> files;
  std::string patch;  // may be empty or cut
};

struct Teaching {
  std::vector<Point> points;  // most important first
  std::vector<FormatterPoint> formatters;
  std::optional<Point> environment;  // of the project's lock: no environment, or a large one. On no line of the change
  std::vector<model::Finding> failed_tests;  // of test checks, on whatever line; by path and line
  std::vector<std::string> outgrown;         // lesson titles to praise: not met again over the last five changes
  int elsewhere = 0;                         // findings not on the author's lines, without the two above
  std::vector<std::string> live;             // fingerprints of every finding, wherever it lies, sorted
};

struct Options {
  int inline_cap = 3;  // new inline points a push
  // Fingerprints of threads that stand already, open or resolved by the bot: they keep their thread.
  std::set<std::string> standing;
  // Fingerprints whose thread a person resolved: they stay silent for good, and their lesson opens no other thread
  // here.
  std::set<std::string> silenced;
  // Fingerprints whose thread the host refused, as it knows no such line: they are said in the summary alone.
  std::set<std::string> refused;
  std::vector<std::string> quiet;  // keys of lessons met before, but not over the last five changes
};

// Deterministic. Findings of formatters, and those whose lesson is of kind format, never become points: they become
// one FormatterPoint per command.
Teaching teach(const std::vector<model::Finding>& findings, const std::vector<model::CheckResult>& checks,
               const LessonBook& book, const model::LessonMemory& memory, const Options& options);

}  // namespace greenroom::teaching
