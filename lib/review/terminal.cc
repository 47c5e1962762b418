// The review on a terminal: what the living comment and its threads say, from the same facts.

#include <algorithm>

#include "lib/base/text.h"
#include "lib/review/ink.h"
#include "lib/review/words.h"

namespace greenroom::review {
namespace {

using model::CheckState;
using teaching::Depth;

class Page {
 public:
  Page(const Facts& facts, Colour colour) : facts_(facts), ink_(colour) {}

  std::string text() && {
    headline();
    checks();
    failing();
    points();
    formatters();
    closing();
    return std::move(out_);
  }

 private:
  void headline() {
    const auto step = next_step(facts_);
    const bool authors = step.turn == NextStep::Turn::author;
    out_ += ink_.bold((authors ? "Next step: " : "") + printable(step.words)) + "\n";
    if (!step.command.empty()) out_ += "  " + ink_.cyan(printable(step.command)) + "\n";
    if (!step.because.empty()) out_ += wrapped(step.because, 2);
    if (!facts_.error_line.empty()) out_ += wrapped("Note: " + facts_.error_line, 2);
  }

  std::string sign(CheckState state) const {
    const auto text = sign_of(state);
    switch (state) {
      case CheckState::passed: return ink_.green(text);
      case CheckState::attention: return ink_.yellow(text);
      case CheckState::failed: return ink_.red(text);
      default: return ink_.faint(text);
    }
  }

  void checks() {
    std::size_t width = 0;
    for (const auto& check : facts_.checks) width = std::max(width, columns_of(printable(check.name)));
    if (!facts_.checks.empty()) out_ += "\n";
    for (const auto& check : facts_.checks) {
      out_ += "  " + sign(check.state) + " " + padded(printable(check.name), width + 2) +
              printable(result_words(check)) + "\n";
      if (check.state == CheckState::errored)
        out_ += ink_.faint(wrapped("A fault of the tool or of Greenroom, not yours.", 6));
    }
  }

  void failing() {
    const auto& all = facts_.teaching.failed_tests;
    if (all.empty()) return;
    out_ += "\n" + ink_.bold(all.size() == 1 ? "The test that fails" : "The tests that fail") + "\n";
    for (const auto& finding : all) {
      out_ += "  " + ink_.cyan(location(finding.diagnostic)) + "\n";
      for (const auto line : split_lines(finding.diagnostic.message)) out_ += "      " + printable(line) + "\n";
    }
  }

  static std::string location(const model::Diagnostic& d) {
    return printable(d.path) + (d.span.line > 0 ? ":" + std::to_string(d.span.line) : "");
  }

  void points() {
    int number = 0;
    for (const auto& point : facts_.teaching.points) {
      if (point.lesson != nullptr && point.lesson->kind == teaching::Lesson::Kind::test) continue;
      out_ += "\n" + std::to_string(++number) + ". " + ink_.bold(printable(title_of(point))) + "  " +
              ink_.faint(codes_of(point)) + "\n";
      findings(point);
      if (point.lesson == nullptr || point.depth == Depth::code_only) continue;
      out_ += wrapped(point.lesson->why_short, 3);
      if (point.inline_now && point.depth == Depth::full) out_ += wrapped(point.lesson->try_this, 3);
    }
    if (number > 0) out_ += "\n" + ink_.faint("The whole lesson of any of them: greenroom explain CODE") + "\n";
  }

  // On a terminal every place is useful: editors and terminals make path:line a link.
  void findings(const teaching::Point& point) {
    constexpr std::size_t kShown = 10;
    for (std::size_t i = 0; i < std::min(kShown, point.findings.size()); ++i) {
      const auto& d = point.findings[i].diagnostic;
      const auto message =
          point.lesson == nullptr && i == 0 ? "" : d.message.substr(0, d.message.find('\n'));  // is the title
      out_ += "   " + ink_.cyan(location(d)) + (message.empty() ? "" : "  " + printable(message)) + "\n";
    }
    if (point.findings.size() > kShown) {
      out_ += "   " + ink_.faint("and " + counted(point.findings.size() - kShown, "more place", "more places")) + "\n";
    }
  }

  void formatters() {
    for (const auto& point : facts_.teaching.formatters) {
      out_ += "\n" + ink_.bold(printable(point.check) + " lays out " + counted(point.files.size(), "file", "files")) +
              "\n  " + ink_.cyan(printable(point.command)) + "\n";
    }
  }

  void closing() {
    for (const auto& title : facts_.teaching.outgrown)
      out_ += "\n" + ink_.green(printable(title)) + ": not met over the last five changes.\n";
    if (facts_.teaching.elsewhere > 0) {
      out_ += "\n" +
              ink_.faint(counted(static_cast<std::size_t>(facts_.teaching.elsewhere), "more finding", "more findings") +
                         " on lines that this change does not touch.") +
              "\n";
    }
  }

  const Facts& facts_;
  const Ink ink_;
  std::string out_;
};

std::string code_block(const std::string& code, const Ink& ink) {
  std::string out;
  for (const auto line : split_lines(code)) out += "    " + ink.cyan(line) + "\n";
  return out;
}

}  // namespace

std::string render_terminal(const Facts& facts, Colour colour) { return Page(facts, colour).text(); }

std::string render_lesson(const teaching::Lesson& lesson, Colour colour) {
  const Ink ink(colour);
  std::string out = ink.bold(lesson.title) + "  " + ink.faint(lesson.tool + " " + join(lesson.codes, ", ")) + "\n\n" +
                    wrapped(lesson.why_short, 0);
  const auto section = [&](const char* heading, const std::string& text) {
    if (!text.empty()) out += "\n" + ink.bold(heading) + "\n" + wrapped(text, 2);
  };
  section("Try this", lesson.try_this);
  section("Why", lesson.why);
  out += "\n" + ink.bold("Before") + "\n" + code_block(lesson.bad_example, ink);
  out += "\n" + ink.bold("After") + "\n" + code_block(lesson.good_example, ink);
  section("Pitfalls", lesson.pitfalls);
  section("When to ignore it", lesson.when_to_ignore);
  section("Go further", lesson.go_further);
  if (!lesson.aliases.empty()) out += "\n" + ink.faint(wrapped("Also known as " + join(lesson.aliases, ", ") + ".", 0));
  return out;
}

}  // namespace greenroom::review
