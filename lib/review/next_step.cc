#include <algorithm>

#include "lib/base/text.h"
#include "lib/review/words.h"

namespace greenroom::review {
namespace {

using model::CheckState;
using Turn = NextStep::Turn;

std::size_t in_state(const Facts& facts, CheckState state) {
  return static_cast<std::size_t>(
      std::count_if(facts.checks.begin(), facts.checks.end(), [&](const auto& check) { return check.state == state; }));
}

NextStep of_syntax(const teaching::Point& point) {
  const auto& d = point.findings.front().diagnostic;
  const auto line = d.span.line > 0 ? ", line " + std::to_string(d.span.line) : "";
  return {Turn::author, "mend the syntax in " + shorten(d.path, 120) + line, "",
          "Until the file can be read, the other checks see only part of it."};
}

NextStep of_tests(const Facts& facts) {
  for (const auto& check : facts.checks) {
    if (check.state != CheckState::failed) continue;
    const auto failing = static_cast<std::size_t>(std::max(0, check.tests.failed) + std::max(0, check.tests.errors));
    return {Turn::author, failing == 1 ? "make the one failing test pass" : "make the failing tests pass",
            check.run_yourself, "A failing test says more about a change than any other note here."};
  }
  return {};
}

// The run itself is what to look at: what was counted before the limit says nothing about the rest.
NextStep of_limit(const Facts& facts) {
  const auto step = [](const char* words, const char* command, const char* because) {
    return NextStep{Turn::author, words, command, because};
  };
  for (const auto& check : facts.checks) {
    switch (check.limit) {
      case model::Limit::none: break;
      case model::Limit::time:
        return step("find the test that takes so long", "pytest --durations=10",
                    "Run at home, this lists the ten slowest tests; one that never ends shows itself, too.");
      case model::Limit::memory:
        return step("find the test that needs so much memory", "pytest -x -v",
                    "Run at home, this names each test as it begins; the memory shows in the system's monitor.");
      case model::Limit::room:
        return step(
            "find the test that writes so much", "pytest -x -v --basetemp=written",
            "Run at home, this keeps the tests' temporary files in the folder named written, to be looked through.");
    }
  }
  return {};
}

// Without a whole report nobody knows which tests passed; what ends them is code of the change, or of what it imports.
NextStep of_cut_tests(const Facts& facts) {
  for (const auto& check : facts.checks) {
    if (check.kind != model::CheckKind::test || check.state != CheckState::incomplete) continue;
    return {Turn::author, "find what ends the tests before they are done", "pytest -x -v",
            "Run at home, this names each test as it begins: the last name is where to look."};
  }
  return {};
}

// A file that no check could look at: what they say about it comes with the next push.
NextStep of_names(const Facts& facts) {
  for (const auto& check : facts.checks)
    if (check.name == model::kFileNamesCheck && check.state == CheckState::attention)
      return {Turn::author, check.headline, "",
              "No tool can be given a name with control characters, or with bytes that are not UTF-8. All other files "
              "were checked as usual."};
  return {};
}

// `greenroom check` has no job: nothing is posted, and the push is still to come.
bool at_home(const Facts& facts) { return !facts.job; }

NextStep of_points(const Facts& facts) {
  if (at_home(facts))
    return {Turn::author, "look at " + counted(facts.teaching.points.size(), "point", "points") + " below", "", ""};
  const auto inline_count = static_cast<std::size_t>(std::count_if(
      facts.teaching.points.begin(), facts.teaching.points.end(), [](const auto& p) { return p.inline_now; }));
  if (inline_count == 0)
    return {Turn::author,
            "read " + counted(facts.teaching.points.size(), "point", "points") + " below, then push again", "", ""};
  return {Turn::author,
          std::string("look at the ") + (inline_count == 1 ? "note" : counted(inline_count, "note", "notes")) +
              " in the diff, then push again",
          "", ""};
}

// The tests, or everything where the project wants it so.
std::string waiting_words(const Facts& facts, std::size_t waiting) {
  const bool all = waiting == facts.checks.size();
  return std::string(all ? "The checks wait" : "The tests wait") + " until a person of the project has seen this push";
}

NextStep when_done(const Facts& facts) {
  const auto& points = facts.teaching.points;
  const auto syntax = std::find_if(points.begin(), points.end(), is_syntax);
  if (syntax != points.end()) return of_syntax(*syntax);
  if (in_state(facts, CheckState::failed) > 0) return of_tests(facts);
  if (auto limit = of_limit(facts); !limit.words.empty()) return limit;
  if (auto names = of_names(facts); !names.words.empty()) return names;
  if (!points.empty()) return of_points(facts);
  if (!facts.teaching.formatters.empty()) {
    return {Turn::author, "run the formatter, commit, and push", facts.teaching.formatters.front().command, ""};
  }
  if (auto cut = of_cut_tests(facts); !cut.words.empty()) return cut;
  if (const auto waiting = in_state(facts, CheckState::waiting); waiting > 0)
    return {Turn::others, waiting_words(facts, waiting), "", "Nothing to do until then."};
  if (in_state(facts, CheckState::errored) + in_state(facts, CheckState::incomplete) > 0) {
    return {Turn::others, "Nothing to change; a check did not finish", "", ""};
  }
  if (at_home(facts)) return {Turn::others, "Everything passes; this is ready to push", "", ""};
  return {Turn::others, "Everything passes; next, a person reviews this change", "", ""};
}

}  // namespace

NextStep next_step(const Facts& facts) {
  const auto done =
      std::count_if(facts.checks.begin(), facts.checks.end(), [](const auto& c) { return is_final(c.state); });
  switch (facts.stage) {
    case Facts::Stage::waiting: return {Turn::others, "The checks start in a moment", "", "Nothing to do until then."};
    case Facts::Stage::running:
      return {Turn::others,
              std::to_string(done) + " of " + counted(facts.checks.size(), "check is", "checks are") + " done", "",
              "Nothing to do until the rest is here."};
    case Facts::Stage::superseded: return {Turn::others, "A newer push is looked at instead", "", ""};
    case Facts::Stage::dead_letter:
      return {Turn::others, "The checks could not run", "", "There is nothing to do here."};
    case Facts::Stage::closed: return {Turn::others, "This change is closed", "", ""};
    case Facts::Stage::merged: return {Turn::others, "Merged", "", ""};
    case Facts::Stage::done: break;
  }
  return when_done(facts);
}

}  // namespace greenroom::review
