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

NextStep when_done(const Facts& facts) {
  const auto& points = facts.teaching.points;
  const auto syntax = std::find_if(points.begin(), points.end(), is_syntax);
  if (syntax != points.end()) return of_syntax(*syntax);
  if (in_state(facts, CheckState::failed) > 0) return of_tests(facts);
  if (!points.empty()) return of_points(facts);
  if (!facts.teaching.formatters.empty()) {
    return {Turn::author, "run the formatter, commit, and push", facts.teaching.formatters.front().command, ""};
  }
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
