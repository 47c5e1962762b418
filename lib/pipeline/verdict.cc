#include "lib/pipeline/verdict.h"

#include <algorithm>

#include "lib/pipeline/kept_log.h"
#include "lib/pipeline/limits.h"
#include "lib/review/words.h"

namespace greenroom::pipeline {
namespace {

void end(model::CheckResult& result, model::CheckState state, std::string headline) {
  result.state = state;
  result.headline = std::move(headline);
}

// A captured stream as one text; a copy only where it was longer than the half that is kept of its beginning.
class Whole {
 public:
  explicit Whole(const process::Capture& capture)
      : joined_(capture.tail.empty() ? "" : capture.joined()), text_(capture.tail.empty() ? capture.head : joined_) {}
  Whole(const Whole&) = delete;
  Whole& operator=(const Whole&) = delete;
  std::string_view text() const { return text_; }

 private:
  const std::string joined_;
  const std::string_view text_;
};

std::string count(int number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

std::string tests_headline(const model::TestCounts& tests) {
  const int bad = tests.failed + tests.errors;
  if (bad > 0) return std::to_string(bad) + " of " + count(bad + tests.passed, "test", "tests") + " failed";
  return count(tests.passed, "test", "tests") + " passed" +
         (tests.skipped > 0 ? ", " + std::to_string(tests.skipped) + " skipped" : "");
}

// Tests that were counted keep their verdict; whatever else such a job printed is no verdict.
void end_at_limit(const diagnostics::Parsed& parsed, const Reached& reached, model::CheckResult& result) {
  const bool test = result.kind == model::CheckKind::test;
  if (test && parsed.complete && !parsed.crashed && parsed.tests.failed + parsed.tests.errors > 0)
    return end(result, model::CheckState::failed,
               tests_headline(parsed.tests) + (reached.limit == model::Limit::room ? "; out of room: " : "; ") +
                   reached.words);
  result.diagnostics.clear();
  if (!test) return end(result, model::CheckState::errored, reached.words);
  result.tests = {};
  result.limit = reached.limit;
  end(result, model::CheckState::incomplete, "the tests did not finish: " + reached.words);
}

// A crash is the tool's or ours, but tests run the change's own code, which can end pytest as it likes: they claim
// nothing then.
void end_crashed(std::string headline, model::CheckResult& result) {
  result.diagnostics.clear();
  const bool test = result.kind == model::CheckKind::test;
  if (test) result.tests = {};
  end(result, test ? model::CheckState::incomplete : model::CheckState::errored, std::move(headline));
}

}  // namespace

model::CheckResult waiting(const checks::Check& check) {
  model::CheckResult result;
  result.name = check.name;
  result.kind = check.kind;
  result.what = check.what;
  result.why = check.why;
  result.run_yourself = check.run_yourself;
  result.tool_version = check.tool_version;
  return result;
}

void read_outcome(const checks::Check& check, const sandbox::SandboxOutcome& outcome,
                  const diagnostics::Format::Source& source, std::string_view root, model::CheckResult& result) {
  using enum model::CheckState;
  keep_log(outcome.process.out, outcome.process.err, result);
  result.exit_code = outcome.process.exit_code;
  result.degraded = outcome.degraded;
  if (outcome.process.cancelled) return end(result, cancelled, "cancelled");
  const Reached reached = limit_reached(check, outcome);
  const diagnostics::Format* format = diagnostics::format_named(check.format);
  if (format == nullptr) return end(result, errored, "its output format is unknown");
  const Whole out(outcome.process.out), err(outcome.process.err);
  const std::string_view artefact = outcome.artefacts.empty() ? "" : std::string_view(outcome.artefacts[0].content);
  diagnostics::Input input{out.text(), err.text(), artefact, outcome.process.exit_code, check.name, std::string(root)};
  diagnostics::Parsed parsed = format->parse(input, source);
  result.diagnostics = std::move(parsed.diagnostics);
  result.patch = std::move(parsed.patch);
  result.tests = parsed.tests;
  result.unread = parsed.beyond + (format->one_a_line ? outcome.process.out.cut_lines : 0);
  if (reached.limit != model::Limit::none) return end_at_limit(parsed, reached, result);
  // A tool that a signal ended was not heard out, whatever it had printed by then.
  const bool killed = outcome.process.signal != 0 || outcome.process.exit_code > 128;
  if (outcome.process.out.cut > 0 && parsed.crashed && !killed && check.kind != model::CheckKind::test) {
    result.diagnostics.clear();
    return end(
        result, incomplete,
        "its report is longer than the " + std::to_string(check.limits.output_bytes >> 20) + " MiB that are read");
  }
  if (parsed.crashed || (killed && check.kind != model::CheckKind::test))
    return end_crashed(parsed.note.empty() ? "the tool crashed" : parsed.note, result);
  if (!parsed.complete) return end(result, incomplete, parsed.note);
  // The parser knows what its tool says; what is left is a tool that failed without a word.
  const bool unusual = std::find(check.exits.begin(), check.exits.end(), result.exit_code) == check.exits.end();
  if (!check.exits.empty() && unusual)
    return end_crashed("the tool stopped with code " + std::to_string(result.exit_code), result);
  if (check.left_out > 0)
    return end(
        result, incomplete,
        "looked at " + std::to_string(check.paths) + " of " + std::to_string(check.paths + check.left_out) + " files");
  if (!parsed.headline.empty()) return end(result, passed, parsed.headline);
  if (!parsed.note.empty() && check.kind == model::CheckKind::test) end(result, skipped, parsed.note);
}

void take_verdict(const checks::Check& check, model::CheckResult& result) {
  end(result, model::CheckState::attention, check.verdict);
}

void conclude(model::CheckResult& result, int on_author_lines) {
  using enum model::CheckState;
  if (is_final(result.state)) return;
  if (result.kind == model::CheckKind::test)
    return end(result, result.tests.failed + result.tests.errors > 0 ? failed : passed, tests_headline(result.tests));
  if (result.unread > 0) {
    const std::size_t read = result.diagnostics.size();
    return end(result, on_author_lines > 0 ? attention : incomplete,
               review::counted(read + result.unread, "finding", "findings") + ", of which " +
                   review::counted(read, "was read", "were read"));
  }
  if (on_author_lines == 0) return end(result, passed, "nothing to look at");
  if (result.kind == model::CheckKind::format)
    return end(result, attention, count(on_author_lines, "file", "files") + " to format");
  end(result, attention, std::to_string(on_author_lines) + " to look at");
}

}  // namespace greenroom::pipeline
