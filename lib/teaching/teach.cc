#include <algorithm>
#include <tuple>

#include "lib/teaching/shell_words.h"
#include "lib/teaching/teaching.h"

namespace greenroom::teaching {
namespace {

using model::Finding;
using model::Placement;

bool concerns_author(const Finding& finding) {
  return finding.placement == Placement::author_line || finding.placement == Placement::file;
}

auto place(const Finding& finding) {
  const auto& d = finding.diagnostic;
  return std::tie(d.path, d.span.line, d.span.column, finding.fingerprint);
}

bool by_place(const Finding& a, const Finding& b) { return place(a) < place(b); }

const Lesson* lesson_of(const Finding& finding, const LessonBook& book) {
  return book.find(finding.diagnostic.tool, finding.diagnostic.code);
}

std::string key_of(const Finding& finding, const Lesson* lesson) {
  return lesson != nullptr ? lesson->id : finding.diagnostic.tool + "/" + finding.diagnostic.code;
}

const model::CheckResult* check_named(const std::vector<model::CheckResult>& checks, const std::string& name) {
  const auto found = std::find_if(checks.begin(), checks.end(), [&](const auto& c) { return c.name == name; });
  return found == checks.end() ? nullptr : &*found;
}

bool is_format(const Finding& finding, const Lesson* lesson, const std::vector<model::CheckResult>& checks) {
  if (lesson != nullptr) return lesson->kind == Lesson::Kind::format;
  const auto* check = check_named(checks, finding.check);
  return check != nullptr && check->kind == model::CheckKind::format;
}

// Small is worse. Rules without a lesson come after those that can be explained, unless the tool calls it an error.
int rank(const Point& point) {
  if (point.key == kSyntaxLesson) return -1;
  if (point.lesson != nullptr) return static_cast<int>(point.lesson->severity) * 2;
  return point.findings.front().diagnostic.severity == model::Severity::error ? 3 : 5;
}

int level_rank(const Point& point) {
  if (point.lesson == nullptr) return 3;
  return point.lesson->level == "starter" ? 0 : point.lesson->level == "regular" ? 1 : 2;
}

bool worse(const Point& a, const Point& b) {
  const auto order = [](const Point& p) {
    const auto& d = p.findings.front().diagnostic;
    return std::make_tuple(rank(p), level_rank(p), -static_cast<int>(d.severity), d.path, d.span.line, p.key);
  };
  return order(a) < order(b);
}

class Teacher {
 public:
  Teacher(const std::vector<model::CheckResult>& checks, const LessonBook& book, const model::LessonMemory& memory,
          const Options& options)
      : checks_(checks), book_(book), memory_(memory), options_(options) {}

  Teaching teach(const std::vector<Finding>& findings) && {
    for (const auto& finding : findings) sort_in(finding);
    for (auto& [key, point] : points_) finish(point);
    std::sort(out_.points.begin(), out_.points.end(), worse);
    choose_inline();
    formatters();
    praise();
    std::sort(out_.live.begin(), out_.live.end());
    std::sort(out_.failed_tests.begin(), out_.failed_tests.end(), by_place);
    return std::move(out_);
  }

 private:
  void sort_in(const Finding& finding) {
    out_.live.push_back(finding.fingerprint);
    const Lesson* lesson = lesson_of(finding, book_);
    const auto key = key_of(finding, lesson);
    if (kind_of(finding) == model::CheckKind::environment) return of_environment(finding, lesson, key);
    const bool test = is_test(finding);
    if (test) out_.failed_tests.push_back(finding);
    if (!concerns_author(finding)) {
      out_.elsewhere += test ? 0 : 1;
    } else if (is_format(finding, lesson, checks_)) {
      met_.insert(key);
      unformatted_[formatter_of(finding, lesson)].insert(finding.diagnostic.path);
    } else {
      met_.insert(key);
      auto& point = points_[key];
      point.lesson = lesson;
      point.key = key;
      point.findings.push_back(finding);
    }
  }

  std::optional<model::CheckKind> kind_of(const Finding& finding) const {
    const auto* check = check_named(checks_, finding.check);
    return check == nullptr ? std::nullopt : std::optional(check->kind);
  }
  bool is_test(const Finding& finding) const { return kind_of(finding) == model::CheckKind::test; }

