#include "lib/web/lesson_view.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/review/compose_parts.h"
#include "lib/review/words.h"
#include "lib/web/markdown.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

constexpr std::size_t kPlaces = 10;

std::string lesson_words(const teaching::Lesson& lesson) {
  std::string words = lesson.why_short;
  if (!lesson.try_this.empty()) words += "\n\n**Try this:** " + lesson.try_this;
  return words + "\n\n" + review::lesson_fold(lesson);
}

void fill_point(View& view, const teaching::Point& point) {
  view.set("TITLE", review::title_of(point)).set("CODES", review::codes_of(point));
  view.set("TOOL", point.findings.front().diagnostic.tool);
  for (std::size_t i = 0; i < std::min(kPlaces, point.findings.size()); ++i) {
    const auto& d = point.findings[i].diagnostic;
    view.add("PLACE").set("WHERE", place_of(d)).set("MESSAGE", d.message.substr(0, d.message.find('\n')));
  }
  if (point.findings.size() > kPlaces)
    view.add("MORE").set(
        "COUNT", counted(static_cast<std::int64_t>(point.findings.size() - kPlaces), "more place", "more places"));
  if (point.lesson != nullptr)
    view.add("LESSON").set("WORDS_HTML", render_markdown(lesson_words(*point.lesson), Author::bot));
}

}  // namespace

std::string place_of(const model::Diagnostic& diagnostic) {
  const std::string line = diagnostic.span.line > 0 ? ":" + std::to_string(diagnostic.span.line) : "";
  return scrub_utf8(diagnostic.path) + line;
}

void fill_lessons(View& view, const teaching::Teaching& teaching) {
  for (const auto& point : teaching.points) {
    if (point.lesson == nullptr || point.lesson->kind != teaching::Lesson::Kind::test)
      fill_point(view.add("POINT"), point);
  }
  for (const auto& formatter : teaching.formatters) {
    View& box = view.add("FORMATTER");
    box.set("CHECK", formatter.check).set("COMMAND", formatter.command);
    if (!formatter.patch.empty()) box.add("PATCH").set("TEXT", formatter.patch);
  }
  for (const auto& finding : teaching.failed_tests) {
    const auto& d = finding.diagnostic;
    view.add("FAILED").set("WHERE", place_of(d)).set("MESSAGE", d.message);
  }
  view.show("NO_POINT", teaching.points.empty() && teaching.formatters.empty() && teaching.failed_tests.empty());
}

}  // namespace greenroom::web
