#include "lib/pipeline/verdict.h"

#include <algorithm>

#include "lib/base/text.h"

namespace greenroom::pipeline {
namespace {

constexpr std::size_t kLogHalf = 64 * 1024;

void keep_log(const sandbox::SandboxOutcome& outcome, model::CheckResult& result) {
  const process::Capture &out = outcome.process.out, &err = outcome.process.err;
  std::string text = out.joined();
  if (const std::string errors = err.joined(); !errors.empty())
    text += (text.empty() || text.ends_with('\n') ? "" : "\n") + errors;
  text = scrub_utf8(text);
  result.log_cut = out.cut + err.cut;
  if (text.size() <= 2 * kLogHalf) {
    result.log_head = std::move(text);
    return;
  }
  result.log_head = shorten(text, kLogHalf);
  result.log_tail = scrub_utf8(std::string_view(text).substr(text.size() - kLogHalf));
  result.log_cut += text.size() - 2 * kLogHalf;
}

void end(model::CheckResult& result, model::CheckState state, std::string headline) {
  result.state = state;
  result.headline = std::move(headline);
}

std::string count(int number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

std::string tests_headline(const model::TestCounts& tests) {
  const int bad = tests.failed + tests.errors;
  if (bad > 0) return std::to_string(bad) + " of " + count(bad + tests.passed, "test", "tests") + " failed";
  return count(tests.passed, "test", "tests") + " passed" +
         (tests.skipped > 0 ? ", " + std::to_string(tests.skipped) + " skipped" : "");
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
  keep_log(outcome, result);
  result.exit_code = outcome.process.exit_code;
  result.degraded = outcome.degraded;
  if (outcome.process.cancelled) return end(result, cancelled, "cancelled");
  if (outcome.process.timed_out)
    return end(result, errored,
               "stopped after " + std::to_string(check.limits.wall.count() / 1000) + " s: its time was up");
  if (outcome.out_of_memory)
    return end(result, errored,
               "stopped: it needed more than " + std::to_string(check.limits.memory_bytes >> 20) + " MiB of memory");
  const diagnostics::Format* format = diagnostics::format_named(check.format);
  if (format == nullptr) return end(result, errored, "its output format is unknown");
  const std::string out = outcome.process.out.joined(), err = outcome.process.err.joined();
  const std::string artefact = outcome.artefacts.empty() ? "" : outcome.artefacts.front().content;
  diagnostics::Input input{out, err, artefact, outcome.process.exit_code, check.name, std::string(root)};
  diagnostics::Parsed parsed = format->parse(input, source);
  result.diagnostics = std::move(parsed.diagnostics);
  result.patch = std::move(parsed.patch);
  result.tests = parsed.tests;
  // A tool that a signal ended was not heard out, whatever it had printed by then.
  const bool killed = outcome.process.signal != 0 || outcome.process.exit_code > 128;
  if (parsed.crashed || (killed && check.kind != model::CheckKind::test)) {
    result.diagnostics.clear();
    return end(result, errored, parsed.note.empty() ? "the tool crashed" : parsed.note);
  }
  if (!parsed.complete) return end(result, incomplete, parsed.note);
  // The parser knows what its tool says; what is left is a tool that failed without a word.
  const bool unusual = std::find(check.exits.begin(), check.exits.end(), result.exit_code) == check.exits.end();
  if (!check.exits.empty() && unusual) {
    result.diagnostics.clear();
    return end(result, errored, "the tool stopped with code " + std::to_string(result.exit_code));
  }
  if (check.left_out > 0)
    return end(
        result, incomplete,
        "looked at " + std::to_string(check.paths) + " of " + std::to_string(check.paths + check.left_out) + " files");
  if (!parsed.note.empty() && check.kind == model::CheckKind::test) end(result, skipped, parsed.note);
}

void conclude(model::CheckResult& result, int on_author_lines) {
  using enum model::CheckState;
  if (is_final(result.state)) return;
  if (result.kind == model::CheckKind::test)
    return end(result, result.tests.failed + result.tests.errors > 0 ? failed : passed, tests_headline(result.tests));
  if (on_author_lines == 0) return end(result, passed, "nothing to look at");
  if (result.kind == model::CheckKind::format)
    return end(result, attention, count(on_author_lines, "file", "files") + " to format");
  end(result, attention, std::to_string(on_author_lines) + " to look at");
}

}  // namespace greenroom::pipeline
