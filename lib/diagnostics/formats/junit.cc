// pytest --junitxml with junit_family=xunit1: testcase{classname,name,file,line} with failure, error or skipped inside.
// `line` is 0-based and names the test's def. A failing call and a failing teardown are two testcases of one name.

#include <array>
#include <charconv>

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/diagnostics/text_line.h"
#include "lib/diagnostics/xml.h"

namespace greenroom::diagnostics::formats {
namespace {

constexpr std::size_t kMaxTraceback = 3000;

// pytest writes a control character as the text "#x1B"; colour codes are of no use here.
std::string without_escapes(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto at = text.find("#x1B[");
    plain += text.substr(0, at);
    if (at == std::string_view::npos) break;
    const auto end = text.find_first_not_of("0123456789;", at + 5);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return plain;
}

// The last "path:line: Error" of the traceback that lies in the test's own file: where the assertion is.
std::int64_t failing_line(std::string_view traceback, std::string_view file) {
  std::int64_t line = 0;
  for (const std::string_view text : split_lines(traceback))
    if (const auto read = read_text_line(text); read && read->path == file) line = read->line;
  return line;
}

// The lines that pytest marks with E say what was expected.
std::string told(std::string_view traceback, std::string_view message) {
  std::string text;
  for (const std::string_view line : split_lines(traceback))
    if (line.starts_with("E ") && text.size() < kMaxTraceback) text += std::string(trim(line.substr(1))) + "\n";
  return text.empty() ? std::string(message.substr(0, kMaxTraceback)) : text;
}

void add_failure(Sink& sink, const pugi::xml_node& test, const pugi::xml_node& failure, std::string_view code) {
  const std::string_view file = test.attribute("file").value();
  const std::string traceback = without_escapes(failure.text().get());
  std::int64_t line = failing_line(traceback, file);
  if (line == 0 && test.attribute("line")) line = one_based(test.attribute("line").as_llong());
  const std::string message = std::string(test.attribute("name").value()) + "\n" +
                              told(traceback, without_escapes(failure.attribute("message").value()));
  Raw raw;
  raw.path = file;
  raw.line = line;
  raw.code = code;
  raw.message = message;
  raw.severity = model::Severity::error;
  sink.add(raw);
}

void count(Sink& sink, const pugi::xml_node& test) {
  model::TestCounts& tests = sink.result().tests;
  if (const auto failure = test.child("failure")) {
    ++tests.failed;
    add_failure(sink, test, failure, "failed");
  } else if (const auto error = test.child("error")) {
    ++tests.errors;
    add_failure(sink, test, error, "error");
  } else if (test.child("skipped")) {
    ++tests.skipped;
  } else {
    ++tests.passed;
  }
}

void visit(Sink& sink, const pugi::xml_node& suite) {
  for (const pugi::xml_node& child : suite.children()) {
    const std::string_view name = child.name();
    if (name == "testcase") count(sink, child);
    if (name == "testsuite" || name == "testsuites") visit(sink, child);
  }
}

}  // namespace

Parsed parse_junit(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  constexpr int kNoTests = 5;  // pytest's exit status when it collected nothing
  pugi::xml_document document;
  if (!load_xml(input.artefact, document)) {
    if (input.exit_code == kNoTests)
      sink.result().note = "no tests were found";
    else
      sink.incomplete("the tests ended before they wrote their report");
    return sink.take();
  }
  visit(sink, document);
  if (input.exit_code == kNoTests) sink.result().note = "no tests were found";
  if (input.exit_code == 3 || input.exit_code == 4) sink.crashed("pytest stopped with an error of its own");
  const model::TestCounts& tests = sink.result().tests;
  if (input.exit_code == 0 && (tests.failed > 0 || tests.errors > 0))
    sink.incomplete("the report and the exit status of the tests disagree");
  if (input.exit_code == 0 && tests.passed + tests.failed + tests.errors + tests.skipped == 0)
    sink.incomplete("the report of the tests holds no test");
  if (input.exit_code == 1 && tests.failed == 0 && tests.errors == 0)
    sink.incomplete("the tests failed, and their report does not say which");
  if (input.exit_code == 2 && tests.errors == 0) sink.incomplete("the tests were interrupted");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