  // It may be nobody's line of this change, and is told all the same: the tests ran with it, or without what they need.
  void of_environment(const Finding& finding, const Lesson* lesson, const std::string& key) {
    met_.insert(key);
    if (!out_.environment) out_.environment = Point{lesson, key, Depth::full, {finding}, false};
  }

  // The check whose command mends it: the formatter itself, or the lesson's tool for a linter's finding.
  std::string formatter_of(const Finding& finding, const Lesson* lesson) const {
    const auto* check = check_named(checks_, finding.check);
    if (check != nullptr && check->kind == model::CheckKind::format) return check->name;
    return lesson != nullptr ? lesson->tool : finding.check;
  }

  void finish(Point& point) {
    const auto silenced = [&](const Finding& f) { return options_.silenced.contains(f.fingerprint); };
    const auto kept = std::erase_if(point.findings, silenced);
    if (point.findings.empty()) return;
    std::sort(point.findings.begin(), point.findings.end(), by_place);
    const auto standing = std::find_if(point.findings.begin(), point.findings.end(),
                                       [&](const Finding& f) { return options_.standing.contains(f.fingerprint); });
    point.inline_now = standing != point.findings.end();
    if (point.inline_now) std::rotate(point.findings.begin(), standing, standing + 1);
    const auto met = memory_.find(point.key);
    point.depth = depth_for(met == memory_.end() ? 0 : met->second);
    if (kept > 0) quieted_.insert(point.key);
    out_.points.push_back(std::move(point));
  }

  void choose_inline() {
    int left = options_.inline_cap;
    for (auto& point : out_.points) {
      if (left == 0) return;
      if (point.inline_now || quieted_.contains(point.key)) continue;
      const auto anchor = std::find_if(point.findings.begin(), point.findings.end(),
                                       [&](const Finding& f) { return !options_.refused.contains(f.fingerprint); });
      if (anchor == point.findings.end()) continue;
      std::rotate(point.findings.begin(), anchor, anchor + 1);
      point.inline_now = true;
      --left;
    }
  }

  void formatters() {
    for (const auto& check : checks_) {
      if (check.kind == model::CheckKind::format && unformatted_.contains(check.name))
        add_formatter(check.name, check.patch);
    }
    for (const auto& [name, files] : unformatted_) {
      const auto known = [&name = name](const FormatterPoint& p) { return p.check == name; };
      if (std::none_of(out_.formatters.begin(), out_.formatters.end(), known)) add_formatter(name, "");
    }
  }

  void add_formatter(const std::string& name, const std::string& patch) {
    const auto& files = unformatted_[name];
    FormatterPoint point{name, "", {files.begin(), files.end()}, patch};
    const Lesson* lesson = book_.find(name, "");
    point.command = command_for(
        lesson != nullptr && !lesson->fix_command.empty() ? lesson->fix_command : name + " {path}", point.files);
    out_.formatters.push_back(std::move(point));
  }

  void praise() {
    for (const auto& key : options_.quiet) {
      const Lesson* lesson = book_.by_id(key);
      if (lesson != nullptr && !met_.contains(key)) out_.outgrown.push_back(lesson->title);
    }
  }

  const std::vector<model::CheckResult>& checks_;
  const LessonBook& book_;
  const model::LessonMemory& memory_;
  const Options& options_;
  std::map<std::string, Point> points_;
  std::map<std::string, std::set<std::string>> unformatted_;  // formatter → files
  std::set<std::string> met_, quieted_;
  Teaching out_;
};

}  // namespace

Depth depth_for(int earlier_meetings) {
  if (earlier_meetings <= 0) return Depth::full;
  return earlier_meetings <= 2 ? Depth::brief : Depth::code_only;
}

Teaching teach(const std::vector<Finding>& findings, const std::vector<model::CheckResult>& checks,
               const LessonBook& book, const model::LessonMemory& memory, const Options& options) {
  return Teacher(checks, book, memory, options).teach(findings);
}

}  // namespace greenroom::teaching
