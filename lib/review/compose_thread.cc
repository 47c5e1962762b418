#include <algorithm>

#include "lib/review/compose_parts.h"
#include "lib/review/words.h"

namespace greenroom::review {
namespace {

using teaching::Depth;
using teaching::Lesson;

std::string importance_words(const Lesson& lesson) {
  switch (lesson.severity) {
    case Lesson::Importance::essential: return "needs fixing";
    case Lesson::Importance::actionable: return "worth fixing";
    case Lesson::Importance::informative: return "good to know";
  }
  return "";
}

std::string subject(const teaching::Point& point) {
  const auto title = point.lesson != nullptr ? point.lesson->title : code_span(title_of(point));
  const auto code = code_span(codes_of(point));
  if (point.depth == Depth::code_only) return code + " · " + title;
  return "**" + title + "** · " + code + " · " +
         (point.lesson != nullptr ? importance_words(*point.lesson)
                                  : short_plain(point.findings.front().diagnostic.tool, 60));
}

// What the tool said about this very line: it names the variable, the module, the type.
std::string said(const teaching::Point& point) {
  const auto& d = point.findings.front().diagnostic;
  return plain(d.tool) + " says here: " + short_code(d.message.substr(0, d.message.find('\n')), 300);
}

std::string reason(const teaching::Point& point) {
  if (point.lesson == nullptr) return "";
  return (point.depth == Depth::code_only ? "" : point.lesson->why_short + " ") + said(point);
}

std::vector<model::Finding> other_places(const teaching::Point& point) {
  std::vector<model::Finding> others;
  const auto& anchor = point.findings.front().diagnostic;
  std::copy_if(point.findings.begin(), point.findings.end(), std::back_inserter(others), [&](const auto& f) {
    return f.diagnostic.path != anchor.path || f.diagnostic.span.line != anchor.span.line;
  });
  return others;
}

std::string closing(const teaching::Point& point) {
  std::string out;
  if (const auto others = other_places(point); !others.empty()) out = "The same in " + places(others, code_span) + ".";
  if (point.depth == Depth::full) {
    out += std::string(out.empty() ? "" : " ") +
           "<sub>A question is welcome as a reply. Resolving this thread keeps it quiet for good.</sub>";
  } else if (point.depth == Depth::brief && point.lesson != nullptr) {
    out += std::string(out.empty() ? "" : " ") +
           "The whole lesson: " + code_span("greenroom explain " + point.lesson->codes.front());
  }
  return out;
}

// The lines that the comment stands on: the finding's own range, clamped to its hunk.
void place(model::WantedThread& thread, const model::Finding& anchor) {
  const auto& span = anchor.diagnostic.span;
  thread.path = anchor.diagnostic.path;
  if (anchor.placement == model::Placement::file || span.line <= 0) return;
  thread.line = span.line;
  const int end = std::min(span.end_line, anchor.hunk_last_line);
  if (end <= span.line || span.line < anchor.hunk_first_line) return;
  thread.start_line = span.line;
  thread.line = end;
}

// A suggestion replaces exactly the lines that its comment stands on: over several lines the comment goes where the fix
// is, on one line the fix goes where the comment is.
std::string suggest(model::WantedThread& thread, const teaching::Point& point) {
  const auto suggestion = suggestion_for(point);
  if (!suggestion) return "";
  const bool several = suggestion->last > suggestion->first;
  if (!several) return thread.start_line == 0 ? suggestion->block : "";
  thread.start_line = suggestion->first;
  thread.line = suggestion->last;
  return suggestion->block;
}

std::string clamped_words(const model::WantedThread& thread, const model::Finding& anchor) {
  const int end = anchor.diagnostic.span.end_line;
  return thread.start_line > 0 && end > thread.line ? "It goes on to line " + std::to_string(end) + "." : "";
}

std::string joined(const std::vector<std::string>& paragraphs) {
  std::string out;
  for (const auto& paragraph : paragraphs) {
    if (!paragraph.empty()) out += (out.empty() ? "" : "\n\n") + paragraph;
  }
  return out;
}

}  // namespace

std::string lesson_fold(const Lesson& lesson) {
  std::vector<std::string> parts{
      "<details><summary>Why, and an example</summary>", lesson.why, "Before:",
      fence(lesson.language, lesson.bad_example),        "After:",   fence(lesson.language, lesson.good_example)};
  if (!lesson.pitfalls.empty()) parts.push_back("**Pitfalls.** " + lesson.pitfalls);
  if (!lesson.when_to_ignore.empty()) parts.push_back("**When to ignore it.** " + lesson.when_to_ignore);
  if (!lesson.go_further.empty()) parts.push_back("**Go further.** " + lesson.go_further);
  parts.push_back("</details>");
  return joined(parts);
}

std::string words_over_threads(std::size_t count) {
  return counted(count, "note", "notes") + " on the lines below. The first comment of this page says what comes first.";
}

model::WantedThread compose_thread(const teaching::Point& point) {
  const auto& anchor = point.findings.front();
  model::WantedThread thread;
  thread.fingerprint = anchor.fingerprint;
  thread.lesson = point.key;
  place(thread, anchor);
  const bool full = point.depth == Depth::full;
  const auto* lesson = point.lesson;
  const auto suggestion = suggest(thread, point);
  thread.markdown =
      joined({subject(point), reason(point), lesson != nullptr && full ? "**Try this:** " + lesson->try_this : "",
              clamped_words(thread, anchor), suggestion, lesson != nullptr && full ? lesson_fold(*lesson) : "",
              closing(point)});
  return thread;
}

}  // namespace greenroom::review
