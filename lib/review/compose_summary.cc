// The living comment. Order: greeting, the one next step, what passes, what to do first, who helps, then everything
// that can wait, folded. A part that does not fit is left out and the job's page named instead.

#include <algorithm>
#include <cctype>

#include "lib/base/text.h"
#include "lib/review/compose_parts.h"
#include "lib/review/words.h"

namespace greenroom::review {
namespace {

using model::CheckState;
using Stage = Facts::Stage;

constexpr std::size_t kSectionBytes = 8000;
constexpr std::size_t kChecksShown = 30;
constexpr std::size_t kPointsShown = 6;
constexpr std::size_t kFoldedPoints = 30;
constexpr std::size_t kFailuresShown = 5;
constexpr std::size_t kPatchBytes = 16000;
constexpr std::size_t kCommandBytes = 3000;
constexpr std::size_t kStepBytes = 400;
constexpr int kLargeChange = 600;  // lines; above it, reviews take days instead of hours

std::string section(const Facts& facts, const std::string& name) {
  const auto found = facts.sections.find(name);
  if (found == facts.sections.end() || found->second.size() > kSectionBytes) return "";
  return std::string(trim(found->second));
}

// Sections of behaviours that have no place of their own, by name.
std::string other_sections(const Facts& facts) {
  std::string out;
  for (const auto& [name, markdown] : facts.sections) {
    if (name != "welcome" && name != "buddy" && name != "approval")
      out += (out.empty() ? "" : "\n\n") + section(facts, name);
  }
  return out.size() > kSectionBytes ? "" : out;
}

std::string headline(const Facts& facts) {
  const auto name = facts.author_name.empty() ? "" : ", " + short_plain(facts.author_name, 80);
  if (facts.stage == Stage::merged) return "### Merged. Thank you" + name;
  const auto step = next_step(facts);
  std::string out =
      (step.turn == NextStep::Turn::author ? "### Next step: " : "### ") + short_plain(step.words, kStepBytes);
  if (step.command.size() > kCommandBytes) return out;
  if (!step.command.empty()) out += "\n\n" + fence("sh", step.command);
  if (!step.because.empty()) out += "\n\n" + step.because;
  return out;
}

// A '|' ends a table's cell, in code spans too, unless an odd number of backslashes stands before it.
std::string in_table(std::string_view cell) {
  std::string out;
  std::size_t backslashes = 0;
  for (const char c : cell) {
    if (c == '|' && backslashes % 2 == 0) out += '\\';
    backslashes = c == '\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out;
}

std::string check_table(const Facts& facts) {
  if (facts.checks.empty()) return "";
  std::string out = "| check | result | run it at home |\n|---|---|---|\n";
  std::size_t shown = 0;
  for (const auto& check : facts.checks) {
    if (++shown > kChecksShown) break;
    out += "| " + in_table(short_plain(check.name, 60)) + " | " + sign_of(check.state) + " " +
           in_table(short_plain(result_words(check), 140)) + " | " +
           (check.run_yourself.empty() ? "" : in_table(short_code(check.run_yourself, 200))) + " |\n";
  }
  out.pop_back();
  return out;
}

std::string passing(const Facts& facts) {
  std::vector<std::string> what;
  int tests = 0;
  for (const auto& check : facts.checks) {
    tests += std::max(0, check.tests.passed);
    const bool silent = check.state == CheckState::passed && check.kind != model::CheckKind::test &&
                        check.kind != model::CheckKind::environment;  // that says nothing about the change
    if (silent && what.size() < kChecksShown) what.push_back(short_plain(check.name, 60));
  }
  if (tests > 0) what.insert(what.begin(), counted(static_cast<std::size_t>(tests), "test", "tests"));
  return what.empty() ? "" : "**What passes:** " + listed(what) + ".";
}

std::string as_sentence(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words + ".";
}

// What did not come to its end, and whose side that is on, said where the author looks first.
std::string unfinished(const Facts& facts) {
  std::vector<std::string> errored, incomplete, out;
  for (const auto& check : facts.checks) {
    const auto name = short_plain(check.name, 60);
    if (check.state == CheckState::errored) errored.push_back(name);
    if (check.state != CheckState::incomplete || check.kind == model::CheckKind::environment) continue;
    if (check.kind == model::CheckKind::test && !check.headline.empty())
      out.push_back("**" + name + " gave no verdict.** " + short_plain(as_sentence(check.headline), 300));
    else
      incomplete.push_back(name);
  }
  if (facts.stage == Stage::dead_letter) {
    out.push_back(
        "Three attempts ended without a result. That is a fault on Greenroom's side, not yours, and the people "
        "who run it can see it.");
  }
  if (!facts.error_line.empty() && facts.stage != Stage::superseded)
    out.push_back("A note for the maintainers: " + short_plain(facts.error_line, 500));
  if (!errored.empty()) {
    out.push_back("**" + listed(errored) +
                  " could not run.** That is a fault on Greenroom's side, not yours; the rest of "
                  "this review stands.");
  }
  if (!incomplete.empty())
    out.push_back("**" + listed(incomplete) + " did not finish**, so there may be more to say later.");
  return join(out, "\n\n");
}

// Why the tests ran without the packages that the project asks for, or what those cost every import. The lock is the
// base branch's: whoever reads this need not be who can mend it.
std::string about_environment(const Facts& facts) {
  const auto& point = facts.teaching.environment;
  if (!point) return "";
  const auto& d = point->findings.front().diagnostic;
  const bool made = d.code == model::kLargeEnvironment;
  std::string out = made ? "**The environment that the tests ran in is large:** "
                         : "**The project's packages could not be made ready:** ";
  out += short_plain(d.message, 400) + (made ? "." : "\nThe tests ran with what is installed here.");
  out += std::string(made ? "\n" : " ") + "Nothing in this change has to be different for that.";
  if (point->lesson == nullptr) return out;
  return out + "\n\n**" + point->lesson->title + "** (" + code_span(codes_of(*point)) +
         "): " + point->lesson->why_short + " " + point->lesson->try_this + "\n\n" + lesson_fold(*point->lesson);
}

bool is_test(const teaching::Point& point) {
  return point.lesson != nullptr && point.lesson->kind == teaching::Lesson::Kind::test;
}

std::string point_line(const teaching::Point& point) {
  const auto title = point.lesson != nullptr ? point.lesson->title : code_span(title_of(point));
  std::string out =
      "**" + title + "** (" + code_span(codes_of(point)) + "), " + places(point.findings, code_span) + ".";
  if (point.lesson != nullptr && point.depth != teaching::Depth::code_only) out += " " + point.lesson->why_short;
  return out;
}

std::string points_first(const std::vector<const teaching::Point*>& points) {
  if (points.empty()) return "";
  std::string out =
      points.size() == 1 ? "**The note in the diff**\n" : "**The notes in the diff, the most important first**\n";
  int number = 0;
  for (const auto* point : points) out += "\n" + std::to_string(++number) + ". " + point_line(*point);
  return out;
}

std::string folded_points(const std::vector<const teaching::Point*>& points) {
  if (points.empty()) return "";
  std::string out =
      "<details><summary>" + counted(points.size(), "more point", "more points") + " for a later push</summary>\n";
  const auto shown = std::min(points.size(), kFoldedPoints);
  for (std::size_t i = 0; i < shown; ++i) out += "\n- " + point_line(*points[i]);
  if (shown < points.size()) out += "\n- and " + std::to_string(points.size() - shown) + " more.";
  return out + "\n\n</details>";
}

// The test's name is the message's first line, what it expected the second.
std::string expectation(const std::string& message) {
  const auto end = message.find('\n');
  const auto rest = end == std::string::npos ? std::string_view{} : trim(std::string_view(message).substr(end));
  const auto second = rest.substr(0, rest.find('\n'));
  return short_code(message.substr(0, end), 200) + (second.empty() ? "" : ": " + short_code(second, 300));
}

std::string failing_tests(const Facts& facts) {
  const auto& all = facts.teaching.failed_tests;
  if (all.empty()) return "";
  std::string out = all.size() == 1 ? "**The test that fails**\n" : "**The tests that fail**\n";
  const auto shown = std::min(all.size(), kFailuresShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& d = all[i].diagnostic;
    const auto line = d.span.line > 0 ? " line " + std::to_string(d.span.line) : "";
    out += "\n- " + short_code(d.path, 160) + line + ", " + expectation(d.message);
  }
  if (shown < all.size()) out += "\n- and " + std::to_string(all.size() - shown) + " more.";
  return out;
}

std::string cut_patch(const std::string& patch) {
  if (patch.size() <= kPatchBytes) return fence("diff", patch);
  const auto end = patch.rfind('\n', kPatchBytes);
  const auto kept = patch.substr(0, end == std::string::npos ? 0 : end + 1);
  const auto rest = split_lines(std::string_view(patch).substr(kept.size())).size();
  return fence("diff", kept) + "\n\n" + counted(rest, "more line is", "more lines are") +
         " left out here; the command makes them all.";
}

std::string formatter(const teaching::FormatterPoint& point) {
  std::string out =
      "<details><summary>" + html_text(shorten(point.check, 60)) + ": one command lays out " +
      counted(point.files.size(), "file", "files") +
      "</summary>\n\nNothing to learn by heart here: the tool does the layout, and reviews are about what the "
      "code does.\n\n";
  if (point.command.size() <= kCommandBytes)
    out += fence("sh", point.command) + "\n\n";
  else
    out += "Run " + code_span("greenroom check " + point.check) + " for the list of files.\n\n";
  if (!point.patch.empty()) out += "What it changes:\n\n" + cut_patch(point.patch) + "\n\n";
  return out + "</details>";
}

std::string about_checks(const Facts& facts) {
  std::string out;
  std::size_t shown = 0;
  for (const auto& check : facts.checks) {
    if ((check.what.empty() && check.why.empty()) || ++shown > kChecksShown) continue;
    out += "\n- **" + short_plain(check.name, 60) + "**: " + short_plain(check.what, 300) + " " +
           short_plain(check.why, 300);
  }
  if (out.empty()) return "";
  return "<details><summary>What each check looks at, and why</summary>\n" + out +
         "\n\nAll of them at once, before a push: " + code_span("greenroom check") + "\n\n</details>";
}

std::string praise(const Facts& facts) {
  std::vector<std::string> titles;
  for (const auto& title : facts.teaching.outgrown) {
    if (titles.size() < 3) titles.push_back("“" + title + "”");
  }
  if (titles.empty()) return "";
  return listed(titles) + (titles.size() == 1 ? " has" : " have") +
         " not come up over the last five changes. That one is learned.";
}

std::string large_change(const Facts& facts) {
  const int lines = facts.size.added + facts.size.removed;
  if (lines <= kLargeChange) return "";
  return "This change touches " + counted(static_cast<std::size_t>(lines), "line", "lines") + " in " +
         counted(static_cast<std::size_t>(std::max(0, facts.size.files)), "file", "files") +
         ". Smaller changes are reviewed sooner: where a part can stand alone, a branch of its own helps.";
}

std::string footer(const Facts& facts) {
  const bool soon = facts.stage == Stage::waiting || facts.stage == Stage::running;
  std::string out =
      std::string(soon ? "<sub>Looking at " : "<sub>Looked at ") + code_span(facts.head_sha.substr(0, 10)) + ".";
  if (facts.teaching.elsewhere > 0) {
    out += " " + counted(static_cast<std::size_t>(facts.teaching.elsewhere), "finding lies", "findings lie") +
           " on lines that this change does not touch and " + (facts.teaching.elsewhere == 1 ? "is" : "are") +
           " no part of this review.";
  }
  if (facts.job) out += " [Logs and all results](" + facts.dashboard_url + "/jobs/" + model::to_string(facts.job) + ")";
  return out + "</sub>";
}

struct Part {
  std::string text;
  int gives_way = 0;  // 0: always there; else the largest is left out first
};

std::string joined(const std::vector<Part>& parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!part.text.empty()) out += (out.empty() ? "" : "\n\n") + part.text;
  }
  return out;
}

std::string fit(std::vector<Part> parts) {
  std::string out = joined(parts);
  bool cut = false;
  while (out.size() + 100 > kMarkdownLimit) {
    const auto largest = std::max_element(parts.begin(), parts.end(),
                                          [](const Part& a, const Part& b) { return a.gives_way < b.gives_way; });
    if (largest->gives_way == 0) break;
    *largest = {};
    cut = true;
    out = joined(parts);
  }
  return cut ? out + "\n\nSome parts did not fit into one comment; the page of the results has them." : out;
}

std::vector<Part> parts_when_done(const Facts& facts) {
  std::vector<const teaching::Point*> first, later;
  for (const auto& point : facts.teaching.points) {
    if (point.inline_now && first.size() < kPointsShown)
      first.push_back(&point);
    else if (!is_test(point))
      later.push_back(&point);
  }
  std::vector<Part> parts{{section(facts, "approval")},  {passing(facts)},           {unfinished(facts)},
                          {about_environment(facts), 1}, {failing_tests(facts)},     {points_first(first), 1},
                          {check_table(facts)},          {praise(facts), 2},         {large_change(facts)},
                          {section(facts, "buddy")},     {other_sections(facts), 3}, {folded_points(later), 5}};
  for (const auto& point : facts.teaching.formatters) parts.push_back({formatter(point), 6});
  parts.push_back({about_checks(facts), 4});
  return parts;
}

std::vector<Part> parts_before(const Facts& facts) {
  const bool soon = facts.stage == Stage::waiting || facts.stage == Stage::running;
  return {{section(facts, "approval")}, {unfinished(facts)},        {check_table(facts)},
          {section(facts, "buddy")},    {other_sections(facts), 3}, {soon ? about_checks(facts) : "", 4}};
}

}  // namespace

std::string compose_summary(const Facts& facts) {
  std::vector<Part> parts{{section(facts, "welcome")}, {headline(facts)}};
  auto rest = facts.stage == Stage::done ? parts_when_done(facts) : parts_before(facts);
  parts.insert(parts.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
  parts.push_back({footer(facts)});
  return fit(std::move(parts));
}

}  // namespace greenroom::review
