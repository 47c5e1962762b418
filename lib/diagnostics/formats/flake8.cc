// flake8's default text: "path:row:col: CODE message". pyflakes prints 1-based bytes, pycodestyle 1-based code points.

#include "lib/base/text.h"
#include "lib/diagnostics/formats/formats.h"
#include "lib/diagnostics/sink.h"
#include "lib/diagnostics/text_line.h"

namespace greenroom::diagnostics::formats {
namespace {

bool is_error(std::string_view code) {
  return code.starts_with("E9") || code.starts_with("F82") || code.starts_with("F7");
}

}  // namespace

Parsed parse_flake8(const Input& input, const Format::Source& source) {
  Sink sink(input, source);
  for (const std::string_view line : split_lines(input.out)) {
    const auto read = read_text_line(line);
    if (!read) continue;
    const auto space = read->rest.find(' ');
    Raw raw;
    raw.path = read->path;
    raw.line = read->line;
    raw.column = read->column;
    raw.code = read->rest.substr(0, space);
    raw.message = space == std::string_view::npos ? "" : read->rest.substr(space + 1);
    raw.unit = raw.code.starts_with('F') ? ColumnUnit::bytes : ColumnUnit::code_points;
    raw.severity = is_error(raw.code) ? model::Severity::error : model::Severity::warning;
    sink.add(raw);
  }
  if (has_traceback(input) || (input.exit_code != 0 && input.exit_code != 1))
    sink.crashed("flake8 stopped with an error of its own");
  if (input.exit_code == 1 && sink.empty() && sink.result().dropped == 0)
    sink.crashed("flake8 failed without a report");
  return sink.take();
}

}  // namespace greenroom::diagnostics::formats
